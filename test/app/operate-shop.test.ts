// What those who run the shop rely on in the background and behind the buttons: stops that arrive, a balance that is watched, and orders that are found.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createAnswerAdmin } from '../../src/app/answer-admin.ts';
import { createCheckHealth } from '../../src/app/check-health.ts';
import { createOperateStops } from '../../src/app/operate-stops.ts';
import { createSearchOrders, newsToRepeat, rulingsFor } from '../../src/app/search-orders.ts';
import { createTerminalBalance } from '../../src/app/terminal-balance.ts';
import { createTopUpWallet } from '../../src/app/top-up-wallet.ts';
import type { Channel } from '../../src/app/ports/channel.ts';
import type { SupplierError } from '../../src/app/ports/supplier.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import type { OrderState } from '../../src/domain/order.ts';
import { fail, ok } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Stop } from '../../src/domain/stop.ts';
import { DAY, SECOND } from '../../src/domain/time.ts';
import {
  ALICE,
  EUR,
  NOON,
  USD,
  after,
  attempt,
  customer,
  got,
  grant,
  message,
  orderId,
  placed,
  termsOf,
} from '../contracts/orders.ts';
import { eventuallyTrue } from '../eventually.ts';
import { cents } from '../domain/sample-catalog.ts';
import { createTestClock, silentLog } from './test-clock.ts';

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
const ending: AbortController[] = [];

/** Runs a loop whose waits move the clock, until the test ends. */
const inBackground = (loop: (signal: AbortSignal) => Promise<unknown>): { readonly stop: () => Promise<unknown> } => {
  const controller = new AbortController();
  ending.push(controller);
  const running = loop(controller.signal);
  return {
    stop: () => {
      controller.abort();
      return running;
    },
  };
};

const pacing = (pauses: number[]) => ({
  ...clock,
  sleep: async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    pauses.push(milliseconds);
    clock.advance(milliseconds);
    await clock.sleep(1, signal);
  },
});

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock();
});
afterEach(async () => {
  for (const controller of ending.splice(0)) controller.abort();
  await ledger.close();
});

describe('stops', () => {
  const all = { scope: { kind: 'all' }, name: '*', why: 'Books' } as const;

  it('reach the catalogue at once where they are put, and every other process within 15 seconds', async () => {
    const [here, there]: [Stop[][], Stop[][]] = [[], []];
    const pauses: number[] = [];
    const own = createOperateStops({ stops: ledger, catalog: { setStops: (now) => here.push([...now]) }, clock, log: silentLog });
    const other = createOperateStops({
      stops: ledger,
      catalog: { setStops: (now) => there.push([...now]) },
      clock: pacing(pauses),
      log: silentLog,
    });
    const background = inBackground(other.run);
    await eventuallyTrue(() => there.length > 1);
    expect(there.at(-1)).toEqual([]);
    await own.put(all, { key: 'k1', by: '501', at: NOON });
    expect(here.at(-1)).toMatchObject([{ scope: { kind: 'all' }, by: '501', why: 'Books', since: NOON }]);
    await eventuallyTrue(() => there.at(-1)?.length === 1);
    await own.lift(all.scope, { key: 'k2', by: '501', at: NOON });
    expect(here.at(-1)).toEqual([]);
    await eventuallyTrue(() => there.at(-1)?.length === 0);
    expect(new Set(pauses)).toEqual(new Set([15 * SECOND]));
    await background.stop();
  });
});

describe('the balance at the supplier', () => {
  const watchWith = (answers: () => Result<{ readonly hundredths: number }, SupplierError>, limit: number | null) => {
    const pauses: number[] = [];
    const balance = createTerminalBalance({
      supplier: { balance: () => Promise.resolve(answers()) },
      alerts: ledger,
      limit: limit === null ? null : cents(limit),
      timeZone: 'UTC',
      clock: pacing(pauses),
      log: silentLog,
    });
    return { balance, pauses };
  };
  const raised = async () => (await ledger.claimAlerts(after(1_000 * DAY), after(1_001 * DAY), 99)).map(({ alert }) => alert);

  it('alarms once a day while there is too little', async () => {
    const { balance, pauses } = watchWith(() => ok({ hundredths: 19_999 }), 20_000);
    const background = inBackground(balance.watch);
    // From noon on, 48 quarters of an hour belong to the first day.
    await eventuallyTrue(() => pauses.length >= 60);
    await background.stop();
    expect(await raised()).toEqual([
      { type: 'lowBalance', balance: 19_999, limit: 20_000, day: '2026-03-10' },
      { type: 'lowBalance', balance: 19_999, limit: 20_000, day: '2026-03-11' },
    ]);
  });

  it.each([
    ['there is enough', () => ok({ hundredths: 20_000 })],
    ['the supplier does not say', () => fail({ kind: 'noAnswer', reason: 'reset' } as const)],
  ])('is nobody’s worry when %s', async (_name, answers) => {
    const { balance, pauses } = watchWith(answers, 20_000);
    const background = inBackground(balance.watch);
    await eventuallyTrue(() => pauses.length >= 3);
    await background.stop();
    expect(await raised()).toEqual([]);
  });

  it('is not watched without a limit, and read all the same', async () => {
    const { balance } = watchWith(() => ok({ hundredths: 1 }), null);
    await balance.watch(new AbortController().signal);
    expect(await raised()).toEqual([]);
    expect(await balance.read()).toBe(1);
  });
});

