// Whether an update is handled at all, so that a flood costs whoever sends it and nobody else.
import { isPrivate } from '../domain/dialog/view.ts';
import type { ChatId, CustomerId } from '../domain/ids.ts';
import { later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Limit, LimitName, Limits } from './ports/limits.ts';

export type Sender = { readonly chat: ChatId; readonly customer: CustomerId };

/** `first`: the one update of the window whose sender is told. */
export type Refusal = { readonly by: LimitName; readonly first: boolean };

export type AdmitUpdate = {
  /** Refuses without counting whoever this process knows to be over a limit until its window ends: a flood costs a look into a map. */
  refuseKnown(sender: Sender): Refusal | null;
  /** Counts the update. Null: it may be handled. Never rejects. */
  admit(sender: Sender): Promise<Refusal | null>;
};

/** The whole bot is counted under one number. */
const EVERYBODY = 0;
const ADMITTED: Promise<null> = Promise.resolve(null);

/** A limit that remembers whom it has refused. */
const createGate = (by: LimitName, limit: Limit, clock: Pick<Clock, 'now'>) => {
  const over = new Map<number, { readonly since: Instant; readonly until: Instant }>();

  const remember = (id: number, milliseconds: number): void => {
    const now = clock.now();
    // Those who have been over it for longest stand at the front.
    for (const [known, { until }] of over) {
      if (until > now) break;
      over.delete(known);
    }
    over.delete(id);
    over.set(id, { since: now, until: later(now, milliseconds) });
  };

  return {
    refuseKnown: (id: number): Refusal | null => {
      const known = over.get(id);
      const now = clock.now();
      // A clock that is set back must not keep anybody out.
      return known !== undefined && known.since <= now && now < known.until ? { by, first: false } : null;
    },
    count: async (id: number): Promise<Refusal | null> => {
      const excess = await limit.countUpdate(id);
      if (excess === null) return null;
      remember(id, excess.endsIn);
      return { by, first: excess.first };
    },
  };
};

export const createAdmitUpdate = ({
  limits,
  clock,
}: {
  readonly limits: Limits;
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

  return {
    refuseKnown: (sender) => {
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
