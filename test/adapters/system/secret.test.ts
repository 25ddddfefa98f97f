import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { secret } from '../../../src/adapters/system/secret.ts';

describe('a secret', () => {
  const wrapped = secret('hunter2');

  it('reveals itself when asked', () => {
    expect(wrapped.reveal()).toBe('hunter2');
  });

  it.each([
    ['text', () => String(wrapped)],
    ['concatenation', () => ['', wrapped].join('')],
    ['JSON', () => JSON.stringify({ wrapped, list: [wrapped] })],
    ['inspection', () => inspect({ wrapped }, { depth: null, showHidden: true })],
    ['an error', () => inspect(new Error('failed', { cause: { wrapped } }))],
    ['its properties', () => JSON.stringify(Object.entries(wrapped)) + inspect({ ...wrapped })],
  ])('does not show in %s', (_where, print) => {
    expect(print()).not.toContain('hunter2');
  });

  it('shows that it is one', () => {
    expect(String(wrapped)).toBe('[secret]');
    expect(JSON.stringify({ wrapped })).toBe('{"wrapped":"[secret]"}');
    expect(inspect(wrapped)).toBe('[secret]');
  });
});
