// Orders that are typed in lines: what becomes of each line, and what one tap buys of them.
import { describe, expect, it } from 'vitest';
import type { BatchAction } from '../../../src/domain/dialog/batch-words.ts';
import { money } from '../../../src/domain/money.ts';
import { looksLikeOrder } from '../../../src/domain/one-line.ts';
import { QUOTE_LIFETIME } from '../../../src/domain/quote.ts';
import { instant } from '../../../src/domain/time.ts';
import { phones } from '../phones.ts';
import { ANY_TOP_UP, MEXICAN, TOP_UP, USD, topUpCatalog } from '../sample-catalog.ts';
import { message, openDialog } from './sample-dialog.ts';

const CUBAN = '5351234567';
const OTHER = '5351234568';

const openShop = () => {
  const dialog = openDialog(topUpCatalog);
  return { ...dialog, tapBatch: (action: BatchAction, on = message(1)) => dialog.tap({ type: 'batch', action }, on) };
};
type Shop = ReturnType<typeof openShop>;

const opened = (...lines: readonly string[]): Shop => {
  const shop = openShop();
  shop.type(lines.join('\n'));
  return shop;
};

const linesOf = (shop: Shop) => {
  const { screen } = shop.state();
  if (screen.at !== 'batch') throw new Error(`at ${screen.at}`);
  return screen.lines;
};
const kindsOf = (shop: Shop): readonly string[] => linesOf(shop).map(({ kind }) => kind);
const idsOf = (shop: Shop) => linesOf(shop).flatMap((line) => (line.kind === 'ready' ? [line.order] : []));

describe('a line that is typed', () => {
  it.each(['countries', 'operators', 'products', 'items'] as const)('while browsing becomes a batch: at %s', (at) => {
    const shop = openShop();
    if (at !== 'countries') shop.tap({ type: 'pickCountry', country: 192 });
    if (at === 'products') shop.type('palmera');
    if (at === 'items') shop.type('estrella');
    expect(shop.state().screen.at).toBe(at);
    shop.type(`caracola 500 ${CUBAN}`);
    expect(shop.view()).toMatchObject({
      type: 'batch',
      total: 1,
      list: {
        items: [{ kind: 'ready', product: { id: ANY_TOP_UP }, account: CUBAN, quote: { receive: { hundredths: 50_175 } } }],
      },
      buy: { count: 1, pay: [{ hundredths: 2_230, currency: USD }] },
    });
  });

  it('is bought with one tap, and a second tap buys nothing', () => {
    const shop = opened(`caracola 500 ${CUBAN}`);
    const [order] = idsOf(shop);
    const { revision } = shop.state();
    shop.tapBatch({ type: 'buy' });
    expect(shop.placed()).toMatchObject([{ order, product: { id: ANY_TOP_UP }, draft: { fields: { account: CUBAN } } }]);
    expect(shop.last()).toMatchObject({ replace: 1, view: { type: 'batchPlaced', orders: [{ id: order, status: 'placed' }] } });
    shop.happen({ type: 'tappedFlow', action: { type: 'batch', action: { type: 'buy' } }, revision, message: message(1) });
    expect(shop.toasts).toEqual(['alreadyOrdered']);
    expect(shop.placed()).toHaveLength(1);
  });

  it('is no order where a piece of a purchase is asked for', () => {
    const shop = openShop();
    shop.tap({ type: 'pickCountry', country: 192 });
    shop.tap({ type: 'pickOperator', operator: TOP_UP });
    shop.tap({ type: 'pickProduct', product: TOP_UP });
    const { at } = shop.state().screen;
    shop.type(`caracola 500 ${CUBAN}`);
    expect([at, shop.state().screen.at]).toEqual(['amount', 'amount']);
  });

  it('that orders nothing is searched for', () => {
    expect(opened('palmera').view().type).toBe('products');
  });

  it('says what a name was taken for, and what is odd about a number', () => {
    expect(linesOf(opened(`caracla any 30 +34600123456`))).toMatchObject([
      { kind: 'ready', repaired: { from: 'caracla any', to: 'Caracola' }, warnings: ['otherCountry', 'maskDoesNotFit'] },
    ]);
  });

  it('with several products offers a choice, which is priced when it is made', () => {
    const shop = opened(`caracola 480 ${CUBAN}`);
    expect(shop.questions).toEqual([]);
    expect(shop.view()).toMatchObject({
      list: { items: [{ kind: 'choose', candidates: [{ id: ANY_TOP_UP }, { id: TOP_UP }] }] },
      buy: null,
    });
    shop.tapBatch({ type: 'choose', line: 0, candidate: 1 });
    expect(linesOf(shop)).toMatchObject([{ kind: 'ready', product: TOP_UP, quote: { pay: money(2_000, USD) } }]);
  });

  it('that needs more is ordered alone, with what it says', () => {
    const shop = opened(`palmera courier 10 ${CUBAN}`, `caracola 500 ${OTHER}`);
    expect(linesOf(shop)).toMatchObject([{ kind: 'open', error: { kind: 'needsDetails' } }, { kind: 'ready' }]);
    shop.tapBatch({ type: 'alone', line: 0 });
    expect(shop.state().screen).toMatchObject({ at: 'field', index: 1, draft: { fields: { account: CUBAN } } });
  });

  it('whose fee is of an unknown unit is not sold', () => {
    const shop = openShop();
    const products = new Map([...topUpCatalog.products].map(([id, product]) => [id, { ...product, fee: 50 }]));
    shop.sell({ ...topUpCatalog, products });
    shop.type(`caracola 500 ${CUBAN}`);
    expect(linesOf(shop)).toMatchObject([{ kind: 'open', error: { kind: 'notSellable' } }]);
  });

  it('without a price says why', () => {
    const shop = openShop();
    shop.script.quoteError = { kind: 'supplierDown' };
    shop.type(`caracola 500 ${CUBAN}`);
    expect(shop.view()).toMatchObject({ list: { items: [{ kind: 'open', error: { kind: 'supplierDown' } }] }, buy: null });
    shop.tapBatch({ type: 'buy' });
    expect(shop.last()).toMatchObject({ notice: { type: 'buttonExpired' } });
  });
});

