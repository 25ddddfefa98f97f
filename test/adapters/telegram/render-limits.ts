// What Telegram would refuse of a rendered message. The local Bot API's parser judges the markup: it shares nothing with the renderer.
import { expect } from 'vitest';
import type { InlineKeyboardButton } from '@grammyjs/types';
import { createLocalization } from '../../../src/adapters/i18n/localization.ts';
import { phones } from '../../domain/phones.ts';
import { createRenderer } from '../../../src/adapters/telegram/render.ts';
import type { RenderedMessage } from '../../../src/adapters/telegram/render-message.ts';
import { parseHtml } from '../../../src/sandbox/telegram/html.ts';

export const localization = createLocalization('Europe/Madrid', phones);
export const renderer = createRenderer(localization, 'sample_bot');

/** The text as a customer reads it; fails when Telegram could not parse it. */
export const textOf = ({ html }: RenderedMessage): string => {
  const parsed = parseHtml(html);
  expect(parsed).toMatchObject({ ok: true });
  return parsed.ok ? parsed.value.text : '';
};

export const buttonsOf = ({ keyboard }: RenderedMessage): readonly InlineKeyboardButton[] => keyboard.flat();

export const labelsOf = (message: RenderedMessage): readonly string[] => buttonsOf(message).map(({ text }) => text);

export const expectSendable = (message: RenderedMessage): void => {
  const text = textOf(message);
  expect(text.trim()).not.toBe('');
  expect(text.length).toBeLessThanOrEqual(4096);
  expect(message.html.isWellFormed()).toBe(true);
  expect(message.keyboard.every((row) => row.length > 0 && row.length <= 8)).toBe(true);
  for (const button of buttonsOf(message)) {
    expect(button.text.trim()).not.toBe('');
    expect(button.text.isWellFormed()).toBe(true);
    if ('callback_data' in button) expect(Buffer.byteLength(button.callback_data)).toBeLessThanOrEqual(64);
    if ('copy_text' in button) expect(button.copy_text.text.length).toBeLessThanOrEqual(256);
  }
};
