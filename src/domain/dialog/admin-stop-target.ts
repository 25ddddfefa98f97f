// What can be taken off sale, by the names that the catalogue has for it.
import { findCountry, findOperator } from '../catalog.ts';
import type { Catalog } from '../catalog.ts';
import { assertNever } from '../result.ts';
import { folded, searchOperators } from '../search.ts';
import { parseScope } from '../stop-scope.ts';
import type { StopScope } from '../stop.ts';

export type StopTarget = { readonly scope: StopScope; readonly name: string };

/** More than this can't be told apart by their names alone. */
const MOST_TARGETS = 8;

/** What stands for the whole shop where a name is asked for. */
const EVERYTHING = '*';

/** Null for what is not sold, or not any more. */
export const nameOfScope = (catalog: Catalog | null, scope: StopScope): string | null => {
  switch (scope.kind) {
    case 'all':
      return EVERYTHING;
    case 'country':
      return (catalog && findCountry(catalog, scope.country)?.name) ?? null;
    case 'operator':
      return (catalog && findOperator(catalog, scope.operator)?.name) ?? null;
    case 'product':
      return catalog?.products.get(scope.product)?.name ?? null;
    default:
      return assertNever(scope);
  }
};

const written = (text: string): StopScope | null => {
  if (text === EVERYTHING) return { kind: 'all' };
  const scope = parseScope(/^\d+$/.test(text) ? `product:${text}` : text.toLowerCase().replace(/\s/gu, ''));
  return scope.ok ? scope.value : null;
};

/** By `*`, by a written scope, by the number of a product, or by a part of a name: countries first, then brands, then products. */
export const findStopTargets = (catalog: Catalog | null, text: string): readonly StopTarget[] => {
  const scope = written(text.trim());
  if (scope !== null) {
    const name = nameOfScope(catalog, scope);
    return name === null ? [] : [{ scope, name }];
  }
  const words = folded(text);
  if (catalog === null || words === '') return [];
  const countries = catalog.countries
    .filter(({ name }) => folded(name).includes(words))
    .map(({ id, name }) => ({ scope: { kind: 'country', country: id } as const, name }));
  const operators = searchOperators(catalog, null, text).map(({ id, name }) => ({
    scope: { kind: 'operator', operator: id } as const,
    name,
  }));
  const products = [...catalog.products.values()]
    .filter(({ name }) => folded(name).includes(words))
    .map(({ id, name }) => ({ scope: { kind: 'product', product: id } as const, name }));
  return [...countries, ...operators, ...products].slice(0, MOST_TARGETS);
};
