// Reads over real HTTP: what is repeated, what is not, and what each question of the port comes to.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import type { Attempt } from '../../../src/domain/order.ts';
import { instant, localDateTime } from '../../../src/domain/time.ts';
import type { Instant } from '../../../src/domain/time.ts';
import { NOON, ask, reply, replyJson, serveHttp, serveTcp, status, withSupplier } from './loopback.ts';
import type { Answer } from './loopback.ts';
import { AT, choose, errorOf, must, prepare, product, productId, reference, sold } from './samples.ts';

const attemptAt = (at: Instant): Attempt => ({
  terminalId: 100001,
  reference: reference(500200),
  localTime: localDateTime(at, 'America/Mexico_City'),
  at,
});

const balance = {
  rc: 0,
  items: [
    { id: 7, balance: 1 },
    { id: 100001, balance: 465.92 },
  ],
};

describe('repetition', () => {
  const questions: [string, number, number[], (supplier: EvsbSupplier) => Promise<unknown>][] = [
    ['ping', 1, [], (supplier) => supplier.ping()],
    ['balance', 3, [1_000, 2_000], (supplier) => supplier.balance()],
    ['portfolio', 3, [1_000, 2_000], (supplier) => supplier.portfolio()],
    ['price', 2, [1_000], (supplier) => supplier.price(product, choose('direct', 1000), null)],
    ['dynamic vouchers', 2, [2_000], (supplier) => supplier.dynamicVouchers(productId(8800))],
    ['finished vouchers', 2, [2_000], (supplier) => supplier.finishedVouchers(productId(8800))],
    ['voucher details', 3, [1_000, 2_000], (supplier) => supplier.voucherDetails(productId(9994), 'T-1')],
    ['transaction info', 3, [1_000, 2_000], (supplier) => supplier.transactionInfo(attemptAt(AT))],
    ['parameters of a top-up', 3, [1_000, 2_000], (supplier) => supplier.rechargeParameters(productId(8601))],
    ['products of a top-up', 2, [2_000], (supplier) => supplier.rechargeProducts(productId(8613), '5350000000')],
    ['parameters of a bill', 3, [1_000, 2_000], (supplier) => supplier.billParameters(productId(8801))],
    ['invoices', 2, [2_000], (supplier) => supplier.invoices(productId(8801), [{ key: 'account', value: '1' }])],
    ['a bill payment', 3, [1_000, 2_000], (supplier) => supplier.billPaymentInfo(attemptAt(AT))],
  ];

  it.each(questions)('%s is asked %i times of a server that fails', async (_, times, waits, question) => {
    const { result, requests, sleeps } = await ask(status(503), question);
    expect(result).toMatchObject({ ok: false, error: { kind: 'answered', httpStatus: 503 } });
    expect(requests).toHaveLength(times);
    expect(sleeps).toEqual(waits);
  });

  it.each(questions)('%s is asked once when the answer is 401', async (_, _times, _waits, question) => {
    const { result, requests, log } = await ask(status(401), question);
    expect(result).toMatchObject({ ok: false, error: { kind: 'answered', httpStatus: 401 } });
    expect(requests).toHaveLength(1);
    expect(log.events()).toContain('error evsb.readRefused');
  });

  it('signs each try anew', async () => {
    let now = NOON;
    const { result, requests } = await ask(
      (_request, response, count) => {
        now += 31_000;
        if (count === 1) response.writeHead(500).end();
        else replyJson(response, balance);
      },
      (supplier) => supplier.balance(),
      { now: () => now },
    );
    expect(result).toEqual({ ok: true, value: { hundredths: 46592 } });
    expect(requests.map(({ headers }) => headers['st'])).toEqual(['1735732800', '1735732831']);
  });

  it('survives an idle connection that the server closed', async () => {
    const text = JSON.stringify(balance);
    const server = await serveTcp((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
      socket.on('data', () => socket.resetAndDestroy());
    });
    await withSupplier(server.url, {}, async (supplier) => {
      expect((await supplier.balance()).ok).toBe(true);
      expect((await supplier.balance()).ok).toBe(true);
    });
    await server.close();
  });

  it("ends at the call's own time limit", async () => {
    const { result, requests } = await ask(
      () => undefined,
      (supplier) => supplier.ping(),
      { timeouts: { ping: 40 } },
    );
    expect(result).toEqual({ ok: false, error: { kind: 'noAnswer', reason: 'timeout' } });
    expect(requests).toHaveLength(1);
  });

  it('says that nothing was sent when nobody listens', async () => {
    const server = await serveTcp(() => undefined);
    await server.close();
    await withSupplier(server.url, {}, async (supplier, _log, sleeps) => {
      expect(errorOf(await supplier.balance())).toEqual({ kind: 'notSent', reason: 'ECONNREFUSED' });
      expect(sleeps).toHaveLength(2);
    });
  });
});

