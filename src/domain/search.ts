// Search by typing: what a customer writes finds a brand or a product, also with an amount behind it or a slip of the finger.
import { checkAmount } from './catalog.ts';
import type { Catalog, CountryId, Operator, Product } from './catalog.ts';
import { withLatinDigits } from './digits.ts';
import { parseAmount } from './money.ts';

/** Letters that people write one for the other in Arabic script, and the stroke that only stretches a word. */
const SAME_LETTER: Readonly<Record<string, string>> = { ٱ: 'ا', ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', '\u0640': '' };

/** The form in which names are compared: no accents (ё is е, أ is ا), no case, Latin digits, single spaces. */
const folded = (text: string): string =>
  withLatinDigits(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ٱىیةک\u0640]/gu, (letter) => SAME_LETTER[letter] ?? letter)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The words of a query; null for one that has none, such as a row of emoji, which finds nothing. An empty query finds everything. */
const wordsOf = (query: string): readonly string[] | null => {
  const text = folded(query);
  return text === '' && query.trim() !== '' ? null : text.split(' ');
};

/** Whether some product takes the amount that a word names. */
const isAmountOf = (word: string, products: readonly Product[]): boolean => {
  const amount = parseAmount(word);
  return amount.ok && products.some((product) => !product.dynamic && checkAmount(product.amount, amount.value).ok);
};

/** How many letters may be wrong in a word: short ones are too much alike. */
const slipsIn = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** The least number of letters to leave out, put in, change or swap with their neighbour that makes one word the other. */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
};

const isNearly = (word: string, text: string): boolean => {
  const most = slipsIn(word);
  return (
    most > 0 && text.split(' ').some((other) => Math.abs(other.length - word.length) <= most && distance(word, other) <= most)
  );
};

type Wanted = { readonly text: string; readonly products: readonly Product[] };

/** From what is meant literally to what may be meant: the first that finds anything counts. */
const READINGS: readonly ((words: readonly string[], wanted: Wanted) => boolean)[] = [
  (words, { text }) => words.every((word) => text.includes(word)),
  (words, { text, products }) =>
    words.some((word) => text.includes(word)) && words.every((word) => text.includes(word) || isAmountOf(word, products)),
  (words, { text, products }) =>
    words.some((word) => text.includes(word) || isNearly(word, text)) &&
    words.every((word) => text.includes(word) || isNearly(word, text) || isAmountOf(word, products)),
];

const find = <Item>(items: readonly Item[], query: string, wantedOf: (item: Item) => Wanted): readonly Item[] => {
  const words = wordsOf(query);
  if (words === null) return [];
  const offered = items.map((item) => ({ item, wanted: wantedOf(item) }));
  for (const fits of READINGS) {
    const hits = offered.filter(({ wanted }) => fits(words, wanted));
    if (hits.length > 0) return hits.map(({ item }) => item);
  }
  return [];
};

/**
 * Operators that a query finds by their own name, their products' names, and an amount that one of them takes; names that start with
 * the query first. All countries when `countryId` is null.
 */
export const searchOperators = (catalog: Catalog, countryId: CountryId | null, query: string): readonly Operator[] => {
  const shelf = catalog.operators.filter((operator) => countryId === null || operator.countryId === countryId);
  const hits = find(shelf, query, ({ name, products }) => ({
    text: folded([name, ...products.map((product) => product.name)].join(' ')),
    products,
  }));
  const start = folded(query);
  const rank = (operator: Operator): number => (folded(operator.name).startsWith(start) ? 0 : 1);
  return hits.toSorted((a, b) => rank(a) - rank(b));
};

export const searchProducts = (operator: Operator, query: string): readonly Product[] =>
  find(operator.products, query, (product) => ({ text: folded(product.name), products: [product] }));
