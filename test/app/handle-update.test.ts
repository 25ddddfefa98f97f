import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import type { FlowAction } from '../../src/domain/dialog/action.ts';
import { newDialog } from '../../src/domain/dialog/state.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { chat, message, openHandler } from './open-handler.ts';

describe('one update', () => {
  it('is saved, then said', async () => {
    const shop = openHandler();
    expect(await shop.handle(shop.update({ type: 'command', command: 'start', argument: '' }))).toEqual(ok('handled'));
    expect(shop.said.map(({ view, replace }) => [view.type, replace])).toEqual([['countries', null]]);
    expect((await shop.state()).revision).toBe(newDialog(shop.clock.now()).revision + 1);
  });

  it('that comes again is answered and changes nothing', async () => {
    const shop = openHandler();
    const tap = await shop.tap({ type: 'pickCountry', country: 724 });
    await shop.handle(tap);
    const { said } = shop;
    const count = said.length;
    expect(await shop.handle(tap)).toEqual(ok('duplicate'));
    expect(said.length).toBe(count);
    expect(shop.taps).toEqual([null, null]);
  });

  it('reads the session while it is being counted, and goes no further when it is refused', async () => {
    const loads: unknown[] = [];
    const shop = openHandler({
      wrap: (sessions) => ({ ...sessions, load: (chatId) => (loads.push(chatId), sessions.load(chatId)) }),
    });
    const counted = Promise.withResolvers<object | null>();
    const handled = shop.handle(shop.update({ type: 'command', command: 'start', argument: '' }), counted.promise);
    expect(loads).toEqual([chat]);
    counted.resolve({});
    expect(await handled).toEqual(ok('refused'));
    expect(shop.said).toEqual([]);
    expect(await shop.sessions.load(chat)).toMatchObject({ value: { version: 0 } });
    const start = shop.update({ type: 'command', command: 'start', argument: '' });
    expect(await shop.handle(start, Promise.resolve(null))).toEqual(ok('handled'));
  });

  it('carries the revision that its buttons belong to', async () => {
    const shop = openHandler();
    await shop.walkToPrice();
    expect(shop.said.at(-1)).toMatchObject({
      revision: (await shop.state()).revision,
      replace: message,
      view: { type: 'price' },
    });
  });

  it('says nothing while the session store is out of reach', async () => {
    const shop = openHandler({
      wrap: (sessions) => ({
        ...sessions,
        save: () => Promise.resolve(fail({ kind: 'unavailable', reason: 'down' })),
      }),
    });
    expect(await shop.handle(shop.update({ type: 'command', command: 'start', argument: '' }))).toEqual(
      fail({ kind: 'unavailable', reason: 'down' }),
    );
    expect(shop.said).toEqual([]);
  });

  it('that loses the race runs again on the new state, and speaks once', async () => {
    let losses = 3;
    const shop = openHandler({
      wrap: (sessions) => ({
        ...sessions,
        save: (...args) => (losses-- > 0 ? Promise.resolve(ok('lost')) : sessions.save(...args)),
      }),
    });
    expect(await shop.handle(shop.update({ type: 'command', command: 'start', argument: '' }))).toEqual(ok('handled'));
    expect(shop.said).toHaveLength(1);
  });

  it('is handled however many of its chat Telegram brings at once', async () => {
    const shop = openHandler();
    // As many as the bot asks Telegram for at a time; in each round of the race one of them wins.
    const updates = Array.from({ length: 40 }, () => shop.update({ type: 'command', command: 'help', argument: '' }));
    const outcomes = await Promise.all(updates.map((update) => shop.handle(update)));
    expect(outcomes.filter((outcome) => outcome.ok && outcome.value === 'handled')).toHaveLength(updates.length);
  });

  it('that loses again and again is left for redelivery', async () => {
    const shop = openHandler({ wrap: (sessions) => ({ ...sessions, save: () => Promise.resolve(ok('lost')) }) });
    expect((await shop.handle(shop.update({ type: 'command', command: 'start', argument: '' }))).ok).toBe(false);
    expect(shop.said).toEqual([]);
  });

  it('finds a session that nobody can read: an apology and a fresh start', async () => {
    const shop = openHandler();
    await shop.sessions.save(chat, 0, '{"v":99}', 1);
    expect(await shop.handle(shop.update({ type: 'typed', text: 'lumbre', lines: ['lumbre'] }))).toEqual(ok('handled'));
    expect(shop.said[0]).toMatchObject({ notice: { type: 'freshStart' }, view: { type: 'amount' } });
  });
});

