// The Bot API as a bot meets it: results in Telegram's shapes, every way to send parameters, and who may ask.
import { describe, expect, it } from 'vitest';
import { botToken, onePixel, readAnswer, startRawBot } from './raw-bot.ts';

const notModified =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

const keyboard = (...buttons: Record<string, unknown>[]) => ({ reply_markup: { inline_keyboard: [buttons] } });

describe('messages', () => {
  it('returns text and entities, and counts the length behind the markup', async () => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7, { firstName: 'Mia' });
    customer.sendText('Hi');
    const text = `<b>${'x'.repeat(4090)}</b>&lt;😀<code>c</code>`;
    expect(await bot('sendMessage', { chat_id: 7, text, parse_mode: 'HTML', protect_content: true })).toMatchObject({
      ok: true,
      result: {
        message_id: 2,
        chat: { id: 7, type: 'private', first_name: 'Mia' },
        from: { is_bot: true },
        has_protected_content: true,
        entities: [
          { type: 'bold', offset: 0, length: 4090 },
          { type: 'code', offset: 4093, length: 1 },
        ],
      },
    });
    expect(customer.messages().at(-1)).toMatchObject({ from: 'bot', html: text, protected: true });
  });

  it('edits in place, and an edit without a keyboard takes the keyboard away', async () => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7);
    customer.sendText('Hi');
    await bot('sendMessage', { chat_id: 7, text: 'One', ...keyboard({ text: 'Go', callback_data: 'go', style: 'success' }) });
    expect(customer.messages()[1]?.buttons).toEqual([[{ text: 'Go', callbackData: 'go', style: 'success' }]]);
    await bot('editMessageText', { chat_id: 7, message_id: 2, text: 'Two' });
    expect(customer.messages()[1]).toMatchObject({ text: 'Two', buttons: [], edited: true });
    await bot('editMessageReplyMarkup', { chat_id: 7, message_id: 2, ...keyboard({ text: 'Copy', copy_text: { text: 'c' } }) });
    expect(customer.tap('Copy')).toEqual({ kind: 'copied', text: 'c' });
    expect(
      await bot('editMessageReplyMarkup', { chat_id: 7, message_id: 2, ...keyboard({ text: 'Copy', copy_text: { text: 'c' } }) }),
    ).toMatchObject({ description: notModified });
  });

  it('shows a reply keyboard until it is taken away, and shares the phone number when asked', async () => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7, { phoneNumber: '+12025550107' });
    customer.sendText('Hi');
    const rows = [[{ text: 'My number', request_contact: true }, 'No']];
    await bot('sendMessage', { chat_id: 7, text: 'Number?', reply_markup: { keyboard: rows } });
    customer.pressReplyKeyboard('My number');
    expect(await bot('getUpdates', { offset: -1 })).toMatchObject({
      result: [{ message: { contact: { phone_number: '+12025550107', user_id: 7 } } }],
    });
    customer.pressReplyKeyboard('No');
    await bot('sendMessage', { chat_id: 7, text: 'Thanks', reply_markup: { remove_keyboard: true } });
    expect(customer.replyKeyboard()).toBeUndefined();
  });

  it.each([
    [
      'a query',
      (url: string) =>
        fetch(`${url}?chat_id=7&text=a&protect_content=true&reply_markup=${encodeURIComponent('{"force_reply":true}')}`),
    ],
    [
      'a form',
      (url: string) =>
        fetch(url, {
          method: 'POST',
          body: new URLSearchParams({ chat_id: '7', text: 'a', protect_content: 'true', reply_markup: '{"force_reply":true}' }),
        }),
    ],
    [
      'multipart',
      (url: string) => {
        const form = new FormData();
        for (const [name, value] of Object.entries({
          chat_id: '7',
          text: 'a',
          protect_content: 'true',
          reply_markup: '{"force_reply":true}',
        }))
          form.set(name, value);
        return fetch(url, { method: 'POST', body: form });
      },
    ],
  ])('takes parameters from %s', async (_name, post) => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7);
    customer.sendText('Hi');
    expect(await readAnswer(await post(`${server.url}/bot${botToken}/SENDMESSAGE`))).toMatchObject({
      ok: true,
      result: { text: 'a', has_protected_content: true },
    });
    customer.sendText('My answer');
    expect(await bot('getUpdates', { offset: -1 })).toMatchObject({
      result: [{ message: { text: 'My answer', reply_to_message: { message_id: 2 } } }],
    });
  });

  it('takes an uploaded photo, shows its bytes, and sends it again by id', async () => {
    const { server, bot } = await startRawBot();
    const customer = server.customer(7);
    customer.sendText('Hi');
    const form = new FormData();
    form.set('chat_id', '7');
    form.set('photo', 'attach://qr');
    form.set('caption', '<code>1\r\n--2</code>');
    form.set('parse_mode', 'HTML');
    form.set('qr', new Blob([onePixel], { type: 'image/png' }), 'q"r.png');
    const sent = await readAnswer(await fetch(`${server.url}/bot${botToken}/sendPhoto`, { method: 'POST', body: form }));
    expect(sent).toMatchObject({
      ok: true,
      result: { photo: [{ width: 1, height: 1, file_size: onePixel.length }], caption: '1\n--2' },
    });
    const photo = customer.messages().at(-1);
    expect(Buffer.from(photo?.photo ?? [])).toEqual(onePixel);
    const fileId = photo?.attachment?.kind === 'photo' ? photo.attachment.fileId : '';
    expect(await bot('sendPhoto', { chat_id: 7, photo: fileId })).toMatchObject({ ok: true });
    const { result } = await bot('getFile', { file_id: fileId });
    const { file_path: path } = result as { file_path: string };
    const downloaded = await fetch(`${server.url}/file/bot${botToken}/${path}`);
    expect(Buffer.from(await downloaded.arrayBuffer())).toEqual(onePixel);
    expect(server.calls[0]).toMatchObject({
      method: 'sendPhoto',
      ok: true,
      params: { qr: { file: 'q"r.png', size: onePixel.length } },
    });
  });

  it('refuses a photo that is no picture, and takes it as a document', async () => {
    const { server } = await startRawBot();
    const customer = server.customer(7);
    customer.sendText('Hi');
    const upload = async (method: string, field: string) => {
      const form = new FormData();
      form.set('chat_id', '7');
      form.set(field, new Blob(['a,b']), 'list.csv');
      return await readAnswer(await fetch(`${server.url}/bot${botToken}/${method}`, { method: 'POST', body: form }));
    };
    expect(await upload('sendPhoto', 'photo')).toMatchObject({ description: 'Bad Request: IMAGE_PROCESS_FAILED' });
    expect(await upload('sendDocument', 'document')).toMatchObject({
      result: { document: { file_name: 'list.csv', file_size: 3 } },
    });
    expect(Buffer.from(customer.messages().at(-1)?.document ?? []).toString()).toBe('a,b');
    expect(customer.transcript()).toContain('[document list.csv, 3 B]');
  });

  it('keeps commands by scope and language, and shows the narrowest', async () => {
    const { bot } = await startRawBot();
    const list = (word: string) => [{ command: 'start', description: word }];
    await bot('setMyCommands', { commands: list('Start') });
    await bot('setMyCommands', { commands: list('Empezar'), language_code: 'es' });
    expect(await bot('getMyCommands', { language_code: 'es' })).toMatchObject({ result: list('Empezar') });
    await bot('deleteMyCommands', { language_code: 'es' });
    expect(await bot('getMyCommands', { language_code: 'es' })).toMatchObject({ result: [] });
    expect(await bot('getMyCommands')).toMatchObject({ result: list('Start') });
  });

  it("offers a chat its own commands before those of its customer's language, for as long as it has some", async () => {
    const { server, bot } = await startRawBot();
    const list = (word: string) => [{ command: 'start', description: word }];
    const [mia, leo] = [7, 8].map((id) => server.customer(id, { languageCode: 'es' }));
    mia?.sendText('Hola');
    const scope = { type: 'chat', chat_id: 7 };
    await bot('setMyCommands', { commands: list('Empezar'), language_code: 'es' });
    await bot('setMyCommands', { commands: list('Mine'), scope });
    expect([mia?.menu(), leo?.menu()]).toEqual([list('Mine'), list('Empezar')]);
    expect(await bot('getMyCommands', { scope })).toMatchObject({ result: list('Mine') });
    await bot('deleteMyCommands', { scope });
    expect(mia?.menu()).toEqual(list('Empezar'));
  });

  it('tells of a chat that it knows', async () => {
    const { server, bot } = await startRawBot();
    server.customer(7, { firstName: 'Mia' }).sendText('Hi');
    expect(await bot('getChat', { chat_id: 7 })).toEqual({ ok: true, result: { id: 7, type: 'private', first_name: 'Mia' } });
  });
});

describe('who may ask', () => {
  it('refuses a rebound host name and a post from a foreign page', async () => {
    const { server } = await startRawBot();
    const { request } = await import('node:http');
    const statusOf = async (headers: Record<string, string>, method = 'GET') =>
      await new Promise<number | undefined>((resolve, reject) => {
        request(`${server.url}/bot${botToken}/getMe`, { headers, method }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ host: 'rebound.example' })).toBe(403);
    expect(await statusOf({ origin: 'https://evil.example' }, 'POST')).toBe(403);
    expect(await statusOf({ origin: server.url }, 'POST')).toBe(200);
  });
});
