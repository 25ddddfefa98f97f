// Instants and the local times of a zone. The clock itself is a port: here time is only ever a parameter.
import type { Branded } from './ids.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Branded<number, 'Instant'>;
/** `YYYY-MM-DDTHH:mm:ss` without a zone: the form that eVSB takes, stored exactly as sent. */
export type LocalDateTime = Branded<string, 'LocalDateTime'>;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const instant = (milliseconds: number): Instant => {
  if (!Number.isSafeInteger(milliseconds)) throw new Error(`Not an instant: ${milliseconds}`);
  return milliseconds as Instant;
};

/** As `instant`, for values that come from outside. */
export const parseInstant = (milliseconds: number): Result<Instant, 'notAnInstant'> =>
  Number.isSafeInteger(milliseconds) ? ok(milliseconds as Instant) : fail('notAnInstant');

export const later = (from: Instant, milliseconds: number): Instant => instant(from + milliseconds);

/** The wall clock of a zone (`Europe/Madrid`, `UTC`) at an instant. */
export const localDateTime = (at: Instant, timeZone: string): LocalDateTime => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}` as LocalDateTime;
};

/** The dates, as `yyyyMMdd`, under which a sale of this local time may be filed: its own, then the UTC date, then the neighbours near midnight. */
export const filingDates = (local: LocalDateTime, at: Instant): readonly string[] => {
  const compact = (iso: string): string => iso.slice(0, 10).replaceAll('-', '');
  const hour = Number(local.slice(11, 13));
  const nearMidnight = hour >= 22 ? [24 * HOUR] : hour < 2 ? [-24 * HOUR] : [];
  const localMidnight = Date.parse(`${local.slice(0, 10)}T00:00:00Z`);
  const neighbours = nearMidnight.map((shift) => compact(new Date(localMidnight + shift).toISOString()));
  return [...new Set([compact(local), compact(new Date(at).toISOString()), ...neighbours])];
};
