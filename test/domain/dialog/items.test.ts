// Dynamic products in the conversation: their list, the item that is chosen, and what happens when the list has changed since.
import { describe, expect, it } from 'vitest';
import type { OrderId } from '../../../src/domain/ids.ts';
import { QUOTE_LIFETIME } from '../../../src/domain/quote.ts';
import type { Catalog } from '../../../src/domain/catalog.ts';
import { LIST, RAFFLE, cents, productId, sampleCatalog } from '../sample-catalog.ts';
import { itemOf, message, openDialog, sampleItems } from './sample-dialog.ts';

const EMAIL = 'ana@mail.example';

const openList = (items: ReturnType<typeof openDialog>['script']['items'] = sampleItems) => {
  const dialog = openDialog();
  dialog.script.items = items;
  dialog.type('estrella');
  return dialog;
};

/** At the price card of the item that costs 302. */
const atPrice = () => {
  const dialog = openList();
  dialog.tap({ type: 'pickItem', index: 2 });
  dialog.type(EMAIL);
  return dialog;
};

const confirmShown = (dialog: ReturnType<typeof openDialog>): void => {
  const view = dialog.view();
  if (view.type !== 'price') throw new Error(`no price but ${view.type}`);
  dialog.tap({ type: 'confirm', order: view.order });
};

describe('the list of items', () => {
  it('is asked for when the product is opened, and has no amounts to choose', () => {
    const dialog = openList();
    expect(dialog.questions).toMatchObject([{ type: 'listItems', product: { id: RAFFLE } }]);
    expect(dialog.view()).toMatchObject({ type: 'items', list: { page: 0, pages: 2 } });
  });

  it('has pages whose items keep their place', () => {
    const dialog = openList();
    dialog.tap({ type: 'turnPage', page: 1 });
    expect(dialog.view()).toMatchObject({ list: { items: [{ index: 8 }, { index: 9 }] } });
    expect(dialog.questions).toHaveLength(1);
    dialog.tap({ type: 'pickItem', index: 8 });
    expect(dialog.state().screen).toMatchObject({ at: 'field', draft: { dynamic: { id: 'D-8' } } });
  });

  it.each([
    ['empty', []],
    ['not known', null],
  ])('is asked for again when it is %s', (_name, items) => {
    const dialog = openList(items);
    expect(dialog.view()).toMatchObject({ type: 'items', list: items === null ? null : { items: [] } });
    dialog.script.items = sampleItems;
    dialog.tap({ type: 'retry' });
    expect(dialog.view()).toMatchObject({ type: 'items', list: { pages: 2 } });
  });

  it('has no place that is not on it', () => {
    const dialog = openList();
    dialog.tap({ type: 'pickItem', index: 10 });
    expect(dialog.last()).toMatchObject({ notice: { type: 'buttonExpired' }, view: { type: 'items' } });
  });

  it('leads back to the shelf, and to a brand that is typed', () => {
    const dialog = openList();
    dialog.tap({ type: 'back' });
    expect(dialog.view().type).toBe('operators');
    const typing = openList();
    typing.type('nothing like this');
    expect(typing.last()).toMatchObject({ notice: { type: 'notFound' }, view: { type: 'items' } });
    typing.type('many values');
    expect(typing.view().type).toBe('amount');
  });
});

