// A person settles what the bot gave up on: the order, the money and the code follow, and who and why is kept.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createWriteStep } from '../../src/app/order-step.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import { createRuleOnOrder } from '../../src/app/rule-on-order.ts';
import type { RulingOrder } from '../../src/app/rule-on-order.ts';
import type { OrderCommand } from '../../src/domain/order.ts';
import { ASK_WAITS } from '../../src/domain/order-evolve.ts';
import { money } from '../../src/domain/money.ts';
import { noSecrets } from '../../src/domain/voucher.ts';
import type { Voucher } from '../../src/domain/voucher.ts';
import { ALICE, BODY, EUR, attempt, got, grant, orderId, placed, sending, termsOf } from '../contracts/orders.ts';
import { createTestClock, silentLog } from './test-clock.ts';

let ledger: SqlLedger;
const clock = createTestClock();
const terms = termsOf(orderId(1));

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  await grant(ledger, ALICE, 5_000);
});
afterEach(() => ledger.close());

/** An order after the given commands. */
const orderAfter = async (...commands: OrderCommand[]): Promise<StoredOrder> => {
  const write = createWriteStep({ ledger, clock, log: silentLog });
  let order = await sending(ledger, await placed(ledger, terms), 7);
  for (const command of commands) order = got(await write(order, command));
  return order;
};
const neverLearnt = () => orderAfter({ type: 'recover' }, ...ASK_WAITS.map(() => ({ type: 'learnNothing' }) as const));
const paidWithoutCode = () =>
  orderAfter({ type: 'settle', attempt: attempt(7), settlement: { kind: 'charged', code: 'missing', supplierReference: null } });

const found: Voucher = { code: 'FOUND-0', account: null, instructions: null, expiration: null, extra: [] };

const revertAttempt = attempt(8);
const revertNeverLearnt = async () => {
  const write = createWriteStep({ ledger, clock, log: silentLog });
  const paid = await paidWithoutCode();
  const intent = { type: 'intendRevert', attempt: revertAttempt, by: 'operator', why: 'the wrong card' } as const;
  let order = got(await write(paid, intent, { body: BODY }));
  const later: readonly OrderCommand[] = [{ type: 'recover' }, ...ASK_WAITS.map(() => ({ type: 'learnNothing' }) as const)];
  for (const command of later) order = got(await write(order, command));
  return order;
};

const rule = (asked: Pick<RulingOrder, 'ruling' | 'code'>) =>
  createRuleOnOrder({ ledger, write: createWriteStep({ ledger, clock, log: silentLog }) })({
    id: terms.id,
    by: 'operator',
    why: 'the supplier said so',
    ...asked,
  });

describe('a ruling', () => {
  it('that it was not charged gives the money back', async () => {
    await neverLearnt();
    expect(await rule({ ruling: 'notCharged', code: null })).toEqual({ ok: true, value: 'rejected' });
    expect(await ledger.balances(ALICE)).toEqual([money(5_000, EUR)]);
  });

  it.each([
    ['nobody knew', neverLearnt],
    ['it was paid', paidWithoutCode],
  ])('with the code, when %s, has it delivered and the money captured', async (_name, prepare) => {
    await prepare();
    expect(await rule({ ruling: 'chargedWithCode', code: 'FOUND-1' })).toEqual({ ok: true, value: 'charged' });
    expect((await ledger.secrets(terms.id)).voucher).toMatchObject({ code: 'FOUND-1' });
    expect(await ledger.balances(ALICE)).toEqual([money(2_500, EUR)]);
    const far = clock.now();
    const messages = await ledger.claimMessages(far, far, 10);
    expect(messages.map(({ news }) => news)).toContain('code');
    expect(await ledger.audit()).toMatchObject({ reservedMismatch: [], wrongAccounts: [] });
  });

  it.each([
    ['the token lies sealed, has its code fetched', { token: 'T-1', voucher: null }, 'awaitingCode', []],
    ['the code lies sealed, has it delivered', { token: null, voucher: found }, 'charged', ['code']],
  ] as const)('that it was charged, when %s', async (_name, sealed, status, news) => {
    const order = await neverLearnt();
    const write = createWriteStep({ ledger, clock, log: silentLog });
    const settlement = { kind: 'unclear', expectation: 'open', resultCode: null } as const;
    const late = { type: 'settle', attempt: attempt(7), settlement } as const;
    got(await write(order, late, { secrets: { ...noSecrets, ...sealed } }));
    const told = async () => (await ledger.claimMessages(clock.now(), clock.now(), 10)).map((message) => message.news);
    const before = await told();
    expect(await rule({ ruling: 'charged', code: null })).toEqual({ ok: true, value: status });
    expect(await told()).toEqual([...before, ...news]);
    expect(await ledger.secrets(terms.id)).toMatchObject(sealed);
    expect(await ledger.balances(ALICE)).toEqual([money(2_500, EUR)]);
  });

  it('never gives captured money back', async () => {
    await paidWithoutCode();
    expect(await rule({ ruling: 'notCharged', code: null })).toMatchObject({ ok: false, error: { kind: 'notNow' } });
    expect(await ledger.balances(ALICE)).toEqual([money(2_500, EUR)]);
  });

  it('that a revert worked gives the captured money back, once', async () => {
    await revertNeverLearnt();
    expect(await ledger.balances(ALICE)).toEqual([money(2_500, EUR)]);
    expect(await rule({ ruling: 'reverted', code: null })).toEqual({ ok: true, value: 'reverted' });
    expect(await ledger.balances(ALICE)).toEqual([money(5_000, EUR)]);
    expect(await rule({ ruling: 'reverted', code: null })).toMatchObject({ ok: false, error: { kind: 'notNow' } });
    expect(await ledger.audit()).toMatchObject({ reservedMismatch: [], wrongAccounts: [], charged: [{ reverted: true }] });
  });

  it('that a revert did not work lets the sale stand, where it was', async () => {
    await revertNeverLearnt();
    expect(await rule({ ruling: 'notReverted', code: null })).toEqual({ ok: true, value: 'needsPerson' });
    expect((await ledger.order(terms.id))?.state).toMatchObject({ status: 'needsPerson', why: 'paidWithoutCode' });
    expect(await ledger.balances(ALICE)).toEqual([money(2_500, EUR)]);
    expect(await rule({ ruling: 'chargedWithCode', code: 'FOUND-1' })).toEqual({ ok: true, value: 'charged' });
  });

  it('on the purchase is refused while its revert is in question', async () => {
    await revertNeverLearnt();
    expect(await rule({ ruling: 'chargedWithCode', code: 'FOUND-1' })).toMatchObject({ ok: false, error: { kind: 'notNow' } });
  });

  it('is refused while the bot is still at it, and for an order that is not there', async () => {
    expect(await rule({ ruling: 'charged', code: null })).toEqual({ ok: false, error: { kind: 'noSuchOrder' } });
    await orderAfter({ type: 'recover' });
    expect(await rule({ ruling: 'charged', code: null })).toEqual({ ok: false, error: { kind: 'notNow', status: 'unknown' } });
  });

  it('with a code that does not belong to it is a bug', async () => {
    await expect(rule({ ruling: 'notCharged', code: 'X' })).rejects.toThrow('A code comes with');
  });
});
