// The code message: everything in it, the copy button's limits, and texts of a length that nobody expects.
import { describe, expect, it } from 'vitest';
import type { Voucher } from '../../../src/domain/voucher.ts';
import { buttonsOf, expectSendable, labelsOf, renderer, textOf } from './render-limits.ts';
import { codeView } from './sample-views.ts';

const render = (voucher: Partial<Voucher>, language = 'en') =>
  renderer.render({ view: { ...codeView, voucher: { ...codeView.voucher, ...voucher } }, notice: null, language, revision: 1 });

const copied = (code: string): string | null => {
  const button = buttonsOf(render({ code })).find((candidate) => 'copy_text' in candidate);
  return button !== undefined && 'copy_text' in button ? button.copy_text.text : null;
};

it('has the code to tap, its use, and the receipt', () => {
  const message = render({});
  expect(message.html).toContain('<code>ALON-4821-7733</code>');
  expect(textOf(message)).toBe(
    [
      '🎉 Here is your code',
      'Alondra Books - Gift Card',
      '',
      'ALON-4821-7733',
      '',
      'For: 525512345678',
      'Valid until: 31/12/2026',
      '',
      'Serial: 00417',
      '',
      'How to use it',
      'Show the code at the till.\nOr type it on the website.',
      '',
      'Paid: €25.00',
      'They receive: MX$440.00',
      'Order: 7KQ2M9XW4T0B',
    ].join('\n'),
  );
  expect(labelsOf(message)).toEqual(['📋 Copy the code', '🤝 Hand over', '🔁 Buy again', '🧾 My orders', '🛍 Shop']);
});

it('has no empty lines for what a voucher does not have', () => {
  const text = textOf(render({ account: null, expiration: null, instructions: null, extra: [] }));
  expect(text).not.toContain('\n\n\n');
  expect(text).not.toContain('How to use it');
});

describe('the copy button', () => {
  it('takes 1 to 256 characters', () => {
    expect(copied('A')).toBe('A');
    expect(copied('A'.repeat(256))).toBe('A'.repeat(256));
    expect(copied('A'.repeat(257))).toBeNull();
    expect(copied(' ')).toBeNull();
  });

  it('copies exactly the code, whatever is in it', () => expect(copied('<b>&"1"</b>')).toBe('<b>&"1"</b>'));
});

describe('long texts', () => {
  it('cuts instructions at a word, where the rest of the message ends', () => {
    const message = render({ instructions: 'redeem it soon '.repeat(500) });
    expectSendable(message);
    expect(textOf(message)).toMatch(/(?:redeem|it|soon)…\n\nPaid: /);
    expect(textOf(message).length).toBeGreaterThan(3_700);
  });

  it('shows a code of 1,500 characters whole, and says so when a longer one is not', () => {
    expect(textOf(render({ code: 'C'.repeat(1_500) }))).toContain('C'.repeat(1_500));
    const message = render({ code: 'C'.repeat(5_000), instructions: 'x '.repeat(5_000) });
    expectSendable(message);
    expect(textOf(message)).toContain('does not fit one message');
  });

  it('leaves out further values that do not fit, not the ones before them', () => {
    const tooMuch = Array.from({ length: 50 }, () => ({ key: 'k'.repeat(99), value: 'v'.repeat(999) }));
    const message = render({ extra: [{ key: 'First', value: 'kept' }, ...tooMuch] });
    expectSendable(message);
    expect(textOf(message)).toContain('First: kept');
  });
});
