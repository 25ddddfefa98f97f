// What arrives at the edge of the bot beside honest customers: groups, and updates that nobody has heard of.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buy } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

describe('bad input', () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop();
  });

  afterEach(() => shop.close());

  it('gets a group the way to the private chat and nothing else', async () => {
    const { telegram, bot, journal } = shop;
    const ana = telegram.customer(1001);
    ana.sendInGroup('hello everybody');
    ana.sendInGroup(`/orders@${bot.username}`);
    await ana.waitFor(() => ana.groupMessages().length === 3);
    await buy(ana);
    expect(ana.groupMessages()).toHaveLength(3);
    const links = ana.groupMessages().flatMap(({ buttons }) => buttons.flat());
    expect(links.map(({ url, callbackData }) => ({ url, callbackData }))).toEqual([
      { url: `https://t.me/${bot.username}?start=group`, callbackData: undefined },
    ]);
    expect(journal.find('updateIgnored', { reason: 'notAddressed' })).toHaveLength(1);
  });

  it('stops nobody: junk is put aside and the next customer is served', async () => {
    const { telegram, evsb, journal } = shop;
    const ana = telegram.customer(1001);
    const from = { id: 1001, is_bot: false, first_name: 'Ana' };
    const junk = [
      {},
      { message: null },
      { message: 5 },
      { message: {} },
      { message: { message_id: -1, from, chat: { id: 1001, type: 'private' }, text: 7 } },
      { message: { message_id: 1, from, chat: { id: 1002, type: 'private' }, text: '/start' } },
      { message: { message_id: 1, from: { ...from, is_bot: true }, chat: { id: 1001, type: 'private' }, text: '/start' } },
      { callback_query: { id: '1' } },
      { callback_query: { id: '', from, data: '1l:sh' } },
      { my_chat_member: {} },
      { from_the_future: { deep: [[[]]] } },
    ];
    for (const update of junk) ana.sendRaw(update);
    expect(await buy(ana)).toBe(evsb.books.honoured[0]?.code);
    expect(journal.find('updateIgnored')).toHaveLength(junk.length);
    expect(journal.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
