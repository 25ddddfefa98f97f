// Several orders at once: priced by the code of single ones, placed one after the other, and shown together where they were confirmed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { createDeliverMessage } from '../../src/app/deliver-outbox.ts';
import { createPlaceLines } from '../../src/app/place-lines.ts';
import { createPlaceOrder } from '../../src/app/place-order.ts';
import type { PlaceOrder } from '../../src/app/place-order.ts';
import { createPriceLines } from '../../src/app/price-lines.ts';
import type { Channel } from '../../src/app/ports/channel.ts';
import type { ReadForm } from '../../src/app/read-form.ts';
import { createShopRules } from '../../src/app/shop-rules.ts';
import type { Product } from '../../src/domain/catalog.ts';
import type { LineToPlace, LineToPrice } from '../../src/domain/dialog/effect.ts';
import { newDraft } from '../../src/domain/dialog/state.ts';
import type { View } from '../../src/domain/dialog/view.ts';
import { formOf } from '../../src/domain/form.ts';
import type { ChatId, OrderId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { priceFromCatalog, quoteOf } from '../../src/domain/quote.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { later } from '../../src/domain/time.ts';
import { noSecrets } from '../../src/domain/voucher.ts';
import { ALICE, BOB, after, got, grant, message, orderId, sending, step } from '../contracts/orders.ts';
import { ANY_TOP_UP, FIELDS, LIST, TOP_UP, USD, cents, topUpCatalog } from '../domain/sample-catalog.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const productOf = (id: number): Product => {
  const product = [...topUpCatalog.products.values()].find((one) => one.id === id);
  if (product === undefined) throw new Error(`There is no product ${id}`);
  return product;
};
const buyer = { customer: ALICE, chat: ALICE as number as ChatId, language: 'en' } as const;
const account = { name: 'account', kind: 'phone', mask: '53########' } as const;

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock(after(0));
});
afterEach(() => ledger.close());

const wish = (product: Product, phone: string | null, amount = 1_000) => ({
  product,
  draft: {
    ...newDraft(product.id),
    fields: phone === null ? {} : { account: phone },
    choice: { direction: 'direct', amount: cents(amount) } as const,
  },
});

const quoteFor = ({ product, draft }: ReturnType<typeof wish>) =>
  quoteOf(product, draft.choice, got(priceFromCatalog(product, draft.choice)), false, clock.now());

const lineFor = (order: OrderId, phone: string): LineToPlace => {
  const one = wish(productOf(TOP_UP), phone);
  return { ...one, operatorName: 'Caracola', quote: quoteFor(one), order };
};

describe('prices of lines', () => {
  const priced = async (lines: readonly LineToPrice[], by = buyer) => {
    let [atOnce, most, forms] = [0, 0, 0];
    const readForm: ReadForm = (product) => {
      forms += 1;
      if (product.id === LIST) return Promise.resolve(fail({ kind: 'supplierDown' }));
      const asked = product.family === 'recharge' ? [account] : product.fields;
      const itemsBy = product.id === ANY_TOP_UP ? 'account' : null;
      return Promise.resolve(ok({ ...formOf(product, { form: null }), fields: asked, itemsBy }));
    };
    const priceLines = createPriceLines({
      readForm,
      quotePrice: async (question) => {
        most = Math.max(most, ++atOnce);
        await clock.sleep(1);
        atOnce -= 1;
        expect(question.draft.form).not.toBeNull();
        return ok(
          quoteFor({
            product: question.product,
            draft: { ...question.draft, choice: { ...question.draft.choice, direction: 'direct' } },
          }),
        );
      },
      ledger,
      clock,
    });
    return { prices: await priceLines(lines, by), most, forms };
  };
  const first = (product: Product, phone: string | null): LineToPrice => ({ ...wish(product, phone), shown: null });

  it('are asked for a few at a time, in the order of the lines, each with an id of its own', async () => {
    const lines = Array.from({ length: 8 }, (_, i) => ({
      ...wish(productOf(TOP_UP), `535123456${i}`, i % 2 === 0 ? 1_000 : 2_000),
      shown: null,
    }));
    const { prices, most, forms } = await priced(lines);
    expect([most, forms]).toEqual([3, 1]);
    expect(prices.map(({ result }) => got(result).pay.hundredths)).toEqual([
      1_000, 2_000, 1_000, 2_000, 1_000, 2_000, 1_000, 2_000,
    ]);
    expect(new Set(prices.map(({ order }) => order)).size).toBe(8);
  });

  it.each([
    ['asks for more than the account', FIELDS, '5351234567', 'needsDetails'],
    ['asks for an account that the line does not have', TOP_UP, null, 'needsDetails'],
    ['lists what it sells by the account', ANY_TOP_UP, '5351234567', 'needsDetails'],
    ['can’t be asked for its form', LIST, null, 'supplierDown'],
  ])('are not had of a product that %s', async (_what, id, phone, kind) => {
    const { prices } = await priced([first(productOf(id), phone)]);
    expect(prices).toMatchObject([{ result: { ok: false, error: { kind } } }]);
  });

  it('stay what they were for orders that are placed already, whose ids they keep', async () => {
    await grant(ledger, ALICE, 5_000, USD);
    const [done, open] = [lineFor(orderId(1), '5351234567'), lineFor(orderId(2), '5351234568')];
    got(await placeOrder()({ type: 'place', ...done, progress: message(1) }, buyer));
    const old = { ...done.quote, pay: money(777, USD) };
    const lines = [done, open].map(({ product, draft, order }) => ({ product, draft, shown: { order, quote: old } }));
    const { prices } = await priced(lines);
    expect(prices.map(({ order, result }) => [order, got(result).pay.hundredths])).toEqual([
      [done.order, 777],
      [open.order, 1_000],
    ]);
    const { prices: forOthers } = await priced(lines, { ...buyer, customer: BOB });
    expect(forOthers.map(({ result }) => got(result).pay.hundredths)).toEqual([1_000, 1_000]);
  });
});

