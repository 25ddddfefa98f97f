// Arabic messages: what runs from left to right is kept whole by isolates, and what is copied or sent back has none of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolateText } from '../../../src/adapters/telegram/right-to-left.ts';
import { buttonsOf, expectSendable, labelsOf, renderer, textOf } from './render-limits.ts';
import { sampleNotices } from './sample-notices.ts';
import { amountView, codeView, order, priceView, sampleViews } from './sample-views.ts';

const render = (view: (typeof sampleViews)[number], language = 'ar') =>
  renderer.render({ view, notice: null, language, revision: 7 });

/** Isolates as brackets, the mark that begins a line as an arrow: a test must show what nobody sees. */
const shown = (text: string): string => text.replaceAll('\u2068', '[').replaceAll('\u2069', ']').replaceAll('\u200f', '<');

describe('a line', () => {
  it.each([
    ['اكتب مبلغًا من 10.00 € إلى 25.00 €.', 'اكتب مبلغًا من [10.00 €] إلى [25.00 €].'],
    ['رموزك محفوظة في /orders.', 'رموزك محفوظة في [/orders].'],
    ['/start يفتح المتجر', '<[/start] يفتح المتجر'],
    ['نتائج البحث عن «<b>C++!»', 'نتائج البحث عن «[<b>C++!]»'],
    ['بطاقة Brand (Plus) هنا (Visa)', 'بطاقة [Brand (Plus)] هنا ([Visa])'],
    ['الفرق -12.34 والمبلغ ≈ 440.00 MX$', 'الفرق [-12.34] والمبلغ [≈ 440.00 MX$]'],
    ['أول AT&T ثم 4821-7733', 'أول [AT&T] ثم [4821-7733]'],
    ['آخر 3 طلبات 14:05 و 31/12/2026', 'آخر 3 طلبات 14:05 و 31/12/2026'],
    ['Alondra Books - Gift Card', '[Alondra Books - Gift Card]'],
    ['2/3', '2/3'],
    ['‹', '‹'],
    ['🎉 إليك رمزك\nA-1', '🎉 إليك رمزك\n[A-1]'],
  ])('%j is sent as %j', (text, expected) => expect(shown(isolateText(text))).toBe(expected));
});

describe('a message', () => {
  it('surrounds codes, which stay as they are', () => {
    const message = render(codeView);
    expect(shown(textOf(message)).split('\n')).toEqual([
      '🎉 إليك رمزك',
      '[Alondra Books - Gift Card]',
      '',
      '[ALON-4821-7733]',
      '',
      'لحساب: [525512345678]',
      'صالح حتى: 31/12/2026',
      '',
      '[Serial: 00417]',
      '',
      'طريقة الاستخدام',
      '[Show the code at the till.]',
      '[Or type it on the website.]',
      '',
      'المدفوع: [25.00\u00a0€]',
      'يصل إليهم: [440.00\u00a0MX$]',
      'رقم الطلب: [7KQ2M9XW4T0B]',
    ]);
    expect(buttonsOf(message)[0]).toEqual({ text: '📋 نسخ الرمز', copy_text: { text: 'ALON-4821-7733' } });
    expect(message.qr).toBe('ALON-4821-7733');
  });

  it('has the same codes, links and button data as in English', () => {
    const copied = (html: string) => [...html.matchAll(/<code>([^]*?)<\/code>/g)].map(([, code = '']) => code);
    for (const view of sampleViews) {
      const [arabic, english] = [render(view), render(view, 'en')];
      // The words for a name and a reason are Latin in Arabic too: whoever copies the command replaces them.
      expect(copied(arabic.html)).toEqual(copied(english.html));
      const data = (message: typeof arabic) => buttonsOf(message).map((button) => ({ ...button, text: '' }));
      expect(data(arabic)).toEqual(data(english));
      expect(JSON.stringify(data(arabic))).not.toMatch(/[\u2066-\u2069\u200f]/);
    }
  });

  it('opens and closes every isolate within its line', () => {
    for (const view of sampleViews) {
      for (const text of [textOf(render(view)), ...labelsOf(render(view))]) {
        for (const line of text.split('\n'))
          expect(line).toMatch(/^[^\u2068\u2069]*(?:\u2068[^\u2068\u2069]+\u2069[^\u2068\u2069]*)*$/);
      }
    }
  });

  it('lets amounts follow each other from right to left', () => {
    expect(labelsOf(render(amountView)).map(shown)).toContain('<[10.00 €] ← [176.00 MX$]');
    expect(labelsOf(render({ type: 'orders', orders: [order] })).map(shown)[0]).toBe(
      '<✅ [Alondra Books - Gift Card] · [25.00 €]',
    );
  });

  it('has no isolates in languages that run from left to right', () => {
    for (const language of ['en', 'ru']) expect(textOf(render(priceView, language))).not.toMatch(/[\u2066-\u2069\u200e\u200f]/);
  });

  it('goes without them where they would not fit', () => {
    const instructions = 'م a '.repeat(2_000);
    const message = render({ ...codeView, voucher: { ...codeView.voucher, instructions } });
    expectSendable(message);
    expect(message.html).not.toContain('\u2068');
  });

  it('can be sent whatever is written in it', () => {
    const piece = fc.constantFrom(
      'م',
      'a',
      '1',
      ' ',
      '\n',
      '(',
      ')',
      '«',
      '»',
      '<',
      '&',
      '"',
      '€',
      '-',
      '/',
      '·',
      '\u2069',
      '\u200f',
    );
    const text = fc.string({ unit: piece, maxLength: 4_500 });
    fc.assert(
      fc.property(text, text, (productName, instructions) => {
        const voucher = { ...codeView.voucher, instructions, code: productName.slice(0, 1_600) };
        const arabic = render({ ...codeView, order: { ...order, productName }, voucher });
        expectSendable(arabic);
      }),
      { numRuns: 50 },
    );
  });
});

it('toasts have isolates, and at most 200 characters', () => {
  expect(shown(renderer.renderNotice({ type: 'notFound', query: 'AT&T (US)' }, 'ar'))).toContain('«[AT&T (US)]»');
  for (const notice of sampleNotices) expect(renderer.renderNotice(notice, 'ar').length).toBeLessThanOrEqual(200);
});
