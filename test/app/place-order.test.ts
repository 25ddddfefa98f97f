// Who may place an order, who pays for it, at which price, and how many in a day: as the shop's rules are at that moment.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createPlaceOrder } from '../../src/app/place-order.ts';
import { createShopRules } from '../../src/app/shop-rules.ts';
import type { ShopRules } from '../../src/app/shop-rules.ts';
import type { LimitRule } from '../../src/domain/daily-limit.ts';
import { newDraft } from '../../src/domain/dialog/state.ts';
import type { ChatId, CustomerId, OrderId } from '../../src/domain/ids.ts';
import { priceOf } from '../../src/domain/margin.ts';
import { money } from '../../src/domain/money.ts';
import type { Money } from '../../src/domain/money.ts';
import { atRetail, quoteOf } from '../../src/domain/quote.ts';
import type { Quote } from '../../src/domain/quote.ts';
import { fail } from '../../src/domain/result.ts';
import { HOUR } from '../../src/domain/time.ts';
import { ALICE, BOB, customer, got, grant, makeAgent, makeClerk, message, orderId } from '../contracts/orders.ts';
import { EUR, LIST, cents, sampleCatalog } from '../domain/sample-catalog.ts';
import { SAMPLE_MARGINS } from '../domain/sample-rules.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const CAROL = customer(4_003);
const found = sampleCatalog.products.get(LIST);
if (found === undefined) throw new Error('not in the sample');
const product = found;

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  // 23:30 in Madrid.
  clock = createTestClock(Date.parse('2026-03-10T22:30:00Z'));
  await makeAgent(ledger, ALICE);
  await makeClerk(ledger, ALICE, BOB);
  for (const id of [ALICE, BOB, CAROL]) await grant(ledger, id, 50_000);
});
afterEach(() => ledger.close());

/** A price card for somebody of this role. A clerk's says nothing of the commission. */
const quoted = (role: 'agent' | 'clerk' | 'customer', cost = 1_000): Quote => {
  const choice = { direction: 'direct', amount: cents(cost) } as const;
  const price = { send: money(cost, EUR), receive: money(cost, EUR), fee: cents(0) };
  const priced = role === 'customer' ? role : 'agent';
  const retail = priceOf(SAMPLE_MARGINS, { product: product.id, country: product.countryId, role: priced }, price.send);
  const seen = role === 'clerk' ? { ...retail, commission: money(0, EUR) } : retail;
  return atRetail(quoteOf(product, choice, price, false, clock.now()), seen);
};

const rulesWith = (limits: readonly LimitRule[]): ShopRules =>
  createShopRules({ people: ledger, margins: SAMPLE_MARGINS, limits, timeZone: 'Europe/Madrid' });

type Placing = {
  readonly quote?: Quote;
  readonly limits?: readonly LimitRule[];
  readonly rules?: ShopRules;
  readonly again?: OrderId | null;
  readonly startingBalance?: readonly Money[];
};

const place = (id: OrderId, by: CustomerId, given: Placing = {}) => {
  const { limits = [], rules = rulesWith(limits), again = null, startingBalance = [] } = given;
  const { quote = quoted(by === BOB ? 'clerk' : 'agent') } = given;
  clock.advance(1);
  const placeOrder = createPlaceOrder({ ledger, clock, startingBalance, rules, stops: ledger, wakeWorker: () => undefined });
  const draft = { ...newDraft(product.id), choice: quote.choice, twin: again };
  return placeOrder(
    { type: 'place', product, operatorName: 'Lumbre Home', draft, quote, order: id, progress: message(1) },
    { customer: by, chat: by as number as ChatId, language: 'en' },
  );
};