describe('several lines', () => {
  const three = [`caracola 500 ${CUBAN}`, `quetzal 51 5512345678`, `quetzal 50 5512345678`];

  it('are bought without those that can’t be', () => {
    const shop = opened(...three);
    expect(kindsOf(shop)).toEqual(['ready', 'problem', 'ready']);
    expect(shop.view()).toMatchObject({ buy: { count: 2, pay: [{ currency: 'USD' }, { hundredths: 5_000, currency: 'EUR' }] } });
    const ids = idsOf(shop);
    expect(new Set(ids).size).toBe(2);
    shop.tapBatch({ type: 'buy' });
    expect(shop.placed().map(({ order }) => order)).toEqual(ids);
    expect(shop.state().screen.at).toBe('batchPlaced');
  });

  it('are put right by typing one of them again; a further one is added', () => {
    const shop = opened(...three);
    const before = idsOf(shop);
    shop.type('quetzal 100 5512345678');
    expect(linesOf(shop)).toMatchObject([
      { kind: 'ready' },
      { kind: 'ready', product: MEXICAN, quote: { pay: { hundredths: 10_000 } } },
      {},
    ]);
    shop.type(`caracola 600 ${OTHER}`);
    expect(kindsOf(shop)).toEqual(['ready', 'ready', 'ready', 'ready']);
    expect(idsOf(shop)).toEqual(expect.arrayContaining([...before]));
    shop.type('hola');
    expect(shop.last()).toMatchObject({ notice: { type: 'useButtons' }, view: { type: 'batch', total: 4 } });
  });

  it.each([
    [20, 'batch'],
    [21, 'countries'],
    [60, 'countries'],
  ])('may be twenty at most: %i', (count, at) => {
    const shop = opened(...Array.from({ length: count }, (_, i) => `caracola 500 53512345${10 + i}`));
    expect(shop.state().screen.at).toBe(at);
    if (at === 'countries') expect(shop.last()).toMatchObject({ notice: { type: 'tooManyLines', most: 20 } });
  });

  it('keep their places on pages, and say so when a product has gone', () => {
    const shop = opened(...Array.from({ length: 9 }, (_, i) => `caracola 500 535123451${i}`), `quetzal 50 5512345678`);
    shop.tap({ type: 'turnPage', page: 1 });
    expect(shop.view()).toMatchObject({ list: { items: [{ number: 9 }, { number: 10 }] } });
    shop.sell({ ...topUpCatalog, products: new Map([...topUpCatalog.products].filter(([id]) => id !== MEXICAN)) });
    expect(shop.view()).toMatchObject({ list: { items: [{ kind: 'ready' }, { kind: 'gone' }] }, buy: { count: 9 } });
    shop.tapBatch({ type: 'buy' });
    expect(shop.placed()).toHaveLength(9);
  });
});