describe('ping and echo', () => {
  const pong = { rc: 0, echo: 'a b', ts: 1 };

  it('tells how far their clock is ahead', async () => {
    const date = new Date(NOON + 25_000).toUTCString();
    const { result, log } = await ask(reply(pong, { Date: date }), (supplier) => supplier.ping(), { now: () => NOON });
    expect(result).toEqual({ ok: true, value: { skew: 25_000 } });
    expect(log.lines).toContainEqual({ level: 'error', event: 'evsb.clockSkew', fields: { skewMs: 25_000 } });
  });

  it('has no skew without a readable Date, and no alarm for a small one', async () => {
    const unreadable = await ask(reply(pong, { Date: 'today' }), (supplier) => supplier.ping());
    expect(unreadable.result).toEqual({ ok: true, value: { skew: null } });
    const small = await ask(reply(pong, { Date: new Date(NOON - 19_000).toUTCString() }), (supplier) => supplier.ping(), {
      now: () => NOON,
    });
    expect(small.log.events()).not.toContain('error evsb.clockSkew');
  });

  it('alarms about the clock when the credentials are refused for it', async () => {
    const { log } = await ask(
      (_request, response) => void response.writeHead(500).end(),
      (supplier) => supplier.balance(),
      {
        now: () => NOON,
      },
    );
    expect(log.events()).toContain('error evsb.clockSkew');
  });

  it('wants the echo back unchanged', async () => {
    const { result, requests } = await ask(reply(pong), (supplier) => supplier.echo('a b'));
    expect(result).toEqual({ ok: true, value: { echo: 'a b' } });
    expect(requests[0]?.url).toBe('/ping/a%20b');
    expect((await ask(reply(pong), (supplier) => supplier.echo('b'))).result).toMatchObject({ ok: false });
  });

  it.each(['a/b', 'a\\b', 'a;b', 'a\u0000b', '', '..'])('does not send the echo %j', async (text) => {
    const { result, requests } = await ask(reply(pong), (supplier) => supplier.echo(text));
    expect(result).toMatchObject({ ok: false, error: { kind: 'notSent' } });
    expect(requests).toHaveLength(0);
  });

  it.each([[{ rc: -1, echo: 'echo' }], [[]], ['x']])('takes %j for no pong', async (json) => {
    expect((await ask(reply(json), (supplier) => supplier.ping())).result).toMatchObject({
      ok: false,
      error: { httpStatus: 200 },
    });
  });
});

describe('balance', () => {
  it.each([
    [465.92, 46592],
    [0.29, 29],
    [-12.5, -1250],
    [100, 10000],
    [1234567.89, 123456789],
  ])('reads %d as %i hundredths', async (major, hundredths) => {
    const { result } = await ask(reply({ rc: 0, items: [{ id: 100001, balance: major }] }), (supplier) => supplier.balance());
    expect(result).toEqual({ ok: true, value: { hundredths } });
  });

  it.each([
    [{ rc: 0, items: [{ id: 7, balance: 1 }] }],
    [{ rc: 0, items: [{ id: 100001, balance: '1' }] }],
    [{ rc: 0, items: [{ id: 100001, balance: 1e300 }] }],
    [{ rc: 0 }],
  ])('finds none in %j', async (json) => {
    expect((await ask(reply(json), (supplier) => supplier.balance())).result).toMatchObject({ ok: false });
  });

  it('hands on the code and the text of a failure', async () => {
    const refusal = { rc: -1, items: [{ resultcode: '516', resultmessage: 'Invalid hash' }] };
    expect((await ask(reply(refusal), (supplier) => supplier.balance())).result).toEqual({
      ok: false,
      error: { kind: 'answered', httpStatus: 200, resultCode: '516', message: 'Invalid hash' },
    });
  });

  it.each(['', '{"rc":0', '<html></html>'])('takes %j for an unusable answer, once', async (text) => {
    const { result, requests } = await ask(
      (_request, response) => void response.end(text),
      (supplier) => supplier.balance(),
    );
    expect(result).toMatchObject({ ok: false, error: { kind: 'answered', httpStatus: 200 } });
    expect(requests).toHaveLength(1);
  });
});

