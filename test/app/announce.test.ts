// Announcements on a real ledger with a scripted chat: everybody once, one after the other, and what stands in the way is counted.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createAnnouncer } from '../../src/app/announce.ts';
import type { Channel, ChannelError, Screenful } from '../../src/app/ports/channel.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { View } from '../../src/domain/dialog/view.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { MINUTE, SECOND } from '../../src/domain/time.ts';
import { customer, got, grant, message, orderId, placed, termsOf } from '../contracts/orders.ts';
import { eventuallyTrue } from '../eventually.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const ADMIN = got(parseChatId(501));
const PEOPLE = 45;
const idOf = (index: number) => 7_001 + index;

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
let ending: AbortController;
let running: Promise<void>;
let told: number[];
let pauses: number[];
let progress: View[];
let errors: Map<number, ChannelError[]>;
let sending: number;
let mostAtOnce: number;

const channel: Pick<Channel, 'send' | 'replace'> = {
  send: async (chat: ChatId, { view }: Screenful) => {
    if (chat === ADMIN) {
      progress.push(view);
      return ok(message(900));
    }
    const error = errors.get(chat)?.shift();
    if (error !== undefined) return fail(error);
    sending += 1;
    mostAtOnce = Math.max(mostAtOnce, sending);
    // The pace of the channel: time goes by between two messages.
    clock.advance(SECOND / 25);
    await clock.sleep(1);
    sending -= 1;
    told.push(chat);
    return ok(message(900));
  },
  replace: (_chat, replaced, { view }) => {
    progress.push(view);
    return Promise.resolve(ok(replaced));
  },
};

const run = (): void => {
  ending = new AbortController();
  const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    pauses.push(milliseconds);
    clock.advance(milliseconds);
    await clock.sleep(1, signal);
  };
  running = createAnnouncer({ announcements: ledger, channel, clock: { ...clock, sleep }, log: silentLog }).run(ending.signal);
};
const end = async (): Promise<void> => {
  ending.abort();
  await running;
};

const announce = () => {
  const draft = { text: 'We are back.', audience: { language: null }, chat: ADMIN, language: 'en' } as const;
  return ledger.announce(draft, { key: 'k1', by: '501', at: clock.now() }, clock.now());
};
const counts = async (id: number) => (await ledger.announcement(id))?.progress;

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock();
  told = [];
  pauses = [];
  progress = [];
  errors = new Map();
  sending = 0;
  mostAtOnce = 0;
  for (let index = 0; index < PEOPLE; index += 1) {
    const buyer = customer(idOf(index));
    await grant(ledger, buyer, 5_000);
    await placed(ledger, termsOf(orderId(index), { customer: buyer, payer: buyer, chat: got(parseChatId(buyer)) }));
  }
});
afterEach(async () => {
  await end();
  await ledger.close();
});

describe('an announcement', () => {
  it('reaches everybody once, one after the other, and shows how far it is', async () => {
    const { id } = await announce();
    run();
    await eventuallyTrue(async () => (await counts(id))?.left === 0 && progress.length > 1);
    expect(told.toSorted()).toEqual(Array.from({ length: PEOPLE }, (_, index) => idOf(index)));
    expect(mostAtOnce).toBe(1);
    expect(progress.at(-1)).toMatchObject({ view: { type: 'progress', progress: { sent: PEOPLE, left: 0 } } });
    // Not one edit for each of them.
    expect(progress.length).toBeLessThan(5);
  });

  it('is over for those who blocked the bot, comes again to those who could not be reached, and gives up', async () => {
    const noAnswer: ChannelError = { kind: 'noAnswer', reason: 'reset' };
    errors.set(idOf(0), [{ kind: 'blocked' }]);
    errors.set(idOf(1), [noAnswer, noAnswer]);
    errors.set(
      idOf(2),
      Array.from({ length: 20 }, () => ({ kind: 'refused', reason: 'chat not found' }) as const),
    );
    const { id } = await announce();
    run();
    await eventuallyTrue(async () => (await counts(id))?.left === 0);
    expect(await counts(id)).toMatchObject({ sent: PEOPLE - 2, blocked: 1, failed: 1, left: 0 });
    expect(told.filter((chat) => chat === idOf(1))).toHaveLength(1);
    expect(errors.get(idOf(2))).toHaveLength(15);
  });

  it('leaves Telegram alone for as long as it asks', async () => {
    errors.set(idOf(3), [{ kind: 'tooMany', retryAfterSeconds: 17 }]);
    const { id } = await announce();
    run();
    await eventuallyTrue(async () => (await counts(id))?.left === 0);
    expect(pauses).toContain(17 * SECOND);
    expect(await counts(id)).toMatchObject({ sent: PEOPLE });
  });

  it('goes on where the process ended, and tells nobody twice', async () => {
    const { id } = await announce();
    run();
    await eventuallyTrue(() => told.length > 5);
    await end();
    const sofar = told.length;
    expect(sofar).toBeLessThan(PEOPLE);
    expect((await counts(id))?.left).toBe(PEOPLE - sofar);
    run();
    await eventuallyTrue(async () => (await counts(id))?.left === 0);
    expect(told.toSorted()).toEqual(Array.from({ length: PEOPLE }, (_, index) => idOf(index)));
  });

  it('that is stopped reaches nobody of the next second', async () => {
    const { id } = await announce();
    run();
    await eventuallyTrue(() => told.length > 0);
    await ledger.stopAnnouncement(id, '501', clock.now());
    const sofar = told.length;
    clock.advance(MINUTE);
    await eventuallyTrue(() => pauses.filter((pause) => pause === SECOND).length > 3);
    expect(told.length - sofar).toBeLessThan(20);
    const after = await counts(id);
    expect(after).toMatchObject({ stopped: true, left: 0, sent: told.length });
  });
});
