// The worker's side of an order: buy once, learn what came of it, fetch the code. Every step is durable before the next begins.
import { noSecrets } from '../domain/voucher.ts';
import type { OrderSecrets } from '../domain/voucher.ts';
import type { OrderState, PurchaseSettlement } from '../domain/order.ts';
import { isSending } from '../domain/order-decide.ts';
import { assertNever } from '../domain/result.ts';
import { createFollowResult } from './follow-result.ts';
import { createWriteStep } from './order-step.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { Bills, Recharges, SupermarketVouchers } from './ports/families.ts';
import type { Reverter, Supplier } from './ports/supplier.ts';
import { createResolveOrder, createResolveRevert } from './resolve-order.ts';
import { createPrepareSale } from './sell.ts';
import type { Goods, GoodsOutcome } from './sell.ts';
import { createSendOnce } from './send-once.ts';
import type { Sent } from './send-once.ts';

/** Takes a claimed order one step further. Throws when the ledger does: the order's lease ends and somebody tries again. */
export type FulfilOrder = (order: StoredOrder) => Promise<void>;

export const createFulfilOrder = (deps: {
  readonly ledger: Ledger;
  readonly supplier: Supplier & Recharges & SupermarketVouchers & Bills & Pick<Reverter, 'revertInfo'>;
  readonly terminalId: number;
  readonly clock: Clock;
  readonly log: Log;
}): FulfilOrder => {
  const { ledger, supplier, clock, log } = deps;
  const write = createWriteStep(deps);
  const prepareSale = createPrepareSale(supplier);
  const sendOnce = createSendOnce({ ledger, write, clock, log });
  const resolveOrder = createResolveOrder({ ledger, supplier, write, log });
  const followResult = createFollowResult({ ledger, supplier, write, log });
  const resolveRevert = createResolveRevert({ supplier, write, log });

  const buy = async (order: StoredOrder, { unsent }: Extract<OrderState, { status: 'placed' }>): Promise<void> => {
    const { terminalId } = deps;
    const reference = unsent?.terminalId === terminalId ? unsent.reference : await ledger.nextReference(terminalId);
    const { prepared, send } = prepareSale(order.terms, reference, clock.now());
    const sent = await sendOnce(order, {
      prepared,
      intent: { type: 'intend', attempt: prepared.attempt },
      isInFlight: (state) => isSending(state, prepared.attempt),
      send,
      settle: (outcome) => ({ type: 'settle', attempt: prepared.attempt, settlement: settlementOf(outcome) }),
      known: noSecrets,
      learn: withOutcome,
    });
    if (sent.ok && sent.value.stored) reportSettled(sent.value);
  };

  const reportSettled = ({ order: { terms, state }, outcome }: Sent<GoodsOutcome>): void => {
    const resultCode = outcome.kind === 'rejected' || outcome.kind === 'unclear' ? outcome.resultCode : null;
    log.info('orderSettled', { order: terms.id, status: state.status, outcome: outcome.kind, resultCode, uid: outcome.uid });
  };

  const fetchCode = async (order: StoredOrder): Promise<void> => {
    const secrets = await ledger.secrets(order.terms.id);
    const details = secrets.token === null ? null : await supplier.voucherDetails(order.terms.productId, secrets.token);
    const voucher = details?.ok === true && details.value !== 'notYet' ? details.value : null;
    if (voucher === null) await write(order, { type: 'missCode' });
    else await write(order, { type: 'receiveCode' }, { secrets: { ...secrets, voucher } });
  };

  return async (order) => {
    switch (order.state.status) {
      case 'placed':
        return buy(order, order.state);
      case 'sending':
      case 'reverting':
        log.warn('workerLost', { order: order.terms.id });
        await write(order, { type: 'recover' });
        return;
      case 'unknown':
        return resolveOrder(order, order.state);
      case 'revertUnknown':
        return resolveRevert(order, order.state);
      case 'awaitingCode':
        return fetchCode(order);
      case 'charged':
      case 'delivered':
        return followResult(order);
      case 'rejected':
      case 'needsPerson':
      case 'reverted':
        throw new Error(`Order ${order.terms.id} is ${order.state.status}: there is no work to do`);
      default:
        return assertNever(order.state);
    }
  };
};

/** The outcome without its secrets: what the order's own decision needs. */
const settlementOf = (outcome: GoodsOutcome): PurchaseSettlement => {
  switch (outcome.kind) {
    case 'charged':
      return { kind: 'charged', code: outcome.delivery.place, supplierReference: outcome.supplierReference };
    case 'rejected':
      return { kind: 'rejected', reason: outcome.reason, resultCode: outcome.resultCode };
    case 'notSent':
      return { kind: 'notSent' };
    case 'unclear':
      return { kind: 'unclear', expectation: outcome.expectation, resultCode: outcome.resultCode };
    default:
      return assertNever(outcome);
  }
};

/** What an outcome adds to the secrets that are known already; nothing that is known is forgotten. */
const withOutcome = (known: OrderSecrets, outcome: GoodsOutcome): OrderSecrets => {
  const { token, voucher, receipt } = foundIn(outcome);
  return {
    token: token ?? known.token,
    voucher: voucher ?? known.voucher,
    receipt: receipt ?? known.receipt,
    result: known.result,
    raw: outcome.raw === null ? known.raw : [...known.raw, outcome.raw],
  };
};

const foundIn = (outcome: GoodsOutcome): Goods['found'] => {
  switch (outcome.kind) {
    case 'charged':
      return outcome.delivery.found;
    case 'unclear':
      return outcome.delivery?.found ?? noSecrets;
    case 'rejected':
    case 'notSent':
      return noSecrets;
    default:
      return assertNever(outcome);
  }
};
