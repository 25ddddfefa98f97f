import { describe, expect, it } from 'vitest';
import type { HandleUpdate } from '../../src/app/handle-update.ts';
import { createMemoryLimits } from '../../src/adapters/limits/memory-limits.ts';
import { createAdmitUpdate } from '../../src/app/admit-update.ts';
import { createReceiveUpdate } from '../../src/app/receive-update.ts';
import type { RateLimits } from '../../src/app/ports/limits.ts';
import type { IncomingUpdate } from '../../src/app/ports/updates.ts';
import { silent } from '../../src/app/telemetry.ts';
import type { ChatId, CustomerId, MessageId } from '../../src/domain/ids.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const customerUpdate = (updateId: number): IncomingUpdate => ({
  kind: 'customer',
  updateId,
  chat: 42 as ChatId,
  speaker: { customer: 42 as CustomerId, language: 'en' },
  tapId: null,
  event: { type: 'typed', text: 'hello', lines: ['hello'] },
});

const UNLIMITED: RateLimits = { user: null, chat: null, bot: null };

const open = (incoming: IncomingUpdate, handle: HandleUpdate, limits = UNLIMITED) => {
  const said: string[] = [];
  const clock = createTestClock();
  const receive = createReceiveUpdate({
    decode: () => incoming,
    admission: createAdmitUpdate({ limits: createMemoryLimits(limits), clock }),
    handle,
    channel: {
      send: (chat, { view, notice }) => {
        said.push(`${chat}: ${view.type} ${notice?.type ?? ''}`.trim());
        return Promise.resolve(ok(1 as MessageId));
      },
      replace: () => Promise.resolve(ok(1 as MessageId)),
      answerTap: (tap, notice) => {
        said.push(`${tap}: ${notice?.type ?? ''}`);
        return Promise.resolve(ok(null));
      },
      sendDocument: () => Promise.reject(new Error('not used')),
      showBusy: () => Promise.resolve(ok(null)),
    },
    telemetry: silent,
    clock,
    log: silentLog,
  });
  return { receive, said, clock };
};

describe('receiving', () => {
  it('acknowledges a handled update', async () => {
    const edge = open(customerUpdate(1), () => Promise.resolve(ok('handled')));
    await expect(edge.receive({})).resolves.toBeUndefined();
  });

  it('does not acknowledge what is not durable, however often', async () => {
    const edge = open(customerUpdate(1), () => Promise.resolve(fail({ kind: 'unavailable', reason: 'down' })));
    for (let i = 0; i < 10; i++) await expect(edge.receive({})).rejects.toThrow('down');
    expect(edge.said).toEqual([]);
  });

  it('does not take an outage of the ledger for a bug', async () => {
    const edge = open(customerUpdate(1), () => Promise.reject(new Error('ledger down')));
    for (let i = 0; i < 50; i++) {
      edge.clock.advance(1_000);
      await expect(edge.receive({})).rejects.toThrow('ledger down');
    }
    expect(edge.said).toEqual([]);
  });

  it('gives up on a bug after a minute and three tries, with an apology', async () => {
    const edge = open(customerUpdate(1), () => Promise.reject(new Error('a bug')));
    await expect(edge.receive({})).rejects.toThrow('a bug');
    await expect(edge.receive({})).rejects.toThrow('a bug');
    edge.clock.advance(60_000);
    await edge.receive({});
    expect(edge.said).toEqual(['42: notice trouble']);
  });

  it('answers a group with a hint and nothing else', async () => {
    const edge = open({ kind: 'group', updateId: 1, chat: -5 as ChatId, customer: 42 as CustomerId }, () =>
      Promise.reject(new Error('not asked')),
    );
    await edge.receive({});
    expect(edge.said).toEqual(['-5: groupHint']);
  });

  it('acknowledges what it ignores', async () => {
    const edge = open({ kind: 'ignored', updateId: null, reason: 'notAnUpdate' }, () => Promise.reject(new Error('not asked')));
    await edge.receive('junk');
    expect(edge.said).toEqual([]);
  });
});

describe('an update over a limit', () => {
  const two = { points: 2, seconds: 10 };
  /** Handles what it may, and counts. */
  const counting = () => {
    const seen = { read: 0, handled: 0 };
    const handle: HandleUpdate = async (_update, refusal) => {
      seen.read += 1;
      if (refusal !== undefined && (await refusal) !== null) return ok('refused');
      seen.handled += 1;
      return ok('handled');
    };
    return { seen, handle };
  };
  const tap = { ...customerUpdate(1), tapId: 'tap-1' } as IncomingUpdate;

  it.each<[string, IncomingUpdate, string[]]>([
    ['a message', customerUpdate(1), ['42: notice tooFast']],
    ['a tap', tap, ['tap-1: tooFast']],
  ])(
    'of its sender, %s, is acknowledged; the first is answered, those after it are not even looked up',
    async (_what, update, said) => {
      const { seen, handle } = counting();
      const edge = open(update, handle, { ...UNLIMITED, user: two });
      for (let i = 0; i < 10; i++) await expect(edge.receive({})).resolves.toBeUndefined();
      expect(seen).toEqual({ read: 3, handled: 2 });
      expect(edge.said).toEqual(said);
    },
  );

  it('of the whole bot has to come again, however often, and is no bug', async () => {
    const { seen, handle } = counting();
    const edge = open(customerUpdate(1), handle, { ...UNLIMITED, bot: two });
    await edge.receive({});
    await edge.receive({});
    for (let i = 0; i < 10; i++) {
      await expect(edge.receive({})).rejects.toThrow('too many updates at once');
      edge.clock.advance(900);
    }
    expect(seen.handled).toBe(2);
    expect(edge.said).toEqual([]);
  });

  it('is handled all the same when it says that a customer is back, because news wait for it', async () => {
    const { seen, handle } = counting();
    const edge = open({ ...customerUpdate(1), event: { type: 'returned' } } as IncomingUpdate, handle, {
      ...UNLIMITED,
      user: two,
    });
    for (let i = 0; i < 5; i++) await edge.receive({});
    expect(seen.handled).toBe(5);
  });

  it('of a group gets no hint, and nobody hears of it', async () => {
    const update = { kind: 'group', updateId: 1, chat: -5 as ChatId, customer: 42 as CustomerId } as const;
    const edge = open(update, () => Promise.reject(new Error('not asked')), { ...UNLIMITED, chat: two });
    for (let i = 0; i < 10; i++) await edge.receive({});
    expect(edge.said).toEqual(['-5: groupHint', '-5: groupHint']);
  });
});
