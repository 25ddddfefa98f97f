import { describe, expect, it } from 'vitest';
import { createSessionCodec } from '../../../src/adapters/codec/session-codec.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { newDialog, newDraft } from '../../../src/domain/dialog/state.ts';
import type { DialogState } from '../../../src/domain/dialog/state.ts';
import { parseNumberId } from '../../../src/domain/keepsake.ts';
import { money } from '../../../src/domain/money.ts';
import { EUR, FIELDS, RAFFLE, cents } from '../../domain/sample-catalog.ts';
import { BOB, NOON, orderId } from '../../contracts/orders.ts';
import { sampleAskings } from '../telegram/sample-admin-views.ts';

const codec = createSessionCodec(createSealer(newSealingKey()));
const typed = { account: '5351234567', receiverEmail: 'ana@mail.example', documentNumber: 'AB123456' };
const choice = { direction: 'direct', amount: cents(500) } as const;
const draft = { ...newDraft(FIELDS), choice, fields: typed };
const state: DialogState = { ...newDialog(NOON), screen: { at: 'field', draft, index: 2 } };

describe('a stored conversation', () => {
  it('comes back as it was', () => {
    expect(codec.decode(codec.encode(state))).toEqual(state);
  });

  it('comes back with the items of a dynamic product and the one that was chosen', () => {
    const chosen = { id: 'D-1', description: 'A "guitar"', endsAt: NOON };
    const price = { send: money(300, EUR), receive: money(300, EUR), fee: cents(0) };
    const items: DialogState['screen'][] = [
      {
        at: 'items',
        draft: newDraft(RAFFLE),
        items: [
          { ...chosen, price },
          { ...chosen, price, pay: price.send },
        ],
        page: 0,
      },
      { at: 'items', draft: newDraft(RAFFLE), items: null, page: 0 },
      { at: 'field', draft: { ...draft, dynamic: chosen }, index: 0 },
    ];
    for (const screen of items) expect(codec.decode(codec.encode({ ...state, screen }))).toEqual({ ...state, screen });
  });

  it('comes back with whatever those who run the shop are asked, and shows none of it', () => {
    for (const asking of [{ for: 'nothing' } as const, ...sampleAskings]) {
      const asked: DialogState = { ...state, screen: { at: 'admin', asking } };
      const text = codec.encode(asked);
      expect(codec.decode(text)).toEqual(asked);
      expect(text).not.toMatch(/"for"|receipt-17|Kiosk/);
    }
  });

  it('of a time without dynamic products has none', () => {
    const text = codec.encode(state);
    expect(text).toContain('"dynamic":null,');
    expect(codec.decode(text.replace('"dynamic":null,', ''))).toEqual(state);
  });

  it('comes back with what a name is typed for', () => {
    const number = parseNumberId(12);
    if (!number.ok) throw new Error('12 is no id');
    const screens: DialogState['screen'][] = [
      { at: 'naming', naming: { kind: 'order', order: orderId(1) } },
      { at: 'naming', naming: { kind: 'number', number: number.value } },
    ];
    for (const screen of screens) {
      const text = codec.encode({ ...state, screen });
      expect(codec.decode(text)).toEqual({ ...state, screen });
      expect(codec.decode(text.replace(/"(order|number)":("[A-Z0-9]+"|12)/, '"$1":"?"'))).toBeNull();
    }
  });

  it('comes back with what an agent is asked to type', () => {
    const screens: DialogState['screen'][] = [
      { at: 'agent', asking: { for: 'days' } },
      { at: 'agent', asking: { for: 'clerkName' } },
      { at: 'agent', asking: { for: 'clerkLimit', clerk: BOB } },
    ];
    for (const screen of screens) expect(codec.decode(codec.encode({ ...state, screen }))).toEqual({ ...state, screen });
    const text = codec.encode({ ...state, screen: { at: 'agent', asking: { for: 'clerkLimit', clerk: BOB } } });
    expect(codec.decode(text.replace(String(BOB), '-1'))).toBeNull();
  });

  it('comes back with each line of a batch, and shows nothing personal of them', () => {
    const account = '5351234567';
    const pay = money(500, EUR);
    const quoted = {
      productId: FIELDS,
      choice,
      cost: pay,
      pay,
      commission: money(0, EUR),
      receive: pay,
      fee: cents(0),
      estimated: false,
    };
    const target = { product: FIELDS, account, warnings: ['otherCountry'] } as const;
    const wish = { ...target, choice, repaired: { from: 'nimbs', to: 'Nimbus' } };
    const [order, quote] = [orderId(1), { ...quoted, quotedAt: NOON, expiresAt: NOON }];
    const ready = { kind: 'ready', ...wish, order, quote, twin: orderId(2) } as const;
    const screens: DialogState['screen'][] = [
      {
        at: 'batch',
        page: 1,
        lines: [
          { ...ready, trouble: null },
          { ...ready, trouble: { kind: 'outOfFunds', available: pay } },
          { ...ready, trouble: { kind: 'limitReached', problem: { kind: 'tooMany', most: 2 }, opensAt: NOON } },
          { ...ready, trouble: { kind: 'limitReached', problem: { kind: 'tooMuch', most: pay, left: pay }, opensAt: NOON } },
          { ...ready, trouble: { kind: 'boughtJustNow', at: NOON } },
          { kind: 'open', ...wish, repaired: null, error: { kind: 'aboveCeiling', most: pay } },
          { kind: 'open', ...wish, error: { kind: 'needsDetails' } },
          { kind: 'choose', choice, candidates: [target, { ...target, account: null }] },
          { kind: 'problem', text: `nimbus ${account}`, problem: 'noAmount', product: FIELDS },
        ],
      },
      { at: 'batchPlaced', orders: [{ id: order, productName: 'Nimbus', account, pay, status: 'placed' }] },
    ];
    for (const screen of screens) {
      const text = codec.encode({ ...state, screen });
      expect(codec.decode(text)).toEqual({ ...state, screen });
      expect(text).not.toContain(account);
    }
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
