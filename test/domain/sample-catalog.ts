// A small shop for tests: two countries, list and range products, two currencies, and one product that asks for everything.
import { composeCatalog } from '../../src/domain/catalog.ts';
import type { AmountRule, ListedProduct, Overlay, OverlayEntry } from '../../src/domain/catalog.ts';
import type { ProductId } from '../../src/domain/ids.ts';
import type { Currency, Hundredths, Rate } from '../../src/domain/money.ts';

export const EUR = 'EUR' as Currency;
export const USD = 'USD' as Currency;
export const CUP = 'CUP' as Currency;
export const cents = (value: number): Hundredths => value as Hundredths;
export const productId = (value: number): ProductId => value as ProductId;

export const listOf = (...values: number[]): AmountRule => ({ kind: 'list', values: values.map(cents) });
export const rangeOf = (from: number, to: number, step: number): AmountRule => ({
  kind: 'range',
  from: cents(from),
  to: cents(to),
  step: cents(step),
});
export const rate = (units: string, scale: number): Rate => ({ units, scale });

export const listed = (id: number, changes: Partial<ListedProduct> = {}): ListedProduct => ({
  id: productId(id),
  name: `Product ${id}`,
  description: 'A product for tests',
  countryId: 724,
  countryName: 'Spain',
  topupType: 'Gift Cards',
  mask: null,
  amount: listOf(1_000, 2_500, 5_000),
  saleCurrency: EUR,
  destinationCurrency: EUR,
  rate: rate('1', 0),
  fee: 0,
  ...changes,
});

export const entry = (brand: string, changes: Partial<OverlayEntry> = {}): OverlayEntry => ({
  brand,
  family: 'voucher',
  fields: [],
  unit: 'confirmed',
  purchaseBy: 'send',
  ceiling: null,
  revertible: false,
  dynamic: false,
  timeZone: 'UTC',
  order: 0,
  hidden: false,
  ...changes,
});

const cuban = { countryId: 192, countryName: 'Cuba', saleCurrency: USD, destinationCurrency: CUP } as const;

export const LIST = productId(1);
export const RANGE = productId(2);
export const FIELDS = productId(3);
export const RAFFLE = productId(130);
export const DEAR_LIST = productId(4);

const sampleListing: readonly ListedProduct[] = [
  listed(1, { name: 'Lumbre Home  Gift Card' }),
  listed(2, { ...cuban, name: 'Palmera Any Amount', amount: rangeOf(1_100, 5_500, 10), rate: rate('225', 1) }),
  listed(3, { ...cuban, name: 'Palmera Courier', mask: '53########', amount: rangeOf(200, 3_000, 1), rate: rate('169', 1) }),
  listed(4, { ...cuban, name: 'Palmera Basket', amount: listOf(1_000, 2_000), rate: rate('22', 0) }),
  listed(5, { name: 'Not in the overlay' }),
  ...Array.from({ length: 9 }, (_, i) => listed(100 + i, { name: `Café ${i}`, amount: listOf(500) })),
  listed(130, { name: 'Estrella Raffle', amount: listOf(300) }),
  listed(120, { name: 'Many Values', amount: listOf(...Array.from({ length: 20 }, (_, i) => (i + 1) * 100)) }),
];

const sampleOverlay: Overlay = {
  '1': entry('Lumbre Home'),
  '2': entry('Palmera'),
  '3': entry('Palmera', {
    fields: [
      { name: 'account', kind: 'phone', mask: null },
      { name: 'receiverEmail', kind: 'email', mask: null },
      { name: 'documentNumber', kind: 'document', mask: null },
    ],
  }),
  '4': entry('Palmera'),
  ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(100 + i), entry(`Café ${i}`)])),
  '130': entry('Estrella', { dynamic: true, fields: [{ name: 'receiverEmail', kind: 'email', mask: null }] }),
  '120': entry('Many Values'),
};

export const sampleCatalog = composeCatalog(sampleListing, sampleOverlay, false);

export const TOP_UP = productId(11);
export const ANY_TOP_UP = productId(12);
export const MEXICAN = productId(13);

const recharge = entry('Caracola', { family: 'recharge' });

/** The same shop with top-ups, which are what lines are mostly typed for. */
export const topUpCatalog = composeCatalog(
  [
    ...sampleListing,
    listed(11, { ...cuban, name: 'Caracola Recarga', mask: '53########', amount: listOf(1_000, 2_000), rate: rate('24', 0) }),
    listed(12, {
      ...cuban,
      name: 'Caracola Any Amount',
      mask: '53########',
      amount: rangeOf(500, 5_500, 10),
      rate: rate('225', 1),
    }),
    listed(13, {
      countryId: 484,
      countryName: 'Mexico',
      name: 'Quetzal Recarga',
      mask: '52##########',
      amount: listOf(5_000, 10_000),
    }),
  ],
  { ...sampleOverlay, '11': recharge, '12': recharge, '13': { ...recharge, brand: 'Quetzal' } },
  false,
);
