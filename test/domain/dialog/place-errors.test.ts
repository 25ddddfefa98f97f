// A confirmation that the shop can't take as it is: what the customer is told, and that nothing is bought without their say.
import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/domain/dialog/effect.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import { EUR, LIST, RAFFLE, cents, sampleCatalog } from '../sample-catalog.ts';
import { itemOf, openDialog } from './sample-dialog.ts';

const atPrice = () => {
  const dialog = openDialog();
  dialog.tap({ type: 'pickCountry', country: 724 });
  dialog.tap({ type: 'pickOperator', operator: LIST });
  dialog.tap({ type: 'pickAmount', amount: cents(2_500) });
  const { screen } = dialog.state();
  if (screen.at !== 'price') throw new Error(`at ${screen.at}`);
  const { order } = screen;
  return { ...dialog, order, confirm: () => dialog.tap({ type: 'confirm', order }) };
};
const asked = (questions: readonly Question[], type: Question['type']): number =>
  questions.filter((question) => question.type === type).length;

describe('a confirmation', () => {
  it('beyond a limit keeps the price card, and says what is left and until when', () => {
    const dialog = atPrice();
    const problem = { kind: 'tooMuch', most: money(5_000, EUR), left: money(100, EUR) } as const;
    const opensAt = instant(1_700_000_400_000);
    dialog.script.placeError = { kind: 'limitReached', problem, opensAt };
    dialog.confirm();
    expect(dialog.last()).toMatchObject({
      view: { type: 'price', order: dialog.order },
      notice: { type: 'limitReached', problem, opensAt },
    });
  });

  it('of a price that is no longer the right one shows the new one, to be confirmed', () => {
    const dialog = atPrice();
    dialog.script.placeError = { kind: 'priceMoved' };
    dialog.script.retail = { price: money(2_750, EUR), commission: money(0, EUR) };
    dialog.confirm();
    expect(dialog.last()).toMatchObject({
      view: { type: 'price', order: dialog.order, quote: { pay: money(2_750, EUR), cost: money(2_500, EUR) } },
      notice: { type: 'priceMoved', pay: money(2_500, EUR) },
    });
    expect([asked(dialog.questions, 'quote'), asked(dialog.questions, 'place')]).toEqual([2, 1]);
    dialog.script.placeError = null;
    dialog.confirm();
    expect(dialog.orders.get(dialog.order)).toMatchObject({ pay: money(2_750, EUR) });
  });

  it('of a price whose commission alone has changed is asked for again too', () => {
    const dialog = atPrice();
    dialog.script.placeError = { kind: 'priceMoved' };
    dialog.script.retail = { price: money(2_500, EUR), commission: money(30, EUR) };
    dialog.confirm();
    expect(dialog.last()).toMatchObject({ view: { type: 'price', quote: { commission: money(30, EUR) } } });
    expect(asked(dialog.questions, 'place')).toBe(1);
  });

  it('of what was taken off sale leads home, and says so', () => {
    const dialog = atPrice();
    dialog.script.placeError = { kind: 'stopped' };
    dialog.confirm();
    expect(dialog.last()).toMatchObject({ view: { type: 'countries' }, notice: { type: 'productGone' } });
  });

  it('of somebody whom the shop does not sell to leads home', () => {
    const dialog = atPrice();
    dialog.script.placeError = { kind: 'blocked' };
    dialog.confirm();
    expect(dialog.last()).toMatchObject({ view: { type: 'countries' }, notice: { type: 'blocked' } });
  });
});

describe('an amount', () => {
  it.each([false, true])('is called the price only where the shop adds nothing to it: marked %s', (marked) => {
    const dialog = openDialog({ ...sampleCatalog, marked: new Set(marked ? [LIST] : []) });
    dialog.tap({ type: 'pickCountry', country: 724 });
    dialog.tap({ type: 'pickOperator', operator: LIST });
    expect(dialog.view()).toMatchObject({ type: 'amount', marked });
  });
});

describe('an item', () => {
  it.each([
    ['the same', money(330, EUR), null],
    ['another', money(340, EUR), { type: 'itemPriceMoved', listed: money(330, EUR) }],
  ])('is compared by what the buyer pays: %s price than on the list', (_what, price, notice) => {
    const dialog = openDialog();
    dialog.script.items = [{ ...itemOf('D-0', 300), pay: money(330, EUR) }];
    dialog.script.retail = { price, commission: money(0, EUR) };
    dialog.tap({ type: 'pickCountry', country: 724 });
    dialog.tap({ type: 'pickOperator', operator: RAFFLE });
    dialog.tap({ type: 'pickItem', index: 0 });
    dialog.type('ana@example.org');
    expect(dialog.last()).toMatchObject({ view: { type: 'price', quote: { pay: price, cost: money(300, EUR) } }, notice });
  });
});
