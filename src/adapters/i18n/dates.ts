// Instants as each language writes them, in the time zone of the shop.
import type { Language } from '../../domain/dialog/language.ts';
import type { Instant } from '../../domain/time.ts';
import { INTL_TAGS, inEachLanguage } from './intl-tags.ts';

export type TimeFormats = {
  /** `14:05 GMT+2`: with its zone, as the customer may live in another one. */
  readonly formatTime: (language: Language, at: Instant) => string;
  /** `Aug 9, 2026, 14:05` */
  readonly formatDateTime: (language: Language, at: Instant) => string;
};

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;

const formatsOf = (options: Intl.DateTimeFormatOptions): Readonly<Record<Language, Intl.DateTimeFormat>> =>
  inEachLanguage((language) => new Intl.DateTimeFormat(INTL_TAGS[language], options));

/** Throws a RangeError for a time zone that does not exist. */
export const createTimeFormats = (timeZone: string): TimeFormats => {
  const times = formatsOf({ timeZone, timeZoneName: 'short', ...CLOCK });
  const dateTimes = formatsOf({ timeZone, ...DATE, ...CLOCK });
  return {
    formatTime: (language, at) => times[language].format(at),
    formatDateTime: (language, at) => dateTimes[language].format(at),
  };
};
