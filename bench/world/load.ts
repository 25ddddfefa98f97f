// The load: many customers who play the dialogue over and over, each one update at a time, and a check of every screen that they get.
import { setTimeout as wait } from 'node:timers/promises';
import { DIALOGUE, PRICE_STEP } from '../dialogue.ts';
import type { DialogueStep } from '../dialogue.ts';
import type { Chat } from './chat.ts';
import { nextUpdateId, tapUpdate, textUpdate } from './telegram.ts';
import type { Telegram } from './telegram.ts';
import { openConnection } from './webhook-client.ts';
import type { Answer, Connection, WebhookAddress } from './webhook-client.ts';

/** What a stretch of load came to. `waits`: from an update's departure to its first call, in milliseconds, sorted. */
export type Stretch = {
  readonly updates: number;
  readonly seconds: number;
  readonly waits: readonly number[];
  /** Screens with a price that were seen, and due. */
  readonly prices: { readonly seen: number; readonly due: number };
  /** What went wrong, with how often; empty for a stretch that counts. */
  readonly faults: ReadonlyMap<string, number>;
};

export type Load = {
  /** Brings the chats to different steps of the dialogue, so that every moment of the load has all of them. Comes first. */
  stagger(inFlight: number): Promise<Stretch>;
  /** So many updates on the way at any time, until the time is up or so many were sent. */
  closed(limit: { readonly inFlight: number; readonly seconds?: number; readonly updates?: number }): Promise<Stretch>;
  /** Updates at random moments, so many a second on average, whatever becomes of them. */
  open(limit: { readonly perSecond: number; readonly seconds: number }): Promise<Stretch>;
  close(): void;
};

/** Runs a job when a connection is free for it. */
export type Connections = <T>(job: () => Promise<T>) => Promise<T>;
const unlimited: Connections = (job) => job();

export type LoadOptions = {
  readonly telegram: Telegram;
  /** Updates go to these in turn. */
  readonly webhooks: readonly WebhookAddress[];
  readonly chats: { readonly first: number; readonly count: number };
  /** Telegram's own connections, of which there are only so many; without it there is one for every update. */
  readonly connections?: Connections;
  /** A screen that comes later than this after the answer does not come, in milliseconds. */
  readonly screenWithin?: number;
};

/** An open load that finds more than this under way has met a bot that does not keep up. */
const MOST_IN_FLIGHT = 1_000;
const SCREEN_WITHIN = 2_000;

