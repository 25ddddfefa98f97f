import { describe, expect, it } from 'vitest';
import type { SupplierError } from '../../src/app/ports/supplier.ts';
import { createQuotePrice } from '../../src/app/quote-price.ts';
import { createShopRules } from '../../src/app/shop-rules.ts';
import { silent } from '../../src/app/telemetry.ts';
import type { PriceSource } from '../../src/app/quote-price.ts';
import type { Product } from '../../src/domain/catalog.ts';
import type { ChosenItem, DynamicItem } from '../../src/domain/dynamic-item.ts';
import { newDraft } from '../../src/domain/dialog/state.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { MarginRule } from '../../src/domain/margin.ts';
import type { Member } from '../../src/domain/member.ts';
import { money } from '../../src/domain/money.ts';
import type { AmountChoice, Price } from '../../src/domain/quote.ts';
import { fail, ok } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { instant } from '../../src/domain/time.ts';
import { CUP, EUR, LIST, RAFFLE, RANGE, USD, cents, sampleCatalog } from '../domain/sample-catalog.ts';
import { SAMPLE_MARGINS } from '../domain/sample-rules.ts';
import { createTestClock } from './test-clock.ts';

const product = (id: typeof RANGE, changes: Partial<Product> = {}): Product => {
  const found = sampleCatalog.products.get(id);
  if (found === undefined) throw new Error('not in the sample');
  return { ...found, ...changes };
};
const direct: AmountChoice = { direction: 'direct', amount: cents(2_000) };
const price = (send: number, currency = USD): Price => ({
  send: { hundredths: cents(send), currency },
  receive: { hundredths: cents(send * 22), currency: CUP },
  fee: cents(0),
});
const answered = (httpStatus: number, resultCode: string | null = null): SupplierError => ({
  kind: 'answered',
  httpStatus,
  resultCode,
  message: null,
});

type Asked = {
  readonly of?: Product;
  readonly choice?: AmountChoice;
  readonly balanceWorks?: boolean;
  readonly source?: PriceSource;
  readonly item?: ChosenItem | null;
  readonly items?: Result<readonly DynamicItem[], SupplierError>;
  readonly margins?: readonly MarginRule[];
  readonly buyer?: CustomerId;
};

const BUYER = 42 as CustomerId;
const AGENT = 43 as CustomerId;
const agent: Member = {
  id: AGENT,
  name: 'Kiosk',
  agent: null,
  blocked: false,
  hidesCodes: false,
  credit: [],
  perDay: null,
  joinedAt: instant(0),
};
const CLERK = 44 as CustomerId;
const members: readonly Member[] = [agent, { ...agent, id: CLERK, agent: AGENT }];

const listed = (id: string, send: number, fee = 0): DynamicItem => ({
  id,
  description: 'A ticket',
  endsAt: null,
  price: { send: money(send, EUR), receive: money(send, EUR), fee: cents(fee) },
});

const quote = async (
  answer: Result<Price, SupplierError>,
  {
    of = product(RANGE),
    choice = direct,
    balanceWorks = true,
    source = 'endpoint',
    item = null,
    items = ok([]),
    margins = [],
    buyer = BUYER,
  }: Asked = {},
) => {
  const clock = createTestClock();
  const supplier = {
    price: () => Promise.resolve(answer),
    balance: () => Promise.resolve(balanceWorks ? ok({ hundredths: 1 }) : fail(answered(500))),
  };
  const listItems = () => Promise.resolve(items);
  const people = { member: (id: CustomerId) => Promise.resolve(members.find((member) => member.id === id) ?? null) };
  const rules = createShopRules({ people, margins, limits: [], timeZone: 'Europe/Madrid' });
  const quotePrice = createQuotePrice({ supplier, listItems, rules, source, telemetry: silent, clock });
  const quoted = await quotePrice({ product: of, draft: { ...newDraft(of.id), choice, dynamic: item } }, buyer);
  return quoted.ok ? quoted.value : quoted.error.kind;
};

describe('a price', () => {
  it('of the supplier is quoted as it is', async () => {
    expect(await quote(ok(price(2_000)))).toMatchObject({
      pay: { hundredths: 2_000 },
      receive: { hundredths: 44_000 },
      estimated: false,
    });
  });

  it('of the catalogue is marked as estimated, and the supplier is not asked', async () => {
    const estimated = await quote(fail({ kind: 'noAnswer', reason: 'never asked' }), { source: 'catalogue' });
    expect(estimated).toMatchObject({ receive: { hundredths: 45_000 }, estimated: true });
  });

  it('above the ceiling is refused: a wrong unit is a factor of 22 or 100', async () => {
    const of = product(RANGE, { ceiling: cents(1_999) });
    expect(await quote(ok(price(2_000)), { of })).toBe('aboveCeiling');
    expect(await quote(ok(price(1_990)), { of })).toMatchObject({ pay: { hundredths: 1_990 } });
  });

  it.each([
    ['that the product is not sold for', ok(price(2_005))],
    ['in another currency', ok(price(2_000, EUR))],
  ])('%s is refused', async (_name, answer) => {
    expect(await quote(answer)).toBe('amountNotAllowed');
  });
});

