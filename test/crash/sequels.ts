// What is done in the shop after a purchase, and has steps of its own to die at: hand-overs, an invitation, and what admins do.
import type { Actors, CrashStory } from './stories.ts';
import { INVITATION_PREFIX } from '../../src/domain/member.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { does } from '../e2e/buttons.ts';

/** What follows `start=` in the newest link that a chat offers to copy. */
const linkIn = (customer: Customer): string | undefined =>
  customer
    .messages()
    .flatMap(({ buttons }) => buttons.flat())
    .flatMap(({ copyText }) => /\?start=([\w-]+)$/.exec(copyText ?? '')?.[1] ?? [])
    .at(-1);

const textOf = (customer: Customer): string =>
  customer
    .messages()
    .filter(({ from }) => from === 'bot')
    .map(({ text }) => text)
    .join('\n');

const tap =
  (who: 'customer' | 'admin', action: string) =>
  (actors: Actors): unknown =>
    actors[who].tap(does(action));

const open = ({ customer, friend }: Actors): unknown => friend.sendText(`/start ${linkIn(customer) ?? ''}`);

/** What a person does who sees nothing come of it: a screen may have died with the bot. */
const unless =
  (isDone: (actors: Actors) => boolean, deed: (actors: Actors) => unknown) =>
  (actors: Actors): unknown =>
    isDone(actors) ? undefined : deed(actors);

const hasCode = ({ friend }: Actors): boolean => friend.messages().some((message) => message.protected);

const ANNOUNCEMENT = 'Open on Sunday as well';
const PAID_IN = 2_000;

const plain = { faults: [], ends: 'delivered', isSequel: true } as const;

export const sequels: readonly CrashStory[] = [
  {
    ...plain,
    name: 'the code is handed over',
    deeds: [
      tap('customer', 'ks:ho'),
      unless(({ customer }) => linkIn(customer) !== undefined, tap('customer', 'ks:ho')),
      open,
      unless(hasCode, open),
    ],
    turnsOut: hasCode,
  },
  {
    ...plain,
    name: 'a link is taken back',
    deeds: [
      tap('customer', 'ks:ho'),
      unless(({ customer }) => linkIn(customer) !== undefined, tap('customer', 'ks:ho')),
      tap('customer', 'ks:tb'),
      open,
    ],
    turnsOut: (actors) => !hasCode(actors),
  },
  {
    ...plain,
    name: 'an invitation is accepted',
    deeds: [async ({ friend, invitation }) => friend.sendText(`/start ${INVITATION_PREFIX}${await invitation()}`)],
    turnsOut: ({ isMember }) => isMember(),
  },
  {
    ...plain,
    name: 'an admin tops up a balance',
    deeds: [
      ({ admin }) => admin.sendText('/admin'),
      tap('admin', 'ad:op:topUps'),
      tap('admin', 'ad:nt'),
      ({ admin, customer }) => admin.sendText(`${customer.userId} ${PAID_IN / 100} EUR CASH-1`),
      tap('admin', 'ad:ok'),
    ],
    paidIn: PAID_IN,
    turnsOut: () => true,
  },
  {
    ...plain,
    name: 'an admin announces something',
    deeds: [
      ({ admin }) => admin.sendText('/admin'),
      tap('admin', 'ad:op:announce'),
      tap('admin', 'ad:au:all'),
      ({ admin }) => admin.sendText(ANNOUNCEMENT),
      tap('admin', 'ad:ok'),
      () => undefined,
    ],
    turnsOut: ({ customer }) => textOf(customer).includes(ANNOUNCEMENT),
  },
];
