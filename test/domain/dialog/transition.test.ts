import { describe, expect, it } from 'vitest';
import { composeCatalog } from '../../../src/domain/catalog.ts';
import { QUOTE_LIFETIME } from '../../../src/domain/quote.ts';
import type { OrderId } from '../../../src/domain/ids.ts';
import type { OrderSummary } from '../../../src/domain/dialog/view.ts';
import type { Fields, OrderStatus } from '../../../src/domain/order.ts';
import { DEAR_LIST, EUR, FIELDS, LIST, RANGE, cents, entry, listed, productId, sampleCatalog } from '../sample-catalog.ts';
import { customer, message, openDialog } from './sample-dialog.ts';

const spain = { type: 'pickCountry', country: 724 } as const;
const cuba = { type: 'pickCountry', country: 192 } as const;
const palmera = { type: 'pickOperator', operator: productId(2) } as const;

const atPrice = () => {
  const dialog = openDialog();
  dialog.happen({ type: 'command', command: 'start', argument: '' });
  for (const action of [cuba, palmera, { type: 'pickProduct', product: RANGE }] as const) dialog.tap(action);
  dialog.type('20');
  return dialog;
};

const confirmShown = (dialog: ReturnType<typeof openDialog>, on = message(1)): void => {
  const { screen } = dialog.state();
  if (screen.at !== 'price') throw new Error(`not at a price but at ${screen.at}`);
  dialog.tap({ type: 'confirm', order: screen.order }, on);
};

describe('the shortest way', () => {
  it('from /start to a placed order takes five taps and nothing typed', () => {
    const dialog = openDialog();
    dialog.happen({ type: 'command', command: 'start', argument: '' });
    let taps = 0;
    const tap: typeof dialog.tap = (action) => {
      taps++;
      dialog.tap(action);
    };
    tap(cuba);
    tap(palmera);
    tap({ type: 'pickProduct', product: DEAR_LIST });
    tap({ type: 'pickAmount', amount: cents(1_000) });
    taps++;
    confirmShown(dialog);
    expect(taps).toBe(5);
    expect(dialog.state().screen).toMatchObject({ at: 'processing' });
    expect(dialog.placed()).toHaveLength(1);
  });

  it('skips the country when there is one, and the product when the operator has one', () => {
    const dialog = openDialog(composeCatalog([listed(1), listed(2)], { '1': entry('A'), '2': entry('B') }, false));
    dialog.happen({ type: 'command', command: 'start', argument: '' });
    expect(dialog.view().type).toBe('operators');
    dialog.tap({ type: 'pickOperator', operator: LIST });
    expect(dialog.view().type).toBe('amount');
    dialog.tap({ type: 'back' });
    expect(dialog.view().type).toBe('operators');
  });
});

describe('amounts', () => {
  const atAmount = () => {
    const dialog = openDialog();
    for (const action of [cuba, palmera, { type: 'pickProduct', product: RANGE }] as const) dialog.tap(action);
    return dialog;
  };

  it.each([
    ['words', 'twenty', 'notAnAmount'],
    ['zero', '0', 'notAnAmount'],
    ['too little', '10.99', 'badAmount'],
    ['too much', '55.01', 'badAmount'],
    ['off step', '11.05', 'badAmount'],
  ])('%s is answered where it was typed', (_name, text, notice) => {
    const dialog = atAmount();
    dialog.type(text);
    expect(dialog.last()?.notice?.type).toBe(notice);
    expect(dialog.view().type).toBe('amount');
    expect(dialog.questions).toHaveLength(0);
  });

  it('what the customer pays is asked of Prices Direct, what arrives of Prices Reverse', () => {
    const dialog = atAmount();
    dialog.type('20');
    expect(dialog.questions.at(-1)).toMatchObject({ type: 'quote', draft: { choice: { direction: 'direct', amount: 2_000 } } });
    dialog.tap({ type: 'back' });
    dialog.tap({ type: 'switchDirection' });
    dialog.type('400');
    expect(dialog.questions.at(-1)).toMatchObject({ type: 'quote', draft: { choice: { direction: 'reverse', amount: 40_000 } } });
    expect(dialog.view()).toMatchObject({
      type: 'price',
      quote: { pay: { hundredths: 1_780 }, receive: { hundredths: 40_050 } },
    });
  });

  it('tells the bounds in the currency that is being entered', () => {
    const dialog = atAmount();
    expect(dialog.view()).toMatchObject({
      bounds: { least: { hundredths: 1_100, currency: 'USD' }, most: { hundredths: 5_500 }, step: 10 },
    });
    dialog.tap({ type: 'switchDirection' });
    expect(dialog.view()).toMatchObject({
      bounds: { least: { hundredths: 24_750, currency: 'CUP' }, most: { hundredths: 123_750 } },
    });
  });

  it('a price that the supplier refuses leads back to the amount', () => {
    const dialog = atAmount();
    dialog.script.quoteError = { kind: 'amountNotAllowed' };
    dialog.type('20');
    expect(dialog.view().type).toBe('amount');
    expect(dialog.last()?.notice).toMatchObject({ type: 'quoteFailed' });
  });
});

