// The programmatic customer with a real grammY bot on the other side: deeds, waiting, and the transcript.
import { Bot, InlineKeyboard, InputFile } from 'grammy';
import { describe, expect, it } from 'vitest';
import { botToken, onePixel, startRawBot } from './raw-bot.ts';

const startShop = async () => {
  const { server } = await startRawBot();
  const bot = new Bot(botToken, { client: { apiRoot: server.url } });
  bot.command('start', async (context) => {
    await context.reply('<b>Welcome</b>\nWhat shall it be?', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Buy', 'buy').text('Leave', 'leave'),
    });
  });
  bot.callbackQuery('buy', async (context) => {
    await context.answerCallbackQuery('One moment');
    await context.editMessageText('Bought');
    await context.replyWithPhoto(new InputFile(onePixel, 'qr.png'), {
      caption: 'Code <code>1234</code>',
      parse_mode: 'HTML',
      protect_content: true,
      reply_markup: new InlineKeyboard().copyText('Copy', '1234'),
    });
  });
  bot.on('message:contact', async (context) => {
    await context.reply(context.message.contact.user_id === context.from.id ? 'Yours' : 'Not yours');
  });
  bot.on('edited_message', async (context) => {
    await context.reply(`Now: ${context.editedMessage.text ?? ''}`);
  });
  bot.on('message', async (context) => {
    await context.reply(`Saw ${['sticker', 'photo', 'forward_origin'].find((kind) => kind in context.message) ?? 'text'}`);
  });
  const running = bot.start();
  return {
    customer: server.customer(7, { firstName: 'Mia' }),
    stop: async () => {
      await bot.stop();
      await running;
    },
  };
};

describe('a customer and a grammY bot', () => {
  it('plays a purchase and reads as a story', async () => {
    const { customer, stop } = await startShop();
    customer.sendText('/start');
    await customer.waitFor((messages) => messages.some((message) => message.buttons.length > 0));
    expect(customer.tap('Buy')).toMatchObject({ kind: 'callback' });
    const photo = await customer.waitFor((messages) => messages.find((message) => message.photo !== undefined));
    expect(photo).toMatchObject({ protected: true, html: 'Code <code>1234</code>', text: 'Code 1234' });
    expect(customer.tap((button) => button.copyText !== undefined)).toEqual({ kind: 'copied', text: '1234' });
    await customer.waitFor(() => customer.answers().length > 0);
    const story = [
      'Mia: /start',
      'Bot: Bought',
      'Bot (protected): (photo)',
      '                 Code 1234',
      '                 [Copy]',
    ];
    expect(customer.transcript().split('\n')).toEqual(expect.arrayContaining([...story, '(toast: One moment)']));
    await stop();
  });

  it('does what people do', async () => {
    const { customer, stop } = await startShop();
    const lastAnswer = async (count: number) =>
      await customer.waitFor((all) => (all.length === count ? all.at(-1)?.text : undefined));
    customer.shareContact();
    expect(await lastAnswer(2)).toBe('Yours');
    customer.shareContact({ phoneNumber: '+12025550199', firstName: 'Rosa', userId: 8 });
    expect(await lastAnswer(4)).toBe('Not yours');
    customer.sendSticker();
    expect(await lastAnswer(6)).toBe('Saw sticker');
    customer.sendPhoto();
    expect(await lastAnswer(8)).toBe('Saw photo');
    customer.sendForward('Look', 'Omar');
    expect(await lastAnswer(10)).toBe('Saw forward_origin');
    customer.editMessage(9, 'Look here');
    expect(await lastAnswer(11)).toBe('Now: Look here');
    await stop();
  });

  it('fails with the chat in the message', async () => {
    const { server } = await startRawBot();
    const customer = server.customer(7, { firstName: 'Mia' });
    customer.sendText('Anybody?');
    await expect(customer.waitFor((messages) => messages.length > 1, 20)).rejects.toThrow('Mia: Anybody?');
    expect(() => customer.tap('Buy')).toThrow('No button "Buy". The chat of customer 7:\nMia: Anybody?');
    expect(() => customer.pressReplyKeyboard('Yes')).toThrow('No key "Yes"');
  });
});
