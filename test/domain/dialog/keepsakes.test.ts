// The conversations about what customers keep and hand over: they stand beside the flow, and the flow stays where it was.
import { describe, expect, it } from 'vitest';
import type { KeepsakeAction } from '../../../src/domain/dialog/keepsake-words.ts';
import type { OrderSummary, Repeat } from '../../../src/domain/dialog/view.ts';
import { parseNumberId } from '../../../src/domain/keepsake.ts';
import { fail, ok } from '../../../src/domain/result.ts';
import { orderIdFromBytes } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { EUR, LIST, sampleCatalog } from '../sample-catalog.ts';
import { message, openDialog } from './sample-dialog.ts';

const order = orderIdFromBytes(Uint8Array.from({ length: 12 }, () => 7));
const id = parseNumberId(3);
if (!id.ok) throw new Error('3 is no id');
const number = id.value;
const mum = { id: number, kind: 'phone', name: 'Mum', value: '+5351234567' } as const;
const repeat: Repeat = { order, product: LIST, productName: 'List', pay: money(2_500, EUR), to: null };

const tap = (dialog: ReturnType<typeof openDialog>, action: KeepsakeAction): void => {
  dialog.happen({ type: 'tappedLasting', action: { type: 'keepsake', action }, message: message(5) });
};
const start = (dialog: ReturnType<typeof openDialog>, argument = ''): void => {
  dialog.happen({ type: 'command', command: 'start', argument });
};

describe('the first screen', () => {
  it('offers to buy again what is still sold, and only there', () => {
    const dialog = openDialog();
    const gone = { ...repeat, product: 999_999 as Repeat['product'] };
    dialog.script.repeats = [repeat, gone];
    start(dialog);
    expect(dialog.last()?.view).toMatchObject({ type: 'countries', again: [repeat] });
    dialog.tap({ type: 'turnPage', page: 0 });
    expect(dialog.last()?.view).not.toHaveProperty('again');
  });

  it('offers nothing where there is nothing, or no catalogue', () => {
    const dialog = openDialog();
    start(dialog);
    expect(dialog.last()?.view).not.toHaveProperty('again');
    const closed = openDialog(null);
    closed.script.repeats = [repeat];
    start(closed);
    expect(closed.last()?.view).toEqual({ type: 'closed' });
  });

  it('offers them where the shop sells in one country', () => {
    const [only] = sampleCatalog.countries;
    if (only === undefined) throw new Error('The sample sells nowhere');
    const dialog = openDialog({ ...sampleCatalog, countries: [only] });
    dialog.script.repeats = [repeat];
    start(dialog);
    expect(dialog.last()?.view).toMatchObject({ type: 'operators', again: [repeat] });
  });
});

describe('a link', () => {
  const summary = { id: order, status: 'delivered' } as OrderSummary;

  it('that is opened shows what was sold beside the flow', () => {
    const dialog = openDialog();
    start(dialog);
    const before = dialog.state();
    const voucher = { code: 'ABCD', account: null, instructions: null, expiration: null, extra: [] };
    dialog.script.keepsake = () => ({ type: 'linkOpened', result: ok({ order: summary, voucher, receipt: null }) });
    start(dialog, 'ho_AAAAAAAAAAAAAAAAAAAAAA');
    expect(dialog.questions.at(-1)).toEqual({
      type: 'keepsake',
      question: { type: 'openLink', argument: 'ho_AAAAAAAAAAAAAAAAAAAAAA' },
    });
    expect(dialog.last()).toMatchObject({ view: { type: 'code', voucher, shownAgain: false }, replace: null });
    expect(dialog.state()).toEqual(before);
  });

  it.each(['unknown', 'used', 'expired', 'takenBack', 'own', 'notNow'] as const)('that is refused says so: %s', (what) => {
    const dialog = openDialog();
    dialog.script.keepsake = () => ({ type: 'linkOpened', result: fail(what) });
    start(dialog, 'ho_x');
    expect(dialog.last()).toMatchObject({
      view: { type: 'notice' },
      notice: { type: 'keepsake', notice: { about: 'link', what } },
    });
  });

  it.each([
    ['notFound', { type: 'orderNotFound' }],
    ['notNow', { type: 'keepsake', notice: { about: 'link', what: 'notNow' } }],
    ['alreadyGiven', { type: 'keepsake', notice: { about: 'link', what: 'alreadyGiven' } }],
  ] as const)('that can not be made says so: %s', (error, notice) => {
    const dialog = openDialog();
    dialog.script.keepsake = () => ({ type: 'linkMade', result: fail(error) });
    tap(dialog, { type: 'handOver', order });
    expect(dialog.last()).toMatchObject({ view: { type: 'notice' }, notice });
  });

  it('that is taken back gives its message to the news of it', () => {
    const dialog = openDialog();
    dialog.script.keepsake = () => ({ type: 'linkTakenBack', result: 'wasTakenBack' });
    tap(dialog, { type: 'takeBack', order });
    expect(dialog.last()).toMatchObject({ replace: message(5), notice: { notice: { what: 'wasTakenBack' } } });
  });
});

