// What the Bot API refuses, in Telegram's words.
import { describe, expect, it } from 'vitest';
import { readAnswer, startRawBot } from './raw-bot.ts';

const notModified =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

const keyboard = (...buttons: Record<string, unknown>[]) => ({ reply_markup: { inline_keyboard: [buttons] } });

describe('refusals', () => {
  it.each<[name: string, method: string, params: Record<string, unknown>, code: number, description: string]>([
    ['an unknown method', 'sendEverything', {}, 404, 'Not Found'],
    ['no chat', 'sendMessage', { text: 'a' }, 400, 'Bad Request: chat_id is empty'],
    ['an unknown chat', 'sendMessage', { chat_id: 8, text: 'a' }, 400, 'Bad Request: chat not found'],
    ['no text', 'sendMessage', { chat_id: 7 }, 400, 'Bad Request: message text is empty'],
    ['a blank text', 'sendMessage', { chat_id: 7, text: ' \n ' }, 400, 'Bad Request: message text is empty'],
    ['a long text', 'sendMessage', { chat_id: 7, text: 'x'.repeat(4097) }, 400, 'Bad Request: message is too long'],
    [
      'an unknown parse mode',
      'sendMessage',
      { chat_id: 7, text: 'a', parse_mode: 'BBCode' },
      400,
      'Bad Request: unsupported parse_mode',
    ],
    [
      'bad HTML',
      'sendMessage',
      { chat_id: 7, text: 'é<p>', parse_mode: 'HTML' },
      400,
      'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 2',
    ],
    [
      '65 bytes of data',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ text: 'b', callback_data: 'é'.repeat(33) }) },
      400,
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'no data',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ text: 'b', callback_data: '' }) },
      400,
      "Bad Request: can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard",
    ],
    [
      'no button text',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ callback_data: 'x' }) },
      400,
      'Bad Request: can\'t parse InlineKeyboardButton: Can\'t find field "text"',
    ],
    [
      'an empty button text',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ text: ' ', callback_data: 'x' }) },
      400,
      'Bad Request: inline keyboard button text must be non-empty',
    ],
    [
      'nothing to copy',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ text: 'b', copy_text: { text: '' } }) },
      400,
      'Bad Request: BUTTON_COPY_TEXT_INVALID',
    ],
    [
      'much to copy',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ text: 'b', copy_text: { text: 'x'.repeat(257) } }) },
      400,
      'Bad Request: BUTTON_COPY_TEXT_INVALID',
    ],
    [
      'an unknown style',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ text: 'b', callback_data: 'x', style: 'pink' }) },
      400,
      'Bad Request: can\'t parse InlineKeyboardButton: Field "style" must be primary, success or danger',
    ],
    [
      'a bad address',
      'sendMessage',
      { chat_id: 7, text: 'a', ...keyboard({ text: 'b', url: 'nowhere' }) },
      400,
      "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ],
    [
      'a lost reply',
      'sendMessage',
      { chat_id: 7, text: 'a', reply_parameters: { message_id: 99 } },
      400,
      'Bad Request: message to be replied not found',
    ],
    [
      'an edit of nothing',
      'editMessageText',
      { chat_id: 7, message_id: 99, text: 'a' },
      400,
      'Bad Request: message to edit not found',
    ],
    [
      "an edit of the customer's message",
      'editMessageText',
      { chat_id: 7, message_id: 1, text: 'a' },
      400,
      "Bad Request: message can't be edited",
    ],
    [
      'a caption without media',
      'editMessageCaption',
      { chat_id: 7, message_id: 2, caption: 'a' },
      400,
      'Bad Request: there is no caption in the message to edit',
    ],
    ['an edit that changes nothing', 'editMessageText', { chat_id: 7, message_id: 2, text: 'Hello' }, 400, notModified],
    [
      'an edit with a reply keyboard',
      'editMessageText',
      { chat_id: 7, message_id: 2, text: 'a', reply_markup: { remove_keyboard: true } },
      400,
      'Bad Request: inline keyboard expected',
    ],
    ['deleting nothing', 'deleteMessage', { chat_id: 7, message_id: 99 }, 400, 'Bad Request: message to delete not found'],
    ['a photo that is missing', 'sendPhoto', { chat_id: 7 }, 400, 'Bad Request: there is no photo in the request'],
    ['an unknown file', 'sendPhoto', { chat_id: 7, photo: 'AgAC' }, 400, 'Bad Request: wrong file identifier/HTTP URL specified'],
    [
      'a long caption',
      'sendPhoto',
      { chat_id: 7, photo: 'AgAC', caption: 'x'.repeat(1025) },
      400,
      'Bad Request: message caption is too long',
    ],
    [
      'an unknown action',
      'sendChatAction',
      { chat_id: 7, action: 'dancing' },
      400,
      'Bad Request: wrong parameter action in request',
    ],
    [
      'an unknown callback',
      'answerCallbackQuery',
      { callback_query_id: '1' },
      400,
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    ],
    [
      'a long answer',
      'answerCallbackQuery',
      { callback_query_id: '1', text: 'x'.repeat(201) },
      400,
      'Bad Request: MESSAGE_TOO_LONG',
    ],
    [
      'a bad command',
      'setMyCommands',
      { commands: [{ command: 'Start', description: 'x' }] },
      400,
      'Bad Request: BOT_COMMAND_INVALID',
    ],
    [
      'commands for an unknown chat',
      'setMyCommands',
      { commands: [{ command: 'start', description: 'x' }], scope: { type: 'chat', chat_id: 8 } },
      400,
      'Bad Request: chat not found',
    ],
    ['a look at an unknown chat', 'getChat', { chat_id: 8 }, 400, 'Bad Request: chat not found'],
    [
      'a command without words',
      'setMyCommands',
      { commands: [{ command: 'start', description: '' }] },
      400,
      'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
    ],
    [
      'a plain webhook',
      'setWebhook',
      { url: 'http://example.org' },
      400,
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    ],
    [
      'a strange secret',
      'setWebhook',
      { url: 'https://example.org', secret_token: 'a b' },
      400,
      'Bad Request: secret token contains unallowed characters',
    ],
  ])('refuses %s', async (_name, method, params, code, description) => {
    const { server, bot } = await startRawBot();
    server.customer(7).sendText('Hi');
    await bot('sendMessage', { chat_id: 7, text: 'Hello' });
    expect(await bot(method, params)).toEqual({ ok: false, error_code: code, description });
  });

  it('refuses a wrong token', async () => {
    const { server } = await startRawBot();
    const response = await fetch(`${server.url}/bot1:wrong/getMe`);
    expect(response.status).toBe(401);
    expect(await readAnswer(response)).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
  });

  it('refuses to write to somebody who blocked the bot, until they write again', async () => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7);
    customer.sendText('Hi');
    customer.block();
    expect(await bot('sendMessage', { chat_id: 7, text: 'a' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    customer.sendText('Hi again');
    expect(await bot('sendMessage', { chat_id: 7, text: 'a' })).toMatchObject({ ok: true });
  });

  it('takes one answer to a tap, within 15 seconds', async () => {
    let time = 1_700_000_000_000;
    const { server, bot } = await startRawBot({ now: () => time });
    const customer = server.customer(7);
    customer.sendText('Hi');
    const [early, late] = [customer.tapRaw('a', 1), customer.tapRaw('b', 1)];
    const tooOld = {
      ok: false,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
    };
    time += 15_000;
    expect(await bot('answerCallbackQuery', { callback_query_id: early, text: 'Done' })).toMatchObject({
      ok: true,
      result: true,
    });
    expect(await bot('answerCallbackQuery', { callback_query_id: early })).toMatchObject(tooOld);
    time += 1;
    expect(await bot('answerCallbackQuery', { callback_query_id: late })).toMatchObject(tooOld);
    expect(customer.answers()).toMatchObject([{ callbackId: early, text: 'Done', alert: false, data: 'a', messageId: 1 }]);
  });

  it('deletes within 48 hours', async () => {
    let time = 1_700_000_000_000;
    const { server, bot } = await startRawBot({ now: () => time });
    const customer = server.customer(7);
    customer.sendText('a');
    customer.sendText('b');
    time += 48 * 3_600_000;
    expect(await bot('deleteMessage', { chat_id: 7, message_id: 1 })).toEqual({ ok: true, result: true });
    time += 1;
    expect(await bot('deleteMessage', { chat_id: 7, message_id: 2 })).toMatchObject({
      description: "Bad Request: message can't be deleted for everyone",
    });
    expect(customer.messages().map((message) => message.deleted)).toEqual([true, false]);
  });
});
