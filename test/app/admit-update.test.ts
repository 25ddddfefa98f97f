import { describe, expect, it } from 'vitest';
import { createAdmitUpdate } from '../../src/app/admit-update.ts';
import type { Sender } from '../../src/app/admit-update.ts';
import type { Excess, LimitName } from '../../src/app/ports/limits.ts';
import type { ChatId, CustomerId } from '../../src/domain/ids.ts';
import { createTestClock } from './test-clock.ts';

const ana: Sender = { chat: 42 as ChatId, customer: 42 as CustomerId };
const anaInAGroup: Sender = { ...ana, chat: -5 as ChatId };

/** Limits that keep a book of what they counted, and refuse whom they are told to. */
const open = (without: readonly LimitName[] = []) => {
  const counted: string[] = [];
  const refusals: Partial<Record<LimitName, Excess>> = {};
  const limitOf = (name: LimitName) =>
    without.includes(name)
      ? null
      : {
          countUpdate: (id: number) => {
            counted.push(`${name} ${id}`);
            return Promise.resolve(refusals[name] ?? null);
          },
        };
  const clock = createTestClock();
  const limits = { user: limitOf('user'), chat: limitOf('chat'), bot: limitOf('bot') };
  const waits = new Map<number, number>();
  const waitOf = (id: number): number => waits.get(id) ?? 0;
  return { ...createAdmitUpdate({ limits, waitOf, clock }), counted, refusals, waits, clock };
};

describe('an update', () => {
  it('of a private chat is counted once for its sender, then for everybody', async () => {
    const { admit, counted } = open();
    expect(await admit(ana)).toBeNull();
    expect(counted).toEqual(['user 42', 'bot 0']);
  });

  it('of a group is counted for its sender, the group and everybody', async () => {
    const { admit, counted } = open();
    expect(await admit(anaInAGroup)).toBeNull();
    expect(counted).toEqual(['user 42', 'chat -5', 'bot 0']);
  });

  it('that its sender’s limit refuses uses up nothing of the others', async () => {
    const { admit, counted, refusals } = open();
    refusals.user = { first: true, endsIn: 5_000 };
    expect(await admit(anaInAGroup)).toEqual({ by: 'user', first: true });
    expect(counted).toEqual(['user 42']);
  });

  it('whose answer could not leave soon is refused uncounted, and its chat is told every ten seconds', () => {
    const { refuseKnown, counted, waits, clock } = open();
    waits.set(42, 1_000);
    expect(refuseKnown(ana)).toBeNull();
    waits.set(42, 1_001);
    expect(refuseKnown(ana)).toEqual({ by: 'chat', first: true });
    clock.advance(9_999);
    expect(refuseKnown(ana)).toEqual({ by: 'chat', first: false });
    expect(refuseKnown(anaInAGroup)).toBeNull();
    clock.advance(1);
    expect(refuseKnown(ana)).toEqual({ by: 'chat', first: true });
    waits.delete(42);
    expect(refuseKnown(ana)).toBeNull();
    expect(counted).toEqual([]);
  });

  it('of whoever was refused is refused uncounted until the window ends, and nobody else’s is', async () => {
    const { admit, refuseKnown, counted, refusals, clock } = open();
    expect(refuseKnown(ana)).toBeNull();
    refusals.user = { first: true, endsIn: 5_000 };
    await admit(ana);
    counted.length = 0;
    clock.advance(4_999);
    expect(refuseKnown(ana)).toEqual({ by: 'user', first: false });
    expect(refuseKnown(anaInAGroup)).toEqual({ by: 'user', first: false });
    expect(refuseKnown({ chat: 43 as ChatId, customer: 43 as CustomerId })).toBeNull();
    clock.advance(1);
    expect(refuseKnown(ana)).toBeNull();
    expect(counted).toEqual([]);
  });

  it('is counted again when the clock was set back, instead of being refused until the old time comes', async () => {
    const { admit, refuseKnown, refusals, clock } = open();
    refusals.bot = { first: true, endsIn: 1_000 };
    await admit(ana);
    clock.advance(-3_600_000);
    expect(refuseKnown(ana)).toBeNull();
  });

  it('of anybody is refused uncounted while the whole bot is over its limit', async () => {
    const { admit, refuseKnown, refusals } = open();
    refusals.bot = { first: true, endsIn: 1_000 };
    await admit(ana);
    expect(refuseKnown({ chat: 43 as ChatId, customer: 43 as CustomerId })).toEqual({ by: 'bot', first: false });
  });

  it('is admitted where nothing is limited', async () => {
    const { admit, refuseKnown, counted } = open(['user', 'chat', 'bot']);
    expect([refuseKnown(ana), await admit(ana)]).toEqual([null, null]);
    expect(counted).toEqual([]);
  });
});