describe('an order', () => {
  it('of what was taken off sale a moment ago is not placed, and of what is sold again is', async () => {
    const scope = { kind: 'country', country: product.countryId } as const;
    await ledger.putStop({ scope, name: 'Somewhere', by: '501', why: 'Storm', since: clock.now() }, 'k1');
    expect(await place(orderId(1), CAROL, { quote: quoted('customer') })).toEqual(fail({ kind: 'stopped' }));
    expect(await ledger.order(orderId(1))).toBeNull();
    await ledger.liftStop(scope, { key: 'k2', by: '501', at: clock.now() });
    got(await place(orderId(1), CAROL, { quote: quoted('customer') }));
    await ledger.putStop({ scope, name: 'Somewhere', by: '501', why: 'Storm', since: clock.now() }, 'k3');
    // A second tap finds the order that stands.
    got(await place(orderId(1), CAROL, { quote: quoted('customer') }));
  });

  it("of a customer is paid by the customer, at the customers' price", async () => {
    got(await place(orderId(1), CAROL, { quote: quoted('customer') }));
    expect((await ledger.order(orderId(1)))?.terms).toMatchObject({
      payer: CAROL,
      sent: { amount: money(1_000, EUR) },
      cost: money(1_000, EUR),
      pay: money(1_100, EUR),
      commission: money(0, EUR),
    });
    expect(await ledger.balances(CAROL)).toEqual([money(48_900, EUR)]);
  });

  it("of a clerk is paid by the agent, at the agents' price, and earns the agent a commission", async () => {
    got(await place(orderId(1), BOB));
    expect((await ledger.order(orderId(1)))?.terms).toMatchObject({
      customer: BOB,
      payer: ALICE,
      pay: money(1_050, EUR),
      commission: money(21, EUR),
    });
    expect([await ledger.balances(ALICE), await ledger.balances(BOB)]).toEqual([[money(48_950, EUR)], [money(50_000, EUR)]]);
  });

  it('starts the balance of whoever pays, and no clerk has one', async () => {
    const startingBalance = [money(700, EUR)];
    got(await place(orderId(1), BOB, { startingBalance }));
    expect([await ledger.balances(ALICE), await ledger.balances(BOB)]).toEqual([[money(49_650, EUR)], [money(50_000, EUR)]]);
    got(await place(orderId(2), CAROL, { startingBalance, quote: quoted('customer') }));
    expect(await ledger.balances(CAROL)).toEqual([money(49_600, EUR)]);
  });

  it.each([
    ['somebody has become an agent', () => quoted('customer'), BOB],
    ['an agent is none any more', () => quoted('agent'), CAROL],
    ['it was forged', () => ({ ...quoted('agent'), pay: money(1, EUR) }), ALICE],
    ['the cost was', () => ({ ...quoted('agent'), cost: money(999, EUR) }), ALICE],
    ['the commission of a clerk is shown', () => quoted('agent'), BOB],
    ['the commission has become another', () => ({ ...quoted('agent'), commission: money(22, EUR) }), ALICE],
  ])('is not placed at a price that is not the right one: %s', async (_why, quote, by) => {
    expect(await place(orderId(1), by, { quote: quote() })).toEqual({ ok: false, error: { kind: 'priceMoved' } });
    expect(await ledger.order(orderId(1))).toBeNull();
  });
  it('is not placed at the expense of another wallet than the one that was shown', async () => {
    const quote = { ...quoted('clerk'), payer: ALICE };
    expect(await place(orderId(1), BOB, { quote: { ...quote, payer: BOB } })).toEqual({
      ok: false,
      error: { kind: 'priceMoved' },
    });
    expect((await place(orderId(1), BOB, { quote })).ok).toBe(true);
  });

  it('that is placed already is found, whatever has become of the price, the buyer and the limits', async () => {
    got(await place(orderId(1), BOB));
    await ledger.setBlocked(BOB, true);
    const limits = [{ role: null, customer: null, perDay: { count: 0, amounts: [] } }];
    expect(await place(orderId(1), BOB, { quote: quoted('customer'), limits })).toMatchObject({ ok: true });
  });

  it('is placed by nobody who is blocked, nor by a clerk of theirs', async () => {
    await ledger.setBlocked(ALICE, true);
    for (const [index, by] of [ALICE, BOB].entries()) {
      for (const role of ['agent', 'clerk', 'customer'] as const) {
        expect(await place(orderId(index), by, { quote: quoted(role) })).toEqual({ ok: false, error: { kind: 'blocked' } });
      }
    }
    await ledger.setBlocked(ALICE, false);
    await ledger.setBlocked(BOB, true);
    expect(await place(orderId(3), BOB)).toMatchObject({ error: { kind: 'blocked' } });
    got(await place(orderId(4), ALICE));
  });
});

describe('the limit of a day', () => {
  const perDay = (count: number, given: Partial<LimitRule> = {}): LimitRule => ({
    role: null,
    customer: null,
    perDay: { count, amounts: [] },
    ...given,
  });

  it("ends with the shop's day", async () => {
    const rules = rulesWith([perDay(1)]);
    got(await place(orderId(1), ALICE, { rules }));
    const second = () => place(orderId(2), ALICE, { rules, again: orderId(1) });
    expect(await second()).toEqual({
      ok: false,
      error: { kind: 'limitReached', problem: { kind: 'tooMany', most: 1 }, opensAt: Date.parse('2026-03-10T23:00:00Z') },
    });
    clock.advance(HOUR / 2);
    got(await second());
  });

  it('is what the payer is charged, commission or not', async () => {
    const limits = [perDay(0, { role: 'agent', perDay: { count: null, amounts: [money(2_100, EUR)] } })];
    got(await place(orderId(1), ALICE, { limits }));
    got(await place(orderId(2), BOB, { limits }));
    expect(await place(orderId(3), BOB, { limits, again: orderId(2) })).toMatchObject({
      error: { problem: { kind: 'tooMuch', left: money(0, EUR) } },
    });
    got(await place(orderId(4), CAROL, { limits, quote: quoted('customer', 10_000) }));
  });

  it("of a clerk is the clerk's own, beside the agent's", async () => {
    await ledger.setPerDay(BOB, { count: 1, amounts: [] });
    const limits = [perDay(3, { customer: ALICE })];
    got(await place(orderId(1), BOB, { limits }));
    expect(await place(orderId(2), BOB, { limits, again: orderId(1) })).toMatchObject({ error: { problem: { most: 1 } } });
    got(await place(orderId(3), ALICE, { limits }));
    await ledger.setPerDay(BOB, null);
    got(await place(orderId(4), BOB, { limits, again: orderId(1) }));
    expect(await place(orderId(5), BOB, { limits, again: orderId(4) })).toMatchObject({ error: { problem: { most: 3 } } });
  });
});
