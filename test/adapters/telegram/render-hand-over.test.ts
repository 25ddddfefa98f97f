// Handing over in the chat: who is offered it, what the link's message carries, and what a recipient is not shown.
import { describe, expect, it } from 'vitest';
import { createLocalization } from '../../../src/adapters/i18n/localization.ts';
import { decodeButton } from '../../../src/adapters/telegram/callback-data.ts';
import { createRenderer } from '../../../src/adapters/telegram/render.ts';
import type { KeepsakeAction } from '../../../src/domain/dialog/keepsake-words.ts';
import type { OrderSummary, View } from '../../../src/domain/dialog/view.ts';
import { phones } from '../../domain/phones.ts';
import { handOverSamples } from './sample-keepsakes.ts';
import { codeView, order, receiptView } from './sample-views.ts';

const renderer = createRenderer(createLocalization('Europe/Madrid', phones), 'sample_bot');
const render = (view: View) => renderer.render({ view, notice: null, language: 'en', revision: 1 });

/** What the buttons of a view do with orders and numbers. */
const offers = (view: View): readonly KeepsakeAction['type'][] =>
  render(view)
    .keyboard.flat()
    .flatMap((button) => {
      const decoded = 'callback_data' in button ? decodeButton(button.callback_data) : null;
      return decoded?.kind === 'lasting' && decoded.action.type === 'keepsake' ? [decoded.action.action.type] : [];
    });
const ofOrder = (given: Partial<OrderSummary>): View => ({ type: 'order', order: { ...order, ...given } });

describe('handing over', () => {
  it.each<[string, View, readonly KeepsakeAction['type'][]]>([
    ['a code', codeView, ['handOver']],
    ['a code for a number', { ...codeView, order: { ...order, hasNumber: true } }, ['handOver', 'saveNumber']],
    ['a code that was given', { ...codeView, order: { ...order, hands: 'received' } }, []],
    ['a receipt', { ...receiptView, order: { ...receiptView.order, hasNumber: true } }, ['saveNumber']],
    ['a delivered order', ofOrder({}), ['handOver']],
    ['an order whose receipt its seller does not see', ofOrder({ family: 'bill' }), ['handOver']],
    ['an order that was handed over', ofOrder({ hands: 'handedOver' }), []],
    ['an order that was undone', ofOrder({ status: 'reverted' }), []],
    ['an order that was not bought', ofOrder({ status: 'rejected', hasNumber: true }), []],
  ])('is offered with %s where it makes sense', (_what, view, expected) => {
    expect(offers(view)).toEqual(expected);
  });

  it('makes a message that may be sent on: the link as text, to copy and to scan, and the way to take it back', () => {
    const [view] = handOverSamples(order);
    if (view?.type !== 'link') throw new Error('The first sample is no link');
    const link = `https://t.me/sample_bot?start=ho_${view.token}`;
    const message = render({ type: 'handOver', view });
    expect(message).toMatchObject({ protect: false, qr: link });
    expect(message.html).toContain(link);
    expect(message.keyboard.flat()).toContainEqual(expect.objectContaining({ copy_text: { text: link } }));
    expect(offers({ type: 'handOver', view })).toEqual(['takeBack']);
  });
});

describe('an order that was given', () => {
  it('does not say what its buyer paid, and is not bought again by a tap', () => {
    const views: readonly ((of: OrderSummary) => View)[] = [
      (of) => ({ ...codeView, order: of }),
      (of) => ({ ...receiptView, order: of }),
      (of) => ofOrder(of),
    ];
    for (const viewOf of views) {
      const given = render(viewOf({ ...order, hands: 'received' }));
      expect(render(viewOf(order)).html).toContain('€25.00');
      expect(given.html).not.toContain('€25.00');
      expect(given.keyboard.flat().map(({ text }) => text)).not.toContain('🔁 Buy again');
      expect(given.keyboard.flat().map(({ text }) => text)).toContain('👁 Show again');
    }
  });
});
