import { describe, expect, it } from 'vitest';
import type { HandleUpdate } from '../../src/app/handle-update.ts';
import { createReceiveUpdate } from '../../src/app/receive-update.ts';
import type { IncomingUpdate } from '../../src/app/ports/updates.ts';
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

const open = (incoming: IncomingUpdate, handle: HandleUpdate) => {
  const said: string[] = [];
  const clock = createTestClock();
  const receive = createReceiveUpdate({
    decode: () => incoming,
    handle,
    channel: {
      send: (chat, { view, notice }) => {
        said.push(`${chat}: ${view.type} ${notice?.type ?? ''}`.trim());
        return Promise.resolve(ok(1 as MessageId));
      },
      replace: () => Promise.resolve(ok(1 as MessageId)),
      answerTap: () => Promise.resolve(ok(null)),
      sendDocument: () => Promise.reject(new Error('not used')),
      showBusy: () => Promise.resolve(ok(null)),
    },
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
    const edge = open({ kind: 'group', updateId: 1, chat: -5 as ChatId }, () => Promise.reject(new Error('not asked')));
    await edge.receive({});
    expect(edge.said).toEqual(['-5: groupHint']);
  });

  it('acknowledges what it ignores', async () => {
    const edge = open({ kind: 'ignored', updateId: null, reason: 'notAnUpdate' }, () => Promise.reject(new Error('not asked')));
    await edge.receive('junk');
    expect(edge.said).toEqual([]);
  });
});
