import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { secret } from '../../../src/adapters/system/secret.ts';
import type { Secret } from '../../../src/adapters/system/secret.ts';

describe('a seal', () => {
  const sealer = createSealer(newSealingKey());

  it('opens to what was sealed, under the same context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        expect(sealer.open(sealer.seal(text, context), context)).toBe(text);
      }),
    );
  });

  it('differs every time and does not contain the text', () => {
    const [one, other] = [sealer.seal('hunter2 hunter2', 'a'), sealer.seal('hunter2 hunter2', 'a')];
    expect(one).not.toEqual(other);
    expect(Buffer.from(one).includes('hunter2')).toBe(false);
  });

  it('does not open when any bit has changed, and the error holds nothing of the text', () => {
    const sealed = sealer.seal('hunter2', 'order 1');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(() => sealer.open(changed, 'order 1')).toThrow(/^(?!.*hunter2)/);
    }
  });

  it('does not open when it is cut short', () => {
    const sealed = sealer.seal('hunter2', 'order 1');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => sealer.open(sealed.subarray(0, length), 'order 1')).toThrow();
    }
  });

  it('does not open under another context or key', () => {
    const sealed = sealer.seal('hunter2', 'order 1');
    expect(() => sealer.open(sealed, 'order 2')).toThrow('does not open');
    for (let index = 0; index < 50; index += 1) {
      expect(() => createSealer(newSealingKey()).open(sealed, 'order 1')).toThrow(/another key/);
    }
  });

  it('of the old key is opened, and nothing is sealed with it', () => {
    const [current, old] = [newSealingKey(), newSealingKey()];
    const both = createSealer(current, old);
    expect(both.open(createSealer(old).seal('text', 'a'), 'a')).toBe('text');
    const sealed = both.seal('text', 'a');
    expect(createSealer(current).open(sealed, 'a')).toBe('text');
    expect(() => createSealer(old).open(sealed, 'a')).toThrow(/another key/);
  });

  it('is opened by either of two keys that share their id', () => {
    const idOf = (key: Secret): number | undefined => createSealer(key).seal('', 'a')[1];
    const current = newSealingKey();
    let old = newSealingKey();
    while (idOf(old) !== idOf(current)) old = newSealingKey();
    const both = createSealer(current, old);
    expect(both.open(createSealer(old).seal('text', 'a'), 'a')).toBe('text');
    expect(both.open(both.seal('text', 'a'), 'a')).toBe('text');
    expect(() => createSealer(current).open(createSealer(old).seal('text', 'a'), 'a')).toThrow('does not open');
  });

  it('takes its key in base64 or hex', () => {
    const bytes = Buffer.alloc(32, 0xa7);
    const sealed = createSealer(secret(bytes.toString('hex'))).seal('text', 'a');
    expect(createSealer(secret(bytes.toString('base64'))).open(sealed, 'a')).toBe('text');
    expect(createSealer(secret(bytes.toString('hex').toUpperCase())).open(sealed, 'a')).toBe('text');
  });

  it.each(['', 'too short', 'ab'.repeat(31), 'ab'.repeat(33), `${'A'.repeat(42)}!=`, Buffer.alloc(31).toString('base64')])(
    'refuses the key "%s" without repeating it',
    (text) => {
      expect(() => createSealer(secret(text))).toThrow('A sealing key is 32 bytes, written in base64 or hex');
    },
  );
});
