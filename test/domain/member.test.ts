// Who sells at whose expense, and what a member may be called.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVITATION_LIFE, invitationUntil, parseMemberName, payerOf, roleOf } from '../../src/domain/member.ts';
import type { Member } from '../../src/domain/member.ts';
import { maskAccount } from '../../src/domain/masked-account.ts';
import { ALICE, BOB, NOON } from '../contracts/orders.ts';

const agent: Member = {
  id: ALICE,
  name: 'Kiosk North',
  agent: null,
  blocked: false,
  hidesCodes: false,
  credit: [],
  perDay: null,
  joinedAt: NOON,
};
const clerk: Member = { ...agent, id: BOB, agent: ALICE };

it.each([
  ['somebody who is no member', null, 'customer', BOB],
  ['an agent', { ...agent, id: BOB }, 'agent', BOB],
  ['a clerk', clerk, 'agent', ALICE],
  ['a blocked agent', { ...agent, id: BOB, blocked: true }, 'customer', BOB],
  ['a blocked clerk', { ...clerk, blocked: true }, 'customer', BOB],
] as const)('%s buys as they may, and whoever has to pays', (_who, member, role, payer) => {
  expect(roleOf(member)).toBe(role);
  expect(payerOf(member, BOB)).toBe(payer);
});

it('an invitation is good for two days', () => {
  expect(invitationUntil(NOON) - NOON).toBe(INVITATION_LIFE);
  expect(INVITATION_LIFE).toBe(172_800_000);
});

describe('a name', () => {
  it.each([
    ['Kiosk North', 'Kiosk North'],
    ['  Kiosk \n\t North ', 'Kiosk North'],
    ['Ñandú & Söhne 店', 'Ñandú & Söhne 店'],
    ['x'.repeat(40), 'x'.repeat(40)],
    ['🙂'.repeat(40), '🙂'.repeat(40)],
  ])('%j is kept as %j', (text, name) => {
    expect(parseMemberName(text)).toEqual({ ok: true, value: name });
  });

  it.each(['', '   ', 'x'.repeat(41), '\ud800'])('is never %j', (text) => {
    expect(parseMemberName(text)).toEqual({ ok: false, error: 'notAName' });
  });

  it('is read back as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const name = parseMemberName(text);
        if (name.ok) expect(parseMemberName(name.value)).toEqual(name);
      }),
    );
  });
});

describe('a masked account', () => {
  it.each([
    ['5312345678', '••••5678'],
    ['12345678', '••••5678'],
    ['1234567', '••••67'],
    ['12345', '••••45'],
    ['1234', '••••'],
    ['', '••••'],
  ])('of %j is %j', (account, masked) => {
    expect(maskAccount(account)).toBe(masked);
  });

  it('hides at least half of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (account) => {
        const shown = maskAccount(account).slice('••••'.length);
        expect(account.endsWith(shown)).toBe(true);
        expect(Array.from(shown).length * 2).toBeLessThanOrEqual(Array.from(account).length);
      }),
    );
  });
});