describe('required fields', () => {
  const atFields = () => {
    const dialog = openDialog();
    for (const action of [cuba, palmera, { type: 'pickProduct', product: FIELDS }] as const) dialog.tap(action);
    dialog.type('5');
    return dialog;
  };

  it('are asked one by one and go into the price question', () => {
    const dialog = atFields();
    dialog.type('+53 51234567');
    dialog.type('ana@mail.example');
    expect(dialog.view()).toMatchObject({ type: 'field', position: 3, total: 3 });
    dialog.type('ab 123 456');
    const fields = { account: '5351234567', receiverEmail: 'ana@mail.example', documentNumber: 'AB123456' };
    expect(dialog.view()).toMatchObject({ type: 'price', fields });
    expect(dialog.questions.at(-1)).toMatchObject({ type: 'quote', draft: { fields } });
  });

  it('a number of another country is refused, the one typed before is not lost', () => {
    const dialog = atFields();
    dialog.type('34600123456');
    expect(dialog.last()?.notice?.type).toBe('badField');
    dialog.type('5351234567');
    dialog.tap({ type: 'back' });
    expect(dialog.view()).toMatchObject({ type: 'field', position: 1 });
  });

  it.each([
    ['the own contact answers a phone field', customer, null],
    ["somebody else's does not", 43, 'contactNotYours'],
    ['a contact without an account does not', null, 'contactNotYours'],
  ])('%s', (_name, owner, notice) => {
    const dialog = atFields();
    dialog.happen({ type: 'sharedContact', phone: '+5351234567', owner: owner as typeof customer | null });
    expect(dialog.last()?.notice?.type ?? null).toBe(notice);
    expect(dialog.view()).toMatchObject({ type: 'field', position: notice === null ? 2 : 1 });
  });

  it('a contact where none is asked is answered', () => {
    const dialog = openDialog();
    dialog.happen({ type: 'sharedContact', phone: '+5351234567', owner: customer });
    expect(dialog.last()?.notice?.type).toBe('contactNotAsked');
  });
});

describe('confirming', () => {
  it('a fresh price is bought at once, on the message that was tapped', () => {
    const dialog = atPrice();
    confirmShown(dialog, message(9));
    expect(dialog.placed()).toMatchObject([{ progress: 9, quote: { pay: { hundredths: 2_000 } } }]);
  });

  it('an expired price is renewed first, and bought when it is the same', () => {
    const dialog = atPrice();
    dialog.wait(QUOTE_LIFETIME);
    confirmShown(dialog);
    expect(dialog.questions.map((question) => question.type)).toEqual(['recentOrders', 'quote', 'find', 'quote', 'place']);
    expect(dialog.state().screen.at).toBe('processing');
  });

  it('an expired price that moved is confirmed again, under the same order id', () => {
    const dialog = atPrice();
    const { screen: before } = dialog.state();
    dialog.wait(QUOTE_LIFETIME);
    dialog.script.rateFactor = 0.9;
    confirmShown(dialog);
    expect(dialog.placed()).toHaveLength(0);
    expect(dialog.last()?.notice).toMatchObject({
      type: 'priceMoved',
      pay: { hundredths: 2_000 },
      receive: { hundredths: 45_000 },
    });
    const { screen: after } = dialog.state();
    expect(before.at === 'price' && after.at === 'price' && after.order === before.order).toBe(true);
    confirmShown(dialog);
    expect(dialog.placed()).toHaveLength(1);
  });

  it('a renewal that fails keeps the order id for the retry', () => {
    const dialog = atPrice();
    const { screen: before } = dialog.state();
    dialog.wait(QUOTE_LIFETIME);
    dialog.script.quoteError = { kind: 'supplierDown' };
    confirmShown(dialog);
    expect(dialog.view()).toMatchObject({ type: 'quoteFailed', error: { kind: 'supplierDown' } });
    dialog.script.quoteError = null;
    dialog.tap({ type: 'retry' });
    const { screen: after } = dialog.state();
    expect(before.at === 'price' && after.at === 'price' && after.order === before.order).toBe(true);
  });

  it('a forged order id buys nothing', () => {
    const dialog = atPrice();
    dialog.tap({ type: 'confirm', order: 'ZZZZZZZZZZZZ' as OrderId });
    expect(dialog.placed()).toHaveLength(0);
    expect(dialog.last()?.notice?.type).toBe('buttonExpired');
  });

  it('a price with a fee of unknown unit can be seen but not bought', () => {
    const dialog = openDialog(composeCatalog([listed(1, { fee: 30 })], { '1': entry('A') }, false));
    dialog.happen({ type: 'command', command: 'start', argument: '' });
    dialog.tap({ type: 'pickOperator', operator: LIST });
    dialog.tap({ type: 'pickAmount', amount: cents(1_000) });
    expect(dialog.view()).toMatchObject({ type: 'price', sellable: false });
    confirmShown(dialog);
    expect(dialog.placed()).toHaveLength(0);
  });

  it('out of funds shows the price again with what is there', () => {
    const dialog = atPrice();
    dialog.script.placeError = { kind: 'outOfFunds', available: { hundredths: cents(100), currency: EUR } };
    confirmShown(dialog);
    expect(dialog.view().type).toBe('price');
    expect(dialog.last()?.notice).toMatchObject({ type: 'outOfFunds', available: { hundredths: 100 } });
  });

  it('the second tap of the confirm button buys nothing and says so', () => {
    const dialog = atPrice();
    const { screen, revision } = dialog.state();
    if (screen.at !== 'price') throw new Error('not at a price');
    const tap = { type: 'tappedFlow', action: { type: 'confirm', order: screen.order }, revision, message: message(3) } as const;
    dialog.happen(tap);
    const shown = dialog.said.length;
    dialog.happen(tap);
    expect(dialog.placed()).toHaveLength(1);
    expect(dialog.toasts).toEqual(['alreadyOrdered']);
    expect(dialog.said.length).toBe(shown);
  });
});

