import { describe, expect, it } from 'vitest';
import { createCatalogKeeper } from '../../src/app/keep-catalog.ts';
import type { SupplierError } from '../../src/app/ports/supplier.ts';
import type { ListedProduct } from '../../src/domain/catalog.ts';
import { fail, ok } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { entry, listed } from '../domain/sample-catalog.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const openKeeper = () => {
  const script: { answer: Result<readonly ListedProduct[], SupplierError> } = { answer: ok([listed(1)]) };
  const supplier = { portfolio: () => Promise.resolve(script.answer) };
  const keeper = createCatalogKeeper({
    supplier,
    overlay: { '1': entry('A'), '2': entry('B') },
    sellAssumed: false,
    clock: createTestClock(),
    log: silentLog,
  });
  return { script, keeper, sold: () => [...(keeper.current()?.products.keys() ?? [])] };
};

describe('the catalogue', () => {
  it('is null before the first copy, also when the first fetch fails', async () => {
    const { script, keeper } = openKeeper();
    script.answer = fail({ kind: 'noAnswer', reason: 'reset' });
    expect(await keeper.refresh()).toBe(false);
    expect(keeper.current()).toBeNull();
  });

  it.each<[string, Result<readonly ListedProduct[], SupplierError>]>([
    ['a failed fetch', fail({ kind: 'noAnswer', reason: 'reset' })],
    ['an empty list', ok([])],
  ])('keeps the last good copy over %s, and takes the next good one', async (_name, answer) => {
    const { script, keeper, sold } = openKeeper();
    await keeper.refresh();
    script.answer = answer;
    expect(await keeper.refresh()).toBe(false);
    expect(sold()).toEqual([1]);
    script.answer = ok([listed(2)]);
    expect(await keeper.refresh()).toBe(true);
    expect(sold()).toEqual([2]);
  });
});
