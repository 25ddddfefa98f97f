// The same customer against the bot on either framework: the same updates come in, so the same calls have to go out.
import { describe, expect, it } from 'vitest';
import { FRAMEWORKS } from '../../src/adapters/telegram/framework.ts';
import type { FrameworkName } from '../../src/adapters/telegram/framework.ts';
import type { RecordedCall } from '../../src/sandbox/telegram/bot-api.ts';
import { does } from '../e2e/buttons.ts';
import { VOUCHER, receiveCode } from '../e2e/buy.ts';
import { byWebhook } from '../e2e/by-webhook.ts';
import { openShop } from '../e2e/shop.ts';
import type { Shop } from '../e2e/shop.ts';
import { createVirtualClock } from '../e2e/virtual-clock.ts';
import { eventuallyTrue } from '../eventually.ts';

type Mode = 'polling' | 'webhook';

/** How long the supplier takes to sell, in milliseconds: the sale is confirmed to the customer before its code comes. */
const SALE = 200;

/** Everything that can come from a customer, one thing after the other: a purchase, repeats, a forged tap, junk, a group, a block. */
const playAll = async ({ telegram, evsb, journal, bot }: Shop): Promise<void> => {
  const ana = telegram.customer(1001);
  let deeds = 0;
  const act = async (deed: () => unknown): Promise<void> => {
    deed();
    deeds += 1;
    await eventuallyTrue(() => journal.find('update').length + journal.find('updateIgnored').length === deeds);
  };
  await act(() => ana.sendText('/start'));
  for (const action of VOUCHER) await act(() => ana.tap(does(action)));
  evsb.control.planFaults({ kind: 'latency', ms: SALE, match: { endpoint: 'voucherPurchase' } });
  await act(() => ana.tap(does('ok')));
  await receiveCode(ana);
  await journal.heard('newsDelivered', { news: 'code' });
  await eventuallyTrue(() => telegram.calls.findLast(({ params }) => 'chat_id' in params)?.method === 'editMessageText');
  await act(() => telegram.control.redeliver());
  await act(() => telegram.control.resendTap());
  await act(() => ana.sendText('/orders'));
  await act(() => ana.tap(does('so')));
  await act(() => ana.sendSticker());
  await act(() => ana.tapRaw('1f:zz:ok', 2));
  await act(() => ana.sendRaw({ message: { message_id: -1, text: 7 } }));
  await act(() => ana.sendRaw({ from_the_future: { deep: [[[]]] } }));
  await act(() => ana.sendInGroup('hello everybody'));
  ana.sendInGroup(`/orders@${bot.username}`);
  await ana.waitFor(() => ana.groupMessages().length === 3);
  await act(() => ana.block());
  await act(() => ana.unblock());
  telegram.control.fail('sendMessage', { kind: 'serverError', when: 'before' });
  await act(() => ana.sendText('/help'));
  await act(() => ana.sendText('/start'));
};

/** Without what differs from run to run: ids of taps carry the time, the webhook has any free port. */
const steady = ({ method, params, ok }: RecordedCall) => ({
  method,
  ok,
  params: {
    ...params,
    ...('callback_query_id' in params && { callback_query_id: String(params['callback_query_id']).slice(-5) }),
    ...(method === 'setWebhook' && { url: new URL(String(params['url'])).pathname }),
  },
});

/** How often the bot polls, and what it has confirmed by then, is a matter of time; how it asks is not. */
const questionsIn = (calls: readonly RecordedCall[]): ReadonlySet<string> =>
  new Set(
    calls
      .filter(({ method, params }) => method === 'getUpdates' && params['timeout'] !== 0)
      .map(({ params }) => JSON.stringify({ ...params, offset: 0 })),
  );

/** All calls but the polling, in their order by chat; what names no chat, by its method. The busy sign is shown to who waits long. */
const callsIn = (calls: readonly RecordedCall[]) =>
  Object.groupBy(
    calls.filter(({ method }) => method !== 'getUpdates' && method !== 'sendChatAction').map(steady),
    ({ method, params }) => ('chat_id' in params ? `chat ${String(params['chat_id'])}` : method),
  );

const play = async (framework: FrameworkName, mode: Mode) => {
  const shop = await openShop({
    clock: createVirtualClock(),
    settings: { TELEGRAM_FRAMEWORK: framework },
    ...(mode === 'webhook' && { configure: (await byWebhook()).configure }),
  });
  try {
    await playAll(shop);
  } finally {
    await shop.close();
  }
  const { telegram, evsb, journal } = shop;
  return {
    calls: callsIn(telegram.calls),
    questions: questionsIn(telegram.calls),
    updates: journal.find('update').map(({ fields: { event, outcome } }) => ({ event, outcome })),
    ignored: journal.find('updateIgnored').map(({ fields }) => fields['reason']),
    sold: evsb.books.honoured.length,
  };
};

describe.each(['polling', 'webhook'] as const)('by %s', (mode) => {
  it('a customer gets the same from the bot, whichever framework it is on', async () => {
    const [first, ...others] = await Promise.all(FRAMEWORKS.map((framework) => play(framework, mode)));
    expect(first).toMatchObject({ sold: 1, ignored: ['malformed', 'notUsed', 'notAddressed', 'blocked'] });
    expect(first?.calls['chat 1001']?.length).toBeGreaterThan(10);
    for (const other of others) expect(other).toEqual(first);
  });
});