describe('an order that exists although nobody was told', () => {
  /** A price card whose order was placed by a tap whose answer got lost. */
  const atLostOrder = (status: OrderStatus) => {
    const dialog = atPrice();
    const { screen } = dialog.state();
    if (screen.at !== 'price') throw new Error('not at a price');
    const { pay, receive } = screen.quote;
    dialog.orders.set(screen.order, {
      id: screen.order,
      productName: 'P',
      operatorName: 'O',
      family: 'voucher' as const,
      account: null,
      item: null,
      pay,
      receive,
      status,
      placedAt: dialog.script.now,
    });
    return dialog;
  };

  it('is not priced again when its confirmation comes late', () => {
    const dialog = atLostOrder('sending');
    dialog.wait(QUOTE_LIFETIME);
    confirmShown(dialog);
    expect(dialog.view().type).toBe('processing');
    expect(dialog.questions.map((question) => question.type)).toEqual(['recentOrders', 'quote', 'find']);
  });

  it('is not called cancelled', () => {
    const dialog = atLostOrder('placed');
    dialog.tap({ type: 'cancel' });
    expect(dialog.view().type).toBe('processing');
    expect(dialog.last()?.notice).toBeNull();
  });

  it.each(['delivered', 'rejected', 'needsPerson', 'reverting', 'revertUnknown', 'reverted'] as const)(
    'is shown as it is when it is %s',
    (status) => {
      const dialog = atLostOrder(status);
      confirmShown(dialog);
      expect(dialog.last()?.view).toMatchObject({ type: 'order', order: { status } });
      expect(dialog.view().type).toBe('countries');
    },
  );
});

describe('buying again', () => {
  const recalledFields = (fields: Fields) => {
    const dialog = openDialog();
    dialog.script.recalled = {
      id: 'ABCDEFGHJKMN' as OrderId,
      productId: FIELDS,
      choice: { direction: 'direct', amount: cents(500) },
      fields,
      dynamic: null,
    };
    dialog.happen({ type: 'tappedLasting', action: { type: 'buyAgain', order: 'ABCDEFGHJKMN' as OrderId }, message: message(3) });
    return dialog;
  };

  it('leads straight to the price, below', () => {
    const fields = { account: '5351234567', receiverEmail: 'ana@mail.example', documentNumber: 'AB123456' };
    const dialog = recalledFields(fields);
    expect(dialog.last()).toMatchObject({ view: { type: 'price', fields }, replace: null });
  });

  it('asks for what the product did not ask for then', () => {
    const dialog = recalledFields({ account: '5351234567' });
    expect(dialog.view()).toMatchObject({ type: 'field', position: 2 });
    expect(dialog.questions.map((question) => question.type)).toEqual(['recall', 'readForm']);
  });

  it('an order of somebody else does not exist', () => {
    const dialog = openDialog();
    dialog.happen({ type: 'tappedLasting', action: { type: 'buyAgain', order: 'ABCDEFGHJKMN' as OrderId }, message: message(3) });
    expect(dialog.last()?.notice?.type).toBe('orderNotFound');
  });
});

