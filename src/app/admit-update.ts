// Whether an update is handled at all, so that a flood costs whoever sends it and nobody else.
import { isPrivate } from '../domain/dialog/view.ts';
import type { ChatId, CustomerId } from '../domain/ids.ts';
import { SECOND, later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Limit, LimitName, Limits } from './ports/limits.ts';

export type Sender = { readonly chat: ChatId; readonly customer: CustomerId };

/** `first`: the one update of the window whose sender is told. */
export type Refusal = { readonly by: LimitName; readonly first: boolean };

export type AdmitUpdate = {
  /** Refuses without counting whoever this process knows to be over a limit, or to have more answers coming than may leave: a flood costs a look into maps. */
  refuseKnown(sender: Sender): Refusal | null;
  /** Counts the update. Null: it may be handled. Never rejects. */
  admit(sender: Sender): Promise<Refusal | null>;
};

/**
 * An update whose answer could not leave for longer than this, in milliseconds, is refused before anything is done for it. Handled, it would
 * wait for its turn with one of the few connections that Telegram brings everybody's updates on.
 */
const LONGEST_WAIT = SECOND;
/** Between two times that a chat is told so, in milliseconds. */
const TELL_EVERY = 10 * SECOND;

/** The whole bot is counted under one number. */
const EVERYBODY = 0;
const ADMITTED: Promise<null> = Promise.resolve(null);

/** Who is known for something for a time, and forgotten after it. */
const createKnown = (clock: Pick<Clock, 'now'>) => {
  const known = new Map<number, { readonly since: Instant; readonly until: Instant }>();
  return {
    has: (id: number): boolean => {
      const found = known.get(id);
      const now = clock.now();
      // A clock that is set back must not keep anybody out.
      return found !== undefined && found.since <= now && now < found.until;
    },
    add: (id: number, milliseconds: number): void => {
      const now = clock.now();
      // Those who have been known for longest stand at the front.
      for (const [each, { until }] of known) {
        if (until > now) break;
        known.delete(each);
      }
      known.delete(id);
      known.set(id, { since: now, until: later(now, milliseconds) });
    },
  };
};

/** A limit that remembers whom it has refused. */
const createGate = (by: LimitName, limit: Limit, clock: Pick<Clock, 'now'>) => {
  const over = createKnown(clock);
  return {
    refuseKnown: (id: number): Refusal | null => (over.has(id) ? { by, first: false } : null),
    count: async (id: number): Promise<Refusal | null> => {
      const excess = await limit.countUpdate(id);
      if (excess === null) return null;
      over.add(id, excess.endsIn);
      return { by, first: excess.first };
    },
  };
};

export const createAdmitUpdate = ({
  limits,
  waitOf = () => 0,
  clock,
}: {
  readonly limits: Limits;
  /** Milliseconds until an answer to the chat could leave; always at once unless given. */
  readonly waitOf?: ((chat: ChatId) => number) | undefined;
  readonly clock: Pick<Clock, 'now'>;
}): AdmitUpdate => {
  const gatesOf = (by: LimitName, idOf: (sender: Sender) => number) => {
    const limit = limits[by];
    return limit === null ? [] : [{ ...createGate(by, limit, clock), idOf }];
  };
  const user = gatesOf('user', ({ customer }) => customer);
  const chat = gatesOf('chat', ({ chat: id }) => id);
  const bot = gatesOf('bot', () => EVERYBODY);
  // Everybody's limit comes last: what is refused because of its sender must not use it up. A private chat is counted as its user.
  const inPrivate = [...user, ...bot];
  const inGroups = [...user, ...chat, ...bot];
  const gatesFor = (sender: Sender): typeof inGroups => (isPrivate(sender.chat) ? inPrivate : inGroups);

  const count = async (sender: Sender, gates: typeof inGroups): Promise<Refusal | null> => {
    for (const gate of gates) {
      const refusal = await gate.count(gate.idOf(sender));
      if (refusal !== null) return refusal;
    }
    return null;
  };

  const told = createKnown(clock);
  const refuseForPace = ({ chat: id }: Sender): Refusal | null => {
    if (waitOf(id) <= LONGEST_WAIT) return null;
    const first = !told.has(id);
    if (first) told.add(id, TELL_EVERY);
    return { by: 'chat', first };
  };

  return {
    refuseKnown: (sender) => {
      const tooSoon = refuseForPace(sender);
      if (tooSoon !== null) return tooSoon;
      for (const gate of gatesFor(sender)) {
        const refusal = gate.refuseKnown(gate.idOf(sender));
        if (refusal !== null) return refusal;
      }
      return null;
    },
    admit: (sender) => {
      const gates = gatesFor(sender);
      return gates.length === 0 ? ADMITTED : count(sender, gates);
    },
  };
};