export const createLoad = ({
  telegram,
  webhooks,
  chats,
  connections = unlimited,
  screenWithin = SCREEN_WITHIN,
}: LoadOptions): Load => {
  const idle: Chat[] = Array.from({ length: chats.count }, (_, index) => telegram.chat(chats.first + index));
  let head = 0;
  const rest: Connection[] = [];
  let opened = 0;

  const nextChat = (): Chat => {
    const chat = idle[head % idle.length];
    if (chat === undefined) throw new Error('A load without chats');
    head += 1;
    return chat;
  };
  /** The customer who waited longest and has nothing under way. */
  const under = new Set<Chat>();
  const takeChat = (): Chat | null => {
    for (let tries = 0; tries < idle.length; tries++) {
      const chat = nextChat();
      if (under.has(chat)) continue;
      under.add(chat);
      return chat;
    }
    return null;
  };
  const takeConnection = (): Connection => {
    // The one that rested longest, so that replicas take turns.
    const kept = rest.shift();
    if (kept !== undefined) return kept;
    const webhook = webhooks[opened++ % webhooks.length];
    if (webhook === undefined) throw new Error('A load without a webhook');
    return openConnection(webhook);
  };

  const post = async (body: string): Promise<Answer> => {
    const connection = takeConnection();
    return connection.post(body).finally(() => void rest.push(connection));
  };

  /** Gives a recorder and what it recorded. */
  const createRecorder = () => {
    const begun = performance.now();
    const waits: number[] = [];
    const faults = new Map<string, number>();
    const prices = { seen: 0, due: 0 };
    const fault = (text: string): void => void faults.set(text, (faults.get(text) ?? 0) + 1);
    let updates = 0;

    /** Sends the next update of a chat and looks at what came of it. */
    const advance = async (chat: Chat): Promise<void> => {
      const index = chat.step;
      const step: DialogueStep = DIALOGUE[index] ?? DIALOGUE[0];
      const update = nextUpdateId();
      const sent = 'text' in step ? textUpdate(update, chat, step.text) : tapOn(chat, update, step.tap);
      if (sent === null) {
        fault(`no button "${'tap' in step ? step.tap : ''}" before step ${index}`);
        chat.step = 0;
        under.delete(chat);
        return;
      }
      const body = JSON.stringify(sent);
      chat.startWaiting();
      updates += 1;
      if (index === PRICE_STEP) prices.due += 1;
      try {
        const answer = await connections(() => post(body));
        if (answer.status !== 200) fault(`status ${answer.status}`);
        else if (answer.body.length > 2) telegram.carry(JSON.parse(answer.body));
      } catch (error) {
        fault(error instanceof Error ? error.message : String(error));
      }
      // A bot may answer the update before it shows the screen.
      const shown = await chat.says(step.shows, screenWithin);
      const waited = chat.waited();
      if (waited === null) fault(`no call after step ${index}`);
      else waits.push(waited);
      if (!shown) fault(`step ${index} did not show "${step.shows}"`);
      if (shown && index === PRICE_STEP) prices.seen += 1;
      chat.step = shown ? (index + 1) % DIALOGUE.length : 0;
      under.delete(chat);
    };

    const finish = (): Stretch => ({
      updates,
      seconds: (performance.now() - begun) / 1_000,
      waits: waits.sort((a, b) => a - b),
      prices,
      faults,
    });
    return { advance, fault, sent: () => updates, finish };
  };

  return {
    stagger: async (inFlight) => {
      const { advance, finish } = createRecorder();
      const chats = idle.entries();
      const lane = async (): Promise<void> => {
        for (const [index, chat] of chats) {
          for (let step = 0; step < index % DIALOGUE.length; step++) await advance(chat);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, lane));
      return finish();
    },

    closed: async ({ inFlight, seconds = Infinity, updates = Infinity }) => {
      const { advance, sent, finish } = createRecorder();
      const until = performance.now() + seconds * 1_000;
      const lane = async (): Promise<void> => {
        while (performance.now() < until && sent() < updates) {
          const chat = takeChat();
          if (chat === null) throw new Error('There are fewer chats than updates in flight');
          await advance(chat);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, lane));
      return finish();
    },

    open: async ({ perSecond, seconds }) => {
      const { advance, fault, finish } = createRecorder();
      const begun = performance.now();
      const running = new Set<Promise<void>>();
      // Exponential gaps: customers know nothing of each other.
      for (let due = begun; due < begun + seconds * 1_000; due += (-Math.log(1 - Math.random()) * 1_000) / perSecond) {
        const early = due - performance.now();
        if (early >= 1) await wait(early);
        const chat = running.size < MOST_IN_FLIGHT ? takeChat() : null;
        if (chat === null) {
          fault('the bot does not keep up with the open load');
          continue;
        }
        const sent = advance(chat);
        running.add(sent);
        void sent.then(() => running.delete(sent));
      }
      await Promise.all(running);
      return finish();
    },

    close: () => rest.forEach((connection) => connection.close()),
  };
};

/** What makes a stretch worthless, in words. */
export const faultsOf = (what: string, { faults, prices }: Stretch): readonly string[] => [
  ...Array.from(faults, ([fault, times]) => `${what}: ${fault} (${times} times)`),
  ...(prices.seen === prices.due ? [] : [`${what}: ${prices.seen} prices were seen and ${prices.due} were due`]),
];

const tapOn = (chat: Chat, update: number, label: string) => {
  const button = chat.shown.keyboard.flat().find(({ text }) => text.includes(label));
  return button === undefined ? null : tapUpdate(update, chat, button.callback_data);
};
