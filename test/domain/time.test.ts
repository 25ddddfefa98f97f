import { describe, expect, it } from 'vitest';
import { filingDates, instant, localDateTime } from '../../src/domain/time.ts';

const at = (iso: string) => instant(Date.parse(iso));

describe('localDateTime', () => {
  it.each([
    ['2026-01-01T12:00:00Z', 'UTC', '2026-01-01T12:00:00'],
    ['2026-01-01T00:30:00Z', 'America/Mexico_City', '2025-12-31T18:30:00'],
    ['2026-06-30T23:15:09Z', 'Europe/Madrid', '2026-07-01T01:15:09'],
    ['2026-06-30T22:00:00Z', 'Europe/Madrid', '2026-07-01T00:00:00'],
  ])('%s in %s is %s', (iso, zone, expected) => {
    expect(localDateTime(at(iso), zone)).toBe(expected);
  });
});

describe('filingDates', () => {
  it.each([
    ['noon in UTC: one date', '2026-01-10T12:00:00Z', 'UTC', ['20260110']],
    [
      'evening elsewhere: the local date first, then the UTC date',
      '2026-01-10T03:00:00Z',
      'America/Mexico_City',
      ['20260109', '20260110'],
    ],
    ['just before midnight: the next day too', '2026-01-10T23:30:00Z', 'UTC', ['20260110', '20260111']],
    ['just after midnight: the day before too', '2026-03-01T00:10:00Z', 'UTC', ['20260301', '20260228']],
    ['after midnight in Madrid: local, UTC', '2026-01-09T23:30:00Z', 'Europe/Madrid', ['20260110', '20260109']],
  ])('%s', (_name, iso, zone, expected) => {
    expect(filingDates(localDateTime(at(iso), zone), at(iso))).toEqual(expected);
  });
});
