// Orders typed in one line: `cubacel 500 5355512345`. Words in any order, one order a line; what has two meanings is asked, not guessed.
import { checkAmount } from './catalog.ts';
import type { Catalog, Product } from './catalog.ts';
import { withLatinDigits } from './digits.ts';
import { accountMask, partsOf, readerOf } from './line-parts.ts';
import type { Reader } from './line-parts.ts';
import { digitsToSend } from './mask.ts';
import { convertDown } from './money.ts';
import type { Hundredths } from './money.ts';
import { readWords } from './order-words.ts';
import type { TypedAmount } from './order-words.ts';
import type { Phone, PhoneBook } from './phone.ts';
import { priceFromCatalog } from './quote.ts';
import type { AmountChoice, Direction } from './quote.ts';

/** `badPhone`: no number, one that nobody can have, or digits that can be parted into a number and an amount in several ways. */
export type LineProblem = 'noPhone' | 'noAmount' | 'unknownProduct' | 'badAmount' | 'badPhone' | 'notForPhone';

/** `from`: what was typed, which is no name. `to`: the operator that was taken for it. */
export type Repair = { readonly from: string; readonly to: string };

/** What a line orders. `product` of a problem: the only one meant. */
export type OrderLine =
  | {
      readonly kind: 'ready';
      readonly product: Product;
      readonly amount: AmountChoice;
      readonly phone: Phone | null;
      /** The phone number as the product's mask wants it; with its country's prefix if the mask fits neither way. */
      readonly account: string | null;
      readonly repaired: Repair | null;
    }
  | {
      readonly kind: 'choose';
      readonly candidates: readonly Product[];
      readonly amount: AmountChoice;
      readonly phone: Phone | null;
    }
  | { readonly kind: 'problem'; readonly text: string; readonly problem: LineProblem; readonly product: Product | null };

/** More are no choice. */
const MOST_CANDIDATES = 8;

/** A longer message is no list of orders. */
export const MOST_TYPED_LINES = 50;

/**
 * Whether a message orders something in one line: a phone number and an amount, that is, with or without a name. A search such as
 * `telcel 100` and an amount alone are none. `lines` as of a typed event.
 */
export const looksLikeOrder = (lines: readonly string[], catalog: Catalog, phones: PhoneBook): boolean => {
  const reader = readerOf(catalog, phones);
  return ordersIn(lines, reader).some((line) => isOrder(line, reader));
};

/** What each line of a message orders. Lines without a digit, such as a greeting, order nothing; one order over several lines is one. */
export const readOrderLines = (lines: readonly string[], catalog: Catalog, phones: PhoneBook): readonly OrderLine[] => {
  const reader = readerOf(catalog, phones);
  return ordersIn(lines, reader).map((line) => readLine(line, reader));
};

/** The lines that order something; all of them as one if only together they do, such as a contact that was pasted. */
const ordersIn = (lines: readonly string[], reader: Reader): readonly string[] => {
  const numbered = lines.filter((line) => /\d/.test(withLatinDigits(line)));
  if (numbered.length === 0 || lines.length > MOST_TYPED_LINES) return [];
  const together = lines.join(' ');
  const isOneOrder = !numbered.some((line) => isOrder(line, reader)) && isOrder(together, reader);
  return isOneOrder ? [together] : numbered;
};

const isOrder = (line: string, reader: Reader): boolean => {
  // A phone number and an amount are two.
  if (readWords(line, reader.currencies).numbers.length < 2) return false;
  const { phone, amount, named, products } = partsOf(line, reader);
  return phone === 'badPhone' ? named === null || products.length > 0 : phone !== null && amount !== null;
};

const readLine = (line: string, reader: Reader): OrderLine => {
  const { phone, amount, name, named, products } = partsOf(line, reader);
  const problem = (kind: LineProblem, meant: readonly Product[]): OrderLine => {
    const [product = null, ...others] = named === null ? [] : meant;
    return { kind: 'problem', text: line, problem: kind, product: others.length === 0 ? product : null };
  };
  if (named?.products.length === 0) return problem('unknownProduct', []);
  if (phone === 'badPhone') return problem('badPhone', products);
  if (products.length === 0) return problem(phone === null ? 'noPhone' : 'unknownProduct', []);
  const suited = products.filter((product) => (accountMask(product) === null) === (phone === null));
  if (suited.length === 0) return problem(phone === null ? 'noPhone' : 'notForPhone', products);
  if (amount === null) return problem('noAmount', suited);
  const fitting = amount === 'badAmount' ? null : productsFor(suited, amount);
  if (fitting === null) return problem('badAmount', suited);
  const { choice, candidates } = fitting;
  const [product, ...others] = candidates;
  if (product === undefined || others.length > 0) return { kind: 'choose', candidates, amount: choice, phone };
  const account = phone && accountOf(product, phone);
  const repaired = named === null || named.literally ? null : { from: name, to: product.brand };
  return { kind: 'ready', product, amount: choice, phone, account, repaired };
};

/** What a product's purchase sends for a phone number. A mask that fits neither form is a reason to warn, not to refuse. */
export const accountOf = (product: Product, phone: Phone): string =>
  digitsToSend({ countryId: product.countryId, mask: accountMask(product)?.mask ?? null }, phone);

/** The products that take an amount: as what arrives if there are any, else as what is sent; null when there are none. */
const productsFor = (
  products: readonly Product[],
  { value, currencies }: TypedAmount,
): { readonly choice: AmountChoice; readonly candidates: readonly Product[] } | null => {
  const isSaid = (currency: string): boolean => currencies === null || currencies.includes(currency);
  const priced = products.filter(({ dynamic, family }) => !dynamic && family !== 'bill');
  const as = (direction: Direction, takes: (product: Product) => boolean) => {
    const candidates = priced.filter(takes).slice(0, MOST_CANDIDATES);
    return candidates.length === 0 ? null : { choice: { direction, amount: value }, candidates };
  };
  return (
    as('reverse', (product) => isSaid(product.destinationCurrency) && canArrive(product, value)) ??
    as('direct', (product) => isSaid(product.saleCurrency) && checkAmount(product.amount, value).ok)
  );
};

/** Whether an amount can be what arrives: exactly for listed values, at least for a range. Without an exchange it is what is sent. */
const canArrive = (product: Product, value: Hundredths): boolean => {
  const { amount, rate } = product;
  if (rate === null || product.saleCurrency === product.destinationCurrency) return false;
  if (amount.kind === 'list') return amount.values.some((listed) => convertDown(listed, rate) === value);
  return value >= convertDown(amount.from, rate) && priceFromCatalog(product, { direction: 'reverse', amount: value }).ok;
};
