// What changed between two lists of the supplier: what came, what went, and which of the facts that a sale depends on are others.
import type { AmountRule, ListedProduct } from './catalog.ts';
import type { ProductId } from './ids.ts';
import type { Rate } from './money.ts';

export const CHANGED_PARTS = ['name', 'amounts', 'currency', 'rate', 'mask', 'fee'] as const;
export type ChangedPart = (typeof CHANGED_PARTS)[number];

export type CatalogDifference =
  | { readonly kind: 'added' | 'removed'; readonly product: ProductId }
  /** `parts`: in the order of `CHANGED_PARTS`, never empty. */
  | { readonly kind: 'changed'; readonly product: ProductId; readonly parts: readonly ChangedPart[] };

/** Listed values are a set: their order says nothing. */
const amountsText = (rule: AmountRule): string =>
  rule.kind === 'list'
    ? `list ${[...new Set(rule.values)].sort((a, b) => a - b).join(' ')}`
    : `range ${rule.from} ${rule.to} ${rule.step}`;

/** The shortest decimal of a rate, so that 16.9 and 16.90 are the same. */
const rateText = (rate: Rate | null): string => {
  if (rate === null) return 'none';
  const digits = rate.units.padStart(rate.scale + 1, '0');
  const whole = digits.slice(0, digits.length - rate.scale);
  return `${whole}.${digits.slice(digits.length - rate.scale).replace(/0+$/, '')}`;
};

/** Each part as something to compare. */
const READINGS: Readonly<Record<ChangedPart, (product: ListedProduct) => string | number | null>> = {
  name: ({ name }) => name,
  amounts: ({ amount }) => amountsText(amount),
  currency: ({ saleCurrency, destinationCurrency }) => `${saleCurrency} ${destinationCurrency}`,
  rate: ({ rate }) => rateText(rate),
  mask: ({ mask }) => mask,
  fee: ({ fee }) => fee,
};

const differenceOf = (old: ListedProduct | undefined, now: ListedProduct): readonly CatalogDifference[] => {
  if (old === undefined) return [{ kind: 'added', product: now.id }];
  const parts = CHANGED_PARTS.filter((part) => READINGS[part](old) !== READINGS[part](now));
  return parts.length === 0 ? [] : [{ kind: 'changed', product: now.id, parts }];
};

/** Every product that is not the same in both lists, once, by product id. A list names no product twice. */
export const differences = (before: readonly ListedProduct[], after: readonly ListedProduct[]): readonly CatalogDifference[] => {
  const old = new Map(before.map((product) => [product.id, product]));
  const now = new Set(after.map(({ id }) => id));
  return [
    ...before.filter(({ id }) => !now.has(id)).map(({ id }): CatalogDifference => ({ kind: 'removed', product: id })),
    ...after.flatMap((product) => differenceOf(old.get(product.id), product)),
  ].sort((a, b) => a.product - b.product);
};
