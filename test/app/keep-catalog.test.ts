// The catalogue over time: the last good copy, what is stopped, and what the operator hears of the supplier's changes.
import { describe, expect, it, vi } from 'vitest';
import { createCatalogKeeper } from '../../src/app/keep-catalog.ts';
import type { SupplierError } from '../../src/app/ports/supplier.ts';
import { MOST_LISTED } from '../../src/domain/alert.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { ListedProduct, Overlay } from '../../src/domain/catalog.ts';
import { fail, ok } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import type { StopScope } from '../../src/domain/stop.ts';
import { entry, listed, productId } from '../domain/sample-catalog.ts';
import { marginRule } from '../domain/sample-rules.ts';
import { createTestClock } from './test-clock.ts';

const openKeeper = (overlay: Overlay = { '1': entry('A'), '2': entry('B') }) => {
  const script: { answer: Result<readonly ListedProduct[], SupplierError>; ledgerDown: boolean } = {
    answer: ok([listed(1), listed(2)]),
    ledgerDown: false,
  };
  const supplier = { portfolio: () => Promise.resolve(script.answer) };
  const clock = createTestClock();
  const raised: Alert[] = [];
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const keeper = createCatalogKeeper({
    margins: [marginRule({ product: productId(2), percent: 500 })],
    supplier,
    overlay,
    sellAssumed: false,
    alerts: {
      raiseAlert: (alert, at) => {
        if (script.ledgerDown) return Promise.reject(new Error('no connection'));
        expect(at).toBe(clock.now());
        raised.push(alert);
        return Promise.resolve();
      },
    },
    clock,
    log,
  });
  return {
    script,
    keeper,
    log,
    raised,
    sold: () => [...(keeper.current()?.products.keys() ?? [])],
    /** What is raised because of a list. */
    raisedBy: async (...list: readonly ListedProduct[]) => {
      script.answer = ok(list);
      const before = raised.length;
      expect(await keeper.refresh()).toBe(true);
      return raised.slice(before);
    },
  };
};

const stop = (scope: StopScope) => ({ scope, by: 'operator', why: 'the codes do not work', since: createTestClock().now() });

describe('the catalogue', () => {
  it('knows of which products an amount is not the price', async () => {
    const { keeper, raisedBy } = openKeeper();
    await raisedBy(listed(1), listed(2));
    expect([...(keeper.current()?.marked ?? [])]).toEqual([2]);
  });

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
    const { script, keeper, sold, raised, raisedBy } = openKeeper();
    await raisedBy(listed(1), listed(2));
    script.answer = answer;
    expect(await keeper.refresh()).toBe(false);
    expect(sold()).toEqual([1, 2]);
    expect(raised).toEqual([]);
    await raisedBy(listed(2));
    expect(sold()).toEqual([2]);
  });
});

describe('stops', () => {
  it('take effect at once, stay over a refresh, and are lifted at once', async () => {
    const { keeper, sold, raisedBy } = openKeeper();
    await keeper.refresh();
    keeper.setStops([stop({ kind: 'product', product: productId(1) })]);
    expect(sold()).toEqual([2]);
    expect(await raisedBy(listed(1), listed(2))).toEqual([]);
    expect(sold()).toEqual([2]);
    keeper.setStops([stop({ kind: 'all' })]);
    expect(sold()).toEqual([]);
    keeper.setStops([]);
    expect(sold()).toEqual([1, 2]);
  });

  it('may be known before the catalogue is', async () => {
    const { keeper, sold } = openKeeper();
    keeper.setStops([stop({ kind: 'product', product: productId(2) })]);
    expect(keeper.current()).toBeNull();
    await keeper.refresh();
    expect(sold()).toEqual([1]);
  });
});

