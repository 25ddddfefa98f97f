// The chat port against a real Bot API server on loopback: what arrives in the chat, and what refusals become.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel, Screenful } from '../../../src/app/ports/channel.ts';
import { parseDay } from '../../../src/domain/day.ts';
import type { View } from '../../../src/domain/dialog/view.ts';
import { parseChatId, parseMessageId } from '../../../src/domain/ids.ts';
import type { ChatId, MessageId } from '../../../src/domain/ids.ts';
import type { Result } from '../../../src/domain/result.ts';
import { createBotApi } from '../../../src/adapters/telegram/bot-api.ts';
import type { BotApi } from '../../../src/adapters/telegram/bot-api.ts';
import { createChannel } from '../../../src/adapters/telegram/channel.ts';
import { startTelegramServer } from '../../../src/sandbox/telegram/server.ts';
import type { TelegramServer } from '../../../src/sandbox/telegram/server.ts';
import { renderer } from './render-limits.ts';
import { invitationView } from './sample-agent-views.ts';
import { codeView } from './sample-views.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let telegram: TelegramServer;
let api: BotApi;
let channel: Channel;
let lastUser = 100;

beforeAll(async () => {
  telegram = await startTelegramServer({ botToken: '42:sample' });
  api = createBotApi({ apiRoot: telegram.url, token: '42:sample', log: silent, sleep: () => Promise.resolve() });
  channel = createChannel(api, renderer);
});

afterAll(async () => {
  await api.close();
  await telegram.close();
});

const valueOf = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`Not a success: ${JSON.stringify(result.error)}`);
  return result.value;
};

const screenful = (view: View, revision = 1): Screenful => ({ view, notice: null, language: 'en', revision });
const help = screenful({ type: 'help' });
const code = screenful(codeView);

/** Somebody new who has written to the bot. */
const newCustomer = () => {
  const customer = telegram.customer(++lastUser);
  customer.sendText('/start');
  return { customer, chat: valueOf(parseChatId(customer.userId)) };
};

const messageOf = (customer: ReturnType<typeof newCustomer>['customer'], id: MessageId) =>
  customer.messages().find((message) => message.id === id);

const lastCall = (method: string) => telegram.calls.findLast((call) => call.method === method);