describe('a top-up', () => {
  const told: { chat: number; view: string }[] = [];
  const channel: Pick<Channel, 'send'> = {
    send: (chat, { view }) => {
      told.push({ chat, view: view.type === 'admin' ? view.view.type : view.type });
      return Promise.resolve(chat === 502 ? fail({ kind: 'blocked' }) : ok(message(1)));
    },
  };
  const walletOf = () =>
    createTopUpWallet({
      topUps: ledger,
      channel,
      admins: [customer(501), customer(502), customer(503)],
      limits: [money(50_000, EUR)],
      language: 'en',
      clock,
      log: silentLog,
    });
  const of = (amount: number, currency = EUR) => ({ customer: ALICE, amount: money(amount, currency), reference: `r-${amount}` });
  const by501 = (key: string) => ({ key, by: '501', at: clock.now() });
  beforeEach(() => void told.splice(0));

  it('up to the limit is paid in at once, and nobody is asked', async () => {
    expect(await walletOf().topUp(of(50_000), by501('k1'))).toBe('done');
    expect(told).toEqual([]);
    expect(await ledger.balances(ALICE)).toEqual([money(50_000, EUR)]);
  });

  it.each([
    ['above the limit', of(50_001)],
    ['in a currency without a limit', of(1, USD)],
  ])('%s waits; every other admin is asked, whoever can be reached', async (_name, topUp) => {
    const wallet = walletOf();
    expect(await wallet.topUp(topUp, by501('k1'))).toBe('asked');
    expect(await wallet.topUp(topUp, by501('k1'))).toBe('again');
    expect(told).toEqual([502, 503].map((chat) => ({ chat, view: 'topUpAsked' })));
    expect(await ledger.balances(ALICE)).toEqual([]);
    expect(await wallet.decide('k1', true, '501')).toBe('ownRequest');
    expect(await wallet.decide('k1', true, '502')).toBe('done');
    expect(await ledger.balances(ALICE)).toEqual([topUp.amount]);
  });

  it('expires after 24 hours', async () => {
    const wallet = walletOf();
    await wallet.topUp(of(50_001), by501('k1'));
    clock.advance(DAY);
    expect(await wallet.decide('k1', true, '502')).toBe('expired');
    expect(await ledger.balances(ALICE)).toEqual([]);
  });
});

describe('an order', () => {
  const search = () => createSearchOrders({ ledger, operations: ledger, overlay: {} });

  it('is found by its number, by the account that it was for, and by its customer; once, the newest first', async () => {
    await grant(ledger, ALICE, 20_000);
    const sameDigits = { account: String(ALICE) };
    await placed(ledger, termsOf(orderId(1)));
    await placed(ledger, termsOf(orderId(2), { placedAt: after(1), fields: sameDigits }));
    const found = async (text: string) => (await search().search(text)).map(({ terms }) => terms.id);
    expect(await found(orderId(1).toLowerCase())).toEqual([orderId(1)]);
    expect(await found('+53 5551 2345')).toEqual([orderId(1)]);
    expect(await found(` ${ALICE} `)).toEqual([orderId(2), orderId(1)]);
    expect(await found('nobody@example.org')).toEqual([]);
  });

  it('shows its account masked, and only what may be done about it', async () => {
    await grant(ledger, ALICE, 20_000);
    await placed(ledger, termsOf(orderId(1)));
    const seen = await search().look(orderId(1));
    expect(seen).toMatchObject({ customer: ALICE, rulings: [], canResend: false, canRevert: false });
    expect(seen?.account).toMatch(/2345$/);
    expect(seen?.account).not.toContain('53555');
    expect(await search().look(orderId(9))).toBeNull();
  });

  const paid = { status: 'charged', attempt: attempt(1) } as const;
  it.each([
    [{ status: 'placed', unsent: null, tries: 0, tryAt: NOON }, null, 0],
    [{ status: 'sending', attempt: attempt(1), tries: 0 }, null, 0],
    [paid, 'code', 0],
    [{ status: 'reverting', attempt: attempt(1), revert: attempt(2), back: paid }, 'code', 0],
    [{ status: 'rejected', reason: 'unavailable' }, 'rejected', 0],
    [{ status: 'needsPerson', attempt: attempt(1), why: 'outcomeNeverLearnt' }, 'needsPerson', 3],
    [{ status: 'needsPerson', attempt: attempt(1), why: 'paidWithoutCode' }, 'needsPerson', 1],
    [{ status: 'needsPerson', attempt: attempt(1), why: 'revertNeverLearnt', revert: attempt(2), back: paid }, 'code', 2],
    [{ status: 'reverted', attempt: attempt(1), revert: attempt(2) }, 'reverted', 0],
  ] satisfies [OrderState, string | null, number][])('that is %o has the message %s and %i rulings', (state, news, rulings) => {
    expect(newsToRepeat(state)).toBe(news);
    expect(rulingsFor(state)).toHaveLength(rulings);
  });
});

