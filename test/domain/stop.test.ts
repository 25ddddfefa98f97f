// Which products a stop takes off sale.
import { describe, expect, it } from 'vitest';
import { isStopped } from '../../src/domain/stop.ts';
import type { Stop, StopScope } from '../../src/domain/stop.ts';
import { instant } from '../../src/domain/time.ts';
import { productId } from './sample-catalog.ts';

const stop = (scope: StopScope): Stop => ({ scope, by: 'operator', why: 'the codes do not work', since: instant(0) });
const product = { id: productId(3), operatorId: productId(2), countryId: 192 };

describe('a product', () => {
  it.each<[StopScope, boolean]>([
    [{ kind: 'all' }, true],
    [{ kind: 'country', country: 192 }, true],
    [{ kind: 'country', country: 724 }, false],
    [{ kind: 'operator', operator: productId(2) }, true],
    [{ kind: 'operator', operator: productId(3) }, false],
    [{ kind: 'product', product: productId(3) }, true],
    [{ kind: 'product', product: productId(2) }, false],
  ])('with a stop of %o: %s', (scope, expected) => {
    expect(isStopped([stop(scope)], product)).toBe(expected);
  });

  it('is stopped by any of several stops, and by none', () => {
    const other = stop({ kind: 'country', country: 724 });
    expect(isStopped([other, stop({ kind: 'all' })], product)).toBe(true);
    expect(isStopped([other, other], product)).toBe(false);
    expect(isStopped([], product)).toBe(false);
  });
});