describe('send', () => {
  it('puts a view with its buttons into the chat, without link previews', async () => {
    const { customer, chat } = newCustomer();
    const id = valueOf(await channel.send(chat, help));
    const message = messageOf(customer, id);
    expect(message?.html).toContain('<b>How it works</b>');
    expect(message?.buttons.flat().map(({ text }) => text)).toEqual(['🧾 My orders', '🛍 Shop']);
    expect(message?.protected).toBe(false);
    expect(lastCall('sendMessage')?.params).toMatchObject({ link_preview_options: { is_disabled: true } });
  });

  it('delivers a code protected, with a protected QR image as a reply that tells nothing else', async () => {
    const { customer, chat } = newCustomer();
    const id = valueOf(await channel.send(chat, code));
    const [text, photo, ...others] = customer.messages().filter(({ from }) => from === 'bot');
    expect(others).toEqual([]);
    expect(text).toMatchObject({ id, protected: true });
    expect(text?.html).toContain('<code>ALON-4821-7733</code>');
    expect(customer.tap('📋 Copy the code')).toEqual({ kind: 'copied', text: 'ALON-4821-7733' });
    expect(photo).toMatchObject({ protected: true, text: '' });
    expect([...(photo?.photo ?? [])].slice(0, 8)).toEqual(PNG);
    expect(lastCall('sendPhoto')?.params).toMatchObject({
      reply_parameters: expect.stringContaining(`"message_id":${id},`) as string,
    });
  });

  it('lets an invitation be passed on, the text as well as its QR image', async () => {
    const { customer, chat } = newCustomer();
    await channel.send(chat, screenful(invitationView));
    const [text, photo, ...others] = customer.messages().filter(({ from }) => from === 'bot');
    expect(others).toEqual([]);
    expect(text).toMatchObject({ protected: false, text: expect.stringContaining('?start=inv_') as string });
    expect(photo).toMatchObject({ protected: false, attachment: { kind: 'photo' } });
  });

  it('delivers the code when the image fails, and none where a code does not fit one', async () => {
    const { customer, chat } = newCustomer();
    telegram.control.fail('sendPhoto', { kind: 'serverError', when: 'before' });
    expect(await channel.send(chat, code)).toMatchObject({ ok: true });
    const long = { ...codeView, voucher: { ...codeView.voucher, code: 'L'.repeat(301) } };
    expect(await channel.send(chat, screenful(long))).toMatchObject({ ok: true });
    expect(customer.messages().filter(({ attachment }) => attachment?.kind === 'photo')).toEqual([]);
  });

  it('keeps codes out of groups', async () => {
    const before = telegram.calls.length;
    const group = valueOf(parseChatId(-1001));
    expect(await channel.send(group, code)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(await channel.replace(group, valueOf(parseMessageId(1)), code)).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(telegram.calls.length).toBe(before);
  });

  it('says that the customer blocked the bot, and that there was no answer', async () => {
    const { customer, chat } = newCustomer();
    customer.block();
    expect(await channel.send(chat, help)).toEqual({ ok: false, error: { kind: 'blocked' } });
    telegram.control.fail('sendMessage', { kind: 'drop', when: 'after' });
    expect(await channel.send(newCustomer().chat, help)).toMatchObject({ ok: false, error: { kind: 'noAnswer' } });
  });
});

describe('replace', () => {
  const sent = async (): Promise<{ chat: ChatId; id: MessageId; customer: ReturnType<typeof newCustomer>['customer'] }> => {
    const { customer, chat } = newCustomer();
    return { customer, chat, id: valueOf(await channel.send(chat, help)) };
  };

  it('edits in place, and takes buttons away that the new view does not have', async () => {
    const { customer, chat, id } = await sent();
    expect(await channel.replace(chat, id, screenful({ type: 'settled', order: codeView.order }))).toEqual({
      ok: true,
      value: id,
    });
    expect(messageOf(customer, id)).toMatchObject({ edited: true, buttons: [] });
  });

  it('takes "nothing changed" for a success', async () => {
    const { chat, id } = await sent();
    expect(await channel.replace(chat, id, help)).toEqual({ ok: true, value: id });
  });

  it('sends anew what it can no longer edit: deleted, or not its own', async () => {
    const { customer, chat, id } = await sent();
    await api.call('deleteMessage', { chat_id: chat, message_id: id });
    const again = valueOf(await channel.replace(chat, id, help));
    expect(again).not.toBe(id);
    expect(messageOf(customer, again)?.deleted).toBe(false);
    const foreign = valueOf(parseMessageId(customer.sendText('hello')));
    expect(valueOf(await channel.replace(chat, foreign, help))).toBeGreaterThan(foreign);
  });

  it('lets a message that is gone rest when it would only say that its order is settled', async () => {
    const { customer, chat, id } = await sent();
    await api.call('deleteMessage', { chat_id: chat, message_id: id });
    const before = customer.messages().length;
    expect(await channel.replace(chat, id, screenful({ type: 'settled', order: codeView.order }))).toEqual({
      ok: true,
      value: id,
    });
    expect(await channel.replace(chat, id, screenful({ type: 'batchSettled', orders: [codeView.order] }))).toEqual({
      ok: true,
      value: id,
    });
    expect(customer.messages().length).toBe(before);
  });

  it('sends a code instead of editing one in, because an edit cannot protect', async () => {
    const { customer, chat, id } = await sent();
    const codeId = valueOf(await channel.replace(chat, id, code));
    expect(codeId).not.toBe(id);
    expect(messageOf(customer, id)?.html).not.toContain('ALON-4821-7733');
    expect(messageOf(customer, codeId)?.protected).toBe(true);
  });

  it('sends nothing anew for another refusal', async () => {
    const nobody = valueOf(parseChatId(999_999));
    const before = telegram.calls.length;
    expect(await channel.replace(nobody, valueOf(parseMessageId(1)), help)).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(telegram.calls.slice(before).map(({ method }) => method)).toEqual(['editMessageText']);
  });

  it('does not send anew when the edit may have happened', async () => {
    const { customer, chat, id } = await sent();
    const before = customer.messages().length;
    telegram.control.fail('editMessageText', { kind: 'drop', when: 'before' });
    expect(await channel.replace(chat, id, screenful({ type: 'notice' }))).toMatchObject({ ok: false });
    expect(customer.messages().length).toBe(before);
  });
});

describe('answerTap', () => {
  const tapped = async () => {
    const { customer, chat } = newCustomer();
    await channel.send(chat, help);
    const result = customer.tap('🛍 Shop');
    if (result.kind !== 'callback') throw new Error('Not a callback button');
    return { customer, tapId: result.callbackId };
  };

  it('answers with a notice in the language, or with none', async () => {
    const first = await tapped();
    expect(await channel.answerTap(first.tapId, { type: 'productGone' }, 'es')).toEqual({ ok: true, value: null });
    expect(first.customer.answers()).toMatchObject([{ text: 'Ese producto ya no está a la venta.', alert: false }]);
    const second = await tapped();
    expect(await channel.answerTap(second.tapId, null, 'es')).toEqual({ ok: true, value: null });
    expect(second.customer.answers()).toMatchObject([{ text: '' }]);
  });

  it('takes a tap that is too old for a success', async () => {
    expect(await channel.answerTap('no-such-tap', null, 'en')).toEqual({ ok: true, value: null });
  });
});

it('shows that it is busy', async () => {
  const { chat } = newCustomer();
  expect(await channel.showBusy(chat)).toEqual({ ok: true, value: null });
  expect(lastCall('sendChatAction')?.params).toMatchObject({ chat_id: chat, action: 'typing' });
});

describe('sendDocument', () => {
  const day = valueOf(parseDay('2026-11-23'));
  const bytes = Uint8Array.from({ length: 12_300 }, (_, index) => index % 256);
  const statement = { fileName: 'statement-2026-11-23.pdf', bytes, caption: null, language: 'es' };

  it('puts the file into the chat, byte by byte, with what stands below it', async () => {
    const { customer, chat } = newCustomer();
    const caption = { type: 'statement', from: day, to: day } as const;
    const id = valueOf(await channel.sendDocument(chat, { ...statement, caption }));
    const message = messageOf(customer, id);
    expect(message).toMatchObject({
      text: 'Tu extracto: 2026-11-23.',
      attachment: { kind: 'document', name: 'statement-2026-11-23.pdf', size: 12_300 },
      buttons: [],
      protected: false,
    });
    expect(Buffer.from(message?.document ?? []).equals(bytes)).toBe(true);
    expect(customer.transcript()).toContain('Bot: [document statement-2026-11-23.pdf, 12 kB]\n     Tu extracto: 2026-11-23.');
  });

  it('takes no caption', async () => {
    const { customer, chat } = newCustomer();
    expect(messageOf(customer, valueOf(await channel.sendDocument(chat, statement)))?.text).toBe('');
  });

  it('says that the customer has stopped the bot', async () => {
    const { customer, chat } = newCustomer();
    customer.block();
    expect(await channel.sendDocument(chat, statement)).toEqual({ ok: false, error: { kind: 'blocked' } });
  });
});
