// The customers of a campaign: people on errands, who often tap twice, sometimes type nonsense or stray, leave, and come back.
import { setTimeout as wait } from 'node:timers/promises';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import type { TelegramServer } from '../../src/sandbox/telegram/server.ts';
import type { Button } from '../../src/sandbox/telegram/view.ts';
import { chooseErrand } from './errands.ts';
import type { Errand } from './errands.ts';

export type CrowdOptions = {
  readonly telegram: TelegramServer;
  readonly size: number;
  readonly random: () => number;
  /** The average pause between two deeds of a customer, in milliseconds. */
  readonly pause: number;
};

export type Crowd = {
  readonly customers: readonly Customer[];
  readonly counts: { deeds: number; confirmingTaps: number; doubleTaps: number; forgedTaps: number; blocks: number };
  /** Resolves when everybody has stopped. `busy`: those who do several times as much as the others. */
  run(busy: readonly number[], signal: AbortSignal): Promise<void>;
};

const FIRST_ID = 700_001;
const LANGUAGES = ['en', 'es'] as const;

/** How much a customer likes a button, by the action that it carries. What is not here is tapped now and then. */
const LIKING: Readonly<Record<string, number>> = {
  ok: 30,
  co: 8,
  op: 8,
  pr: 8,
  it: 8,
  am: 12,
  re: 6,
  sh: 4,
  ba: 4,
  po: 8,
  sg: 8,
  iv: 4,
  pd: 10,
  so: 1,
  'ks:ho': 8,
  'ks:tb': 0.1,
  'ks:re': 0.1,
  or: 0.5,
  sw: 0.5,
  pg: 0.5,
  bk: 0.3,
  ca: 0.3,
  he: 0.1,
  // What members set up for each other stays as it is.
  ag: 0,
  la: 0.1,
};
/** What is typed where nothing better is to be done: accounts that products ask for, amounts, brands, nonsense. */
const TYPED = [
  '525512345000',
  'player000@mail.example',
  '34612345000',
  '25',
  '15.50',
  'lumbre',
  'tropel',
  '/orders',
  '/balance',
  'qwx!',
];

/** How often a customer sets out on an errand, who has none; else they do what comes to mind. */
const ON_ERRANDS = 0.85;
/** How many times as much the busy ones do. */
const BUSIER = 3;
/** How often a customer looks for a button that does not come. */
const PATIENCE = 8;

const actionOf = ({ callbackData }: Button): string => {
  const [version = '', first = '', second = ''] = (callbackData ?? '').split(':');
  if (version === '1f') return second;
  return first === 'ks' ? `${first}:${second}` : first;
};

export const createCrowd = ({ telegram, size, random, pause }: CrowdOptions): Crowd => {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const customers = Array.from({ length: size }, (_, index) =>
    telegram.customer(FIRST_ID + index, { languageCode: LANGUAGES[index % LANGUAGES.length] ?? 'en' }),
  );
  const counts = { deeds: 0, confirmingTaps: 0, doubleTaps: 0, forgedTaps: 0, blocks: 0 };

  /** Taps a button, sometimes twice. */
  const tapOnce = (customer: Customer, button: Button, message: number): void => {
    const tap = (): void => void customer.tapRaw(button.callbackData ?? '', message);
    tap();
    const confirming = actionOf(button) === 'ok';
    if (confirming) counts.confirmingTaps += 1;
    if (random() >= (confirming ? 0.4 : 0.05)) return;
    counts.doubleTaps += 1;
    if (random() < 0.5) tap();
    else telegram.control.resendTap();
  };

  /** Taps one of the buttons of the newest messages, by liking; false where there is none. */
  const tapSomething = (customer: Customer): boolean => {
    const offers = customer
      .messages()
      .filter(({ from, deleted }) => from === 'bot' && !deleted)
      .slice(-2)
      .flatMap(({ id, buttons }) => buttons.flat().map((button) => ({ id, button })))
      .filter(({ button }) => button.callbackData !== undefined)
      .map((offer) => ({ ...offer, liking: LIKING[actionOf(offer.button)] ?? 0.2 }));
    let at = random() * offers.reduce((sum, { liking }) => sum + liking, 0);
    const chosen = offers.find(({ liking }) => (at -= liking) < 0);
    if (chosen === undefined) return false;
    const likesNothing = offers.every(({ liking }) => liking < 4);
    if (likesNothing && random() < 0.6) return false;
    tapOnce(customer, chosen.button, chosen.id);
    return true;
  };

  const forge = (customer: Customer): void => {
    const seen = customers.flatMap((other) => other.messages().slice(-1)).flatMap(({ buttons }) => buttons.flat());
    counts.forgedTaps += 1;
    // Somebody else's button, on a message of one's own.
    customer.tapRaw(pick(seen)?.callbackData ?? '1f:1:ok:ABCDEFGHJKMN', customer.messages().at(-1)?.id ?? 1);
  };

  /** The errands under way: what is left to do, and how often it was tried in vain. */
  const errands = new Map<Customer, { left: Errand; tries: number }>();

  /** The next step of an errand, as soon as its button is there; false where there is no errand to go on with. */
  const goOn = (customer: Customer): boolean => {
    const errand = errands.get(customer) ?? { left: random() < ON_ERRANDS ? chooseErrand(random) : [], tries: 0 };
    const [step, ...left] = errand.left;
    errands.delete(customer);
    if (step === undefined) return false;
    if ('types' in step) {
      customer.sendText(step.types);
      errands.set(customer, { left, tries: 0 });
      return true;
    }
    const holder = customer
      .messages()
      .filter(({ from, deleted }) => from === 'bot' && !deleted)
      .slice(-2)
      .findLast(({ buttons }) => buttons.flat().some(step.taps));
    const buttons = holder?.buttons.flat().filter(step.taps) ?? [];
    const button = pick(buttons);
    if (holder !== undefined && button !== undefined) {
      tapOnce(customer, button, holder.id);
      errands.set(customer, { left, tries: 0 });
    } else if (errand.tries < PATIENCE) errands.set(customer, { left: errand.left, tries: errand.tries + 1 });
    return true;
  };

  const doSomething = (customer: Customer): void => {
    counts.deeds += 1;
    const mood = random();
    if (customer.messages().length === 0 || mood < 0.02) customer.sendText('/start');
    else if (mood < 0.03) {
      counts.blocks += 1;
      customer.block();
    } else if (mood < 0.04) forge(customer);
    else if (mood > 0.07 && goOn(customer)) return;
    else if (mood < 0.07 || !tapSomething(customer)) customer.sendText(pick(TYPED) ?? '/start');
  };

  const live = async (customer: Customer, busy: readonly number[], signal: AbortSignal): Promise<void> => {
    for (;;) {
      const average = busy.includes(customer.userId) ? pause / BUSIER : pause;
      await wait(2 * average * random(), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      doSomething(customer);
    }
  };

  return {
    customers,
    counts,
    run: async (busy, signal) => {
      await Promise.all(customers.map((customer) => live(customer, busy, signal)));
    },
  };
};
