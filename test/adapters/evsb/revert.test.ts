// One revert: its exact body, what every answer comes to, that it is sent no more than once, and what it tells the log.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RESULT_CODES, judgeRevert } from '../../../src/adapters/evsb/outcome.ts';
import { instant } from '../../../src/domain/time.ts';
import { brokenConnections } from './broken-connections.ts';
import { NOON, replyJson, serveHttp, serveTcp, withSupplier } from './loopback.ts';
import { AT, prepare, prepareRevert } from './samples.ts';

const receipt = (resultcode: unknown, more: object = {}) => ({
  finalstatus: -1,
  resultcode,
  resultmessage: 'text',
  supplierreference: '',
  suppliertoken: '',
  ...more,
});
const refusal = (resultcode: unknown, more: object = {}) => ({ rc: -1, items: [receipt(resultcode, more)] });
const reverted = { rc: 0, items: [receipt('20', { supplierreference: '1700000000002' })] };

/** Reverts on a server and waits long enough for a forbidden second request to arrive. */
const revertOn = (url: string, timeout = 5_000) =>
  withSupplier(url, { timeouts: { revert: timeout } }, async (supplier) => {
    const outcome = await supplier.revert(prepareRevert(supplier));
    await sleep(30);
    return outcome;
  });

describe('a revert on the wire', () => {
  it('names the sale exactly as it was sent, under a reference of its own', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, reverted));
    await withSupplier(`${server.url}/api`, { now: () => NOON }, async (supplier) => {
      const { attempt } = prepare(supplier, { ref: 500123, at: AT });
      const prepared = prepareRevert(supplier, { attempt, ref: 500124, at: instant(AT + 300_000) });
      expect(prepared.attempt).toMatchObject({ terminalId: 100001, reference: 500124, localTime: '2025-01-01T06:05:00' });
      expect(await supplier.revert(prepared)).toEqual({
        kind: 'reverted',
        supplierReference: '1700000000002',
        raw: JSON.stringify(reverted),
        uid: 'uid-1',
      });
      expect(server.requests).toMatchObject([
        {
          method: 'POST',
          url: '/api/util/revert/100001/8801/500124',
          body: '{"amountToSendX100":1000,"localDateTime":"2025-01-01T06:05:00","account":"600123456000","originalLocalReference":500123,"originalLocalDate":"2025-01-01T06:00:00"}',
          headers: { st: '1735732800', 'content-type': 'application/json', connection: 'close' },
        },
      ]);
    });
    await server.close();
  });

  it('is not sent when it was held up after its intent', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, reverted));
    await withSupplier(server.url, { now: () => NOON }, async (supplier) => {
      const prepared = prepareRevert(supplier, { at: instant(NOON - 30_001) });
      expect(await supplier.revert(prepared)).toMatchObject({ kind: 'notSent', reason: 'heldUp' });
    });
    expect(server.requests).toEqual([]);
    await server.close();
  });

  it('goes to the terminal that sold, and names no account where none was sent', async () => {
    await withSupplier('http://127.0.0.1:9', {}, (supplier) => {
      const attempt = { ...prepare(supplier).attempt, terminalId: 100002 };
      for (const fields of [{}, { account: '' }]) {
        const prepared = prepareRevert(supplier, { attempt, fields });
        expect(prepared.attempt.terminalId).toBe(100002);
        expect(prepared.body).not.toContain('account');
      }
      return Promise.resolve();
    });
  });
});

/** Codes that say something else of a revert than of a purchase. */
const exceptions = new Map([
  [10, 'open'],
  [20, 'open'],
  [900, 'rejected'],
]);

describe('judgeRevert', () => {
  it('takes rc 0 and code 20 together, and one receipt', () => {
    expect(judgeRevert(reverted)).toMatchObject({ kind: 'done', alert: 'never' });
    expect(judgeRevert({ rc: 0, items: [receipt(20)] })).toMatchObject({ kind: 'done' });
    expect(judgeRevert({ rc: 0, items: [receipt('20'), receipt('991')] })).toMatchObject({ kind: 'unclear', alert: 'always' });
  });

  it.each([...RESULT_CODES])('%i with a refusing rc', (code, rule) => {
    const usual = { final: 'rejected', indeterminate: 'unconfirmed', foreign: 'open', done: 'open' }[rule.class];
    const expected = exceptions.get(code) ?? usual;
    const verdict = judgeRevert(refusal(String(code)));
    expect(verdict.kind === 'unclear' ? verdict.expectation : verdict.kind).toBe(expected);
    expect(verdict).toMatchObject({ resultCode: String(code) });
  });

  it.each([...RESULT_CODES.keys()].filter((code) => code !== 20))('%i with rc 0 is a contradiction', (code) => {
    expect(judgeRevert({ ...refusal(String(code)), rc: 0 })).toMatchObject({
      kind: 'unclear',
      expectation: 'open',
      alert: 'always',
    });
  });

  it.each([
    ['an unlisted code', refusal('555')],
    ['a code that is no number', refusal('x')],
    ['a refusal with a token', refusal('11', { suppliertoken: 'T-1' })],
    ['a refusal without a code', { rc: -1, items: [{ finalstatus: -1 }] }],
    ['several receipts', { rc: -1, items: [receipt('11'), receipt('20')] }],
    ['rc as text', { rc: '0', items: [receipt('20')] }],
    ['no receipt', { rc: 0, items: [] }],
    ['nothing', null],
  ])('%s is unclear', (_, json) => {
    expect(judgeRevert(json)).toMatchObject({ kind: 'unclear' });
  });
});