const placeOrder = (): PlaceOrder =>
  createPlaceOrder({
    ledger,
    clock,
    startingBalance: [],
    rules: createShopRules({ people: ledger, margins: [], limits: [], timeZone: 'UTC' }),
    stops: ledger,
    wakeWorker: () => undefined,
  });
const placeLines = (lines: readonly LineToPlace[], place = placeOrder()) =>
  createPlaceLines(place)({ type: 'placeLines', lines, progress: message(11) }, buyer);
const three = (): readonly LineToPlace[] => [1, 2, 3].map((i) => lineFor(orderId(i), `535123456${i}`));
const kindsOf = (results: Awaited<ReturnType<typeof placeLines>>) =>
  results.map((result) => (result.ok ? 'placed' : result.error.kind));

describe('lines that are confirmed', () => {
  it('are placed in their order while there is money, and know each other', async () => {
    await grant(ledger, ALICE, 2_500, USD);
    const lines = three();
    expect(kindsOf(await placeLines(lines))).toEqual(['placed', 'placed', 'outOfFunds']);
    const ids = lines.map(({ order }) => order);
    expect((await ledger.order(orderId(2)))?.terms).toMatchObject({
      batch: ids,
      progress: 11,
      fields: { account: '5351234562' },
    });
    expect(await ledger.order(orderId(3))).toBeNull();
    expect(await ledger.balances(ALICE)).toEqual([money(500, USD)]);
  });

  it('that say the same are bought once, until the second is meant', async () => {
    await grant(ledger, ALICE, 5_000, USD);
    const lines = [lineFor(orderId(1), '5351234567'), lineFor(orderId(2), '5351234567')];
    expect(kindsOf(await placeLines(lines))).toEqual(['placed', 'boughtJustNow']);
    const meant = lines.slice(1).map((line) => ({ ...line, draft: { ...line.draft, twin: orderId(1) } }));
    expect(kindsOf(await placeLines(meant))).toEqual(['placed']);
  });

  it.each([1, 2, 3])('are placed once each, though the process died after %i of them', async (deaths) => {
    await grant(ledger, ALICE, 5_000, USD);
    const lines = three();
    let placed = 0;
    const real = placeOrder();
    const mortal: PlaceOrder = async (question, by) => {
      if (placed++ === deaths) throw new Error('killed');
      return real(question, by);
    };
    const died = await placeLines(lines, mortal).then(
      () => false,
      () => true,
    );
    expect(died).toBe(deaths < 3);
    clock.advance(60_000);
    expect(kindsOf(await placeLines(lines))).toEqual(['placed', 'placed', 'placed']);
    expect(await ledger.balances(ALICE)).toEqual([money(2_000, USD)]);
    expect(await ledger.ordersOf(ALICE, 10)).toHaveLength(3);
  });
});

describe('the message of a batch', () => {
  it('shows all its orders with each news, and the last edit that lands is true', async () => {
    await grant(ledger, ALICE, 2_500, USD);
    got((await placeLines(three()))[0] ?? fail('nothing'));
    const receipt = { authorisation: 'A-1', message: null, extra: [] };
    for (const i of [1, 2]) {
      const order = await ledger.order(orderId(i));
      if (order === null) throw new Error('It was not placed');
      const sent = await sending(ledger, order, i);
      const settle = { type: 'settle', settlement: { kind: 'charged', code: 'here', supplierReference: null } } as const;
      got(await ledger.append(sent, { ...step(sent, settle), secrets: { ...noSecrets, receipt } }));
    }
    const shown: View[] = [];
    let [sends, edits] = [0, 0];
    const began = Promise.withResolvers<undefined>();
    const landed = Promise.withResolvers<undefined>();
    const unused = (): Promise<never> => Promise.reject(new Error('not used in this test'));
    const channel: Channel = {
      answerTap: unused,
      showBusy: unused,
      sendDocument: unused,
      // The second news leave once the first edit is on its way, which then lands after theirs.
      send: async () => {
        if (sends++ === 1) await began.promise;
        return ok(message(77));
      },
      replace: async (_chat, id, { view }) => {
        const isFirst = edits++ === 0;
        began.resolve(undefined);
        if (isFirst) await landed.promise;
        shown.push(view);
        landed.resolve(undefined);
        return ok(id);
      },
    };
    const deliver = createDeliverMessage({
      ledger,
      handOvers: ledger,
      people: ledger,
      tokens: createTokens(),
      channel,
      clock,
      log: silentLog,
    });
    const due = await ledger.claimMessages(after(60_000), later(after(60_000), 1_000), 10);
    expect(due).toHaveLength(2);
    await Promise.all(due.map(deliver));
    expect(shown.at(-1)).toMatchObject({
      type: 'batchSettled',
      orders: [
        { id: orderId(1), account: '5351234561', status: 'delivered' },
        { id: orderId(2), account: '5351234562', status: 'delivered' },
      ],
    });
  });
});
