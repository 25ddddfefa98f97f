// QR images: a picture that scanners find for any code of a sensible length, nothing for the rest.
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawQr } from '../../../src/adapters/telegram/qr-image.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Pixels of a module, and modules of white around the code. */
const MODULE = 8;
const QUIET = 4;

/** Reads an 8-bit RGBA PNG without filters, one module at a time: rows of dark (`#`) and light (`.`). */
const modulesOf = (png: Uint8Array): readonly string[] => {
  const data = Buffer.from(png);
  expect([...data.subarray(0, 8)]).toEqual(SIGNATURE);
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)];
  const start = data.indexOf('IDAT');
  const pixels = inflateSync(data.subarray(start + 4, start + 4 + data.readUInt32BE(start - 4)));
  const middles = (size: number): readonly number[] => Array.from({ length: size / MODULE }, (_, i) => i * MODULE + MODULE / 2);
  const isDark = (x: number, y: number): boolean => (pixels[y * (width * 4 + 1) + 1 + x * 4] ?? 255) < 128;
  return middles(height).map((y) =>
    middles(width)
      .map((x) => (isDark(x, y) ? '#' : '.'))
      .join(''),
  );
};

describe('drawQr', () => {
  it('draws a code with its three finder patterns and a quiet zone of four modules', async () => {
    const rows = modulesOf((await drawQr('ALON-4821-7733')) ?? new Uint8Array());
    const inner = rows.slice(QUIET, -QUIET).map((row) => row.slice(QUIET, -QUIET));
    expect(inner.length).toBe(21);
    expect(rows.join('').replaceAll('.', '')).toBe(inner.join('').replaceAll('.', ''));
    const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
    expect(inner.slice(0, 7).map((row) => row.slice(0, 7))).toEqual(finder);
    expect(inner.slice(0, 7).map((row) => row.slice(-7))).toEqual(finder);
    expect(inner.slice(-7).map((row) => row.slice(0, 7))).toEqual(finder);
  });

  it.each(['', '  \n', 'x'.repeat(301), 'ñ'.repeat(151), '\ud800'])('draws nothing for %j', async (text) =>
    expect(await drawQr(text)).toBeNull(),
  );

  it('takes every plain code of up to 300 bytes, and throws for none', async () => {
    const plain = fc.stringMatching(/^[\x21-\x7e]{1,300}$/);
    await fc.assert(
      fc.asyncProperty(plain, fc.string({ unit: 'binary', maxLength: 320 }), async (code, anything) => {
        expect(await drawQr(code)).not.toBeNull();
        await drawQr(anything);
      }),
      { numRuns: 8 },
    );
    expect(await drawQr('W'.repeat(300))).not.toBeNull();
  });
});
