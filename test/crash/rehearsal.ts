// One purchase with a crash in it: the stand-ins stay, the bot dies and is started again, and a person settles what it gives up on.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createClock } from '../../src/adapters/system/clock.ts';
import { createSealer } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { createWriteStep } from '../../src/app/order-step.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import { createRuleOnOrder } from '../../src/app/rule-on-order.ts';
import { ledgerPlace } from '../../src/config.ts';
import { parseCustomerId } from '../../src/domain/ids.ts';
import { invitationUntil } from '../../src/domain/member.ts';
import { HOUR, MINUTE, SECOND, localDateTime } from '../../src/domain/time.ts';
import { startSandbox } from '../../src/sandbox.ts';
import type { Sandbox } from '../../src/sandbox.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { got } from '../contracts/orders.ts';
import { confirm, openPriceCard } from '../e2e/buy.ts';
import { createJournal } from '../e2e/journal.ts';
import { readSettings } from '../e2e/shop.ts';
import { createVirtualClock } from '../e2e/virtual-clock.ts';
import type { Point, Step } from './port-watch.ts';
import { startBotHere, startBotProcess } from './running-bot.ts';
import type { BotProcess, RunningBot } from './running-bot.ts';
import type { Actors, CrashStory } from './stories.ts';

export type Rehearsal = Pick<Sandbox, 'evsb'> & {
  readonly customer: Customer;
  readonly friend: Customer;
  /** Who is told of orders that a person has to settle. */
  readonly operator: Customer;
  /** The ledger, as somebody else opens it. */
  readonly ledger: SqlLedger;
  /** Plays the story without a crash. Resolves with the steps that it took. */
  record(): Promise<readonly Step[]>;
  /** Plays the story until the bot dies at the point. Resolves with what killed it; throws when nothing did. */
  crash(point: Point): Promise<NodeJS.Signals | null>;
  /** Starts the bot again and moves the time until the order has ended and every lease is over. Resolves with the errors that it logged. */
  recover(where: 'here' | 'inAnotherProcess'): Promise<readonly string[]>;
  /** The one order's status; null when there is none. */
  status(): Promise<string | null>;
  /** A person finds out what the supplier really did, and rules. The bot tells the customer. */
  settleByHand(): Promise<void>;
  /** What the customer has less than at the beginning, in hundredths of all currencies together: a story has one. */
  spent(): Promise<number>;
  /** The one order. */
  order(): Promise<StoredOrder>;
  /** Whether the story has come to what it should. */
  turnsOut(): Promise<boolean>;
  close(): Promise<void>;
};

export type RehearsalOptions = { readonly redisUrl: string; readonly customer: number; readonly cacheFolder: string };

const STARTING_BALANCE = 'EUR 100, MXN 1000, USD 100';
/** The same, in hundredths of all currencies together. */
const STARTING_SUM = 120_000;
/** Other people have other chats, in a Redis that all rehearsals share. */
const FRIENDS = 1_000_000;
const ADMINS = 2_000_000;
const OPERATOR = 5_000_001;
/** Between two looks at Telegram's queue, in milliseconds. */
const LOOK_AGAIN = 10;
/** So many looks, some seconds, come before the time is moved. */
const LOOKS_AT_ONCE = 300;
/** What does not become quiet within this never will, in milliseconds. */
const PATIENCE = 20_000;
/** Longer than the worker naps, in milliseconds. */
const NAP = SECOND;
/** Doubled after each: past every lease, every patience with a purchase in flight, and the day of questions to Transaction Info. */
const FIRST_WAIT = 3 * MINUTE;
const LONGEST_WAIT = 16 * HOUR;
const MOST_WAITS = 20;
/** Longer than any lease. */
const AFTERWARDS = 10 * MINUTE;

const ENDED: readonly (string | null)[] = ['delivered', 'rejected', 'needsPerson'];

const webhookInfo = z.object({ result: z.object({ pending_update_count: z.number() }) });

