import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAmount } from '../../src/domain/catalog.ts';
import type { AmountRule, Product } from '../../src/domain/catalog.ts';
import { isExpired, isSellable, priceFromCatalog, quoteOf, samePrice } from '../../src/domain/quote.ts';
import type { Direction, Price } from '../../src/domain/quote.ts';
import { instant, later } from '../../src/domain/time.ts';
import { CUP, DEAR_LIST, RANGE, USD, cents, listOf, rangeOf, rate, sampleCatalog } from './sample-catalog.ts';

const sampleProduct = (id: typeof RANGE): Product => {
  const product = sampleCatalog.products.get(id);
  if (product === undefined) throw new Error('not in the sample');
  return product;
};
const product = (changes: Partial<Product> = {}): Product => ({ ...sampleProduct(RANGE), ...changes });
const price = (of: Product, direction: Direction, amount: number) => priceFromCatalog(of, { direction, amount: cents(amount) });
const sums = (result: ReturnType<typeof price>) =>
  result.ok ? [result.value.send.hundredths, result.value.receive.hundredths] : result.error.kind;

describe('priceFromCatalog', () => {
  const list = sampleProduct(DEAR_LIST);
  const range = product();
  it.each([
    ['list, direct: a listed value', list, 'direct', 1_000, [1_000, 22_000]],
    ['list, direct: an unlisted value', list, 'direct', 1_500, 'amountNotAllowed'],
    ['list, reverse: the smallest value that is enough', list, 'reverse', 22_001, [2_000, 44_000]],
    ['list, reverse: exactly enough', list, 'reverse', 22_000, [1_000, 22_000]],
    ['list, reverse: more than any value', list, 'reverse', 44_001, 'amountNotAllowed'],
    ['range, direct', range, 'direct', 1_100, [1_100, 24_750]],
    ['range, direct: off step', range, 'direct', 1_105, 'amountNotAllowed'],
    ['range, reverse: aligned up to the step', range, 'reverse', 24_751, [1_110, 24_975]],
    ['range, reverse: clamped up to the least', range, 'reverse', 100, [1_100, 24_750]],
    ['range, reverse: above the most', range, 'reverse', 123_751, 'amountNotAllowed'],
    [
      'range, reverse: more than numbers hold',
      product({ rate: rate('5', 2) }),
      'reverse',
      Number.MAX_SAFE_INTEGER,
      'amountNotAllowed',
    ],
    ['a product without a rate', product({ rate: null }), 'direct', 1_100, 'noPrices'],
  ] as const)('%s', (_name, of, direction, amount, expected) => {
    expect(sums(price(of, direction, amount))).toEqual(expected);
  });

  it('names both currencies', () => {
    expect(price(range, 'direct', 1_100)).toEqual({
      ok: true,
      value: { send: { hundredths: 1_100, currency: USD }, receive: { hundredths: 24_750, currency: CUP }, fee: 0 },
    });
  });

  const rules: fc.Arbitrary<AmountRule> = fc.oneof(
    fc.uniqueArray(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 }).map((values) => listOf(...values)),
    fc
      .tuple(fc.integer({ min: 1, max: 20_000 }), fc.nat(30_000), fc.integer({ min: 1, max: 500 }))
      .map(([from, width, step]) => rangeOf(from, from + width, step)),
  );
  const rates = fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.nat(4)).map(([units, scale]) => rate(String(units), scale));

  it('direct(reverse(y)) is at least y, with an amount that is sold', () => {
    fc.assert(
      fc.property(rules, rates, fc.integer({ min: 1, max: 500_000 }), (amount, by, wanted) => {
        const of = product({ amount, rate: by });
        const reverse = price(of, 'reverse', wanted);
        fc.pre(reverse.ok);
        const { send, receive } = reverse.value;
        expect(checkAmount(amount, send.hundredths).ok).toBe(true);
        expect(receive.hundredths).toBeGreaterThanOrEqual(wanted);
        expect(price(of, 'direct', send.hundredths)).toEqual(reverse);
      }),
    );
  });

  it('reverse(direct(x)) is at most x, for x that is sold', () => {
    fc.assert(
      fc.property(rules, rates, fc.nat(1_000), (amount, by, pick) => {
        const of = product({ amount, rate: by });
        const sold =
          amount.kind === 'list'
            ? amount.values
            : [
                amount.from,
                cents(amount.from + amount.step * (pick % (Math.floor((amount.to - amount.from) / amount.step) + 1))),
              ];
        const x = sold[pick % sold.length] ?? cents(0);
        const direct = price(of, 'direct', x);
        expect(direct.ok).toBe(true);
        const back =
          direct.ok && direct.value.receive.hundredths > 0 ? price(of, 'reverse', direct.value.receive.hundredths) : null;
        if (back !== null) expect(back.ok && back.value.send.hundredths <= x).toBe(true);
      }),
    );
  });

  it('any fee of the list keeps the product from being sold', () => {
    for (const fee of [0.2, 1, 150]) {
      const priced = price(product({ fee }), 'direct', 1_100);
      expect(priced.ok && priced.value.fee > 0).toBe(true);
    }
  });
});

describe('a quote', () => {
  const now = instant(1_000_000);
  const priced: Price = {
    send: { hundredths: cents(1_100), currency: USD },
    receive: { hundredths: cents(24_750), currency: CUP },
    fee: cents(0),
  };
  const quote = quoteOf(product(), { direction: 'direct', amount: cents(1_100) }, priced, false, now);

  it('expires exactly when it says so', () => {
    expect(isExpired(quote, later(quote.expiresAt, -1))).toBe(false);
    expect(isExpired(quote, quote.expiresAt)).toBe(true);
  });

  it('is the same price only when both sides and the fee are', () => {
    expect(samePrice(quote, { ...quote, expiresAt: later(now, 1) })).toBe(true);
    expect(samePrice(quote, { ...quote, pay: { ...quote.pay, hundredths: cents(1_101) } })).toBe(false);
    expect(samePrice(quote, { ...quote, receive: { ...quote.receive, hundredths: cents(24_749) } })).toBe(false);
    expect(samePrice(quote, { ...quote, fee: cents(1) })).toBe(false);
  });

  it('with a fee is not sold', () => {
    expect(isSellable(quote)).toBe(true);
    expect(isSellable({ ...quote, fee: cents(1) })).toBe(false);
  });
});
