// What is shown of a batch: its lines with their products, and what the button would buy of them.
import type { Catalog, Product } from '../catalog.ts';
import type { ProductId } from '../ids.ts';
import { accountMask } from '../line-parts.ts';
import { money } from '../money.ts';
import type { Money } from '../money.ts';
import type { Quote } from '../quote.ts';
import type { BatchLine, BatchSum, BatchViewLine } from './batch-words.ts';

/** A product that a line can name: the one meant, else a top-up, since that is what lines are mostly for. */
const exampleFor = (id: ProductId | null, catalog: Catalog): Product | null => {
  const named = id === null ? undefined : catalog.products.get(id);
  if (named?.dynamic === false) return named;
  const simple = [...catalog.products.values()].filter(({ dynamic, family }) => !dynamic && family !== 'bill');
  return simple.find((product) => accountMask(product) !== null) ?? simple[0] ?? null;
};

export const viewLine = (line: BatchLine, index: number, catalog: Catalog): BatchViewLine => {
  const number = index + 1;
  if (line.kind === 'problem') {
    const { text, problem, product } = line;
    return { number, kind: 'problem', text, problem, example: exampleFor(product, catalog) };
  }
  if (line.kind === 'choose') {
    const products = line.candidates.map(({ product }) => catalog.products.get(product));
    const candidates = products.filter((product) => product !== undefined);
    // Their places count, so a list that has lost one is none any more.
    if (candidates.length < products.length) return { number, kind: 'gone' };
    return { number, kind: 'choose', account: line.candidates[0]?.account ?? null, choice: line.choice, candidates };
  }
  const product = catalog.products.get(line.product);
  return product === undefined ? { number, kind: 'gone' } : { ...line, number, product };
};

const summedUp = (amounts: readonly Money[]): readonly Money[] => {
  const sums = new Map<string, Money>();
  for (const amount of amounts) {
    const before = sums.get(amount.currency)?.hundredths ?? 0;
    if (amount.hundredths > 0) sums.set(amount.currency, money(before + amount.hundredths, amount.currency));
  }
  return [...sums.values()];
};

/** Null where nothing can be bought. */
export const sumOf = (lines: readonly BatchLine[], catalog: Catalog): BatchSum | null => {
  const quotes = lines.flatMap((line): readonly Quote[] =>
    line.kind === 'ready' && catalog.products.has(line.product) ? [line.quote] : [],
  );
  const [first] = quotes.toSorted((a, b) => a.expiresAt - b.expiresAt);
  if (first === undefined) return null;
  return {
    count: quotes.length,
    pay: summedUp(quotes.map(({ pay }) => pay)),
    commission: summedUp(quotes.map(({ commission }) => commission)),
    heldUntil: first.expiresAt,
  };
};
