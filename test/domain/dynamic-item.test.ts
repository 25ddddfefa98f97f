// When an item ends: a day lasts until its midnight where it is meant, and what is no date is none.
import { describe, expect, it } from 'vitest';
import { parseEndDate } from '../../src/domain/dynamic-item.ts';

const iso = (text: string, timeZone = 'UTC'): string | null => {
  const at = parseEndDate(text, timeZone);
  return at === null ? null : new Date(at).toISOString();
};

describe('parseEndDate', () => {
  it.each([
    ['2025-01-31', 'UTC', '2025-02-01T00:00:00.000Z'],
    [' 2025-01-31 ', 'America/Mexico_City', '2025-02-01T06:00:00.000Z'],
    ['2025-03-30', 'Europe/Madrid', '2025-03-30T22:00:00.000Z'],
    ['2025-01-31T20:15', 'Europe/Madrid', '2025-01-31T19:15:00.000Z'],
    ['2025-01-31 20:15:30', 'Europe/Madrid', '2025-01-31T19:15:30.000Z'],
    ['2025-07-31T20:15:30', 'Europe/Madrid', '2025-07-31T18:15:30.000Z'],
    ['2025-01-31T20:15:30.5Z', 'Europe/Madrid', '2025-01-31T20:15:30.000Z'],
    ['2025-01-31T20:15:30-06:00', 'Europe/Madrid', '2025-02-01T02:15:30.000Z'],
    ['2025-01-31T20:15:30+0530', 'Europe/Madrid', '2025-01-31T14:45:30.000Z'],
    // Just before and just after the clocks change.
    ['2025-03-30T01:59', 'Europe/Madrid', '2025-03-30T00:59:00.000Z'],
    ['2025-03-30T03:00', 'Europe/Madrid', '2025-03-30T01:00:00.000Z'],
    ['2025-10-26T03:00', 'Europe/Madrid', '2025-10-26T02:00:00.000Z'],
  ])('%s in %s', (text, timeZone, expected) => {
    expect(iso(text, timeZone)).toBe(expected);
  });

  it.each(['', 'soon', '31/01/2025', '2025-02-30', '2025-02-30T10:00', '2025-01-31T25:00', '2025-01-31T20:15 CET', '20250131'])(
    'is none for %j',
    (text) => {
      expect(iso(text)).toBeNull();
    },
  );
});