describe('outcomes', () => {
  it.each<[string, object, object]>([
    ['a final code is refused', refusal('923'), { kind: 'refused', resultCode: '923' }],
    ['an unknown sale is refused', refusal('900'), { kind: 'refused', resultCode: '900' }],
    [
      'what a validator writes is refused',
      { rc: -1, items: [{ finalstatus: 0, resultmessage: 'x' }] },
      { kind: 'refused', resultCode: null },
    ],
    ['an earlier revert may have worked', refusal('12'), { kind: 'unclear', reason: 'indeterminate code', resultCode: '12' }],
    ['a code of sales is unclear', refusal('10'), { kind: 'unclear', reason: 'a code of other answers', resultCode: '10' }],
    ['a contradiction is unclear', refusal('20'), { kind: 'unclear', reason: 'a refusal with code 20', resultCode: '20' }],
  ])('%s', async (_, answer, expected) => {
    const server = await serveHttp((_request, response) => replyJson(response, answer));
    expect(await revertOn(server.url)).toEqual({ ...expected, raw: JSON.stringify(answer), uid: 'uid-1' });
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it.each([
    ...[400, 401, 403, 404, 405, 415].map((status) => [status, 'refused'] as const),
    ...[204, 307, 406, 408, 429, 500, 502, 503].map((status) => [status, 'unclear'] as const),
  ])('HTTP %i is %s, and sent once', async (status, kind) => {
    const server = await serveHttp((_request, response) => response.writeHead(status, { 'Retry-After': '0' }).end());
    expect(await revertOn(server.url)).toMatchObject({ kind, resultCode: null, raw: null });
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it.each(Object.entries(brokenConnections(JSON.stringify(reverted).padEnd(200))))(
    'on a connection %s it is unclear, and sent once',
    async (_, [fault, expected]) => {
      const server = await serveTcp(fault);
      const outcome = await revertOn(server.url, expected.reason === 'timeout' ? 400 : 5_000);
      expect(outcome).toMatchObject({ kind: 'unclear', resultCode: null, ...expected });
      expect(server.received).toBe(1);
      await server.close();
    },
  );

  it('is not sent when nobody listens, and may be sent again', async () => {
    const server = await serveTcp(() => undefined);
    await server.close();
    expect(await revertOn(server.url)).toEqual({ kind: 'notSent', reason: 'ECONNREFUSED', raw: null, uid: null });
  });

  it('is not sent when its turn does not come in time, behind a purchase or not', async () => {
    const server = await serveHttp((_request, response) => void setTimeout(() => replyJson(response, reverted), 120));
    await withSupplier(server.url, { concurrency: 1, timeouts: { queue: 40 } }, async (supplier) => {
      const purchase = supplier.purchase(prepare(supplier));
      expect(await supplier.revert(prepareRevert(supplier))).toMatchObject({ kind: 'notSent' });
      await purchase;
      expect(server.requests).toHaveLength(1);
    });
    await server.close();
  });
});

describe('a bug of ours', () => {
  const broken = (): number => {
    throw new Error('broken clock');
  };

  it('leaves a purchase and a revert unclear, and is loud', async () => {
    await withSupplier('http://127.0.0.1:9', { now: broken }, async (supplier, log) => {
      const unclear = { kind: 'unclear', reason: 'internal error', resultCode: null, raw: null, uid: null };
      expect(await supplier.purchase(prepare(supplier))).toEqual({ ...unclear, expectation: 'open', delivery: null });
      expect(await supplier.revert(prepareRevert(supplier))).toEqual(unclear);
      expect(log.events().slice(1)).toEqual(['error evsb.purchaseBroke', 'error evsb.revertBroke']);
    });
  });
});

describe('the log of reverts', () => {
  const linesOf = async (answer: object) => {
    const server = await serveHttp((_request, response) => replyJson(response, answer));
    const lines = await withSupplier(server.url, {}, async (supplier, log) => {
      await supplier.revert(prepareRevert(supplier, { ref: 500201 }));
      return log.lines;
    });
    await server.close();
    return lines;
  };

  it.each([
    ['info', reverted, { outcome: 'reverted', code: '20' }],
    ['warn', refusal('923'), { outcome: 'rejected', code: '923' }],
    ['error', refusal('900'), { outcome: 'rejected', code: '900' }],
    ['error', refusal('20'), { outcome: 'open', code: '20' }],
  ])('is one line, at level %s', async (level, answer, fields) => {
    const lines = (await linesOf(answer)).filter(({ event }) => event === 'evsb.revert');
    expect(lines).toMatchObject([{ level, fields: { product: 8801, reference: 500201, status: 200, uid: 'uid-1', ...fields } }]);
  });

  it('holds nothing of the buyer, of the body or of the answer', async () => {
    const secrets = ['600123456000', 'Correct-Horse-42', 'T-8F2K-0001', 'ana@example.test', 'originalLocal'];
    const answer = refusal('-1', { resultmessage: 'ana@example.test 600123456000', suppliertoken: 'T-8F2K-0001' });
    for (const each of [reverted, answer, refusal('-1', { resultmessage: 'ana@example.test 600123456000' })]) {
      const written = JSON.stringify(await linesOf(each));
      for (const secret of secrets) expect(written).not.toContain(secret);
    }
  });
});
