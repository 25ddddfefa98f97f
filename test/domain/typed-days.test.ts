// Days as people type them: which texts are days, which days they are, and that nothing is guessed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/domain/day.ts';
import { readDays } from '../../src/domain/typed-days.ts';

describe('days', () => {
  it.each([
    ['2026-11-01 2026-11-15', '2026-11-01', '2026-11-15'],
    ['2026-11-01', '2026-11-01', '2026-11-01'],
    ['1.11. - 15.11.2026', '2026-11-01', '2026-11-15'],
    ['1.11.-15.11.2026', '2026-11-01', '2026-11-15'],
    ['01/11/2026', '2026-11-01', '2026-11-01'],
    ['01/11 – 15/11/2026', '2026-11-01', '2026-11-15'],
    ['01/02/2026, 03/04/2026', '2026-02-01', '2026-04-03'],
    ['28.12.2025 — 2026-01-03', '2025-12-28', '2026-01-03'],
    ['2026/11/1 - 2026/11/15', '2026-11-01', '2026-11-15'],
    ['٢٠٢٦-١١-٠١ ٢٠٢٦-١١-١٥', '2026-11-01', '2026-11-15'],
    // In the order in which they were typed: that the second is earlier is for others to say.
    ['2026-11-15 2026-11-01', '2026-11-15', '2026-11-01'],
    ['29.2.2024', '2024-02-29', '2024-02-29'],
  ])('are read: %s', (text, from, to) => {
    expect(readDays(text)).toEqual({ from, to });
  });

  it.each([
    '',
    'yesterday',
    '15',
    '1.11.',
    '1.11. - 15.11.',
    '1-15.11.2026',
    '01/11/26',
    '11/15/2026',
    '29.2.2026',
    '2026-11-31',
    '0.11.2026',
    '2026-11-01 2026-11-15 2026-11-16',
    '2026-11-01 bis 2026-11-15',
    '20261101',
    '2026-11-01 2026',
    '001.11.2026',
  ])('are none: %j', (text) => {
    expect(readDays(text)).toBeNull();
  });

  it('are read in each order of their parts, with or without the leading zero', () => {
    const dates = fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, dates, fc.constantFrom('.', '/', '-'), (first, second, separator) => {
        const [from = '', to = ''] = [first, second].map((date) => date.toISOString().slice(0, 10));
        const turned = (day: string): string => day.split('-').reverse().map(Number).join(separator);
        expect(readDays(`${from} ${to}`)).toEqual({ from, to });
        expect(readDays(`${turned(from)} ${turned(to)}`)).toEqual({ from, to });
        expect(readDays(turned(to))).toEqual({ from: to, to });
      }),
    );
  });

  it('are days of the calendar, or none', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d ./-]{0,24}$/), (text) => {
        const days = readDays(text);
        expect(days === null || (parseDay(days.from).ok && parseDay(days.to).ok)).toBe(true);
      }),
    );
  });
});
