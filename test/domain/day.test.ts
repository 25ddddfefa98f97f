import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayLater, daysApart, dayOf, parseDay, spanOf } from '../../src/domain/day.ts';
import type { Day } from '../../src/domain/day.ts';
import { HOUR, instant } from '../../src/domain/time.ts';

const day = (text: string): Day => {
  const parsed = parseDay(text);
  if (!parsed.ok) throw new Error(`not a day: ${text}`);
  return parsed.value;
};
const at = (iso: string) => instant(Date.parse(iso));
const hours = ({ from, to }: ReturnType<typeof spanOf>): number => (to - from) / HOUR;

describe('parseDay', () => {
  it.each(['2026-01-31', '2024-02-29', '1999-12-31'])('reads %s as itself', (text) => {
    expect(parseDay(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    '',
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-31',
    '31-01-2026',
    '2026-01-31T00:00:00Z',
    '0026-01-31',
  ])('refuses %j', (text) => {
    expect(parseDay(text).ok).toBe(false);
  });
});

describe('dayLater', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2026-01-03', -7, '2025-12-27'],
    ['2026-03-29', 0, '2026-03-29'],
  ])('%s and %i days is %s', (from, days, expected) => {
    expect(dayLater(day(from), days)).toBe(expected);
  });
});

describe('daysApart', () => {
  it.each([
    ['2026-03-28', '2026-03-28', 0],
    ['2026-03-28', '2026-03-30', 2],
    ['2026-03-01', '2026-02-28', -1],
    ['2024-01-01', '2025-01-01', 366],
  ])('from %s to %s is %i', (from, to, expected) => {
    expect(daysApart(day(from), day(to))).toBe(expected);
  });
});

describe('spanOf', () => {
  it.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00Z', 24],
    ['2026-01-31', 'Europe/Madrid', '2026-01-30T23:00:00Z', 24],
    ['2026-01-31', 'America/Mexico_City', '2026-01-31T06:00:00Z', 24],
    ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00Z', 23],
    ['2026-10-25', 'Europe/Madrid', '2026-10-24T22:00:00Z', 25],
    ['2026-01-31', 'Asia/Kathmandu', '2026-01-30T18:15:00Z', 24],
    ['2026-01-31', 'Pacific/Kiritimati', '2026-01-30T10:00:00Z', 24],
    // The clocks go from 24:00 to 01:00: the day has no midnight.
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00Z', 23],
    // The clocks go from 24:00 back to 23:00: the day before lasts longer.
    ['2018-02-17', 'America/Sao_Paulo', '2018-02-17T02:00:00Z', 25],
    // Half an hour only.
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00Z', 24.5],
    // A day that the calendar there left out.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z', 0],
  ])('%s in %s begins at %s and lasts %d hours', (text, zone, from, expected) => {
    const span = spanOf(day(text), zone);
    expect(new Date(span.from).toISOString()).toBe(new Date(from).toISOString());
    expect(hours(span)).toBe(expected);
  });

  const zones = ['UTC', 'Europe/Madrid', 'America/Havana', 'America/Mexico_City', 'Australia/Lord_Howe', 'Pacific/Chatham'];

  it('is the one day of each instant, whatever the zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }).map(instant),
        (zone, moment) => {
          const { from, to } = spanOf(dayOf(moment, zone), zone);
          expect(from <= moment && moment < to).toBe(true);
        },
      ),
    );
  });

  it('leaves nothing between two days', () => {
    for (const zone of zones) {
      const today = day('2026-03-28');
      expect(spanOf(today, zone).to).toBe(spanOf(dayLater(today, 1), zone).from);
    }
    expect(dayOf(at('2026-03-28T23:00:00Z'), 'Europe/Madrid')).toBe('2026-03-29');
    expect(dayOf(instant(at('2026-03-28T23:00:00Z') - 1), 'Europe/Madrid')).toBe('2026-03-28');
  });
});
