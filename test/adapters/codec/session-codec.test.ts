import { describe, expect, it } from 'vitest';
import { createSessionCodec } from '../../../src/adapters/codec/session-codec.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { newDialog } from '../../../src/domain/dialog/state.ts';
import type { DialogState } from '../../../src/domain/dialog/state.ts';
import { FIELDS, cents } from '../../domain/sample-catalog.ts';
import { NOON } from '../../contracts/orders.ts';

const codec = createSessionCodec(createSealer(newSealingKey()));
const typed = { account: '5351234567', receiverEmail: 'ana@mail.example', documentNumber: 'AB123456' };
const draft = { product: FIELDS, choice: { direction: 'direct', amount: cents(500) }, fields: typed, twin: null } as const;
const state: DialogState = { ...newDialog(NOON), screen: { at: 'field', draft, index: 2 } };

describe('a stored conversation', () => {
  it('comes back as it was', () => {
    expect(codec.decode(codec.encode(state))).toEqual(state);
  });

  it('shows nothing personal', () => {
    const text = codec.encode(state);
    for (const value of Object.values(typed)) {
      expect(text).not.toContain(value);
      expect(Buffer.from(text).toString('latin1')).not.toContain(Buffer.from(value).toString('base64').slice(0, 8));
    }
  });

  it('of another key is unreadable', () => {
    expect(createSessionCodec(createSealer(newSealingKey())).decode(codec.encode(state))).toBeNull();
  });

  it.each([
    '',
    'null',
    '[]',
    '{"v":1}',
    '{"v":2}',
    '{"v":1,"screen":{"at":"nowhere"},"revision":0,"living":null,"language":null}',
    '\u0000',
  ])('that nobody wrote is unreadable: %j', (text) => {
    expect(codec.decode(text)).toBeNull();
  });

  it('is never one with an open question', () => {
    expect(() => codec.encode({ ...state, pending: { for: 'recall' } })).toThrow('every question');
  });
});
