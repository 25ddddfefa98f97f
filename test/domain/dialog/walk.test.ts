import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSessionCodec } from '../../../src/adapters/codec/session-codec.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import type { Command } from '../../../src/domain/dialog/event.ts';
import { topUpCatalog } from '../sample-catalog.ts';
import { buttonsOf, customer, itemOf, message, openDialog, sampleItems } from './sample-dialog.ts';

/** Those of the shop itself; the others lead elsewhere and have their own tests. */
const SHOP_COMMANDS = ['start', 'help', 'cancel', 'orders', 'balance', 'language'] as const satisfies readonly Command[];

const sessionCodec = createSessionCodec(createSealer(newSealingKey()));

/** One that can be bought, one with a choice, one that needs more, and several with one that is wrong. */
const ORDERS = [
  'caracola 500 5351234567',
  '5351234567 10',
  'palmera courier 10 5351234567',
  'quetzal 50 5512345678\nquetzal 51 5512345679\ncaracla 30 5351234568',
];

/** One thing that a customer may do; numbers pick among what there is. */
const moves = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('button' as const), pick: fc.nat(40) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      text: fc.constantFrom('20', '5', '400,50', 'palmera', '5351234567', 'ana@mail.example', 'AB123456', '🙂', '<b>', ...ORDERS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('command' as const), command: fc.constantFrom(...SHOP_COMMANDS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('contact' as const), own: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('oldButton' as const), pick: fc.nat(40), revision: fc.nat(10) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('trouble' as const), quotes: fc.boolean(), funds: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('restock' as const),
      items: fc.constantFrom(null, [], sampleItems.slice(0, 2), sampleItems.toReversed(), [itemOf('D-0', 999)]),
    }),
  },
);
type Move = typeof moves extends fc.Arbitrary<infer M> ? M : never;
type Dialog = ReturnType<typeof openDialog>;

const perform = (dialog: Dialog, move: Move): void => {
  switch (move.kind) {
    case 'button':
    case 'oldButton': {
      const buttons = buttonsOf(dialog.view());
      const action = buttons[move.pick % Math.max(1, buttons.length)];
      const revision = move.kind === 'button' ? dialog.state().revision : move.revision;
      if (action !== undefined) dialog.happen({ type: 'tappedFlow', action, revision, message: message(1 + (move.pick % 3)) });
      return;
    }
    case 'text': {
      dialog.type(move.text);
      return;
    }
    case 'command': {
      dialog.happen({ type: 'command', command: move.command, argument: '' });
      return;
    }
    case 'contact': {
      dialog.happen({ type: 'sharedContact', phone: '+5351234567', owner: move.own ? customer : null });
      return;
    }
    case 'wait': {
      dialog.wait(move.minutes * 60_000);
      return;
    }
    case 'restock': {
      dialog.script.items = move.items;
      return;
    }
    case 'trouble':
      dialog.script.quoteError = move.quotes ? { kind: 'supplierDown' } : null;
      dialog.script.rateFactor = move.funds ? 0.9 : 1;
      return;
  }
};

describe('any walk through the shop', () => {
  it('leaves a screen that can be shown and stored, and buys only what was shown and confirmed', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 60 }), (walk) => {
        const dialog = openDialog(topUpCatalog);
        for (const move of walk) {
          const before = dialog.state();
          const bought = dialog.placed().length;
          perform(dialog, move);
          const after = dialog.state();
          expect(sessionCodec.decode(sessionCodec.encode(after))).toEqual(after);
          expect(after.revision).toBeGreaterThanOrEqual(before.revision);
          const orders = dialog.placed().slice(bought);
          if (orders.length === 0) continue;
          expect(move.kind === 'button' || move.kind === 'oldButton').toBe(true);
          if (before.screen.at === 'batch') {
            // All that the batch showed with a price, and each at exactly that price.
            const shown = before.screen.lines.flatMap((line) =>
              line.kind === 'ready' ? [{ order: line.order, quote: line.quote }] : [],
            );
            expect(orders.map((order) => order.order)).toEqual(shown.map((line) => line.order));
            expect(orders.map(({ quote }) => [quote.pay, quote.receive])).toEqual(
              shown.map(({ quote }) => [quote.pay, quote.receive]),
            );
            continue;
          }
          expect(orders).toHaveLength(1);
          const [order] = orders;
          // Confirmed from the price card, at exactly the price that the card showed.
          expect(before.screen.at === 'price' && before.screen.order === order?.order).toBe(true);
          if (before.screen.at !== 'price') continue;
          expect(order?.quote.pay).toEqual(before.screen.quote.pay);
          expect(order?.quote.receive).toEqual(before.screen.quote.receive);
          expect(order?.draft.dynamic).toEqual(before.screen.draft.dynamic);
          expect(order?.product.dynamic).toBe(order?.draft.dynamic !== null);
        }
        const ids = dialog.placed().map((question) => question.order);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 300 },
    );
  });

  it('gets everywhere: the walks above say something about every screen', () => {
    const reached = new Set<string>();
    for (const walk of fc.sample(fc.array(moves, { minLength: 60, maxLength: 60 }), { numRuns: 300, seed: 7 })) {
      const dialog = openDialog(topUpCatalog);
      for (const move of walk) {
        perform(dialog, move);
        reached.add(dialog.view().type);
      }
    }
    expect([...reached].sort()).toEqual([
      'amount',
      'batch',
      'batchPlaced',
      'countries',
      'field',
      'items',
      'operators',
      'price',
      'processing',
      'products',
      'quoteFailed',
    ]);
  });

  it('every tap that was handled changes nothing when it comes again', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 40 }), fc.nat(40), (walk, pick) => {
        const dialog = openDialog(topUpCatalog);
        for (const move of walk) perform(dialog, move);
        const { revision } = dialog.state();
        const buttons = buttonsOf(dialog.view());
        const action = buttons[pick % Math.max(1, buttons.length)];
        if (action === undefined) return;
        const tap = { type: 'tappedFlow', action, revision, message: message(7) } as const;
        dialog.happen(tap);
        fc.pre(dialog.state().revision !== revision);
        const { screen } = dialog.state();
        const bought = dialog.placed().length;
        dialog.happen(tap);
        expect(dialog.state().screen).toEqual(screen);
        expect(dialog.placed().length).toBe(bought);
      }),
      { numRuns: 200 },
    );
  });
});