describe('portfolio over HTTP', () => {
  it('is unzipped by what the answer says', async () => {
    const list = gzipSync(JSON.stringify([{ terminalId: 100001, products: [] }]));
    const { result } = await ask(
      (_request, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(list),
      (supplier) => supplier.portfolio(),
    );
    expect(result).toEqual({ ok: true, value: [] });
  });

  it('may be larger than other answers, but not without bound', async () => {
    const padded = (size: number) =>
      ask(
        (_request, response) => void response.end('[]'.padEnd(size)),
        (s) => s.portfolio(),
      );
    expect((await padded(2_000_000)).result).toEqual({ ok: true, value: [] });
    expect((await padded(9_000_000)).result).toEqual({ ok: false, error: { kind: 'noAnswer', reason: 'too large' } });
  });
});

describe('dynamic and finished vouchers', () => {
  const ticket = { id: 'RF-1', description: 'Ticket', amountToSendX100: 300, destinationAmountX100: 300, serviceFeeX100: 0 };
  const read = { id: 'RF-1', description: 'Ticket', send: 300, receive: 300, fee: 0, destinationCurrency: null, extra: [] };

  it('takes 404 for an empty list', async () => {
    expect((await ask(status(404), (s) => s.dynamicVouchers(productId(8800)))).result).toEqual({ ok: true, value: [] });
    expect((await ask(status(404), (s) => s.finishedVouchers(productId(8800)))).result).toEqual({ ok: true, value: [] });
  });

  it('reads the envelope and the bare array', async () => {
    const envelope = await ask(reply({ rc: 0, items: [ticket] }), (s) => s.dynamicVouchers(productId(8800)));
    expect(envelope.result).toEqual({ ok: true, value: [read] });
    expect(envelope.requests[0]?.url).toBe('/pre-paid/vouchers/products/100001/8800');
    const bare = await ask(reply([ticket]), (s) => s.finishedVouchers(productId(8800)));
    expect(bare.result).toEqual({ ok: true, value: [read] });
    expect(bare.requests[0]?.url).toBe('/pre-paid/vouchers/finished-products/100001/8800');
  });

  it('leaves out what it can not read, and says so', async () => {
    const { result, log } = await ask(
      reply({
        rc: 0,
        items: [{ ...ticket, serviceFeeX100: '0' }, { description: 'no id' }, { ...ticket, id: '', dynamicProductId: 'D' }],
      }),
      (s) => s.dynamicVouchers(productId(8800)),
    );
    expect(result).toMatchObject({ ok: true, value: [{ id: 'D' }] });
    expect(log.events().filter((event) => event === 'warn evsb.dynamicVoucherLeftOut')).toHaveLength(2);
  });

  it.each([
    ['a fee that only the total tells', { serviceFeeX100: undefined, totalAmountX100: 325 }, 25],
    ['the larger of two that differ', { serviceFeeX100: 10, totalAmountX100: 325 }, 25],
    ['a total that can not be', { totalAmountX100: 200 }, 100],
    ['none where nobody tells', { serviceFeeX100: undefined }, null],
  ])('reads %s', async (_, changes, fee) => {
    const { result } = await ask(reply({ rc: 0, items: [{ ...ticket, ...changes }] }), (s) => s.dynamicVouchers(productId(8800)));
    expect(result).toMatchObject({ ok: true, value: [{ fee }] });
  });

  it('asks under the old path on request', async () => {
    const { requests } = await ask(status(404), (s) => s.dynamicVouchers(productId(8800)), { oldVoucherProductsPath: true });
    expect(requests[0]?.url).toBe('/pre-paid/vouchers/products/100001/8800/0');
  });
});

describe('voucher details', () => {
  const details = (answer: Answer) => ask(answer, (supplier) => supplier.voucherDetails(productId(9995), 'T 1'));

  it('reads the voucher', async () => {
    const { result, requests } = await details(reply({ rc: 0, items: [{ redeemCode: 'ABCD', expiration: '2026-01-01' }] }));
    expect(must(result)).toMatchObject({ code: 'ABCD', expiration: '2026-01-01', extra: [] });
    expect(requests[0]?.url).toBe('/pre-paid/vouchers/additional-data/100001/9995/T%201');
  });

  it.each([
    ['404', status(404)],
    ['an item without a code', reply({ rc: 0, items: [{ redeemCode: '' }] })],
    ['no item', reply({ rc: 0, items: [] })],
  ])('are not there yet on %s', async (_, answer) => {
    expect(must((await details(answer)).result)).toBe('notYet');
  });

  it('are an error when refused', async () => {
    expect((await details(reply({ rc: -1, items: [] }))).result).toMatchObject({ ok: false, error: { kind: 'answered' } });
  });
});

describe('transaction info', () => {
  const late = instant(Date.parse('2025-01-02T05:30:00Z')); // half past eleven at night in Mexico City
  const unknown = { rc: -1, items: [{ finalstatus: 0, resultcode: '900', resultmessage: 'Invalid parameters' }] };
  const dates = (requests: readonly { url: string }[]) => requests.map(({ url }) => url.split('/').at(-1));

  it('asks under each date until one answer is conclusive', async () => {
    const { result, requests } = await ask(
      (_request, response, count) => replyJson(response, count === 1 ? unknown : sold),
      (supplier) => supplier.transactionInfo(attemptAt(late)),
    );
    expect(result).toEqual({ ok: true, value: { kind: 'charged', supplierReference: '1700000000010' } });
    expect(dates(requests)).toEqual(['20250101', '20250102']);
    expect(requests[0]?.url).toBe('/util/transaction/info/100001/500200/20250101');
  });

  it('stays unknown when no date knows the sale', async () => {
    const { result, requests } = await ask(reply(unknown), (supplier) => supplier.transactionInfo(attemptAt(late)));
    expect(result).toEqual({ ok: true, value: { kind: 'stillUnknown' } });
    expect(dates(requests)).toEqual(['20250101', '20250102']);
    expect(dates((await ask(reply(unknown), (supplier) => supplier.transactionInfo(attemptAt(AT)))).requests)).toEqual([
      '20250101',
    ]);
  });

  it('tells a rejection from an unknown sale', async () => {
    const { result } = await ask(reply({ rc: 0, items: [{ resultcode: '971' }] }), (supplier) =>
      supplier.transactionInfo(attemptAt(AT)),
    );
    expect(result).toEqual({ ok: true, value: { kind: 'rejected', reason: 'operatorRefused', resultCode: '971' } });
  });
});

describe('the log', () => {
  it("never holds a secret, a person's data or a URL", async () => {
    const server = await serveHttp((request, response) => {
      if (request.method === 'POST') replyJson(response, sold);
      else if (request.url.startsWith('/ping')) replyJson(response, { rc: 0, echo: 'SECRET-ECHO' });
      else replyJson(response, { rc: 0, items: [{ redeemCode: 'SECRET-CODE', resultcode: '10', resultmessage: 'SECRET-TEXT' }] });
    });
    await withSupplier(server.url, {}, async (supplier, log) => {
      const fields = { account: '5512345678', receiverEmail: 'ana@example.test', documentNumber: 'SECRET-DOC' };
      await supplier.purchase(prepare(supplier, { fields }));
      await supplier.echo('SECRET-ECHO');
      await supplier.voucherDetails(productId(8801), 'SECRET-TOKEN');
      await supplier.voucherDetails(productId(8801), 'SECRET;TOKEN');
      await supplier.transactionInfo(attemptAt(AT));
      await supplier.price(product, choose('direct', 1000), 'SECRET-ACCOUNT');
      await supplier.balance();
      const written = JSON.stringify(log.lines);
      const signatures = server.requests.map(({ headers }) => String(headers['sh']));
      const secrets = [
        'SECRET',
        '5512345678',
        'ana@',
        'Correct-Horse-42',
        'demo-channel-01',
        'ABCD-EFGH',
        'T-8F2K',
        'Enter the code',
      ];
      for (const secret of [...secrets, ...signatures, '/pre-paid', '/ping']) expect(written).not.toContain(secret);
      expect(log.lines.length).toBeGreaterThan(7);
    });
    await server.close();
  });

  it('has one line a try, with what support asks for', async () => {
    const { log } = await ask(
      (_request, response, count) => (count === 1 ? void response.writeHead(502).end() : replyJson(response, sold)),
      (supplier) => supplier.transactionInfo(attemptAt(AT)),
    );
    expect(log.lines.slice(1)).toMatchObject([
      { level: 'warn', event: 'evsb.readFailed', fields: { call: 'transactionInfo', reference: 500200, status: 502, try: 1 } },
      { level: 'info', event: 'evsb.read', fields: { status: 200, rc: 0, code: '10', uid: 'uid-1', try: 2 } },
    ]);
    expect(log.lines[0]).toMatchObject({ event: 'evsb.configured', fields: { environment: 'production', terminal: 100001 } });
  });
});

describe('turns', () => {
  it('never has more calls in flight than allowed, and keeps some for purchases', async () => {
    let inFlight = 0;
    let most = 0;
    const held: (() => void)[] = [];
    const server = await serveHttp((request, response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      const finish = () => {
        inFlight -= 1;
        replyJson(response, request.method === 'POST' ? sold : balance);
      };
      if (request.method === 'POST') setTimeout(finish, 10);
      else held.push(finish);
    });
    await withSupplier(server.url, { concurrency: 3 }, async (supplier) => {
      const reads = Array.from({ length: 6 }, () => supplier.balance());
      const sales = [1, 2, 3, 4].map((ref) => supplier.purchase(prepare(supplier, { ref })));
      // No read is answered before every purchase is done.
      expect((await Promise.all(sales)).map(({ kind }) => kind)).toEqual(['charged', 'charged', 'charged', 'charged']);
      const release = setInterval(() => held.shift()?.(), 1);
      expect((await Promise.all(reads)).every(({ ok }) => ok)).toBe(true);
      clearInterval(release);
      expect(most).toBe(3);
    });
    await server.close();
  });
});
