import { describe, expect, it } from 'vitest';
import type { SupplierError } from '../../src/app/ports/supplier.ts';
import { createQuotePrice } from '../../src/app/quote-price.ts';
import type { PriceSource } from '../../src/app/quote-price.ts';
import type { Product } from '../../src/domain/catalog.ts';
import type { AmountChoice, Price } from '../../src/domain/quote.ts';
import { fail, ok } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { CUP, EUR, LIST, RANGE, USD, cents, sampleCatalog } from '../domain/sample-catalog.ts';
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
};

const quote = async (
  answer: Result<Price, SupplierError>,
  { of = product(RANGE), choice = direct, balanceWorks = true, source = 'endpoint' }: Asked = {},
) => {
  const clock = createTestClock();
  const supplier = {
    price: () => Promise.resolve(answer),
    balance: () => Promise.resolve(balanceWorks ? ok({ hundredths: 1 }) : fail(answered(500))),
  };
  const quoted = await createQuotePrice({ supplier, source, clock })(of, choice, null);
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
