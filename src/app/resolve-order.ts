// What became of a purchase or a revert whose outcome is not known: Transaction Info is asked on a schedule; nothing is ever sent again.
import type { CodePlace, OrderCommand, OrderState } from '../domain/order.ts';
import { assertNever } from '../domain/result.ts';
import { goodsOf } from '../domain/voucher.ts';
import { askAfterSale } from './ask-after-sale.ts';
import type { SaleInfo } from './ask-after-sale.ts';
import type { WriteStep } from './order-step.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { InfoOutcome, Reverter } from './ports/supplier.ts';

export type ResolveOrder = (order: StoredOrder, state: Extract<OrderState, { status: 'unknown' }>) => Promise<void>;

export const createResolveOrder =
  (deps: { readonly ledger: Ledger; readonly supplier: SaleInfo; readonly write: WriteStep; readonly log: Log }): ResolveOrder =>
  async (order, state) => {
    const { ledger, supplier, write, log } = deps;
    const { id, family } = order.terms;
    const info = await askAfterSale(supplier, family, state.attempt);
    // What has no code has a receipt as soon as it is known to be charged: nothing of it is missing then.
    const { place, secrets } = goodsOf(family, await ledger.secrets(id));
    // A lookup that failed says as little as "not found": both count as asked in vain.
    const command = commandFor(info.ok ? info.value : { kind: 'stillUnknown' }, place);
    const resolved = await write(order, command, command.type === 'learnCharged' ? { secrets } : {});
    if (resolved.ok) log.info('orderAskedAbout', { order: id, learnt: command.type, status: resolved.value.state.status });
  };

export type ResolveRevert = (order: StoredOrder, state: Extract<OrderState, { status: 'revertUnknown' }>) => Promise<void>;

export const createResolveRevert =
  (deps: { readonly supplier: Pick<Reverter, 'revertInfo'>; readonly write: WriteStep; readonly log: Log }): ResolveRevert =>
  async (order, state) => {
    const { supplier, write, log } = deps;
    const info = await supplier.revertInfo(state.revert);
    const command: OrderCommand =
      info.ok && info.value.kind === 'reverted'
        ? { type: 'learnReverted', supplierReference: info.value.supplierReference }
        : { type: 'learnNothing' };
    const resolved = await write(order, command);
    if (resolved.ok)
      log.info('revertAskedAbout', { order: order.terms.id, learnt: command.type, status: resolved.value.state.status });
  };

const commandFor = (info: InfoOutcome, code: CodePlace): OrderCommand => {
  switch (info.kind) {
    case 'charged':
      return { type: 'learnCharged', code, supplierReference: info.supplierReference };
    case 'rejected':
      return { type: 'learnRejected', reason: info.reason, resultCode: info.resultCode };
    case 'stillUnknown':
      return { type: 'learnNothing' };
    default:
      return assertNever(info);
  }
};