describe('a confirmation', () => {
  it.each([2, 5])('that arrives %i times at once, with different update ids, is one order', async (times) => {
    const shop = openHandler();
    await shop.walkToPrice();
    const taps = await Promise.all(Array.from({ length: times }, () => shop.confirmation()));
    expect(new Set(taps.map((tap) => tap.updateId)).size).toBe(times);
    await Promise.all(taps.map((tap) => shop.handle(tap)));
    expect(shop.orders.size).toBe(1);
    expect((await shop.state()).screen.at).toBe('processing');
  });
});

describe('replaying', () => {
  it('any of the updates of a purchase, in any order and number, changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 12 }), async (picks) => {
        const shop = openHandler();
        const way = [...(await shop.walkToPrice()), await shop.confirmation()];
        await shop.handle(way.at(-1) ?? shop.update({ type: 'sentMedia' }));
        const before = await shop.state();
        const count = shop.said.length;
        for (const pick of picks) {
          const again = way[pick];
          if (again !== undefined) await shop.handle(again);
        }
        expect(await shop.state()).toEqual(before);
        expect(shop.said.length).toBe(count);
        expect(shop.orders.size).toBe(1);
      }),
      { numRuns: 30 },
    );
  });

  it('with new update ids, as a client does that lost its connection, buys nothing more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 8 }), async (picks) => {
        const shop = openHandler();
        const way = [...(await shop.walkToPrice()), await shop.confirmation()];
        await shop.handle(way.at(-1) ?? shop.update({ type: 'sentMedia' }));
        for (const pick of picks) {
          const again = way[pick];
          if (again !== undefined) await shop.handle({ ...again, updateId: shop.update(again.event).updateId });
        }
        expect(shop.orders.size).toBe(1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a slow answer', () => {
  it('shows that the bot is busy, a quick one does not', async () => {
    const slow = openHandler({ pause: () => wait(60) });
    await slow.walkToPrice();
    // What may be bought again, and the price.
    expect(slow.busy()).toBe(2);
    const quick = openHandler();
    await quick.walkToPrice();
    expect(quick.busy()).toBe(0);
  });
});

describe('two updates of one chat at the same time, in any interleaving', () => {
  const seconds: fc.Arbitrary<FlowAction['type'] | 'text' | 'start'> = fc.constantFrom(
    'confirm',
    'cancel',
    'back',
    'text',
    'start',
  );

  it('become one order at most, lose nothing, and leave a state that one order of them explains', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), seconds, async (scheduler, second) => {
        const shop = openHandler({
          wrap: (sessions) => ({
            ...sessions,
            load: (...args) => scheduler.schedule(Promise.resolve(), 'load').then(() => sessions.load(...args)),
            save: (...args) => scheduler.schedule(Promise.resolve(), 'save').then(() => sessions.save(...args)),
          }),
          pause: () => scheduler.schedule(Promise.resolve(), 'answer'),
        });
        const settle = async <T>(work: Promise<T>): Promise<T> => {
          await scheduler.waitFor(work);
          return work;
        };
        await settle(shop.walkToPrice());
        const first = await settle(shop.confirmation());
        const other =
          second === 'text'
            ? shop.update({ type: 'typed', text: 'hello', lines: ['hello'] })
            : second === 'start'
              ? shop.update({ type: 'command', command: 'start', argument: '' })
              : second === 'confirm'
                ? { ...first, updateId: first.updateId + 1_000 }
                : await settle(shop.tap({ type: second } as FlowAction));
        const outcomes = await settle(Promise.all([shop.handle(first), shop.handle(other)]));
        expect(outcomes).toEqual([ok('handled'), ok('handled')]);
        expect(shop.orders.size).toBeLessThanOrEqual(1);
        const { screen } = await settle(shop.state());
        if (second === 'confirm') expect([screen.at, shop.orders.size]).toEqual(['processing', 1]);
        // Nobody is told that a placed order was cancelled by a tap that came after it.
        if (screen.at === 'processing') expect(shop.orders.size).toBe(1);
        // A revision names one screen: buttons that carry it can't mean two things.
        const screens = new Map<number, string>();
        for (const { view, revision } of shop.said)
          expect(screens.set(revision, screens.get(revision) ?? view.type).get(revision)).toBe(view.type);
        const again = await settle(shop.handle(first));
        expect(again).toEqual(ok('duplicate'));
      }),
      { numRuns: 60 },
    );
  });
});
