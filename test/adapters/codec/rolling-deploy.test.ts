// Replicas of two releases share the conversations while one takes the place of the other: each reads what the other writes.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSessionCodec } from '../../../src/adapters/codec/session-codec.ts';
import { createSealer } from '../../../src/adapters/system/sealing.ts';
import { secret } from '../../../src/adapters/system/secret.ts';
import type { DialogState } from '../../../src/domain/dialog/state.ts';

/** A key of nothing but these texts. */
const codec = createSessionCodec(createSealer(secret('5e'.repeat(32))));

/** What the release before this one wrote, at every screen, and the conversation that it meant. */
type Written = { readonly text: string; readonly state: DialogState };
const written = readFileSync(new URL('previous-sessions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line, index) => {
    const conversation = JSON.parse(line) as Written;
    return { ...conversation, name: `${index + 1}, at ${conversation.state.screen.at}` };
  });

/** Spelled out so that a new screen breaks the build: false until the release before this one writes it. */
const SCREENS: Readonly<Record<DialogState['screen']['at'], boolean>> = {
  countries: true,
  operators: true,
  products: true,
  items: true,
  amount: true,
  invoices: true,
  field: true,
  quoteFailed: true,
  price: true,
  batch: true,
  batchPlaced: true,
  admin: true,
  agent: true,
  naming: true,
  processing: true,
};

/** With a field more in every object that is not sealed: what a later release may add. Labels are words by language and no shape. */
const withMore = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const more = Object.entries(value).map(([name, part]) => [name, name === 'labels' ? part : withMore(part)] as const);
  return { ...Object.fromEntries(more), ofALaterRelease: { added: true } };
};

describe('a conversation that the release before this one wrote', () => {
  it('stood at every screen', () => {
    const screens = new Set(written.map(({ state }) => state.screen.at));
    expect(screens).toEqual(new Set(Object.entries(SCREENS).flatMap(([screen, was]) => (was ? [screen] : []))));
  });

  it.each(written)('is read as it was meant: $name', ({ text, state }) => {
    expect(codec.decode(text)).toEqual(state);
  });

  it.each(written)('comes back after this release has written it: $name', ({ text, state }) => {
    const read = codec.decode(text);
    if (read === null) throw new Error('Unreadable');
    expect(codec.decode(codec.encode(read))).toEqual(state);
  });
});

describe('a conversation that a later release wrote', () => {
  it.each(written)('is read without what was added to it: $name', ({ text, state }) => {
    expect(codec.decode(JSON.stringify(withMore(JSON.parse(text))))).toEqual(state);
  });

  it('is unreadable at a screen or in a version that this release does not know, and starts afresh', () => {
    const text = written[0]?.text ?? '';
    expect(codec.decode(text)).not.toBeNull();
    expect(codec.decode(text.replace('"at":"countries"', '"at":"ofALaterRelease"'))).toBeNull();
    expect(codec.decode(text.replace('"v":1', '"v":2'))).toBeNull();
  });
});
