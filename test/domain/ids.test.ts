import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  orderIdFromBytes,
  parseChatId,
  parseCustomerId,
  parseLocalReference,
  parseOrderId,
  parseProductId,
} from '../../src/domain/ids.ts';

describe('order ids', () => {
  it('are 12 signs that parse back, for any 12 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
        const id = orderIdFromBytes(bytes);
        expect(parseOrderId(id)).toEqual({ ok: true, value: id });
      }),
    );
  });

  it('use all 60 bits: two bytes that differ in their low five bits give two ids', () => {
    const ids = Array.from({ length: 32 }, (_, i) => orderIdFromBytes(new Uint8Array(12).fill(i)));
    expect(new Set(ids).size).toBe(32);
  });

  it.each(['', 'ABC', 'ABCDEFGHJKMNP', 'abcdefghjkmn', 'ABCDEFGHIJKL', 'ABCDEFGHJKM!'])('refuse %j', (text) => {
    expect(parseOrderId(text).ok).toBe(false);
  });

  it('take 12 bytes and no other number', () => {
    expect(() => orderIdFromBytes(new Uint8Array(11))).toThrow('12 random bytes');
  });
});

describe('number ids', () => {
  it.each([
    ['customer', parseCustomerId, 1, 0],
    ['product', parseProductId, 2 ** 31 - 1, 2 ** 31],
    ['local reference', parseLocalReference, 999_999_999, 1_000_000_000],
    ['chat', parseChatId, -100_123, 2 ** 53],
  ] as const)('%s: accepts the bound, refuses what lies beyond', (_name, parse, inside, outside) => {
    expect(parse(inside)).toEqual({ ok: true, value: inside });
    expect(parse(outside).ok).toBe(false);
    expect(parse(1.5).ok).toBe(false);
    expect(parse(Number.NaN).ok).toBe(false);
  });
});
