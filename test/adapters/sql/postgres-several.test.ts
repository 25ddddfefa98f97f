import { beforeEach, describe, expect, it } from 'vitest';
import type { SqlLedger } from '../../../src/adapters/sql/ledger.ts';
import { money } from '../../../src/domain/money.ts';
import { deposit } from '../../../src/domain/wallet.ts';
import { findPostgres } from '../../contracts/find-postgres.ts';
import {
  ALICE,
  BODY,
  EUR,
  NOON,
  after,
  attempt,
  grant,
  orderId,
  placed,
  placing,
  sending,
  step,
  termsOf,
} from '../../contracts/orders.ts';
import { usePostgres } from './use-postgres.ts';

const first = orderId(1);

const found = await findPostgres();

describe.skipIf(found === null)('several bots on one PostgreSQL', () => {
  const { schema, open, neighbour } = usePostgres(found);
  let one: SqlLedger;
  let other: SqlLedger;
  beforeEach(async () => {
    // Whatever a database prefers by default must not matter.
    const isolation = 'default_transaction_isolation=repeatable read';
    [one, other] = [await open(isolation), await open(isolation)];
  });

  /** Does something many times at once, by turns with the one ledger and the other. */
  const atOnce = <T>(times: number, act: (ledger: SqlLedger, index: number) => Promise<T>): Promise<readonly T[]> =>
    Promise.all(Array.from({ length: times }, (_, index) => act(index % 2 === 0 ? one : other, index)));

  const placeMany = async (count: number): Promise<void> => {
    await grant(one, ALICE, 99_999_999);
    for (let index = 0; index < count; index += 1) await placed(one, termsOf(orderId(index)));
  };

  /** Stages a message for each of the orders, under the ids from 1 on. */
  const stageMany = async (count: number): Promise<void> => {
    await grant(one, ALICE, 99_999_999);
    for (let index = 1; index <= count; index += 1) {
      const sent = await sending(one, await placed(one, termsOf(orderId(index))), index);
      const settlement = { kind: 'unclear', expectation: 'open', resultCode: null } as const;
      await one.append(sent, step(sent, { type: 'settle', settlement }));
    }
  };

  it('take disjoint orders', async () => {
    await placeMany(30);
    const ids = (await atOnce(20, (ledger) => ledger.claimOrders(NOON, after(60), 2))).flat().map((order) => order.terms.id);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('take disjoint orders also in processes of their own', async () => {
    await placeMany(40);
    const ids = (await Promise.all([neighbour(), neighbour()])).flatMap((result) => result.orders);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
  });

  it('take disjoint messages', async () => {
    await stageMany(12);
    const ids = (await atOnce(10, (ledger) => ledger.claimMessages(NOON, after(60), 2))).flat().map((message) => message.id);
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  it('raise an alert once between them', async () => {
    const alert = { type: 'personNeeded', order: first, why: 'outcomeNeverLearnt' } as const;
    await atOnce(20, (ledger) => ledger.raiseAlert(alert, NOON));
    expect(await one.claimAlerts(NOON, after(60), 9)).toMatchObject([{ alert, tries: 0 }]);
  });

  it('do not wait for an order or a message that another one is at', async () => {
    await stageMany(2);
    await schema().query(
      `begin; update orders set version = version where id = '${first}'; update outbox set tries = 0 where id = 1`,
    );
    const orders = await one.claimOrders(after(1e9), after(2e9), 9);
    const messages = await one.claimMessages(NOON, after(60), 9);
    await schema().query('rollback');
    expect(orders.map((order) => order.terms.id)).toEqual([orderId(2)]);
    expect(messages.map((message) => message.id)).toEqual([2]);
  });

  it('do not wait for an alert that another one is at', async () => {
    for (const index of [1, 2]) await one.raiseAlert({ type: 'orderUnreadable', order: orderId(index) }, NOON);
    await schema().query(`begin; update alerts set tries = 0 where key like '%${first}%'`);
    const alerts = await one.claimAlerts(NOON, after(60), 9);
    await schema().query('rollback');
    expect(alerts.map(({ alert }) => alert)).toEqual([{ type: 'orderUnreadable', order: orderId(2) }]);
  });

  it('never overdraw a balance', async () => {
    await grant(one, ALICE, 50_000);
    const results = await atOnce(30, (ledger, index) => {
      const terms = termsOf(orderId(index));
      return ledger.place(terms, placing(terms));
    });
    expect(results.filter((result) => result.ok)).toHaveLength(20);
    expect(results.filter((result) => !result.ok && result.error.kind === 'outOfFunds')).toHaveLength(10);
    expect(await other.balances(ALICE)).toEqual([money(0, EUR)]);
  });

  it('place an order once between them', async () => {
    await grant(one, ALICE, 10_000);
    const terms = termsOf(first);
    const results = await atOnce(8, (ledger) => ledger.place(terms, placing(terms)));
    expect(results.filter((result) => result.ok)).toHaveLength(8);
    expect(results.filter((result) => result.ok && !result.value.existed)).toHaveLength(1);
    expect(await other.balances(ALICE)).toEqual([money(7_500, EUR)]);
  });

  it('write a transfer once between them', async () => {
    const transfer = deposit('receipt-1', ALICE, money(500, EUR));
    const posts = await atOnce(8, (ledger) => ledger.post(transfer, NOON));
    expect(posts.filter((post) => post === 'written')).toHaveLength(1);
    expect(await other.balances(ALICE)).toEqual([money(500, EUR)]);
  });

  it('let one of two steps at the same version win', async () => {
    await grant(one, ALICE, 4_000);
    const order = await placed(one, termsOf(first));
    const steps = await atOnce(8, (ledger, index) =>
      ledger.append(order, { ...step(order, { type: 'intend', attempt: attempt(index + 1) }), body: BODY }),
    );
    expect(steps.filter((result) => result.ok)).toHaveLength(1);
    expect(await schema().query('select count(*) from attempts')).toEqual([{ count: '1' }]);
  });
});