describe('the same purchase a moment later', () => {
  const twin = (dialog: ReturnType<typeof openDialog>): OrderSummary => ({
    id: 'ABCDEFGHJKMN' as OrderId,
    productName: 'P',
    operatorName: 'O',
    family: 'voucher' as const,
    account: null,
    item: null,
    pay: { hundredths: cents(2_000), currency: EUR },
    receive: { hundredths: cents(2_000), currency: EUR },
    status: 'delivered',
    placedAt: dialog.script.now,
  });

  it('is asked about, with the earlier order at hand, and bought when it is confirmed again', () => {
    const dialog = atPrice();
    dialog.script.placeError = { kind: 'boughtJustNow', twin: twin(dialog) };
    confirmShown(dialog);
    expect(dialog.last()).toMatchObject({ notice: { type: 'boughtJustNow' }, view: { type: 'price', twin: 'ABCDEFGHJKMN' } });
    dialog.script.placeError = null;
    confirmShown(dialog);
    expect(dialog.placed().map(({ draft }) => draft.twin)).toEqual([null, 'ABCDEFGHJKMN']);
    expect(dialog.view().type).toBe('processing');
  });
});

describe('a customer who comes back after stopping the bot', () => {
  it('is brought the news, and nothing else is said', () => {
    const dialog = atPrice();
    const { screen, revision } = dialog.state();
    const count = dialog.said.length;
    dialog.happen({ type: 'returned' });
    expect(dialog.questions.at(-1)).toEqual({ type: 'reviveNews' });
    expect(dialog.said.length).toBe(count);
    expect(dialog.state()).toMatchObject({ screen, revision, pending: null });
  });
});

describe('buttons that are no longer right', () => {
  it('a double tap on a browsing button shows its screen again, in case it got lost', () => {
    const dialog = openDialog();
    const { revision } = dialog.state();
    const tap = { type: 'tappedFlow', action: spain, revision, message: message(3) } as const;
    dialog.happen(tap);
    dialog.happen(tap);
    expect(dialog.said[1]).toEqual(dialog.said[0]);
    expect(dialog.state().revision).toBe(revision + 1);
    expect(dialog.toasts).toEqual([]);
  });

  it('long after an order, an old button leads to the start and not back to its progress', () => {
    const dialog = atPrice();
    confirmShown(dialog, message(9));
    dialog.happen({ type: 'tappedFlow', action: spain, revision: 0, message: message(2) });
    expect(dialog.last()).toMatchObject({ view: { type: 'countries' }, replace: null });
    expect(dialog.toasts).toEqual(['buttonExpired']);
  });

  it('a country that is not there leads to the start', () => {
    const dialog = openDialog();
    dialog.tap({ type: 'pickCountry', country: 999 });
    expect(dialog.last()).toMatchObject({ view: { type: 'countries' }, notice: { type: 'productGone' } });
  });

  it('a page beyond the end is the last one', () => {
    const dialog = openDialog();
    dialog.tap(spain);
    dialog.tap({ type: 'turnPage', page: 99_999 });
    expect(dialog.view()).toMatchObject({ type: 'operators', list: { page: 1, pages: 2 } });
  });

  it('an old message is answered, and the customer is shown where they are, below', () => {
    const dialog = openDialog();
    dialog.tap(spain, message(3));
    dialog.happen({ type: 'tappedFlow', action: spain, revision: 0, message: message(2) });
    expect(dialog.toasts).toEqual(['buttonExpired']);
    expect(dialog.last()).toMatchObject({ replace: null, view: { type: 'operators' } });
  });

  it('button data that nobody writes is answered', () => {
    const dialog = openDialog();
    dialog.happen({ type: 'staleButton', message: null });
    expect(dialog.toasts).toEqual(['buttonExpired']);
    expect(dialog.last()?.view.type).toBe('countries');
  });

  it('a button that the screen does not have is refused', () => {
    const dialog = openDialog();
    dialog.tap({ type: 'pickAmount', amount: cents(1) });
    expect(dialog.last()?.notice?.type).toBe('buttonExpired');
    expect(dialog.view().type).toBe('countries');
  });
});

