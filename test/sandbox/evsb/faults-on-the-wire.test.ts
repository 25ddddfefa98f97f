// Faults on the wire: when each one strikes, what the client sees of it, and what the supplier did meanwhile.
import { describe, expect, it } from 'vitest';
import { request } from 'undici';
import type { FaultOrder } from '../../../src/sandbox/evsb/faults.ts';
import { eventuallyTrue } from '../../eventually.ts';
import { codeOf, info, itemOf, openTill, sell, sold, terminalId, tillWith } from './till.ts';
import type { Reply, Till } from './till.ts';

/** What went wrong below HTTP; throws when an answer arrived. */
const failureOf = async (attempt: Promise<Reply>): Promise<string> => {
  try {
    const reply = await attempt;
    throw new Error(`An answer arrived: ${reply.status}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
    throw error;
  }
};

describe('before the sale', () => {
  it.each([
    ['status500Before', 500],
    ['status429', 429],
    ['burst401', 401],
  ] as const)('%s answers %i and sells nothing', async (kind, status) => {
    const till = await tillWith({ kind, times: 1 });
    expect((await sell(till)).status).toBe(status);
    expect(sold(till)).toBe(0);
    expect(codeOf(await sell(till))).toBe('10');
  });

  it('dropBefore resets the connection and sells nothing', async () => {
    const till = await tillWith({ kind: 'dropBefore' });
    expect(await failureOf(sell(till))).toBe('ECONNRESET');
    expect(sold(till)).toBe(0);
    expect(till.simulator.books.requests).toMatchObject([{ endpoint: 'voucherPurchase', status: null, fault: 'dropBefore' }]);
    expect(codeOf(await sell(till))).toBe('10');
  });

  it('a burst of 401 hits five calls', async () => {
    const till = await tillWith({ kind: 'burst401' });
    const statuses: number[] = [];
    while (statuses.length < 6) statuses.push((await till.get('/ping')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 200]);
  });

  it('latency delays, and a client that gave up meanwhile is not served', async () => {
    const till = await tillWith({ kind: 'latency', ms: 40 }, { kind: 'latency', ms: 200 }, { kind: 'latency', ms: 200 });
    const started = performance.now();
    expect(codeOf(await sell(till, 1))).toBe('10');
    expect(performance.now() - started).toBeGreaterThanOrEqual(39);
    await giveUp(till, 2);
    // Its turn comes after that of the one before it.
    expect(codeOf(await sell(till, 3))).toBe('10');
    expect(till.simulator.books.honoured).toMatchObject([{ localReference: 1 }, { localReference: 3 }]);
  });

  it('serverGoesOn sells although the client gave up', async () => {
    const till = await tillWith({ kind: 'serverGoesOn', ms: 200 });
    await giveUp(till, 1);
    await eventuallyTrue(() => sold(till) === 1);
    expect(codeOf(await info(till))).toBe('10');
  });

  it('hang never answers, and does not keep the simulator from closing', async () => {
    const till = await tillWith({ kind: 'hang' });
    await giveUp(till, 1);
    expect(sold(till)).toBe(0);
    till.simulator.control.planFaults({ kind: 'hang' });
    const waiting = failureOf(sell(till, 2));
    await eventuallyTrue(() => till.simulator.books.requestCount === 2);
    await till.simulator.close();
    expect(await waiting).toMatch(/^(ECONNRESET|UND_ERR_SOCKET)$/);
  });
});

const sendOrder = (till: Till, reference: number, signal: AbortSignal) =>
  till.send(
    'POST',
    `/pre-paid/vouchers/purchase/${terminalId}/8201/${reference}`,
    { ...till.signature(), 'Content-Type': 'application/json' },
    JSON.stringify({ amountToSendX100: 2_500, localDateTime: '2025-01-01T12:00:00' }),
    signal,
  );

/** Sends an order and hangs up without an answer once the simulator has seen it. */
const giveUp = async (till: Till, reference: number): Promise<void> => {
  const { books } = till.simulator;
  const seen = books.requestCount;
  const leaving = new AbortController();
  const refusal = expect(sendOrder(till, reference, leaving.signal)).rejects.toThrow();
  await eventuallyTrue(() => books.requestCount > seen);
  leaving.abort();
  await refusal;
};

describe('after the sale, which stands', () => {
  it.each<[FaultOrder['kind'], number, (reply: Reply) => void]>([
    ['status500After', 500, ({ json }) => expect(json).toMatchObject({ status: 500, error: 'Internal Server Error' })],
    ['late406', 406, ({ json }) => expect(json).toMatchObject({ status: 406 })],
    [
      'html502',
      502,
      ({ headers, text }) => expect([headers['content-type'], text]).toEqual(['text/html', expect.stringMatching('<html>')]),
    ],
    ['empty200', 200, ({ text }) => expect(text).toBe('')],
    ['truncatedJson', 200, ({ text, json }) => expect([text.startsWith('{"rc":0'), json]).toEqual([true, undefined])],
  ])('%s', async (kind, status, look) => {
    const till = await openTill();
    till.simulator.control.planFaults(orderOf(kind));
    const reply = await sell(till);
    expect(reply.status).toBe(status);
    look(reply);
    expect(sold(till)).toBe(1);
    expect(till.simulator.books.balanceX100).toBe(100_000 - 2_700);
    expect(till.simulator.books.requests).toMatchObject([{ status, fault: kind }]);
    expect(codeOf(await info(till))).toBe('10');
  });

  it.each([
    ['dropAfter', 'ECONNRESET', null],
    ['cutBody', 'ECONNRESET', 200],
  ] as const)('%s loses the answer', async (kind, failure, status) => {
    const till = await tillWith({ kind });
    expect(await failureOf(sell(till))).toBe(failure);
    expect(sold(till)).toBe(1);
    expect(till.simulator.books.requests).toMatchObject([{ status }]);
  });

  it('slowDrip sends the right answer in crumbs', async () => {
    const till = await tillWith({ kind: 'slowDrip', intervalMs: 2, chunkBytes: 100 });
    const started = performance.now();
    const reply = await sell(till);
    expect(codeOf(reply)).toBe('10');
    expect(performance.now() - started).toBeGreaterThan((reply.bytes.length / 100 - 1) * 2);
  });

  it('hugeBody sends the right answer and blanks up to a size', async () => {
    const till = await tillWith({ kind: 'hugeBody', bytes: 300_001 });
    const reply = await sell(till);
    expect(reply.bytes).toHaveLength(300_001);
    expect(codeOf(reply)).toBe('10');
  });

  it('endlessBody never ends, and stops when the client does', async () => {
    const till = await tillWith({ kind: 'endlessBody' });
    const { body } = await request(`${till.simulator.url}/ping`, { headers: till.signature() });
    let bytes = 0;
    for await (const chunk of body) {
      if (chunk instanceof Buffer) bytes += chunk.length;
      if (bytes > 5_000_000) break;
    }
    expect(bytes).toBeGreaterThan(5_000_000);
    expect((await till.get('/ping')).status).toBe(200);
  });

  it.each([
    ['numericResultcode', (item: object) => expect(item).toMatchObject({ resultcode: 10 })],
    ['noExtraInfo', (item: object) => expect(Object.keys(item)).not.toContain('extraInfo')],
    ['otherAdditionalData', (item: object) => expect(item).toMatchObject({ extraInfo: { additionalData: [{ key: 'serial' }] } })],
    ['garbled', (item: object) => expect(item).toMatchObject({ resultcode: ['10'] })],
  ] as const)('wrongTypes %s', async (shape, look) => {
    const till = await tillWith({ kind: 'wrongTypes', shape });
    look(itemOf(await sell(till)));
    expect(sold(till)).toBe(1);
  });
});

/** An order for a fault that needs nothing but its kind. */
const orderOf = (kind: FaultOrder['kind']): FaultOrder => {
  switch (kind) {
    case 'status500After':
    case 'late406':
    case 'html502':
    case 'empty200':
    case 'truncatedJson':
      return { kind };
    default:
      throw new Error(`${kind} needs more than its kind`);
  }
};
