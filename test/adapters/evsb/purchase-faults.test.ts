// One purchase against servers that fail in every way: what it comes to, and that it was sent no more than once.
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createSigner } from '../../../src/adapters/evsb/auth.ts';
import { createHttp } from '../../../src/adapters/evsb/http.ts';
import { instant } from '../../../src/domain/time.ts';
import { brokenConnections, head } from './broken-connections.ts';
import { NOON, listen, replyJson, serveHttp, serveTcp, withSupplier } from './loopback.ts';
import { prepare, sold } from './samples.ts';

const text = JSON.stringify(sold);

/** Lets a forbidden second request be made and arrive: on loopback that takes turns of the event loop, not time. */
const settle = async () => {
  for (let turns = 0; turns < 100; turns += 1) await turn();
};

const buyFrom = async (url: string, timeout = 5_000) => {
  const outcome = await withSupplier(url, { timeouts: { voucherPurchase: timeout } }, async (supplier) => {
    const bought = await supplier.purchase(prepare(supplier));
    await settle();
    return bought;
  });
  // Closing has waited for what was still being sent.
  await settle();
  return outcome;
};

describe('a purchase on a connection that breaks', () => {
  it.each(Object.entries(brokenConnections(text)))('%s: open, and sent once', async (_, [fault, expected]) => {
    const server = await serveTcp(fault);
    const outcome = await buyFrom(server.url, expected.reason === 'timeout' ? 400 : 5_000);
    expect(outcome).toMatchObject({ kind: 'unclear', expectation: 'open', resultCode: null, delivery: null, ...expected });
    expect(server.received).toBe(1);
    await server.close();
  });
});

