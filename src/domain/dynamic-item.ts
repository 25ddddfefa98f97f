// Items of a dynamic product (raffles, vouchers of today's price): what it sells and for how much exists at sale time only.
import { parseDay, spanOf } from './day.ts';
import type { Money } from './money.ts';
import type { Price } from './quote.ts';
import { instant, localDateTime } from './time.ts';
import type { Instant } from './time.ts';

/** What an order remembers of its item. `endsAt`: when a raffle is drawn; null for an item that has no result to wait for. */
export type ChosenItem = { readonly id: string; readonly description: string; readonly endsAt: Instant | null };

/**
 * An item as the supplier lists it now. `description` is the supplier's text, cut, and may be empty. `pay`: what the buyer pays, once
 * somebody has worked that out.
 */
export type DynamicItem = ChosenItem & { readonly price: Price; readonly pay?: Money };

/** What a list shows beside an item. */
export const payFor = ({ price, pay }: DynamicItem): Money => pay ?? price.send;

/** Whether a value beside an item is its end. */
export const isEndDate = (key: string): boolean => key.toLowerCase() === 'enddate';

const WITH_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/** What the zone's clocks show at a moment, read as if they were UTC's. */
const wallClock = (at: number, timeZone: string): number => Date.parse(`${localDateTime(instant(at), timeZone)}Z`);

/**
 * Reads when an item ends: a day, which ends at its 24:00, or a moment. What names no zone is meant in `timeZone`. Null for a text that
 * is neither.
 */
export const parseEndDate = (text: string, timeZone: string): Instant | null => {
  const day = parseDay(text.trim());
  if (day.ok) return spanOf(day.value, timeZone).to;
  const [, date = '', hour = '', minute = '', second = '00', zone] = WITH_TIME.exec(text.trim()) ?? [];
  if (!parseDay(date).ok) return null;
  const written = Date.parse(`${date}T${hour}:${minute}:${second}${zone?.replace(/(\d\d)(\d\d)$/, '$1:$2') ?? 'Z'}`);
  if (Number.isNaN(written)) return null;
  return zone === undefined ? fromWallClock(written, timeZone) : instant(written);
};

/** The moment at which the zone's clocks show what UTC's show at `written`. Looked up twice, because the first guess may lie beyond a change of the clocks. */
const fromWallClock = (written: number, timeZone: string): Instant => {
  const guess = written - (wallClock(written, timeZone) - written);
  return instant(guess + (written - wallClock(guess, timeZone)));
};
