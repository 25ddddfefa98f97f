import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSessionCodec } from '../../../src/adapters/codec/session-codec.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import type { FlowAction } from '../../../src/domain/dialog/action.ts';
import type { CustomerId } from '../../../src/domain/ids.ts';
import { fail, ok } from '../../../src/domain/result.ts';
import {
  BILL,
  BUNDLE,
  MEXICAN_TOP_UP,
  SUPERMARKET,
  TOP_UP,
  billForm,
  bundleForm,
  debtOf,
  familyCatalog,
  holderForm,
  invoiceOf,
  mexicanForm,
  topUpForm,
} from './family-catalog.ts';
import { buttonsOf, customer, itemOf, message, openDialog, sampleItems } from './sample-dialog.ts';

const sessionCodec = createSessionCodec(createSealer(newSealingKey()));

const TEXTS = [
  '52344000',
  '+34 600 123 456',
  '12345678Z',
  'Ana',
  '123456',
  'norte',
  '20',
  '12,35',
  'caracola',
  'faro',
  '🙂',
] as const;

const invoices = [invoiceOf('A', 2_000), invoiceOf('B', 3_000), invoiceOf('C', 900, false)];
const debts = [
  ok(debtOf('TOTAL', invoices)),
  ok(debtOf('TOTAL', [], 'TX-2')),
  ok(debtOf('DISCRETE', invoices, 'TX-3')),
  ok(debtOf('DISCRETE', [invoiceOf('B', 3_300), ...Array.from({ length: 9 }, (_, i) => invoiceOf(`M-${i}`, 100 + i))])),
  ok(debtOf('OPEN', invoices, 'TX-4')),
  ok({ ...debtOf('TOTAL', invoices), fee: 10 }),
  fail({ kind: 'refused' } as const),
  fail({ kind: 'noQuery' } as const),
  fail({ kind: 'supplierDown' } as const),
] as const;

const forms = new Map([
  [TOP_UP, ok({ form: topUpForm, known: {} })],
  [BUNDLE, ok({ form: bundleForm, known: {} })],
  [SUPERMARKET, ok({ form: holderForm, known: { surname: 'Núñez' } })],
  [BILL, ok({ form: billForm, known: {} })],
  [MEXICAN_TOP_UP, ok({ form: mexicanForm, known: {} })],
]);

/** One thing that a customer does, or that happens at the supplier meanwhile; numbers pick among what there is. */
const moves = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant('onwards' as const), pick: fc.nat(40) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('button' as const), pick: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('text' as const), text: fc.constantFrom(...TEXTS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('contact' as const), own: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('owed' as const), debt: fc.constantFrom(...debts) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('restock' as const),
      items: fc.constantFrom(null, sampleItems, [itemOf('D-0', 999)]),
    }),
  },
);
type Move = typeof moves extends fc.Arbitrary<infer M> ? M : never;
type Dialog = ReturnType<typeof openDialog>;

const openShop = (): Dialog => {
  const dialog = openDialog(familyCatalog);
  dialog.script.forms = forms;
  dialog.script.debt = debts[0];
  return dialog;
};

const tapOne = (dialog: Dialog, buttons: readonly FlowAction[], pick: number): void => {
  const action = buttons[pick % Math.max(1, buttons.length)];
  if (action !== undefined) dialog.tap(action, message(1 + (pick % 3)));
};

/** What a customer who means to buy types. */
const FITTING = {
  account: '52344000',
  documentNumber: '12345678Z',
  firstName: 'Ana',
  surname: 'Núñez',
  contract: '123456',
} as const;
const isAnswered = (name: string): name is keyof typeof FITTING => Object.hasOwn(FITTING, name);

const perform = (dialog: Dialog, move: Move): void => {
  const view = dialog.view();
  switch (move.kind) {
    case 'onwards': {
      if (view.type === 'field' && isAnswered(view.field.name)) dialog.type(FITTING[view.field.name]);
      else
        tapOne(
          dialog,
          buttonsOf(view).filter(({ type }) => type !== 'back' && type !== 'cancel'),
          move.pick,
        );
      return;
    }
    case 'button': {
      tapOne(dialog, buttonsOf(view), move.pick);
      return;
    }
    case 'text': {
      dialog.type(move.text);
      return;
    }
    case 'contact': {
      dialog.happen({ type: 'sharedContact', phone: '5352344000', owner: move.own ? customer : (4711 as CustomerId) });
      return;
    }
    case 'wait': {
      dialog.wait(move.minutes * 60_000);
      return;
    }
    case 'owed': {
      dialog.script.debt = move.debt;
      return;
    }
    case 'restock': {
      dialog.script.items = move.items;
      return;
    }
  }
};

describe('any walk through the families', () => {
  it('leaves a screen that can be shown and stored, and buys only what was shown and confirmed', () => {
    const bought = new Set<string>();
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 60 }), (walk) => {
        const dialog = openShop();
        for (const move of walk) {
          const { screen: before } = dialog.state();
          const count = dialog.placed().length;
          perform(dialog, move);
          const after = dialog.state();
          dialog.view();
          expect(sessionCodec.decode(sessionCodec.encode(after))).toEqual(after);
          const [order, ...more] = dialog.placed().slice(count);
          if (order === undefined) continue;
          expect(more).toEqual([]);
          if (before.at !== 'price') throw new Error(`Bought from ${before.at}`);
          const { product, draft, quote } = order;
          bought.add(product.family);
          expect(order.order).toBe(before.order);
          expect([quote.cost, quote.pay, quote.receive]).toEqual([before.quote.cost, before.quote.pay, before.quote.receive]);
          expect([draft.fields, draft.dynamic, draft.bill?.payment]).toEqual([
            before.draft.fields,
            before.draft.dynamic,
            before.draft.bill?.payment,
          ]);
          // A bill is paid by what the supplier said last, and with what belongs to it.
          const { debt } = dialog.script;
          if (draft.bill !== null) expect(debt).toMatchObject({ ok: true, value: { returned: draft.bill.returned } });
          // Whatever the form asks for has been answered.
          expect(draft.form?.fields.filter(({ name }) => draft.fields[name] === undefined)).toEqual([]);
        }
        const ids = dialog.placed().map(({ order }) => order);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 300 },
    );
    expect([...bought].sort()).toEqual(['bill', 'recharge', 'supermarket']);
  });

  it('gets everywhere: the walks above say something about every screen', () => {
    const reached = new Set<string>();
    for (const walk of fc.sample(fc.array(moves, { minLength: 60, maxLength: 60 }), { numRuns: 200, seed: 7 })) {
      const dialog = openShop();
      for (const move of walk) {
        perform(dialog, move);
        reached.add(dialog.view().type);
      }
    }
    expect([...reached].sort()).toEqual([
      'amount',
      'countries',
      'field',
      'invoices',
      'items',
      'operators',
      'price',
      'processing',
      'quoteFailed',
    ]);
  });
});
