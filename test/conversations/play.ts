// Plays a story: customers against the whole bot and both stand-ins, with every screen written down.
import { expect } from 'vitest';
import type { Bot } from '../../src/bot.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { OrderNews } from '../../src/domain/order.ts';
import type { ContactCard } from '../../src/sandbox/telegram/people.ts';
import type { EvsbSimulator } from '../../src/sandbox/evsb/simulator.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import type { Button } from '../../src/sandbox/telegram/view.ts';
import { customer as customerOf } from '../contracts/orders.ts';
import { eventuallyTrue } from '../eventually.ts';
import { does } from '../e2e/buttons.ts';
import { openShop } from '../e2e/shop.ts';
import type { ShopOptions } from '../e2e/shop.ts';
import { createVirtualClock } from '../e2e/virtual-clock.ts';
import { createTranscript } from './transcript.ts';
import { watchChat } from './watch-chat.ts';
import type { ChatWatch } from './watch-chat.ts';

/** What anybody in a story can do. Each deed ends when the bot has answered it. */
export type Actor = {
  types(text: string): Promise<void>;
  /** Taps the newest button with this action (`co:724`, or only the kind: `ok`), on a message of this number if one is given. */
  taps(action: string, message?: number): Promise<void>;
  /** Taps twice before the bot has answered. */
  tapsTwice(action: string): Promise<void>;
  /** The customer's last tap arrives a second time, as from a phone that lost its connection. */
  lastTapArrivesAgain(): Promise<void>;
  /** Sends button data that no button of this message has. */
  forges(data: string, message: number): Promise<void>;
  sendsSticker(emoji: string): Promise<void>;
  sendsPhoto(caption?: string): Promise<void>;
  /** The customer's own contact, or somebody else's card. */
  sharesContact(card?: ContactCard): Promise<void>;
  /** The bot brings news of an order, and the message that showed the progress follows. */
  hears(news: OrderNews): Promise<void>;
  /** What stands behind `start=` in the newest message that has a link to the bot. */
  linkArgument(): string;
};

/** The customer whom the story is about. */
export type Player = Actor & {
  /** Somebody else, who has not been here before. The bot's words to them say so. */
  meets(firstName: string): Promise<Actor>;
  /** The supplier was asked what became of the order, and nobody is the wiser. */
  asks(): Promise<void>;
  /** What the bot logs for the nth time has happened, and whatever it showed of it is written down. */
  sees(event: string, nth: number): Promise<void>;
  /** Time passes, in milliseconds. What it brings is to be heard next. */
  waits(milliseconds: number): Promise<void>;
  /** Explains to the reader what the chat does not show. */
  note(text: string): void;
  readonly supplier: EvsbSimulator['control'];
  /** For what happens outside the chats. */
  readonly books: Bot['ledger'];
};

export type Story = {
  /** The file name of the transcripts. */
  readonly name: string;
  readonly shop?: Pick<ShopOptions, 'settings' | 'evsb' | 'margins' | 'limits'>;
  /** What is so before the story begins. */
  readonly prepare?: (ledger: SqlLedger, customer: CustomerId) => Promise<void>;
  readonly firstName?: string;
  /** What the operator of the bot is alarmed by, in the order in which it happens. */
  readonly alarms?: readonly string[];
  readonly play: (player: Player) => Promise<void>;
};

export type StoryLanguage = 'en' | 'es';

/** The customer of a story; whoever is met has the next numbers. */
export const CUSTOMER = customerOf(1001);

/** Calls that put something before the customer's eyes. */
const VISIBLE = new Set(['sendMessage', 'sendPhoto', 'sendDocument', 'editMessageText', 'answerCallbackQuery']);

/** The shop's own clock: `Mon 10:00:30`. */
const timeOf = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Madrid',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const lengthOf = (milliseconds: number): string => {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ] as const;
  const [size, unit] = units.find(([each]) => milliseconds % each === 0) ?? [1, 'ms'];
  return `${milliseconds / size} ${unit}`;
};

type Person = {
  readonly firstName: string;
  readonly customer: Customer;
  readonly watch: ChatWatch;
  /** How many events of the chat stand in the transcript. */
  shown: number;
};

