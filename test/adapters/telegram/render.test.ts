// Every view in every language: sendable, complete, and with the buttons that it promises.
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import type { View } from '../../../src/domain/dialog/view.ts';
import en from '../../../locales/en.json' with { type: 'json' };
import { createStatementWords } from '../../../src/adapters/i18n/statement-words.ts';
import { decodeButton } from '../../../src/adapters/telegram/callback-data.ts';
import { createRenderer } from '../../../src/adapters/telegram/render.ts';
import type { Localization } from '../../../src/adapters/telegram/render-speech.ts';
import { buttonsOf, expectSendable, labelsOf, localization, renderer, textOf } from './render-limits.ts';
import { sampleNotices } from './sample-notices.ts';
import { amountView, order, priceView, quote, sampleViews } from './sample-views.ts';

const render = (view: View, language = 'en') => renderer.render({ view, notice: null, language, revision: 7 });

const expectNoGaps = (text: string): void => {
  expect(text).not.toMatch(/undefined|null|NaN|\[object|\{\{|\}\}|[<>]/);
  expect(Object.keys(en).filter((key) => text.includes(key))).toEqual([]);
};

/** Whether a view asks for a confirmation, which is green. */
const confirms = (view: View): boolean =>
  view.type === 'admin'
    ? view.view.type === 'asking' && view.view.asking.for === 'confirmation'
    : (view.type === 'price' && view.sellable) || (view.type === 'batch' && view.buy !== null);

describe.each(LANGUAGES)('every view in %s', (language) => {
  it.each(sampleViews.map((view) => [view.type, view] as const))('%s is sendable and has no gaps', (_type, view) => {
    const message = render(view, language);
    expectSendable(message);
    for (const text of [textOf(message), ...labelsOf(message)]) expectNoGaps(text);
  });

  it.each(sampleNotices.map((notice) => [notice.type, notice] as const))(
    'notice %s fits a toast and stands above a view',
    (_type, notice) => {
      const toast = renderer.renderNotice(notice, language);
      expect(toast.length).toBeLessThanOrEqual(200);
      expectNoGaps(toast);
      const message = renderer.render({ view: { type: 'help' }, notice, language, revision: 7 });
      expectSendable(message);
      expect(textOf(message).startsWith(`${toast}\n\n`)).toBe(true);
    },
  );

  it.each(sampleViews.map((view) => [view.type, view] as const))(
    '%s has at most one green button, and red only cancels',
    (_type, view) => {
      const styled = buttonsOf(render(view, language)).filter((button) => button.style !== undefined);
      expect(styled.filter(({ style }) => style === 'success').length).toBe(confirms(view) ? 1 : 0);
      const dangerous = styled.filter(({ style }) => style === 'danger');
      for (const button of dangerous) {
        expect('callback_data' in button && decodeButton(button.callback_data)).toMatchObject({ action: { type: 'cancel' } });
      }
    },
  );
});

it('says the same view differently in each language', () => {
  // An announcement is in the words of whoever announced it.
  const spoken = sampleViews.filter((view) => view.type !== 'admin' || view.view.type !== 'announcement');
  for (const view of spoken) {
    expect(new Set(LANGUAGES.map((language) => render(view, language).html)).size).toBe(LANGUAGES.length);
  }
});

it('has a use for every text, the command menu aside', () => {
  const said = new Set<string>();
  const translate: Localization['translate'] = (language, key, params) => {
    said.add(key);
    return localization.translate(language, key, params);
  };
  const recorder = createRenderer({ ...localization, translate }, 'sample_bot');
  for (const view of sampleViews) recorder.render({ view, notice: null, language: 'en', revision: 1 });
  for (const notice of sampleNotices) recorder.renderNotice(notice, 'en');
  // Statements on paper have texts of their own.
  const words = createStatementWords(translate)('en');
  expect([words.zone('UTC'), words.created('2026-08-09'), words.page(1, 2)].every((text) => text !== '')).toBe(true);
  const texts = Object.keys(en).map((key) => key.replace(/_(?:one|other)$/, ''));
  expect(texts.filter((key) => !said.has(key) && !key.startsWith('command.'))).toEqual([]);
});

it('offers to buy again only what is over', () => {
  const offered = sampleViews.filter((view) =>
    labelsOf(render(view)).some((label) => label === '🔁 Buy again' || label === '🔁 Try again'),
  );
  const statuses = offered.flatMap((view) => (view.type === 'order' ? [view.order.status] : []));
  expect(new Set(statuses)).toEqual(new Set(['delivered', 'rejected', 'reverted']));
  expect(new Set(offered.map(({ type }) => type))).toEqual(new Set(['order', 'code', 'receipt', 'rejected', 'reverted']));
});

it('falls back to English and understands regions', () => {
  expect(render({ type: 'help' }, 'de')).toEqual(render({ type: 'help' }, 'en'));
  expect(render({ type: 'help' }, 'es-MX')).toEqual(render({ type: 'help' }, 'es'));
});

it('binds flow buttons to the revision and leaves lasting ones free', () => {
  const decoded = buttonsOf(render(priceView)).map((button) =>
    'callback_data' in button ? decodeButton(button.callback_data) : null,
  );
  expect(decoded).toEqual([
    { kind: 'flow', revision: 7, action: { type: 'confirm', order: order.id } },
    { kind: 'flow', revision: 7, action: { type: 'back' } },
    { kind: 'flow', revision: 7, action: { type: 'cancel' } },
  ]);
});

it('offers a way out of every screen of the flow but the first', () => {
  const cancellable = ['countries', 'operators', 'products', 'amount', 'field', 'quoteFailed', 'price'];
  for (const view of sampleViews.filter(({ type }) => cancellable.includes(type))) {
    const labels = labelsOf(render(view));
    const home = view.type === 'countries' || (view.type === 'operators' && !view.canGoBack);
    for (const label of ['⬅️ Back', '✖️ Cancel']) expect(labels.includes(label)).toBe(!home);
  }
});

it('turns pages, and not beyond the ends', () => {
  const pagersOf = (page: number): readonly string[] => {
    const items = [order.operatorName];
    const list = { items: items.map((name, id) => ({ id: id + 1, name })), page, pages: 3 };
    return labelsOf(render({ type: 'countries', list })).filter((label) => /^[‹›]$|\/3/.test(label));
  };
  expect([0, 1, 2].map(pagersOf)).toEqual([
    ['1/3', '›'],
    ['‹', '2/3', '›'],
    ['‹', '3/3'],
  ]);
});

describe('amounts', () => {
  it('shows what arrives beside each amount, where that is known and different', () => {
    const labels = labelsOf(render(amountView));
    expect(labels).toContain('€10.00 → MX$176.00');
    expect(labels).toContain('€25.00');
    const same = { amount: quote.pay.hundredths, receive: quote.pay.hundredths };
    const product = { ...amountView.product, destinationCurrency: quote.pay.currency };
    const list = { ...amountView.choices, items: [same] };
    expect(labelsOf(render({ ...amountView, product, choices: list }))).toContain('€25.00');
  });

  it('gives an example that the range takes', () => {
    const bounds = (least: number, most: number, step: number) => ({
      least: { ...quote.pay, hundredths: least as typeof quote.pay.hundredths },
      most: { ...quote.pay, hundredths: most as typeof quote.pay.hundredths },
      step: step as typeof quote.pay.hundredths,
    });
    const typed = { ...amountView, choices: { items: [], page: 0, pages: 1 } };
    const textFor = (least: number, most: number, step: number): string =>
      textOf(render({ ...typed, bounds: bounds(least, most, step) }));
    expect(textFor(500, 25_000, 100)).toContain('from €5.00 to €250.00.\nIt goes in steps of €1.00.\nFor example: 25');
    expect(textFor(100, 900, 1)).toMatch(/to €9\.00\.\nFor example: 5$/);
    expect(textFor(333, 334, 1)).toContain('For example: 3.33');
    expect(textFor(505, 50_005, 250)).toContain('For example: 5.05');
  });
});

describe('the price card', () => {
  it('shows both ways, what was typed and how long it holds', () => {
    expect(textOf(render(priceView))).toBe(
      [
        'Your order',
        'Alondra Books - Gift Card',
        '',
        'You pay: €25.00',
        'They receive: MX$440.00',
        '',
        'Phone number: +52 55 1234 5678, Mexico',
        'E-mail: ana@example.com',
        '',
        'Price held until 14:05 GMT+2.',
      ].join('\n'),
    );
    expect(labelsOf(render(priceView, 'es'))).toContain('✅ Comprar por 25,00 €');
  });

  it('marks an estimate', () => {
    const text = textOf(render({ ...priceView, quote: { ...quote, estimated: true } }));
    expect(text).toContain('They receive: ≈ MX$440.00');
    expect(text).toContain('estimate');
  });

  it('has no green button for what is not sold, and names a fee only where its unit is known', () => {
    const withFee = { ...quote, fee: quote.pay.hundredths };
    const quoted = render({ ...priceView, sellable: false, quote: withFee });
    expect(labelsOf(quoted)).toEqual(['⬅️ Back', '✖️ Cancel']);
    expect(textOf(quoted)).toContain('Service fee: €25.00');
    expect(textOf(render({ ...priceView, sellable: false, quote: { ...withFee, estimated: true } }))).toContain(
      'A service fee applies.',
    );
  });
});

it('links the private chat from a group', () => {
  expect(buttonsOf(render({ type: 'groupHint' }))).toEqual([
    { text: '💬 Open the shop', url: 'https://t.me/sample_bot?start=group' },
  ]);
});

it('lists orders as buttons that last', () => {
  const [first] = buttonsOf(render({ type: 'orders', orders: [order] }));
  expect(first?.text).toBe('✅ Alondra Books - Gift Card · €25.00');
  expect(first !== undefined && 'callback_data' in first && decodeButton(first.callback_data)).toEqual({
    kind: 'lasting',
    action: { type: 'showOrder', order: order.id },
  });
});

it('protects codes, receipts, and results that may name them; codes and links come as a picture, too', () => {
  const pictureOf = (view: View): unknown => {
    if (view.type === 'code') return view.voucher.code;
    if (view.type === 'handOver' && view.view.type === 'link') return expect.stringContaining('?start=ho_');
    const isInvitation = (view.type === 'agent' || view.type === 'admin') && view.view.type === 'invitation';
    return isInvitation ? expect.stringContaining('?start=inv_') : null;
  };
  for (const view of sampleViews) {
    const { protect, qr } = render(view);
    const isProtected = view.type === 'code' || view.type === 'receipt' || view.type === 'result';
    expect({ type: view.type, protect, qr }).toEqual({ type: view.type, protect: isProtected, qr: pictureOf(view) });
  }
});