describe('a purchase with a whole answer', () => {
  const json = { 'Content-Type': 'application/json', UID: 'uid-1' };
  const open = { kind: 'unclear', expectation: 'open' };
  const charged = { kind: 'charged', supplierReference: '1700000000010', raw: text, uid: 'uid-1' };
  const answers: Record<string, [(response: ServerResponse) => void, object]> = {
    plain: [(response) => replyJson(response, sold), charged],
    gzip: [(response) => response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(gzipSync(text)), charged],
    'byte order mark': [(response) => response.writeHead(200, json).end(`\ufeff${text}`), { kind: 'charged' }],
    'early hints first': [
      (response) => {
        response.writeEarlyHints({ link: '</a>; rel=preload' });
        replyJson(response, sold);
      },
      charged,
    ],
    'damaged gzip': [
      (response) => response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(gzipSync(text).subarray(0, 60)),
      open,
    ],
    'gzip that grows beyond the limit': [
      (response) => response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(gzipSync(text.padEnd(4_000_000))),
      open,
    ],
    'an encoding that was not asked for': [
      (response) => response.writeHead(200, { ...json, 'Content-Encoding': 'br' }).end(text),
      open,
    ],
    'a huge body': [(response) => response.writeHead(200, json).end(text.padEnd(2_000_000)), { ...open, reason: 'too large' }],
    'an empty 200': [(response) => response.writeHead(200, json).end(), { ...open, raw: null }],
    'truncated JSON': [(response) => response.writeHead(200, json).end(text.slice(0, -9)), { ...open, raw: text.slice(0, -9) }],
    'HTML with 200': [(response) => response.writeHead(200).end('<html></html>'), { ...open, raw: '<html></html>' }],
    'a 204': [(response) => response.writeHead(204).end(), open],
    'a redirect': [(response) => response.writeHead(307, { Location: '/elsewhere' }).end(), open],
    'an HTML 502': [(response) => response.writeHead(502).end('<html>Bad Gateway</html>'), { ...open, reason: 'HTTP 502' }],
    'a 406 with a receipt': [(response) => response.writeHead(406, json).end(text), open],
    'a 500, perhaps of bad credentials': [(response) => response.writeHead(500).end(), open],
    'a 429': [(response) => response.writeHead(429, { 'Retry-After': '0' }).end(), open],
    'a 408': [(response) => response.writeHead(408).end(), open],
    'a 503 to come back after': [(response) => response.writeHead(503, { 'Retry-After': '0' }).end(), open],
    'a 401': [(response) => response.writeHead(401).end(), { kind: 'rejected', reason: 'shopProblem', resultCode: null }],
    'a 404': [(response) => response.writeHead(404, json).end('{"status":404}'), { kind: 'rejected', raw: '{"status":404}' }],
  };

  it.each(Object.entries(answers))('%s', async (_, [answer, expected]) => {
    const server = await serveHttp((_request, response) => answer(response));
    const outcome = await buyFrom(server.url);
    expect(outcome).toMatchObject(expected);
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  const [item] = sold.items;
  const here = (code: string) => ({ kind: 'here', voucher: { code }, token: 'T-8F2K-0001' });
  it.each([
    ['its code', item, here('ABCD-EFGH-JKLM')],
    ['a token that is the code', { ...item, extraInfo: null }, here('T-8F2K-0001')],
    ['the token of a code', { ...item, extraInfo: null, hasAdditionalData: true }, { kind: 'later', token: 'T-8F2K-0001' }],
  ])('keeps %s of an answer that contradicts itself', async (_what, receipt, delivery) => {
    const server = await serveHttp((_request, response) => replyJson(response, { rc: -1, items: [receipt] }));
    expect(await buyFrom(server.url)).toMatchObject({ ...open, delivery });
    await server.close();
  });

  it('keeps no more of an answer than support needs', async () => {
    const server = await serveHttp((_request, response) => void response.writeHead(500).end('x'.repeat(100_000)));
    expect((await buyFrom(server.url)).raw).toHaveLength(65_536);
    await server.close();
  });
});

describe('a purchase that can not leave', () => {
  it('is not sent when nobody listens', async () => {
    const server = await serveTcp(() => undefined);
    await server.close();
    expect(await buyFrom(server.url)).toMatchObject({ kind: 'notSent', reason: 'ECONNREFUSED' });
  });

  it('is not sent when the TLS handshake fails', async () => {
    const server = await serveTcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await buyFrom(server.url.replace('http:', 'https:'))).toMatchObject({ kind: 'notSent' });
    await server.close();
  });

  it.each([
    ['connecting takes too long', { connect: 50 }, 'UND_ERR_CONNECT_TIMEOUT'],
    ['its time is up before it could be written', { voucherPurchase: 50 }, 'timeout'],
  ])('is not sent when %s', async (_, timeouts, reason) => {
    // Accepts the connection and never answers the handshake.
    const server = await listen(createServer());
    await withSupplier(server.url.replace('http:', 'https:'), { timeouts }, async (supplier) => {
      expect(await supplier.purchase(prepare(supplier))).toMatchObject({ kind: 'notSent', reason });
      await server.close();
    });
  });

  it('is not written any more once it was given up, even when the connection comes', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, sold));
    const http = createHttp({
      baseUrl: server.url,
      connectTimeout: 5_000,
      headers: {},
      sign: createSigner('u', 'p'),
      now: Date.now,
    });
    const sending = http.send({ method: 'POST', path: '/', body: '{}', timeout: 1, limit: 1_000 });
    // Holds the event loop while the kernel connects: the deadline is then seen before the connection is.
    const until = performance.now() + 20;
    while (performance.now() < until);
    expect(await sending).toEqual({ kind: 'notSent', reason: 'timeout' });
    await settle();
    expect(server.requests).toHaveLength(0);
    await http.close();
    await server.close();
  });

  it('is not sent with a header that can not be written', async () => {
    await withSupplier('http://127.0.0.1:9', { user: 'a\r\nb' }, async (supplier) => {
      expect(await supplier.purchase(prepare(supplier))).toMatchObject({ kind: 'notSent', reason: 'UND_ERR_INVALID_ARG' });
    });
  });

  it('is not sent when its turn does not come in time, not even later', async () => {
    const server = await serveHttp((_request, response) => void setTimeout(() => replyJson(response, sold), 120));
    await withSupplier(server.url, { concurrency: 1, timeouts: { queue: 40 } }, async (supplier) => {
      const [first, second] = await Promise.all([supplier.purchase(prepare(supplier)), supplier.purchase(prepare(supplier))]);
      expect(first.kind).toBe('charged');
      expect(second).toMatchObject({ kind: 'notSent' });
      await settle();
      expect(server.requests).toHaveLength(1);
    });
    await server.close();
  });

  it.each([
    [30_000, 'charged', 1],
    [30_001, 'notSent', 0],
  ])('is not sent when it was held up after its intent: %i ms, %s', async (heldUp, kind, requests) => {
    const server = await serveHttp((_request, response) => replyJson(response, sold));
    await withSupplier(server.url, { now: () => NOON }, async (supplier) => {
      const outcome = await supplier.purchase(prepare(supplier, { at: instant(NOON - heldUp) }));
      expect(outcome).toMatchObject({ kind, ...(kind === 'notSent' && { reason: 'heldUp' }) });
    });
    expect(server.requests).toHaveLength(requests);
    await server.close();
  });

  it('is not sent after closing', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, sold));
    await withSupplier(server.url, {}, async (supplier) => {
      await supplier.close();
      expect(await supplier.purchase(prepare(supplier))).toMatchObject({ kind: 'notSent' });
    });
    expect(server.requests).toHaveLength(0);
    await server.close();
  });
});

describe('connections', () => {
  it('never reuses one for a purchase, so the server may close idle ones when it likes', async () => {
    // Serves one request a connection, promises to keep it alive, and resets it on the next.
    const server = await serveTcp((socket) => {
      socket.write(`${head}Content-Length: ${text.length}\r\nConnection: keep-alive\r\n\r\n${text}`);
      socket.on('data', () => socket.resetAndDestroy());
    });
    await withSupplier(server.url, {}, async (supplier) => {
      await supplier.balance();
      for (const ref of [1, 2, 3]) {
        expect(await supplier.purchase(prepare(supplier, { ref }))).toMatchObject({ kind: 'charged' });
      }
      expect(server.received).toBe(4);
    });
    await server.close();
  });

  it('waits on closing for a purchase in flight', async () => {
    const server = await serveHttp((_request, response) => void setTimeout(() => replyJson(response, sold), 40));
    await withSupplier(server.url, {}, async (supplier) => {
      const purchase = supplier.purchase(prepare(supplier));
      await expect.poll(() => server.requests.length).toBe(1);
      await supplier.close();
      expect(await purchase).toMatchObject({ kind: 'charged' });
    });
    await server.close();
  });
});
