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
  const over = new Map<number, Instant>();

  const remember = (id: number, until: Instant): void => {
    const now = clock.now();
    // Those who have been over it for longest stand at the front.
    for (const [known, end] of over) {
      if (end > now) break;
      over.delete(known);
    }
    over.delete(id);
    over.set(id, until);
  };

  return {
    refuseKnown: (id: number): Refusal | null => {
      const until = over.get(id);
      return until !== undefined && until > clock.now() ? { by, first: false } : null;
    },
    count: async (id: number): Promise<Refusal | null> => {
      const excess = await limit.count(id);
      if (excess === null) return null;
      remember(id, later(clock.now(), excess.endsIn));
      return { by, first: excess.first };
    },
  };
};

export const createAdmitUpdate = ({ limits, clock }: { readonly limits: Limits; readonly clock: Pick<Clock, 'now'> }): AdmitUpdate => {
  const gateOf = (by: LimitName) => {
    const limit = limits[by];
    return limit === null ? null : createGate(by, limit, clock);
  };
  const [user, chat, bot] = [gateOf('user'), gateOf('chat'), gateOf('bot')];

  /** In this order: what is refused because of its sender must not use up what everybody shares. */
  const gatesOf = (sender: Sender) => [
    { gate: user, id: sender.customer },
    // A private chat is counted as its user already.
    { gate: isPrivate(sender.chat) ? null : chat, id: sender.chat },
    { gate: bot, id: EVERYBODY },
  ];

  const count = async (sender: Sender): Promise<Refusal | null> => {
    for (const { gate, id } of gatesOf(sender)) {
      const refusal = gate === null ? null : await gate.count(id);
      if (refusal !== null) return refusal;
    }
    return null;
  };

  const isUnlimited = user === null && chat === null && bot === null;
  return {
    refuseKnown: (sender) => {
      for (const { gate, id } of gatesOf(sender)) {
        const refusal = gate?.refuseKnown(id) ?? null;
        if (refusal !== null) return refusal;
      }
      return null;
    },
    admit: (sender) => (isUnlimited ? ADMITTED : count(sender)),
  };
};