describe('an item', () => {
  it('is bought by what is asked of it, at its own price', () => {
    const dialog = atPrice();
    const chosen = { id: 'D-2', description: 'Draw D-2', endsAt: null };
    expect(dialog.last()).toMatchObject({
      notice: null,
      view: { type: 'price', item: chosen, quote: { pay: { hundredths: 302 } } },
    });
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([{ draft: { dynamic: chosen, fields: { receiverEmail: EMAIL } } }]);
  });

  it('with a fee is shown and not sold', () => {
    const dialog = openList();
    dialog.tap({ type: 'turnPage', page: 1 });
    dialog.tap({ type: 'pickItem', index: 9 });
    dialog.type(EMAIL);
    expect(dialog.view()).toMatchObject({ type: 'price', sellable: false });
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
  });

  it('that is gone leads to the fresh list, and says so', () => {
    const dialog = openList();
    dialog.tap({ type: 'pickItem', index: 0 });
    dialog.script.items = [itemOf('D-7', 700)];
    dialog.type(EMAIL);
    expect(dialog.last()).toMatchObject({
      notice: { type: 'quoteFailed', error: { kind: 'itemGone' } },
      view: { type: 'items', list: { items: [{ index: 0, item: { id: 'D-7' } }] } },
    });
  });

  it('whose price moved since it was listed says what it was', () => {
    const dialog = openList();
    dialog.tap({ type: 'pickItem', index: 0 });
    dialog.script.items = [itemOf('D-0', 350)];
    dialog.type(EMAIL);
    expect(dialog.last()).toMatchObject({
      notice: { type: 'itemPriceMoved', listed: { hundredths: 300 } },
      view: { type: 'price', quote: { pay: { hundredths: 350 } } },
    });
  });

  it('whose price moved since it was shown is confirmed again', () => {
    const dialog = atPrice();
    dialog.wait(QUOTE_LIFETIME);
    dialog.script.items = [itemOf('D-2', 400)];
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
    expect(dialog.last()).toMatchObject({ notice: { type: 'priceMoved', pay: { hundredths: 302 } } });
    confirmShown(dialog);
    expect(dialog.placed()).toMatchObject([{ quote: { pay: { hundredths: 400 } } }]);
  });

  it('that is gone when an old price is confirmed is not bought', () => {
    const dialog = atPrice();
    dialog.wait(QUOTE_LIFETIME);
    dialog.script.items = [];
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
    expect(dialog.last()).toMatchObject({ notice: { error: { kind: 'itemGone' } }, view: { type: 'items' } });
  });

  it('is chosen from a fresh list after going back', () => {
    const dialog = atPrice();
    dialog.tap({ type: 'back' });
    expect(dialog.view().type).toBe('field');
    dialog.script.items = [itemOf('D-7', 700)];
    dialog.tap({ type: 'back' });
    expect(dialog.view()).toMatchObject({ type: 'items', list: { items: [{ item: { id: 'D-7' } }] } });
  });

  it('above the ceiling leads to the list', () => {
    const dialog = openList();
    dialog.tap({ type: 'pickItem', index: 0 });
    dialog.script.quoteError = {
      kind: 'aboveCeiling',
      most: { hundredths: cents(1), currency: itemOf('', 1).price.send.currency },
    };
    dialog.type(EMAIL);
    expect(dialog.last()).toMatchObject({ notice: { type: 'quoteFailed' }, view: { type: 'items' } });
  });
});

describe('a product that changes its kind', () => {
  const catalogWith = (id: typeof LIST, dynamic: boolean): Catalog => {
    const product = sampleCatalog.products.get(id);
    if (product === undefined) throw new Error('not in the sample');
    return { ...sampleCatalog, products: new Map(sampleCatalog.products).set(id, { ...product, dynamic }) };
  };

  it('and becomes dynamic is not sold by an amount any more', () => {
    const dialog = openDialog();
    dialog.type('lumbre');
    dialog.tap({ type: 'pickAmount', amount: cents(1_000) });
    dialog.sell(catalogWith(LIST, true));
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
    expect(dialog.last()).toMatchObject({ notice: { error: { kind: 'itemGone' } }, view: { type: 'items' } });
  });

  it('and ceases to be dynamic is not sold by an item any more', () => {
    const dialog = atPrice();
    dialog.sell(catalogWith(RAFFLE, false));
    confirmShown(dialog);
    expect(dialog.placed()).toEqual([]);
    expect(dialog.last()).toMatchObject({ notice: { error: { kind: 'itemGone' } }, view: { type: 'amount' } });
  });
});

describe('buying an item again', () => {
  const recall = (dynamicId: string | null, fields = { receiverEmail: EMAIL }) => {
    const dialog = openDialog();
    dialog.script.recalled = {
      id: 'ABCDEFGHJKMN' as OrderId,
      productId: RAFFLE,
      choice: { direction: 'direct', amount: cents(100) },
      fields,
      dynamic: dynamicId === null ? null : { id: dynamicId, description: 'as it was called', endsAt: null },
    };
    dialog.happen({ type: 'tappedLasting', action: { type: 'buyAgain', order: 'ABCDEFGHJKMN' as OrderId }, message: message(3) });
    return dialog;
  };

  it('leads to the price that it has today while it is there', () => {
    const dialog = recall('D-3');
    expect(dialog.last()).toMatchObject({
      notice: null,
      view: { type: 'price', item: { id: 'D-3', description: 'Draw D-3' }, quote: { pay: { hundredths: 303 } } },
    });
    expect(dialog.state().screen).toMatchObject({ draft: { twin: 'ABCDEFGHJKMN' } });
  });

  it.each(['D-77', null])('leads to what there is when %s is not', (id) => {
    const dialog = recall(id);
    expect(dialog.last()).toMatchObject({ notice: { error: { kind: 'itemGone' } }, view: { type: 'items', list: { pages: 2 } } });
  });

  it('asks for what is missing', () => {
    expect(recall('D-3', { receiverEmail: 'nobody' }).view()).toMatchObject({ type: 'field' });
  });

  it('of a product that is dynamic no longer leads to its amounts', () => {
    const dialog = openDialog();
    dialog.script.recalled = {
      id: 'ABCDEFGHJKMN' as OrderId,
      productId: productId(1),
      choice: { direction: 'direct', amount: cents(1_000) },
      fields: {},
      dynamic: { id: 'D-1', description: '', endsAt: null },
    };
    dialog.happen({ type: 'tappedLasting', action: { type: 'buyAgain', order: 'ABCDEFGHJKMN' as OrderId }, message: message(3) });
    expect(dialog.view()).toMatchObject({ type: 'price', item: null });
  });
});
