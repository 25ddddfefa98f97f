// Alerts on a real ledger with a scripted chat: each arrives, whatever Telegram says first, and waits where nobody can be told.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createDeliverAlert } from '../../src/app/deliver-alert.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import type { Channel, ChannelError, Screenful } from '../../src/app/ports/channel.ts';
import { createWorker } from '../../src/app/work.ts';
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

const deliverWith = (alerts = ledger) =>
  createDeliverAlert({
    alerts,
    orders: { order: () => Promise.resolve(standing) },
    channel,
    operator: { chat: CHAT, language: 'es' },
    clock,
    log: silentLog,
  });

/** Delivers all that is due now and says how many that were. */
const work = async (): Promise<number> => {
  const due = await ledger.claimAlerts(clock.now(), later(clock.now(), 2 * MINUTE), 10);
  for (const alert of due) await deliverWith()(alert);
  return due.length;
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
    const [due] = await ledger.claimAlerts(clock.now(), clock.now(), 1);
    if (due === undefined) throw new Error('Nothing is due');
    script = [{ kind: 'blocked' }];
    await deliverWith()({ ...due, tries: 100_000 });
    clock.advance(30 * MINUTE);
    expect(await work()).toBe(1);
  });

  it('is told again when the process ends between telling it and remembering that', async () => {
    await ledger.raiseAlert(needed, clock.now());
    const dying = { ...ledger, concludeAlert: () => Promise.reject(new Error('the process ends here')) };
    const [due] = await ledger.claimAlerts(clock.now(), later(clock.now(), 2 * MINUTE), 1);
    if (due === undefined) throw new Error('Nothing is due');
    await expect(deliverWith(dying)(due)).rejects.toThrow('ends here');
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
    expect(await work()).toBe(1);
    await ledger.raiseAlert(needed, later(clock.now(), SECOND));
    standing = { ...standing, state: { status: 'needsPerson', attempt: attempt(1), why: 'paidWithoutCode' } };
    clock.advance(SECOND);
    expect(await work()).toBe(1);
    clock.advance(HOUR);
    expect(await work()).toBe(0);
    expect(said).toEqual([]);
  });
});

describe('a worker', () => {
  const workUntil = async (
    deliverAlert: Parameters<typeof createWorker>[0]['deliverAlert'],
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
      deliverAlert,
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
    await workUntil(deliverWith(), () => said.length > 0);
    expect(said).toHaveLength(1);
  });
});