export const openRehearsal = async (story: CrashStory, options: RehearsalOptions): Promise<Rehearsal> => {
  const clock = { ...createVirtualClock(), newOrderId: createClock().newOrderId };
  const settings = readSettings({
    REDIS_URL: options.redisUrl,
    STARTING_BALANCE,
    ADMIN_IDS: `${options.customer + ADMINS}`,
    ADMIN_TOP_UP_LIMIT: 'EUR 100',
    OPERATOR_CHAT_ID: `${OPERATOR}`,
  });
  // The supplier files a sale at once and sells in the time of the bot.
  const sandbox = await startSandbox(settings, { evsb: { now: clock.now, infoDelayMs: 0 } });
  const { config, telegram, evsb } = sandbox;
  const journal = createJournal();
  const ledger = await openLedger({ ...ledgerPlace(config), sealer: createSealer(config.encryptionKey), log: journal });
  const customer = telegram.customer(options.customer);
  const friend = telegram.customer(options.customer + FRIENDS);
  const admin = telegram.customer(options.customer + ADMINS);
  const operator = telegram.customer(OPERATOR);
  // Opens the chat, which a bot can't do by itself.
  operator.unblock();
  const deeds = [...story.deeds];
  let goesOnFor = story.goesOnFor ?? 0;
  const running: RunningBot[] = [];

  const theOrder = async (): Promise<StoredOrder> => {
    const [order] = await ledger.ordersOf(got(parseCustomerId(options.customer)), 1);
    if (order === undefined) throw new Error('There is no order');
    return order;
  };
  const write = createWriteStep({ ledger, clock, log: journal });

  const friendId = got(parseCustomerId(options.customer + FRIENDS));
  const tokens = createTokens();
  const token = tokens.newToken();
  let isInvited = false;

  const actors: Actors = {
    customer,
    friend,
    admin,
    isMember: async () => (await ledger.member(friendId)) !== null,
    invitation: async () => {
      const createdAt = clock.now();
      const invitation = { for: { kind: 'agent' }, name: 'Kiosk', by: 'Olivia', createdAt } as const;
      if (!isInvited) await ledger.invite(tokens.hashOf(token), { ...invitation, expiresAt: invitationUntil(createdAt) });
      isInvited = true;
      return token;
    },
    beginRevert: async () => {
      const { terminalId } = config.evsb;
      const at = clock.now();
      const attempt = { terminalId, reference: await ledger.nextReference(terminalId), localTime: localDateTime(at, 'UTC'), at };
      const command = { type: 'intendRevert', attempt, by: 'Olivia', why: 'the customer asked' } as const;
      got(await write(await theOrder(), command, { body: '{}' }));
    },
  };

  const startChild = async (): Promise<BotProcess> => {
    const bot = await startBotProcess(config, clock.now(), options.cacheFolder);
    running.push(bot);
    return bot;
  };

  const nothingPending = async (): Promise<boolean> => {
    const answer = await fetch(`${config.telegram.apiRoot}/bot${config.telegram.token.reveal()}/getWebhookInfo`);
    return webhookInfo.parse(await answer.json()).result.pending_update_count === 0;
  };

  /** Resolves when the bot has confirmed all updates and has nothing to do, or is dead. */
  const settle = async (bot: RunningBot): Promise<void> => {
    const deadline = performance.now() + PATIENCE;
    let looks = 0;
    while (!bot.isDead() && !(await nothingPending())) {
      if (performance.now() > deadline) throw new Error(`Updates stay unconfirmed:\n${bot.log().join('\n')}`);
      await wait(LOOK_AGAIN);
      looks += 1;
      // On a busy machine the polling pauses for longer than passes by itself.
      if (looks % LOOKS_AT_ONCE === 0) {
        clock.advance(NAP);
        await bot.advance(NAP);
      }
    }
    while (!(await bot.rest())) {
      if (performance.now() > deadline) throw new Error(`The bot does not come to rest:\n${bot.log().join('\n')}`);
      clock.advance(NAP);
      await bot.advance(NAP);
    }
  };

  const advance = async (bot: RunningBot, milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    await bot.advance(milliseconds);
    await settle(bot);
  };

  const status = async (): Promise<string | null> => {
    const counts = Object.entries((await ledger.audit()).ordersByStatus);
    if (counts.length > 1 || (counts[0]?.[1] ?? 1) !== 1) throw new Error(`Not one order: ${JSON.stringify(counts)}`);
    return counts[0]?.[0] ?? null;
  };

  /** Goes on with the story until the order has ended or the bot is dead. */
  const goOn = async (bot: RunningBot): Promise<void> => {
    await settle(bot);
    for (let waits = 0; waits < MOST_WAITS && !bot.isDead(); waits += 1) {
      await deeds.shift()?.(actors);
      await settle(bot);
      if (bot.isDead()) return;
      const hasEnded = deeds.length === 0 && ENDED.includes(await status());
      if (hasEnded && goesOnFor === 0) return;
      if (hasEnded) {
        const rest = goesOnFor;
        goesOnFor = 0;
        await advance(bot, rest);
        continue;
      }
      await advance(bot, Math.min(FIRST_WAIT * 2 ** waits, LONGEST_WAIT));
    }
    if (!bot.isDead()) throw new Error(`The order stays ${String(await status())}:\n${bot.log().join('\n')}`);
  };

  const play = async (point: Point | null): Promise<BotProcess> => {
    const bot = await startChild();
    await (story.opens ?? ((buyer) => openPriceCard(buyer, story.taps)))(customer);
    await settle(bot);
    evsb.control.planFaults(...story.faults);
    await bot.count(point);
    await confirm(customer);
    await goOn(bot);
    return bot;
  };

  return {
    evsb,
    customer,
    friend,
    operator,
    ledger,
    status,
    order: theOrder,
    turnsOut: async () => (await story.turnsOut?.(actors)) ?? true,
    record: async () => (await play(null)).steps(),
    crash: async (point) => {
      const bot = await play(point);
      if (!bot.isDead()) throw new Error(`The bot never came to this point:\n${bot.log().join('\n')}`);
      return bot.died;
    },
    recover: async (where) => {
      const bot = where === 'here' ? await startBotHere(config, clock) : await startChild();
      if (where === 'here') running.push(bot);
      await goOn(bot);
      await advance(bot, AFTERWARDS);
      return bot.errors();
    },
    settleByHand: async () => {
      const bot = running.at(-1);
      if (bot === undefined) throw new Error('There is no bot to tell the customer');
      const { terms, state } = await theOrder();
      const [sale] = evsb.books.honoured;
      const rule = createRuleOnOrder({ ledger, write });
      const found =
        state.status === 'needsPerson' && state.why === 'revertNeverLearnt'
          ? ({ ruling: 'notReverted', code: null } as const)
          : sale === undefined
            ? ({ ruling: 'notCharged', code: null } as const)
            : ({ ruling: 'chargedWithCode', code: sale.code } as const);
      got(await rule({ id: terms.id, ...found, by: 'Olivia', why: 'asked the supplier' }));
      await advance(bot, AFTERWARDS);
    },
    spent: async () => {
      const balances = await ledger.balances(got(parseCustomerId(options.customer)));
      return STARTING_SUM - balances.reduce((sum, { hundredths }) => sum + hundredths, 0);
    },
    close: async () => {
      for (const bot of running) await bot.end();
      await ledger.close();
      await sandbox.close();
    },
  };
};
