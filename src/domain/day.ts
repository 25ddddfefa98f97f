// Calendar days of a zone: which day an instant belongs to, and from when until when a day lasts there.
import type { Branded } from './ids.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { HOUR, instant, localDateTime } from './time.ts';
import type { Instant } from './time.ts';

/** `YYYY-MM-DD`, a day of the calendar. Its text form is itself, and days sort as their texts do. */
export type Day = Branded<string, 'Day'>;

/** From its first instant up to, and without, its last one. */
export type Span = { readonly from: Instant; readonly to: Instant };

const DAY = 24 * HOUR;

const utcMidnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

const dateOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

export const parseDay = (text: string): Result<Day, 'notADay'> => {
  const milliseconds = /^[12]\d{3}-\d\d-\d\d$/.test(text) ? utcMidnight(text) : NaN;
  // The calendar knows what a date that does not exist, such as a 30th of February, would be read as.
  return !Number.isNaN(milliseconds) && dateOf(milliseconds) === text ? ok(text as Day) : fail('notADay');
};

/** The day that a calendar in the zone shows at an instant. */
export const dayOf = (at: Instant, timeZone: string): Day => localDateTime(at, timeZone).slice(0, 10) as Day;

/** The day that comes `days` later; earlier when negative. */
export const dayLater = (day: Day, days: number): Day => dateOf(utcMidnight(day) + days * DAY) as Day;

/** How many days `to` is later than `from`: 1 for tomorrow, 0 for the same day, negative for an earlier one. */
export const daysApart = (from: Day, to: Day): number => (utcMidnight(to) - utcMidnight(from)) / DAY;

/** The first instant of a day. No zone is a whole day away from UTC, so it lies within a day of midnight there. */
const startOf = (day: Day, timeZone: string): Instant => {
  let before = utcMidnight(day) - DAY;
  let from = utcMidnight(day) + DAY;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayOf(instant(middle), timeZone) < day) before = middle;
    else from = middle;
  }
  return instant(from);
};

/** From when until when a day lasts: 23 or 25 hours where the clocks change, and nothing is between two days. */
export const spanOf = (day: Day, timeZone: string): Span => ({
  from: startOf(day, timeZone),
  to: startOf(dayLater(day, 1), timeZone),
});