describe('finding and leaving', () => {
  it('typing searches here, then everywhere; one hit opens at once', () => {
    const dialog = openDialog();
    dialog.tap(spain);
    dialog.type('cafe');
    expect(dialog.view()).toMatchObject({ type: 'operators', query: 'cafe', country: { id: 724 }, list: { pages: 2 } });
    dialog.type('palmera');
    expect(dialog.view()).toMatchObject({ type: 'products', operator: { name: 'Palmera' } });
    dialog.type('basket');
    expect(dialog.view()).toMatchObject({ type: 'products', list: { items: [{ id: 4 }] } });
  });

  it('what is not found is said, and nothing is lost', () => {
    const dialog = openDialog();
    dialog.tap(spain);
    dialog.type('🙂'.repeat(100));
    expect(dialog.last()?.notice?.type).toBe('notFound');
    expect(dialog.view().type).toBe('operators');
  });

  it('text on the price card does not lose it', () => {
    const dialog = atPrice();
    const { revision } = dialog.state();
    dialog.type('hello?');
    expect(dialog.last()).toMatchObject({ notice: { type: 'useButtons' }, view: { type: 'price' }, replace: null });
    expect(dialog.state().revision).toBe(revision);
  });

  it('back leads the way that the customer came', () => {
    const dialog = atPrice();
    const seen = [dialog.view().type];
    for (let i = 0; i < 4; i++) {
      dialog.tap({ type: 'back' });
      seen.push(dialog.view().type);
    }
    expect(seen).toEqual(['price', 'amount', 'products', 'operators', 'countries']);
  });

  it('cancel says so, but does not claim to cancel a placed order', () => {
    const dialog = atPrice();
    dialog.tap({ type: 'cancel' });
    expect(dialog.last()?.notice?.type).toBe('cancelled');
    const ordered = atPrice();
    confirmShown(ordered);
    ordered.happen({ type: 'command', command: 'cancel', argument: '' });
    expect(ordered.last()?.notice).toBeNull();
  });

  it('a sticker leaves everything as it is', () => {
    const dialog = atPrice();
    dialog.happen({ type: 'sentMedia' });
    expect(dialog.last()).toMatchObject({ notice: { type: 'textOnly' }, view: { type: 'price' } });
  });

  it('asides never replace a message, and the flow stays where it is', () => {
    const dialog = atPrice();
    const { screen, revision } = dialog.state();
    for (const command of ['help', 'orders', 'balance', 'language'] as const) {
      dialog.happen({ type: 'command', command, argument: '' });
      expect(dialog.last()?.replace).toBeNull();
    }
    expect(dialog.state()).toMatchObject({ screen, revision });
  });

  it('another language shows the current screen again', () => {
    const dialog = atPrice();
    dialog.happen({ type: 'tappedLasting', action: { type: 'setLanguage', language: 'es' }, message: message(7) });
    expect(dialog.state().language).toBe('es');
    expect(dialog.last()).toMatchObject({ notice: { type: 'languageSet' }, view: { type: 'price' }, replace: null });
  });
});

describe('a changing catalogue', () => {
  it('the shop is closed before the first, keeps the place, and opens on retry', () => {
    const dialog = atPrice();
    const { screen } = dialog.state();
    dialog.sell(null);
    dialog.tap({ type: 'back' });
    expect(dialog.last()?.view.type).toBe('closed');
    dialog.type('lumbre');
    expect(dialog.last()?.view.type).toBe('closed');
    expect(dialog.state().screen).toEqual(screen);
    dialog.sell(sampleCatalog);
    dialog.tap({ type: 'retry' });
    expect(dialog.last()?.view.type).toBe('price');
  });

  it.each<[string, (dialog: ReturnType<typeof openDialog>) => void]>([
    ['a tap', (dialog) => confirmShown(dialog, message(4))],
    ['a text', (dialog) => dialog.type('palmera')],
  ])('a product that is gone: %s leads to the start and says why', (_name, act) => {
    const dialog = atPrice();
    dialog.sell(composeCatalog([listed(1), listed(120)], { '1': entry('A'), '120': entry('B') }, false));
    act(dialog);
    expect(dialog.last()?.notice?.type).toBe('productGone');
    expect(dialog.placed()).toHaveLength(0);
    expect(dialog.view().type).toBe('operators');
  });

  it('an aside works from a screen that is gone', () => {
    const dialog = atPrice();
    dialog.sell(composeCatalog([listed(1)], { '1': entry('A') }, false));
    dialog.happen({ type: 'command', command: 'balance', argument: '' });
    expect(dialog.last()?.view.type).toBe('balance');
  });
});
