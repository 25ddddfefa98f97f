// How fast the operator is told: alerts of a kind together, one message of a kind a minute, and when an hour has had its share, all that is left in one.
import type { Alert } from './alert.ts';
import { alertKind, isGrouped, subjectsOf } from './alert.ts';
import { HOUR, MINUTE, later } from './time.ts';
import type { Instant } from './time.ts';

/** A message that the operator got, and the kinds of the alerts that it told. */
export type Told = { readonly at: Instant; readonly kinds: readonly string[] };

/** What may go out now, message by message, and what has to wait until when. Every alert is in exactly one place. */
export type AlertPlan<Item> = {
  readonly messages: readonly (readonly Item[])[];
  readonly held: readonly { readonly items: readonly Item[]; readonly until: Instant }[];
};

/** Between two messages of one kind, in milliseconds. */
export const BETWEEN_TWO = MINUTE;
/** Messages in an hour; the last of them takes whatever is left. */
export const MOST_AN_HOUR = 20;
/** Alerts of one kind in a message. */
export const MOST_IN_GROUP = 10;
/** Numbers in a message that tells alerts of many kinds: so that it stays below what Telegram takes. */
export const MOST_IN_SUMMARY = 100;

type Item = { readonly alert: Alert };

const byKind = <Some extends Item>(items: readonly Some[]): readonly (readonly [string, readonly Some[]])[] => [
  ...Map.groupBy(items, ({ alert }) => alertKind(alert)),
];

/** As many, from the first on, as have room together. */
const takeForSummary = <Some extends Item>(items: readonly Some[]): readonly Some[] => {
  let room = MOST_IN_SUMMARY;
  const end = items.findIndex(({ alert }) => (room -= Math.max(1, subjectsOf(alert).length)) < 0);
  return end === -1 ? items : items.slice(0, end);
};

/** `due` the oldest first; `toldSince` what was told since an hour ago, the oldest first. */
export const planAlerts = <Some extends Item>(
  due: readonly Some[],
  toldSince: readonly Told[],
  now: Instant,
): AlertPlan<Some> => {
  // A clock that was ahead and is right again must not keep the operator waiting for that time to come.
  const told = toldSince.filter(({ at }) => at <= now);
  const room = MOST_AN_HOUR - told.length;
  /** When there is room for one more. */
  const roomAt = later(told.at(-MOST_AN_HOUR)?.at ?? told[0]?.at ?? now, HOUR);
  if (room <= 0) return { messages: [], held: due.length === 0 ? [] : [{ items: due, until: roomAt }] };

  const messages: (readonly Some[])[] = [];
  const held: { items: readonly Some[]; until: Instant }[] = [];
  for (const [kind, items] of byKind(due)) {
    const last = told.findLast(({ kinds }) => kinds.includes(kind));
    const freeAt = last === undefined ? now : later(last.at, BETWEEN_TWO);
    if (freeAt > now) {
      held.push({ items, until: freeAt });
      continue;
    }
    const taken = items.slice(0, items.every(({ alert }) => isGrouped(alert)) ? MOST_IN_GROUP : 1);
    messages.push(taken);
    const rest = items.slice(taken.length);
    if (rest.length > 0) held.push({ items: rest, until: later(now, BETWEEN_TWO) });
  }
  if (messages.length < room) return { messages, held };

  const full = messages.slice(0, room - 1);
  const left = due.filter((item) => !full.some((items) => items.includes(item)));
  const summary = takeForSummary(left);
  const rest = left.slice(summary.length);
  return { messages: [...full, summary], held: rest.length === 0 ? [] : [{ items: rest, until: roomAt }] };
};