describe('the price that the shop makes of it', () => {
  const asked = (given: Asked) => quote(ok(price(2_000)), { margins: SAMPLE_MARGINS, ...given });

  it('is what the buyer pays; the supplier takes its own', async () => {
    expect(await asked({})).toMatchObject({
      cost: { hundredths: 2_000 },
      pay: { hundredths: 2_200 },
      commission: { hundredths: 0 },
      receive: { hundredths: 44_000 },
    });
  });

  it('is another one for an agent, who gets a commission of it', async () => {
    expect(await asked({ buyer: AGENT })).toMatchObject({
      cost: { hundredths: 2_000 },
      pay: { hundredths: 2_100 },
      commission: { hundredths: 42 },
    });
  });

  it("is the agents' for a clerk, who is not told what the agent gets of it", async () => {
    expect(await asked({ buyer: CLERK })).toMatchObject({
      pay: { hundredths: 2_100 },
      commission: { hundredths: 0, currency: 'USD' },
    });
  });

  it('has no ceiling of its own: that is for what the supplier takes', async () => {
    expect(await asked({ of: product(RANGE, { ceiling: cents(2_000) }) })).toMatchObject({ pay: { hundredths: 2_200 } });
    expect(await asked({ of: product(RANGE, { ceiling: cents(1_999) }) })).toBe('aboveCeiling');
  });
});

describe('the price of an item', () => {
  const never = fail({ kind: 'noAnswer', reason: 'never asked' } as const);
  const chosen: ChosenItem = { id: 'B', description: 'as it was called', endsAt: null };
  const of = product(RAFFLE);
  const quoteItem = (items: Asked['items'], given: Asked = {}) =>
    quote(never, { of, item: chosen, ...given, ...(items && { items }) });

  it('is what the list of this moment says, whatever the catalogue has', async () => {
    const priced = ok([listed('A', 1), listed('B', 350, 20)]);
    expect(await quoteItem(priced)).toMatchObject({ pay: { hundredths: 350, currency: EUR }, fee: 20, estimated: false });
    expect(await quoteItem(priced, { source: 'catalogue' })).toMatchObject({ pay: { hundredths: 350 }, estimated: false });
  });

  it('is none when the list has lost it', async () => {
    expect(await quoteItem(ok([listed('A', 300)]))).toBe('itemGone');
    expect(await quoteItem(ok([]))).toBe('itemGone');
  });

  it('is none when the product is of another kind than the draft', async () => {
    expect(await quoteItem(ok([listed('B', 300)]), { of: product(LIST) })).toBe('itemGone');
    expect(await quoteItem(ok([listed('B', 300)]), { item: null })).toBe('itemGone');
  });

  it('is none while the supplier does not answer', async () => {
    expect(await quoteItem(fail({ kind: 'noAnswer', reason: 'reset' }))).toBe('supplierDown');
    expect(await quoteItem(fail(answered(200, '16')))).toBe('notAvailable');
  });

  it('is held to the ceiling too', async () => {
    expect(await quoteItem(ok([listed('B', 351)]), { of: product(RAFFLE, { ceiling: cents(350) }) })).toBe('aboveCeiling');
  });
});

describe('no price', () => {
  it.each<[string, SupplierError, string]>([
    ['nothing was sent', { kind: 'notSent', reason: 'refused' }, 'supplierDown'],
    ['no answer', { kind: 'noAnswer', reason: 'reset' }, 'supplierDown'],
    ['a wrong amount', answered(200, '927'), 'amountNotAllowed'],
    ['not routed', answered(200, '-1'), 'notAvailable'],
    ['no such path', answered(404), 'noPrices'],
    ['a 503', answered(503), 'supplierDown'],
  ])('%s', async (_name, error, expected) => {
    expect(await quote(fail(error))).toBe(expected);
  });

  it('a 500 is a missing path only where the balance works at that moment', async () => {
    expect(await quote(fail(answered(500)))).toBe('noPrices');
    expect(await quote(fail(answered(500)), { balanceWorks: false })).toBe('supplierDown');
  });

  it('a listed amount that the supplier refuses is no amount to choose again', async () => {
    const of = product(LIST);
    expect(await quote(fail(answered(200, '927')), { of, choice: { direction: 'direct', amount: cents(1_000) } })).toBe(
      'notAvailable',
    );
  });
});