describe('health', () => {
  it('says what does not answer, and what waits', async () => {
    await grant(ledger, ALICE, 20_000);
    await placed(ledger, termsOf(orderId(1)));
    const noAnswer = { kind: 'noAnswer', reason: 'reset' } as const;
    const check = (broken: boolean) =>
      createCheckHealth({
        operations: broken ? { ...ledger, queues: () => Promise.reject(new Error('gone')) } : ledger,
        sessions: {
          load: () =>
            Promise.resolve(
              broken ? fail({ kind: 'unavailable', reason: 'gone' }) : ok({ version: 0, data: null, recentUpdates: [] }),
            ),
        },
        supplier: { ping: () => Promise.resolve(broken ? fail(noAnswer) : ok({ skew: 7 })) },
        fetchedAt: () => (broken ? null : clock.now()),
        clock,
        log: silentLog,
      })(got(parseChatId(501)));
    clock.advance(1_000 * DAY);
    expect(await check(false)).toMatchObject({
      ledger: true,
      sessions: true,
      supplier: { answers: true, skew: 7 },
      catalogAge: 0,
      queues: { orders: { due: 1, oldest: NOON } },
      stuck: {},
    });
    expect(await check(true)).toEqual({
      ledger: false,
      sessions: false,
      supplier: { answers: false, skew: null },
      catalogAge: null,
      queues: null,
      stuck: {},
    });
  });
});

describe('an adjustment', () => {
  const unused = (): Promise<never> => Promise.reject(new Error('not asked in this test'));
  const answer = createAnswerAdmin({
    admins: [customer(501)],
    readPage: { open: unused, health: unused, agents: unused, agent: unused, orders: unused, order: unused },
    carryOut: unused,
    topUps: { limits: [money(50_000, EUR)], topUp: unused, decide: unused },
    announcements: { countAudience: unused, stopAnnouncement: unused },
    announcer: { showProgress: unused },
    clock: createTestClock(),
  });
  const asker = { customer: customer(501), chat: got(parseChatId(501)), language: 'en' } as const;
  const weigh = (amount: number, currency = EUR) => {
    const adjustment = { customer: ALICE, amount: money(amount, currency), why: 'Paid in twice' };
    const asking = { for: 'adjustment', customer: null } as const;
    return answer({ type: 'weighAdjustment', adjustment, asking, deed: orderId(7) }, asker);
  };

  it.each([
    ['taking away, however much', -1_000_000, EUR],
    ['taking away in a currency without a limit', -1, USD],
    ["giving up to a top-up's limit", 50_000, EUR],
  ])('by %s is for one person to confirm', async (_what, amount, currency) => {
    expect(await weigh(amount, currency)).toMatchObject({
      asking: {
        for: 'confirmation',
        deed: orderId(7),
        task: { type: 'adjust', adjustment: { amount: money(amount, currency) } },
      },
      notice: null,
    });
  });

  it.each([
    ['above the limit', 50_001, EUR],
    ['in a currency without a limit', 1, USD],
  ])('is no way around the second person: %s', async (_what, amount, currency) => {
    const asking = { for: 'adjustment', customer: null };
    expect(await weigh(amount, currency)).toEqual({ type: 'asking', asking, notice: { type: 'adjustmentTooLarge' } });
  });
});

describe('the answer to an admin', () => {
  it('is none for anybody else, whatever the conversation let through', async () => {
    const unused = (): Promise<never> => Promise.reject(new Error('not asked in this test'));
    const answer = createAnswerAdmin({
      admins: [customer(501)],
      readPage: { open: unused, health: unused, agents: unused, agent: unused, orders: unused, order: unused },
      carryOut: unused,
      topUps: { limits: [], topUp: unused, decide: unused },
      announcements: { countAudience: unused, stopAnnouncement: unused },
      announcer: { showProgress: unused },
      clock,
    });
    const asker = { customer: ALICE, chat: got(parseChatId(ALICE)), language: 'en' } as const;
    await expect(answer({ type: 'open', page: 'balance' }, asker)).rejects.toThrow('does not run the shop');
  });
});