describe('a name', () => {
  const naming = (action: KeepsakeAction = { type: 'saveNumber', order }) => {
    const dialog = openDialog();
    dialog.script.keepsake = (question) =>
      question.type === 'nameNumber'
        ? { type: 'numbersRead', numbers: [mum], notice: { about: 'number', what: 'saved' } }
        : { type: 'forgotten' };
    tap(dialog, action);
    return dialog;
  };

  it('is asked for again until it fits, and then saved; what is typed next is a search', () => {
    const dialog = naming();
    expect(dialog.view()).toEqual({ type: 'naming', naming: { kind: 'order', order } });
    dialog.type('x'.repeat(31));
    expect(dialog.last()).toMatchObject({ view: { type: 'naming' }, notice: { notice: { what: 'notAName' } } });
    dialog.type(' Mum ');
    expect(dialog.questions.at(-1)).toEqual({
      type: 'keepsake',
      question: { type: 'nameNumber', naming: { kind: 'order', order }, name: 'Mum' },
    });
    expect(dialog.last()).toMatchObject({ view: { type: 'keepsake', view: { type: 'numbers', numbers: [mum] } } });
    const asked = dialog.questions.length;
    dialog.type('palmera');
    expect(dialog.questions).toHaveLength(asked);
    expect(dialog.view().type).not.toBe('naming');
  });

  it('can be left without one', () => {
    for (const type of ['back', 'cancel'] as const) {
      const dialog = naming({ type: 'renameNumber', number });
      dialog.tap({ type });
      expect(dialog.view().type).toBe('countries');
    }
  });

  it('is still asked for after another button', () => {
    const dialog = naming();
    dialog.happen({ type: 'tappedLasting', action: { type: 'help' }, message: message(5) });
    expect(dialog.state().screen.at).toBe('naming');
  });
});

describe('numbers', () => {
  it('are shown where their list stood', () => {
    const dialog = openDialog();
    dialog.script.keepsake = (question) =>
      question.type === 'findNumber'
        ? { type: 'numberFound', number: mum }
        : { type: 'numbersRead', numbers: [mum], notice: null };
    tap(dialog, { type: 'numbers' });
    expect(dialog.last()).toMatchObject({ view: { view: { type: 'numbers' } }, notice: null, replace: message(5) });
    tap(dialog, { type: 'number', number });
    expect(dialog.last()).toMatchObject({ view: { view: { type: 'number', number: mum } }, replace: message(5) });
    dialog.script.keepsake = () => ({ type: 'numberFound', number: null });
    tap(dialog, { type: 'number', number });
    expect(dialog.last()).toMatchObject({ view: { type: 'notice' }, notice: { notice: { what: 'gone' } } });
  });
});

describe('remembered details', () => {
  const buyWithField = (ask: boolean) => {
    const dialog = openDialog();
    dialog.script.keepsake = (question) =>
      question.type === 'noteSale' ? { type: 'saleNoted', ask: ask ? question.order : null } : { type: 'forgotten' };
    const product = [...sampleCatalog.products.values()].find(({ fields, dynamic }) => fields.length > 0 && !dynamic);
    if (product === undefined) throw new Error('No sample asks for anything');
    dialog.script.recalled = {
      id: order,
      productId: product.id,
      choice: {
        direction: 'direct',
        amount: money(product.amount.kind === 'list' ? (product.amount.values[0] ?? 0) : product.amount.from, EUR).hundredths,
      },
      fields: Object.fromEntries(
        product.fields.map(({ name, kind }) => [name, kind === 'email' ? 'ana@mail.example' : '5351234567']),
      ),
      dynamic: null,
    };
    dialog.happen({ type: 'tappedLasting', action: { type: 'buyAgain', order }, message: message(5) });
    const view = dialog.view();
    if (view.type !== 'price') throw new Error(`Not the price but ${view.type}`);
    dialog.tap({ type: 'confirm', order: view.order });
    return { dialog, bought: view.order };
  };

  it('are asked about once an order was placed with any, beside its progress', () => {
    const { dialog, bought } = buyWithField(true);
    expect(dialog.questions.at(-1)).toMatchObject({ type: 'keepsake', question: { type: 'noteSale', order: bought } });
    expect(dialog.said.slice(-2)).toMatchObject([
      { view: { type: 'processing', order: bought }, replace: message(1) },
      { view: { type: 'keepsake', view: { type: 'mayRemember', order: bought } }, replace: null },
    ]);
    expect(dialog.state().screen.at).toBe('processing');
  });

  it('are not asked about where there is no need', () => {
    const { dialog } = buyWithField(false);
    expect(dialog.last()?.view.type).toBe('processing');
    expect(dialog.state().pending).toBeNull();
  });

  it.each([
    [{ type: 'remember', order }, order, 'remembered'],
    [{ type: 'doNotRemember' }, null, 'notRemembered'],
  ] as const)('are kept or not as the customer says: %j', (action, remember, what) => {
    const dialog = openDialog();
    tap(dialog, action);
    expect(dialog.questions.at(-1)).toEqual({ type: 'keepsake', question: { type: 'consent', remember } });
    expect(dialog.last()).toMatchObject({ notice: { notice: { about: 'details', what } }, replace: message(5) });
  });

  it('are told by /forget and erased after another tap, with what was typed for a purchase', () => {
    const dialog = openDialog();
    start(dialog);
    dialog.tap({ type: 'pickCountry', country: 724 });
    dialog.tap({ type: 'pickOperator', operator: LIST });
    expect(dialog.state().screen.at).toBe('amount');
    dialog.happen({ type: 'command', command: 'forget', argument: '' });
    expect(dialog.last()).toMatchObject({ view: { type: 'keepsake', view: { type: 'kept' } } });
    expect(dialog.state().screen.at).toBe('amount');
    tap(dialog, { type: 'forget' });
    expect(dialog.questions.at(-1)).toEqual({ type: 'keepsake', question: { type: 'forget' } });
    expect(dialog.last()).toMatchObject({ notice: { notice: { what: 'forgotten' } } });
    expect(dialog.state().screen.at).toBe('countries');
  });
});