describe('the operator', () => {
  it('hears nothing of the first list, and nothing of a list that is the same', async () => {
    const { raisedBy } = openKeeper();
    expect(await raisedBy(listed(1), listed(2))).toEqual([]);
    expect(await raisedBy(listed(2), listed(1))).toEqual([]);
  });

  it('hears once of a list that changed, of all that is sold and nothing else', async () => {
    const { log, raisedBy } = openKeeper({
      '1': entry('A'),
      '2': entry('B'),
      '3': entry('C'),
      '4': entry('D', { hidden: true }),
    });
    await raisedBy(listed(1), listed(3), listed(4), listed(7), listed(8));
    const raised = await raisedBy(
      listed(1, { fee: 1, name: 'New' }),
      listed(2),
      listed(3),
      listed(4, { fee: 1 }),
      listed(7, { fee: 1 }),
      listed(9),
    );
    const differences = [
      { kind: 'changed', product: 1, parts: ['name', 'fee'] },
      { kind: 'added', product: 2 },
    ];
    expect(raised).toEqual([{ type: 'catalogChanged', differences, total: 2 }]);
    expect(log.info).toHaveBeenCalledWith('catalogChanged', { added: 2, removed: 1, changed: 3 });
    expect(log.info.mock.calls.filter(([event]) => event === 'soldProductChanged').map(([, fields]): unknown => fields)).toEqual([
      { product: 1, kind: 'changed', parts: 'name fee' },
      { product: 2, kind: 'added', parts: null },
    ]);
  });

  it('does not hear of what nobody sells, which is only counted', async () => {
    const { log, raisedBy } = openKeeper({ '1': entry('A'), '2': entry('B', { unit: 'assumed' }) });
    await raisedBy(listed(1), listed(2));
    expect(await raisedBy(listed(1), listed(2, { fee: 1 }), listed(3))).toEqual([]);
    expect(log.info).toHaveBeenCalledWith('catalogChanged', { added: 1, removed: 0, changed: 1 });
    expect(log.info).not.toHaveBeenCalledWith('soldProductChanged', expect.anything());
  });

  it('is named the first of many, and told how many there are', async () => {
    const ids = Array.from({ length: MOST_LISTED + 5 }, (_, index) => index + 1);
    const { raisedBy } = openKeeper(Object.fromEntries(ids.map((id) => [String(id), entry('A')])));
    const missing = await raisedBy();
    expect(missing).toEqual([{ type: 'productsMissing', products: ids.slice(0, MOST_LISTED), total: ids.length }]);
    const added = ids.slice(0, MOST_LISTED).map((product) => ({ kind: 'added', product }));
    expect(await raisedBy(...ids.map((id) => listed(id)))).toEqual([
      { type: 'catalogChanged', differences: added, total: ids.length },
    ]);
  });

  it('hears of products that should be sold and are not listed, at every fetch, the first included', async () => {
    const { raisedBy } = openKeeper({ '1': entry('A'), '2': entry('B'), '3': entry('C', { hidden: true }) });
    const missing = { type: 'productsMissing', products: [2], total: 1 };
    expect(await raisedBy(listed(1))).toEqual([missing]);
    expect(await raisedBy(listed(1))).toEqual([missing]);
    expect(await raisedBy(listed(1), listed(2))).toMatchObject([{ type: 'catalogChanged' }]);
    expect(await raisedBy(listed(2))).toMatchObject([
      { type: 'productsMissing', products: [1] },
      { type: 'catalogChanged', differences: [{ kind: 'removed', product: 1 }] },
    ]);
  });

  it('hears later of what could not be stored, while the shop sells by the new list already', async () => {
    const { script, log, sold, raisedBy } = openKeeper();
    await raisedBy(listed(1), listed(2));
    script.ledgerDown = true;
    expect(await raisedBy(listed(1, { fee: 1 }), listed(2))).toEqual([]);
    expect(sold()).toEqual([1, 2]);
    expect(log.error).toHaveBeenCalledWith('catalogAlertNotRaised', {}, expect.any(Error));
    script.ledgerDown = false;
    expect(await raisedBy(listed(1, { fee: 1 }), listed(2, { mask: '#' }))).toMatchObject([
      {
        differences: [
          { product: 1, parts: ['fee'] },
          { product: 2, parts: ['mask'] },
        ],
      },
    ]);
    expect(await raisedBy(listed(1, { fee: 1 }), listed(2, { mask: '#' }))).toEqual([]);
  });
});
