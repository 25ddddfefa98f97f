// Alerts on a real ledger with a scripted chat: each arrives, whatever Telegram says first; many arrive together; and all wait where nobody can be told.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createDeliverAlerts } from '../../src/app/deliver-alerts.ts';
import type { DeliverAlerts } from '../../src/app/deliver-alerts.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import type { Channel, ChannelError, Screenful } from '../../src/app/ports/channel.ts';
import { silent } from '../../src/app/telemetry.ts';
import { createWorker } from '../../src/app/work.ts';
import { MOST_AN_HOUR, MOST_IN_GROUP } from '../../src/domain/alert-pace.ts';
import { subjectsOf } from '../../src/domain/alert.ts';
import type { Alert } from '../../src/domain/alert.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { HOUR, MINUTE, SECOND, later } from '../../src/domain/time.ts';
import { attempt, got, message, orderId, termsOf } from '../contracts/orders.ts';
import { eventuallyTrue } from '../eventually.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const CHAT = got(parseChatId(-1_001_234_567_890));
const needed: Alert = { type: 'personNeeded', order: orderId(1), why: 'outcomeNeverLearnt' };
const noAnswer: ChannelError = { kind: 'noAnswer', reason: 'reset' };

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
let said: { chat: ChatId; screenful: Screenful }[];
let script: ChannelError[];
let standing: StoredOrder;
let desk: DeliverAlerts;
const unused = (): Promise<never> => Promise.reject(new Error('not asked in this test'));

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock();
  said = [];
  script = [];
  standing = {
    terms: termsOf(orderId(1)),
    state: { status: 'needsPerson', attempt: attempt(1), why: 'outcomeNeverLearnt' },
    version: 1,
  };
  desk = deskOf();
});
afterEach(() => ledger.close());

const channel: Channel = {
  send: (chat, screenful) => {
    const error = script.shift();
    if (error !== undefined) return Promise.resolve(fail(error));
    said.push({ chat, screenful });
    return Promise.resolve(ok(message(500 + said.length)));
  },
  replace: unused,
  answerTap: unused,
  sendDocument: unused,
  showBusy: unused,
};

const deskOf = (alerts = ledger): DeliverAlerts =>
  createDeliverAlerts({
    alerts,
    // All of them stand as one does.
    orders: { order: () => Promise.resolve(standing) },
    channel,
    operator: { chat: CHAT, language: 'es' },
    clock,
    log: silentLog,
  });

/** Delivers all that may be told now and says how many messages that were. */
const work = async (of = desk): Promise<number> => {
  const messages = await of.claim(clock.now(), later(clock.now(), 2 * MINUTE));
  await Promise.all(messages.map(of.deliver));
  return messages.length;
};

/** After how many milliseconds, in whole seconds, the alert is due again. */
const pause = async (): Promise<number> => {
  for (let waited = 0; waited <= 2 * HOUR; waited += SECOND) {
    if ((await work()) > 0) return waited;
    clock.advance(SECOND);
  }
  throw new Error('The alert never came back');
};

describe('an alert', () => {
  it("is told in the operator's chat and language, with the time of its raising, and is over", async () => {
    const raisedAt = clock.now();
    await ledger.raiseAlert(needed, raisedAt);
    clock.advance(HOUR);
    await work();
    const view = { type: 'alert', alert: needed, raisedAt };
    expect(said).toEqual([{ chat: CHAT, screenful: { view, notice: null, language: 'es', revision: 0 } }]);
    clock.advance(48 * HOUR);
    expect(await work()).toBe(0);
  });

  it('waits for exactly as long as a 429 says', async () => {
    await ledger.raiseAlert(needed, clock.now());
    script = [{ kind: 'tooMany', retryAfterSeconds: 4_000 }];
    await work();
    expect(await pause()).toBe(4_000 * SECOND);
    expect(said).toHaveLength(1);
  });

  it.each<ChannelError>([{ kind: 'blocked' }, { kind: 'refused', reason: 'chat not found' }, noAnswer])(
    'is tried again after $kind, at growing pauses of up to half an hour, and never given up',
    async (error) => {
      await ledger.raiseAlert(needed, clock.now());
      script = Array.from({ length: 14 }, () => error);
      await work();
      const pauses: number[] = [];
      while (script.length > 0) pauses.push((await pause()) / SECOND);
      expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800]);
      expect(await pause()).toBe(30 * MINUTE);
      expect(said).toHaveLength(1);
    },
  );

  it('is still tried after more tries than a number can be doubled', async () => {
    await ledger.raiseAlert(needed, clock.now());
    script = [{ kind: 'blocked' }];
    const claimAlerts: typeof ledger.claimAlerts = async (...asked) =>
      (await ledger.claimAlerts(...asked)).map((due) => ({ ...due, tries: 100_000 }));
    await work(deskOf({ ...ledger, claimAlerts }));
    clock.advance(30 * MINUTE);
    expect(await work()).toBe(1);
  });

  it('is told again when the process ends between telling it and remembering that', async () => {
    await ledger.raiseAlert(needed, clock.now());
    const dying = { ...ledger, concludeAlerts: () => Promise.reject(new Error('the process ends here')) };
    await expect(work(deskOf(dying))).rejects.toThrow('ends here');
    expect(await work()).toBe(0);
    clock.advance(2 * MINUTE);
    expect(await work()).toBe(1);
    expect(said).toHaveLength(2);
  });
});