describe('a batch whose prices have expired', () => {
  const expired = (): Shop => {
    const shop = opened(`caracola 500 ${CUBAN}`, 'quetzal 50 5512345678');
    shop.wait(QUOTE_LIFETIME);
    return shop;
  };

  it('is bought all the same where they still stand, with the ids that it had', () => {
    const shop = expired();
    const ids = idsOf(shop);
    shop.tapBatch({ type: 'buy' });
    expect(shop.placed().map(({ order }) => order)).toEqual(ids);
  });

  it('is shown once more where one has moved, and keeps its ids', () => {
    const shop = expired();
    const ids = idsOf(shop);
    shop.script.rateFactor = 0.9;
    shop.tapBatch({ type: 'buy' });
    expect(shop.placed()).toEqual([]);
    expect(shop.last()).toMatchObject({ notice: { type: 'batchMoved' }, view: { type: 'batch' } });
    expect(idsOf(shop)).toEqual(ids);
  });

  it('is shown once more where one can’t be had', () => {
    const shop = expired();
    shop.script.quoteError = { kind: 'notAvailable' };
    shop.tapBatch({ type: 'buy' });
    expect(shop.last()).toMatchObject({ notice: { type: 'batchMoved' } });
    expect(kindsOf(shop)).toEqual(['open', 'open']);
  });
});

describe('a line that is refused', () => {
  const available = money(5, USD);
  const twin = { id: '7KQ2M9XW4T0B' as never, placedAt: instant(1_700_000_000_000) };
  const refusedBy = (error: NonNullable<Shop['script']['placeError']>): Shop => {
    const shop = opened(`caracola 500 ${CUBAN}`, 'quetzal 50 5512345678');
    shop.script.lineErrors = new Map([[MEXICAN, error]]);
    shop.tapBatch({ type: 'buy' });
    return shop;
  };

  it('moves below the orders that were placed, and can be confirmed again', () => {
    const shop = refusedBy({ kind: 'outOfFunds', available });
    const [progress, below] = shop.said.slice(-2);
    expect(progress).toMatchObject({
      replace: 1,
      view: { type: 'batchPlaced', orders: [{ productName: 'Caracola Any Amount' }] },
    });
    expect(below).toMatchObject({ replace: null, view: { type: 'batch', total: 1 } });
    expect(linesOf(shop)).toMatchObject([{ kind: 'ready', product: MEXICAN, trouble: { kind: 'outOfFunds', available } }]);
    const ids = idsOf(shop);
    shop.script.lineErrors = new Map();
    shop.tapBatch({ type: 'buy' }, message(2));
    expect(shop.placed().slice(-1)).toMatchObject([{ order: ids[0] }]);
    expect(shop.orders.size).toBe(2);
  });

  it('as bought just now is another one when it is confirmed again', () => {
    const summary = {
      ...twin,
      productName: 'Quetzal',
      operatorName: 'Quetzal',
      family: 'recharge',
      account: null,
      item: null,
    } as const;
    const pay = money(5_000, USD);
    const shop = refusedBy({ kind: 'boughtJustNow', twin: { ...summary, pay, receive: pay, status: 'placed' } });
    expect(linesOf(shop)).toMatchObject([{ trouble: { kind: 'boughtJustNow', at: twin.placedAt } }]);
    shop.script.lineErrors = new Map();
    shop.tapBatch({ type: 'buy' }, message(2));
    expect(shop.placed().slice(-1)).toMatchObject([{ draft: { twin: twin.id } }]);
  });

  it('for its price has its new one below', () => {
    const shop = refusedBy({ kind: 'priceMoved' });
    expect(shop.questions.at(-1)).toMatchObject({ type: 'priceLines', lines: [{ product: { id: MEXICAN } }] });
    expect(shop.said.slice(-2).map(({ view }) => view.type)).toEqual(['batchPlaced', 'batch']);
    expect(kindsOf(shop)).toEqual(['ready']);
  });

  it.each(['blocked', 'stopped', 'idTaken'] as const)('as %s is not offered again', (kind) => {
    expect(kindsOf(refusedBy({ kind }))).toEqual(['open']);
  });

  it('with all others stays where it is', () => {
    const shop = opened(`caracola 500 ${CUBAN}`, 'hola 1 2');
    const { total } = { total: linesOf(shop).length };
    shop.script.placeError = { kind: 'outOfFunds', available };
    shop.tapBatch({ type: 'buy' });
    expect(shop.last()).toMatchObject({ replace: 1, view: { type: 'batch', total } });
  });
});

it('every product that a problem takes for its example reads as an order', () => {
  const shop = opened(`zzyzx 500 ${CUBAN}`);
  const view = shop.view();
  const line = view.type === 'batch' ? view.list.items[0] : undefined;
  if (line?.kind !== 'problem' || line.example === null) throw new Error('There is no example');
  expect(looksLikeOrder([`${line.example.brand} 10 ${phones.example(line.example.countryId) ?? ''}`], topUpCatalog, phones)).toBe(
    true,
  );
});
