// What became of a purchase or a revert whose outcome is not known: Transaction Info is asked on a schedule; nothing is ever sent again.
import type { CodePlace, OrderCommand, OrderState } from '../domain/order.ts';
import { assertNever } from '../domain/result.ts';
import { placeOfCode } from '../domain/voucher.ts';
import type { WriteStep } from './order-step.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { InfoOutcome, Reverter, Supplier } from './ports/supplier.ts';

export type ResolveOrder = (order: StoredOrder, state: Extract<OrderState, { status: 'unknown' }>) => Promise<void>;

export const createResolveOrder =
  (deps: { readonly ledger: Ledger; readonly supplier: Supplier; readonly write: WriteStep; readonly log: Log }): ResolveOrder =>
  async (order, state) => {
    const { ledger, supplier, write, log } = deps;
    const info = await supplier.transactionInfo(state.attempt);
    const secrets = await ledger.secrets(order.terms.id);
    // A lookup that failed says as little as "not found": both count as asked in vain.
    const command = commandFor(info.ok ? info.value : { kind: 'stillUnknown' }, placeOfCode(secrets));
    const resolved = await write(order, command);
    if (resolved.ok)
      log.info('orderAskedAbout', { order: order.terms.id, learnt: command.type, status: resolved.value.state.status });
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
