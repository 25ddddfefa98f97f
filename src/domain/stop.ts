// Stops: what the operator has taken off sale for now, from everything down to one product, with who did it and why.
import type { ProductId } from './ids.ts';
import { assertNever } from './result.ts';
import type { Instant } from './time.ts';

/** `country`: its ISO 3166-1 numeric code; `operator`: the id that it has in the catalogue, the smallest of its product ids. */
export type StopScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'country'; readonly country: number }
  | { readonly kind: 'operator'; readonly operator: ProductId }
  | { readonly kind: 'product'; readonly product: ProductId };

export type Stop = { readonly scope: StopScope; readonly by: string; readonly why: string; readonly since: Instant };

type Stoppable = { readonly id: ProductId; readonly countryId: number; readonly operatorId: ProductId };

const covers = (scope: StopScope, product: Stoppable): boolean => {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'country':
      return scope.country === product.countryId;
    case 'operator':
      return scope.operator === product.operatorId;
    case 'product':
      return scope.product === product.id;
    default:
      return assertNever(scope);
  }
};

/** Whether any of the stops keeps a product from being sold. */
export const isStopped = (stops: readonly Stop[], product: Stoppable): boolean =>
  stops.some(({ scope }) => covers(scope, product));
