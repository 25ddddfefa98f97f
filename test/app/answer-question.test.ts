// What /orders hands out: the code of a sale that stands, to its owner, in private; nothing of any other.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createAnswerQuestion } from '../../src/app/answer-question.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { noSecrets } from '../../src/domain/voucher.ts';
import type { Voucher } from '../../src/domain/voucher.ts';
import { ALICE, BOB, BODY, attempt, got, grant, orderId, placed, sending, step, termsOf } from '../contracts/orders.ts';
import type { WrittenCommand } from '../contracts/orders.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const voucher: Voucher = { code: 'ABCD-EFGH', account: null, instructions: null, expiration: null, extra: [] };
const terms = termsOf(orderId(1));
const buyer = { customer: ALICE, chat: terms.chat, language: 'en' } as const;

let ledger: SqlLedger;
let shown: ChatId[];

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  shown = [];
  await grant(ledger, ALICE, 5_000);
});
afterEach(() => ledger.close());

/** An order whose answer brought a code, after these commands. */
const openAfter = async (...commands: readonly WrittenCommand[]): Promise<void> => {
  let order = await sending(ledger, await placed(ledger, terms), 7);
  for (const command of commands) {
    const written = { ...step(order, command), secrets: { ...noSecrets, voucher } };
    order = got(await ledger.append(order, command.type === 'intendRevert' ? { ...written, body: BODY } : written));
  }
};

const show = (asking: Parameters<ReturnType<typeof createAnswerQuestion>>[1] = buyer) => {
  const unused = (): Promise<never> => Promise.reject(new Error('not asked in this test'));
  const recording = { ...ledger, recordShowing: (_id: unknown, chat: ChatId) => Promise.resolve(void shown.push(chat)) };
  const deps = { quotePrice: unused, listItems: unused, placeOrder: unused, clock: createTestClock(), startingBalance: [] };
  return createAnswerQuestion({ ...deps, ledger: recording })({ type: 'showOrder', order: terms.id }, asking);
};

const settle = (code: 'here' | 'missing') =>
  ({ type: 'settle', settlement: { kind: 'charged', code, supplierReference: null } }) as const;
const unclear = { type: 'settle', settlement: { kind: 'unclear', expectation: 'open', resultCode: null } } as const;
const rejected = { type: 'settle', settlement: { kind: 'rejected', reason: 'unavailable', resultCode: '16' } } as const;
const intendRevert = { type: 'intendRevert', attempt: attempt(8), by: 'operator', why: 'the wrong card' } as const;
const undone = {
  type: 'settleRevert',
  attempt: attempt(8),
  settlement: { kind: 'reverted', supplierReference: null },
} as const;

describe('an order that is shown', () => {
  it('comes with the code of a sale that stands, and the showing is recorded', async () => {
    await openAfter(settle('here'));
    expect(await show()).toMatchObject({ found: { order: { id: terms.id, status: 'charged' }, voucher } });
    expect(shown).toEqual([terms.chat]);
  });

  it.each<[string, readonly WrittenCommand[]]>([
    ['nobody knows whether it was sold', [unclear]],
    [
      'nobody ever learnt whether it was sold',
      [unclear, ...Array.from({ length: 8 }, () => ({ type: 'learnNothing' }) as const)],
    ],
    ['the money went back before the charge came to light', [unclear, rejected, settle('here')]],
    ['the sale was undone', [settle('here'), intendRevert, undone]],
  ])('comes without the code that lies sealed when %s', async (_name, commands) => {
    await openAfter(...commands);
    expect((await ledger.secrets(terms.id)).voucher).toEqual(voucher);
    expect(await show()).toMatchObject({ found: { order: { id: terms.id }, voucher: null } });
    expect(shown).toEqual([]);
  });

  it('is nothing to anybody else, and comes without its code in a group', async () => {
    await openAfter(settle('here'));
    expect(await show({ ...buyer, customer: BOB })).toEqual({ type: 'orderShown', found: null });
    expect(await show({ ...buyer, chat: -100_123 as ChatId })).toMatchObject({ found: { voucher: null } });
    expect(shown).toEqual([]);
  });
});
