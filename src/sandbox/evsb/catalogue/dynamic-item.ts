// Items of dynamic products: what one costs, and when and to whom it is offered.

/** When and to whom an item is offered. */
export type Offer =
  | { kind: 'always' }
  /** In two hours of three, counted from the simulator's start, so that a list changes by itself. `turn` is the hour without it. */
  | { kind: 'inTurn'; turn: 0 | 1 | 2 }
  /** Only to lines of one kind. */
  | { kind: 'byLine'; line: LineKind }
  /** A draw: until the end of a day, counted from the simulator's start. `isWonHere`: one of the tickets sold here wins. */
  | { kind: 'raffle'; endsInDays: number; winningNumber: string; isWonHere: boolean };

export type LineKind = 'prepaid' | 'contract';

export type DynamicItem = { id: string; description: string; amountToSendX100: number; offer: Offer };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When a draw closes, in epoch milliseconds: the end of its last day in UTC. */
export const closingTime = (draw: { endsInDays: number }, openedAt: number): number =>
  (Math.floor(openedAt / dayMs) + draw.endsInDays + 1) * dayMs;

/** The kind of a line: the fourth digit from the end, which no suffix rule reads, is even on prepaid lines. */
export const lineKindOf = (account: string): LineKind => (Number(account.at(-4) ?? 0) % 2 === 0 ? 'prepaid' : 'contract');

/** True while an item may be bought, by an account if one is known. The times are epoch milliseconds. */
export const isOffered = ({ offer }: DynamicItem, account: string | null, openedAt: number, now: number): boolean => {
  switch (offer.kind) {
    case 'always':
      return true;
    case 'inTurn':
      return Math.floor((now - openedAt) / hourMs) % 3 !== offer.turn;
    case 'byLine':
      return account !== null && lineKindOf(account) === offer.line;
    case 'raffle':
      return closingTime(offer, openedAt) > now;
  }
};