describe('an alert about an order', () => {
  it('is not delivered when the order was settled meanwhile, or needs a person for another reason', async () => {
    await ledger.raiseAlert(needed, clock.now());
    standing = { ...standing, state: { status: 'charged', attempt: attempt(1) } };
    expect(await work()).toBe(0);
    await ledger.raiseAlert(needed, later(clock.now(), SECOND));
    standing = { ...standing, state: { status: 'needsPerson', attempt: attempt(1), why: 'paidWithoutCode' } };
    clock.advance(SECOND);
    expect(await work()).toBe(0);
    clock.advance(HOUR);
    expect(await ledger.claimAlerts(clock.now(), clock.now(), 10)).toEqual([]);
    expect(said).toEqual([]);
  });

  it('that was under way for too long is not delivered when all of them have come to their end', async () => {
    const counts = { unknown: 1, awaitingCode: 0, revertUnknown: 0 };
    await ledger.raiseAlert({ type: 'ordersStuck', orders: [orderId(1)], counts, follows: null }, clock.now());
    expect(await work()).toBe(0);
    await ledger.raiseAlert({ type: 'ordersStuck', orders: [orderId(1)], counts, follows: clock.now() }, clock.now());
    const since = later(clock.now(), -HOUR);
    const unknown = { status: 'unknown', attempt: { ...attempt(1), at: since }, expectation: 'open', asked: 1 } as const;
    standing = { ...standing, state: { ...unknown, askAt: clock.now(), reportedRejected: false } };
    expect(await work()).toBe(1);
  });
});

/** The orders that each message names. */
const named = () =>
  said.map(({ screenful: { view } }) => {
    if (view.type === 'alert') return subjectsOf(view.alert);
    return view.type === 'alerts' ? view.alerts.flatMap(subjectsOf) : [];
  });
const raise = async (count: number, from = 1): Promise<readonly string[]> => {
  const orders = Array.from({ length: count }, (_, index) => orderId(from + index));
  for (const order of orders) await ledger.raiseAlert({ ...needed, order }, clock.now());
  return orders;
};

describe('many alerts at once', () => {
  it('of one kind come in groups, one a minute, each in one message and none lost', async () => {
    const orders = await raise(40);
    const sentAt: number[] = [];
    const start = clock.now();
    for (let waited = 0; waited < 10 * MINUTE; waited += 10 * SECOND) {
      for (let sent = await work(); sent > 0; sent -= 1) sentAt.push((clock.now() - start) / MINUTE);
      clock.advance(10 * SECOND);
    }
    expect(sentAt).toEqual([0, 1, 2, 3]);
    expect(named().map(({ length }) => length)).toEqual([MOST_IN_GROUP, MOST_IN_GROUP, MOST_IN_GROUP, MOST_IN_GROUP]);
    expect(named().flat()).toEqual(orders);
  });

  it('of many kinds are at most twenty an hour; what is left comes in one, and whoever starts anew keeps to that', async () => {
    const start = clock.now();
    const raised: string[] = [];
    for (let round = 0; round < 70; round += 1) {
      raised.push(...(await raise(3, 1 + 3 * round)));
      await work(deskOf());
      clock.advance(MINUTE);
    }
    const inFirstHour = await ledger.toldSince(later(start, -1));
    expect(inFirstHour.filter(({ at }) => at < start + HOUR)).toHaveLength(MOST_AN_HOUR);
    for (let waited = 0; waited < 3 * HOUR; waited += MINUTE) {
      await work(deskOf());
      clock.advance(MINUTE);
    }
    expect(named().flat().sort()).toEqual(raised.sort());
    const told = await ledger.toldSince(later(start, -1));
    for (const { at } of told)
      expect(told.filter((other) => other.at > at - HOUR && other.at <= at).length).toBeLessThanOrEqual(MOST_AN_HOUR);
  });

  it('that are held back are not tried: the first failure afterwards is the first', async () => {
    await raise(1);
    await work();
    clock.advance(SECOND);
    await raise(1, 2);
    expect(await work()).toBe(0);
    clock.advance(59 * SECOND);
    script = [noAnswer];
    expect(await work()).toBe(1);
    clock.advance(SECOND);
    expect(await work()).toBe(1);
    expect(said).toHaveLength(2);
  });

  it('are all still owed when the message that carries them does not arrive', async () => {
    const orders = await raise(5);
    script = [{ kind: 'refused', reason: 'too long' }];
    await work();
    expect(said).toEqual([]);
    clock.advance(SECOND);
    await work();
    expect(named()).toEqual([orders]);
  });

  it('that come while a message is on its way wait for it', async () => {
    await raise(1);
    const [first] = await desk.claim(clock.now(), later(clock.now(), MINUTE));
    if (first === undefined) throw new Error('Nothing is due');
    await raise(1, 2);
    expect(await work()).toBe(0);
    await desk.deliver(first);
    expect(await work()).toBe(0);
    clock.advance(MINUTE);
    expect(await work()).toBe(1);
  });
});

describe('a worker', () => {
  const workUntil = async (
    deliverAlerts: Parameters<typeof createWorker>[0]['deliverAlerts'],
    done: () => boolean,
  ): Promise<void> => {
    const ending = new AbortController();
    let looks = 0;
    const counting = {
      ...ledger,
      claimMessages: (...asked: Parameters<typeof ledger.claimMessages>) => {
        looks += 1;
        return ledger.claimMessages(...asked);
      },
    };
    const worker = createWorker({
      ledger: counting,
      fulfil: unused,
      deliver: unused,
      alerts: ledger,
      deliverAlerts,
      telemetry: silent,
      clock,
      log: silentLog,
    });
    const running = worker.run(ending.signal);
    await eventuallyTrue(() => done() && looks > 3);
    ending.abort();
    await running;
  };

  it('without an operator leaves alerts where they are; one who is there later gets them', async () => {
    await ledger.raiseAlert(needed, clock.now());
    await workUntil(null, () => true);
    expect(said).toEqual([]);
    await workUntil(desk, () => said.length > 0);
    expect(said).toHaveLength(1);
  });
});
