// Search by typing: what a customer writes finds a brand or a product, also with an amount behind it or a slip of the finger.
import { checkAmount } from './catalog.ts';
import type { Catalog, CountryId, Operator, Product } from './catalog.ts';
import { withLatinDigits } from './digits.ts';
import { parseAmount } from './money.ts';

/** Letters that people write one for the other in Arabic script, and the stroke that only stretches a word. */
const SAME_LETTER: Readonly<Record<string, string>> = { ٱ: 'ا', ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', '\u0640': '' };

/** The form in which names are compared: no accents (ё is е, أ is ا), no case, Latin digits, single spaces. */
export const folded = (text: string): string =>
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
  if (query === '') return items;
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
  if (query === '') return hits;
  const start = folded(query);
  const rank = (operator: Operator): number => (folded(operator.name).startsWith(start) ? 0 : 1);
  return hits.toSorted((a, b) => rank(a) - rank(b));
};

export const searchProducts = (operator: Operator, query: string): readonly Product[] =>
  find(operator.products, query, (product) => ({ text: folded(product.name), products: [product] }));

/** Words of one or two letters are in too many names to count as parts of words. */
const isNamed = (word: string, name: string): boolean => (word.length < 3 ? name.split(' ').includes(word) : name.includes(word));

/** What words name. Not `literally`: a slip of the finger would explain them. */
export type Named = { readonly products: readonly Product[]; readonly literally: boolean };

/** Finds the products that words name, by brand and name together. An operator of exactly that name hides those that have it in theirs. */
export type FindNamed = (words: string) => Named;

type Spine = { readonly product: Product; readonly brand: string; readonly name: string };

const spinesOf = (catalog: Catalog): readonly Spine[] =>
  Array.from(catalog.products.values(), (product) => ({
    product,
    brand: folded(product.brand),
    name: folded(`${product.brand} ${product.name}`),
  }));

/** Reads the names of a catalogue once, when they are first needed, for many look-ups. */
export const namesOf = (catalog: Catalog): FindNamed => {
  let spines: readonly Spine[] | null = null;
  const found = new Map<string, Named>();
  return (words) => {
    spines ??= spinesOf(catalog);
    const named = found.get(words) ?? findNamed(spines, words);
    found.set(words, named);
    return named;
  };
};

const findNamed = (spines: readonly Spine[], words: string): Named => {
  const wanted = (wordsOf(words) ?? []).filter((word) => word !== '');
  const fitting = (fits: (word: string, name: string) => boolean): readonly Spine[] =>
    wanted.length === 0 ? [] : spines.filter(({ name }) => wanted.every((word) => fits(word, name)));
  const named = fitting(isNamed);
  const exactly = named.filter(({ brand }) => brand === wanted.join(' '));
  const meant = [exactly, named].find((some) => some.length > 0);
  const nearly = meant ?? fitting((word, name) => isNamed(word, name) || isNearly(word, name));
  return { products: nearly.map(({ product }) => product), literally: meant !== undefined };
};
