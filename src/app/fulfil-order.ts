// The worker's side of an order: buy once, learn what came of it, fetch the code. Every step is durable before the next begins.
import { noSecrets } from '../domain/voucher.ts';
import type { OrderSecrets } from '../domain/voucher.ts';
import type { OrderState, PurchaseSettlement } from '../domain/order.ts';
import { isSending } from '../domain/order-decide.ts';
import { assertNever } from '../domain/result.ts';
import { SECOND } from '../domain/time.ts';
import { createWriteStep } from './order-step.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { PreparedPurchase, PurchaseOutcome, Supplier } from './ports/supplier.ts';
import { createResolveOrder } from './resolve-order.ts';

/** Takes a claimed order one step further. Throws when the ledger does: the order's lease ends and somebody tries again. */
export type FulfilOrder = (order: StoredOrder) => Promise<void>;

/** The pause before an outcome that could not be stored is tried again. */
const STORE_AGAIN_AFTER = SECOND;

export const createFulfilOrder = (deps: {
  readonly ledger: Ledger;
  readonly supplier: Supplier;
  readonly terminalId: number;
  readonly clock: Clock;
  readonly log: Log;
}): FulfilOrder => {
  const { ledger, supplier, clock, log } = deps;
  const write = createWriteStep(deps);
  const resolveOrder = createResolveOrder({ ledger, supplier, write, log });

  const buy = async (order: StoredOrder, { unsent }: Extract<OrderState, { status: 'placed' }>): Promise<void> => {
    const { terminalId } = deps;
    const reference = unsent?.terminalId === terminalId ? unsent.reference : await ledger.nextReference(terminalId);
    const prepared = supplier.preparePurchase(order.terms, reference, clock.now());
    const intended = await intend(order, prepared);
    if (intended !== null) await settle(intended, await supplier.purchase(prepared));
  };

  /** Stores the intent; null when somebody else was faster. A write that failed may have been kept all the same: then the purchase is ours. */
  const intend = async (order: StoredOrder, { attempt, body }: PreparedPurchase): Promise<StoredOrder | null> => {
    try {
      const intended = await write(order, { type: 'intend', attempt }, { body });
      return intended.ok ? intended.value : null;
    } catch (error) {
      const kept = await ledger.order(order.terms.id);
      if (kept !== null && isSending(kept.state, attempt)) return kept;
      throw error;
    }
  };

  /**
   * Stores the outcome, come what may: it may be the only copy of a paid code. A ledger that fails is tried again for as long as this
   * process lives; an order that was given up meanwhile takes the outcome as a late answer.
   */
  const settle = async (intended: StoredOrder, outcome: PurchaseOutcome): Promise<void> => {
    const { id } = intended.terms;
    let order: StoredOrder | null = intended;
    for (;;) {
      try {
        order ??= await ledger.order(id);
        if (order === null) throw new Error(`Order ${id} is not stored any more`);
        const known = order === intended ? noSecrets : await ledger.secrets(id);
        const settled = await write(
          order,
          { type: 'settle', settlement: settlementOf(outcome) },
          { secrets: withOutcome(known, outcome) },
        );
        if (settled.ok) {
          reportSettled(settled.value, outcome);
          return;
        }
        if (settled.error === 'notNow') {
          log.warn('outcomeTooLate', { order: id, status: order.state.status, outcome: outcome.kind, uid: outcome.uid });
          return;
        }
      } catch (error) {
        log.error('outcomeNotStored', { order: id, outcome: outcome.kind, uid: outcome.uid }, error);
        await clock.sleep(STORE_AGAIN_AFTER);
      }
      order = null;
    }
  };

  const reportSettled = ({ terms, state }: StoredOrder, outcome: PurchaseOutcome): void => {
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
        log.warn('workerLost', { order: order.terms.id });
        await write(order, { type: 'recover' });
        return;
      case 'unknown':
        return resolveOrder(order, order.state);
      case 'awaitingCode':
        return fetchCode(order);
      case 'charged':
      case 'delivered':
      case 'rejected':
      case 'needsPerson':
        throw new Error(`Order ${order.terms.id} is ${order.state.status}: there is no work to do`);
      default:
        return assertNever(order.state);
    }
  };
};

/** The outcome without its secrets: what the order's own decision needs. */
const settlementOf = (outcome: PurchaseOutcome): PurchaseSettlement => {
  switch (outcome.kind) {
    case 'charged':
      return { kind: 'charged', code: outcome.delivery.kind, supplierReference: outcome.supplierReference };
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
const withOutcome = (known: OrderSecrets, outcome: PurchaseOutcome): OrderSecrets => {
  const { token, voucher } = found(outcome);
  return {
    token: token ?? known.token,
    voucher: voucher ?? known.voucher,
    raw: outcome.raw === null ? known.raw : [...known.raw, outcome.raw],
  };
};

const found = (outcome: PurchaseOutcome): Pick<OrderSecrets, 'token' | 'voucher'> => {
  switch (outcome.kind) {
    case 'charged':
      return { token: null, voucher: null, ...outcome.delivery };
    case 'unclear':
      return { token: outcome.token, voucher: null };
    case 'rejected':
    case 'notSent':
      return { token: null, voucher: null };
    default:
      return assertNever(outcome);
  }
};
