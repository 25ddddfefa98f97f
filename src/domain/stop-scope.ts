// What a stop covers, by a name and in its written form: `all`, `country:192`, `operator:8101`, `product:8101`. Parsing and formatting are each other's inverse.
import { parseProductId } from './ids.ts';
import { assertNever, fail, ok } from './result.ts';
import type { Result } from './result.ts';
import type { Stop, StopScope } from './stop.ts';

/** A stop with what its scope was called when it was put: what is stopped is on no list any more. */
export type NamedStop = Stop & { readonly name: string };

export const formatScope = (scope: StopScope): string => {
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'country':
      return `country:${scope.country}`;
    case 'operator':
      return `operator:${scope.operator}`;
    case 'product':
      return `product:${scope.product}`;
    default:
      return assertNever(scope);
  }
};

export const parseScope = (text: string): Result<StopScope, 'notAScope'> => {
  if (text === 'all') return ok({ kind: 'all' });
  const match = /^(country|operator|product):([1-9]\d{0,9})$/.exec(text);
  const number = Number(match?.[2]);
  if (match?.[1] === 'country') return ok({ kind: 'country', country: number });
  const id = parseProductId(number);
  if (!id.ok) return fail('notAScope');
  return ok(match?.[1] === 'operator' ? { kind: 'operator', operator: id.value } : { kind: 'product', product: id.value });
};