/** Plays the story and returns its transcript. Fails when the bot logs other errors than the story's: no bug hides behind a friendly screen. */
export const playStory = async (story: Story, languageCode: StoryLanguage): Promise<string> => {
  const clock = createVirtualClock();
  const shop = await openShop({ clock, ...story.shop });
  const { telegram, journal, bot } = shop;
  await story.prepare?.(bot.ledger, CUSTOMER);
  const transcript = createTranscript();
  const people: Person[] = [];
  let deeds = 0;
  let asked = 0;

  const enter = async (firstName: string): Promise<Person> => {
    const id = CUSTOMER + people.length;
    const customer = telegram.customer(id, { firstName, languageCode });
    const person = { firstName, customer, watch: await watchChat(telegram.url, id), shown: 0 };
    people.push(person);
    return person;
  };

  /**
   * Writes down what has become visible in a chat, once all of it has come through the stream. What another chat shows meanwhile is
   * written down when its customer does or hears something: the two happen at once, and the reader needs an order.
   */
  const look = async (person: Person): Promise<void> => {
    const visible = () => telegram.calls.filter(({ method, ok }) => ok && VISIBLE.has(method)).length;
    const seen = () =>
      people
        .flatMap(({ watch }) => watch.events)
        .filter((event) => event.type === 'answer' || (event.type === 'bubble' && event.bubble.from === 'bot')).length;
    await eventuallyTrue(() => seen() === visible());
    transcript.show(person.watch.events.slice(person.shown), person === people[0] ? null : person.firstName);
    person.shown = person.watch.events.length;
  };

  /** How often each news was waited for, in whichever chat. */
  const heard = new Map<OrderNews, number>();

  const actorFor = (person: Person): Actor => {
    const { customer, firstName } = person;

    /** Does something that makes `updates` updates, and waits until the bot has answered all of them. */
    const act = async (deed: () => unknown, updates = 1): Promise<void> => {
      deed();
      deeds += updates;
      await journal.heard('update', {}, deeds);
      await look(person);
    };

    const buttonOf = (action: string, message: number | undefined): Button => {
      const messages = customer.messages().filter(({ id }) => message === undefined || id === message);
      const button = messages
        .toReversed()
        .flatMap(({ buttons }) => buttons.flat())
        .find(does(action));
      if (button === undefined) throw new Error(`No button does ${action}:\n${transcript.text()}`);
      return button;
    };

    const noteTap = (action: string, message: number | undefined, how: string): void => {
      const place = message === undefined ? '' : ` on #${message}`;
      transcript.note(`${firstName} ${how} [${buttonOf(action, message).text}]${place}`);
    };

    return {
      types: (text) => act(() => customer.sendText(text)),
      taps: (action, message) => {
        noteTap(action, message, 'taps');
        return act(() => customer.tap(does(action), message === undefined ? {} : { message }));
      },
      tapsTwice: (action) => {
        noteTap(action, undefined, 'taps twice');
        const twice = (): void => {
          customer.tap(does(action));
          customer.tap(does(action));
        };
        return act(twice, 2);
      },
      lastTapArrivesAgain: () => {
        transcript.note(`(The last tap arrives again.)`);
        return act(() => telegram.control.resendTap());
      },
      forges: (data, message) => {
        transcript.note(`(A forged tap arrives on #${message}: ${data})`);
        return act(() => customer.tapRaw(data, message));
      },
      sendsSticker: (emoji) => act(() => customer.sendSticker(emoji)),
      sendsPhoto: (caption) => act(() => customer.sendPhoto(undefined, caption)),
      sharesContact: (card) => act(() => customer.shareContact(card)),
      hears: async (news) => {
        const count = (heard.get(news) ?? 0) + 1;
        heard.set(news, count);
        await journal.heard('newsDelivered', { news }, count);
        // The progress message is edited after the news; nothing that is visible comes between the two.
        const isHers = (chat: unknown): boolean => Number(chat) === customer.userId;
        const lastVisible = () =>
          telegram.calls.findLast(({ method, params }) => VISIBLE.has(method) && isHers(params['chat_id']))?.method;
        await eventuallyTrue(() => lastVisible() === 'editMessageText');
        await look(person);
      },
      linkArgument: () => {
        const argument = customer
          .messages()
          .map(({ text }) => /\?start=([\w-]+)/.exec(text)?.[1])
          .findLast((found) => found !== undefined);
        if (argument === undefined) throw new Error(`There is no link:\n${transcript.text()}`);
        return argument;
      },
    };
  };

  /** Every purchase that has begun is over: time must not move under it. */
  const nothingInFlight = () =>
    eventuallyTrue(async () => {
      const { ordersByStatus } = await bot.ledger.audit();
      return ordersByStatus['placed'] === undefined && ordersByStatus['sending'] === undefined;
    });

  const ana = await enter(story.firstName ?? 'Ana');

  const player: Player = {
    ...actorFor(ana),
    meets: async (firstName) => actorFor(await enter(firstName)),
    asks: () => {
      asked += 1;
      return journal.heard('orderAskedAbout', {}, asked);
    },
    sees: async (event, nth) => {
      await journal.heard(event, {}, nth);
      await look(ana);
    },
    waits: async (milliseconds) => {
      await nothingInFlight();
      clock.advance(milliseconds);
      transcript.note(`(${lengthOf(milliseconds)} later: ${timeOf.format(clock.now())})`);
    },
    note: (text) => transcript.note(`(${text})`),
    supplier: shop.evsb.control,
    books: bot.ledger,
  };

  try {
    await story.play(player);
    for (const person of people) await look(person);
    const alarms = journal.entries.filter(({ level }) => level === 'error').map(({ event }) => event);
    expect(alarms).toEqual(story.alarms ?? []);
    return transcript.text();
  } finally {
    for (const { watch } of people) await watch.close();
    await shop.close();
  }
};
