// The catalogue as eVSB lists it, read entry by entry: one that can't be read costs that product, not the shop.
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import type { SupplierError } from '../../app/ports/supplier.ts';
import type { AmountRule, ListedProduct } from '../../domain/catalog.ts';
import { parseProductId } from '../../domain/ids.ts';
import { MAX_HUNDREDTHS, hundredths, parseCurrency, parseRate } from '../../domain/money.ts';
import type { Rate } from '../../domain/money.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { text, unusable } from './wire.ts';

const amount = z.int().min(1).max(MAX_HUNDREDTHS).transform(hundredths);

/** Every integer of `saleAmount` is taken as hundredths of the sale currency. */
const listAmounts = z
  .object({ amountType: z.literal('by_list'), saleAmount: z.object({ list: z.array(amount).min(1) }) })
  .transform(({ saleAmount }): AmountRule => ({ kind: 'list', values: saleAmount.list }));

const rangeAmounts = z
  .object({ amountType: z.literal('by_range'), saleAmount: z.object({ from: amount, to: amount, step: amount }) })
  .refine(({ saleAmount }) => saleAmount.from <= saleAmount.to)
  .transform(({ saleAmount: { from, to, step } }): AmountRule => ({ kind: 'range', from, to, step }));

const amountRule = z.discriminatedUnion('amountType', [listAmounts, rangeAmounts]);

const parsed = <T, U>(parse: (value: T) => Result<U, string>) =>
  z.transform((value: T, context): U => {
    const result = parse(value);
    if (result.ok) return result.value;
    context.issues.push({ code: 'custom', message: result.error, input: value });
    return z.NEVER;
  });

const entry = z.object({
  articleId: z.int().pipe(parsed(parseProductId)),
  name: z.string().regex(/\S/),
  countryId: z.int().min(0),
  country: text,
  topupType: text,
  mask: text,
  // Numbers arrive as their own decimal text, see `parseJson`.
  exchangeRate: z.string().nullish(),
  saleCurrency: z.string().pipe(parsed(parseCurrency)),
  destinationCurrency: z.string().pipe(parsed(parseCurrency)),
  // A fee that can't be read must not pass for "no fee".
  serviceFee: z.number().nullish(),
  productDescription: text,
});

const portfolio = z.array(z.object({ terminalId: z.int(), products: z.array(z.unknown()).nullish() }));

/** Writes out `1.5E-4`, the form in which a Java server prints small and large numbers. */
const withoutExponent = (decimal: string): string => {
  const match = /^(?<whole>\d+)(?:\.(?<fraction>\d+))?[eE](?<shift>[+-]?\d{1,2})$/.exec(decimal);
  if (match?.groups === undefined) return decimal;
  const { whole = '', fraction = '', shift } = match.groups;
  const digits = whole + fraction;
  const point = whole.length + Number(shift);
  const padded = point > 0 ? digits.padEnd(point, '0') : '0'.repeat(1 - point) + digits;
  const decimals = padded.slice(Math.max(point, 1)).replace(/0+$/, '');
  return padded.slice(0, Math.max(point, 1)) + (decimals === '' ? '' : `.${decimals}`);
};

const singleSpaced = (name: string): string => name.replace(/\s+/gu, ' ').trim();

/** Reads one entry, or says which of its fields is in the way. */
const readEntry = (json: unknown): Result<Omit<ListedProduct, 'rate'> & { readonly exchangeRate: string | null }, string> => {
  const fields = entry.safeParse(json);
  if (!fields.success) return fail(fields.error.issues[0]?.path.join('.') ?? 'entry');
  const rule = amountRule.safeParse(json);
  if (!rule.success) return fail(rule.error.issues[0]?.path.join('.') ?? 'saleAmount');
  const { data } = fields;
  return ok({
    id: data.articleId,
    name: singleSpaced(data.name),
    description: data.productDescription ?? '',
    countryId: data.countryId,
    countryName: data.country ?? '',
    topupType: data.topupType ?? '',
    mask: data.mask,
    amount: rule.data,
    saleCurrency: data.saleCurrency,
    destinationCurrency: data.destinationCurrency,
    fee: data.serviceFee ?? 0,
    exchangeRate: data.exchangeRate ?? null,
  });
};

/** Only the id of an entry is logged, and only when it is one. */
const idOf = (json: unknown): number | null => z.object({ articleId: z.int() }).safeParse(json).data?.articleId ?? null;

/**
 * Reads the catalogue of `terminalId`. A catalogue of another terminal is an error: the credentials are not the ones that were meant.
 * A product whose rate can't be read stays, without the rate: it can still be priced by the supplier.
 */
export const readPortfolio = (json: unknown, terminalId: number, log: Log): Result<readonly ListedProduct[], SupplierError> => {
  const lists = portfolio.safeParse(json);
  if (!lists.success) return unusable('unreadable portfolio');
  const own = lists.data.filter((list) => list.terminalId === terminalId);
  if (own.length < lists.data.length) {
    log.error('evsb.portfolioOfAnotherTerminal', { terminal: terminalId });
    return unusable('portfolio of another terminal');
  }
  const products = new Map<number, ListedProduct>();
  for (const json of own.flatMap((list) => list.products ?? [])) {
    const read = readEntry(json);
    if (!read.ok || products.has(read.value.id)) {
      log.warn('evsb.productLeftOut', { product: idOf(json), field: read.ok ? 'articleId' : read.error });
      continue;
    }
    const { exchangeRate, ...product } = read.value;
    products.set(product.id, { ...product, rate: readRate(exchangeRate, product.id, log) });
  }
  return ok([...products.values()]);
};

const readRate = (decimal: string | null, product: number, log: Log): Rate | null => {
  if (decimal === null) return null;
  const rate = parseRate(withoutExponent(decimal));
  if (rate.ok) return rate.value;
  log.warn('evsb.rateLeftOut', { product });
  return null;
};
