// Revert: the body that names the sale exactly as it was sent, and what its answers come to.
import type { PreparedRevert, RevertOutcome, RevertibleSale } from '../../app/ports/supplier.ts';
import type { LocalReference } from '../../domain/ids.ts';
import { assertNever } from '../../domain/result.ts';
import { localDateTime } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import { createMoneyCall } from './money-calls.ts';
import type { Fate, MoneyDeps } from './money-calls.ts';
import { judgeRevert } from './outcome.ts';

/** Builds a revert that is ready to be stored and sent. `timeZone` is that of its own local time; the sale's is repeated byte for byte. */
export const prepareRevert = (
  timeZone: string,
  { productId, send, fields: { account }, attempt }: RevertibleSale,
  reference: LocalReference,
  at: Instant,
): PreparedRevert => {
  const localTime = localDateTime(at, timeZone);
  return {
    productId,
    attempt: { terminalId: attempt.terminalId, reference, localTime, at },
    body: JSON.stringify({
      amountToSendX100: send.hundredths,
      localDateTime: localTime,
      ...(account === undefined || account === '' ? {} : { account }),
      originalLocalReference: attempt.reference,
      originalLocalDate: attempt.localTime,
    }),
  };
};

const conclude = (fate: Fate): RevertOutcome => {
  const { raw, uid } = fate;
  switch (fate.kind) {
    case 'done':
      return { kind: 'reverted', supplierReference: fate.receipt.supplierreference, raw, uid };
    case 'rejected':
      return { kind: 'refused', resultCode: fate.resultCode, raw, uid };
    case 'notSent':
      return fate;
    case 'unclear':
      return { kind: 'unclear', reason: fate.reason, resultCode: fate.resultCode, raw, uid };
    default:
      return assertNever(fate);
  }
};

export const createReverter = (deps: MoneyDeps): ((prepared: PreparedRevert) => Promise<RevertOutcome>) =>
  createMoneyCall(deps, {
    call: 'revert',
    event: 'evsb.revert',
    path: '/util/revert/{terminalId}/{operatorId}/{localReference}',
    judge: judgeRevert,
    conclude,
    praise: () => ({ outcome: 'reverted', code: '20', alert: 'never' }),
    quote: () => null,
  });
