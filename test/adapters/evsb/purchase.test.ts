// What a purchase puts on the wire, and what it tells the log.
import { describe, expect, it } from 'vitest';
import { NOON, replyJson, serveHttp, withSupplier } from './loopback.ts';
import { prepare, sold } from './samples.ts';

describe('a purchase on the wire', () => {
  it('is exactly the prepared body, signed at the moment of sending', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, sold));
    await withSupplier(`${server.url}/api`, { now: () => NOON, realIp: '192.0.2.1', agent: 'shop' }, async (supplier) => {
      const prepared = prepare(supplier);
      expect(await supplier.purchase(prepared)).toMatchObject({
        kind: 'charged',
        delivery: { kind: 'here', voucher: { code: 'ABCD-EFGH-JKLM' }, token: 'T-8F2K-0001' },
      });
      const [request] = server.requests;
      expect(request).toMatchObject({
        method: 'POST',
        url: '/api/pre-paid/vouchers/purchase/100001/8801/500200',
        body: prepared.body,
        headers: {
          u: 'demo-channel-01',
          st: '1735732800',
          sh: '898408819b08d1094bdadc3f8079967c107838e61ea09a0ca3d24a6a9758dede',
          accept: 'application/json',
          'content-type': 'application/json',
          'x-real-ip': '192.0.2.1',
          agent: 'shop',
          connection: 'close',
        },
      });
      expect(request?.headers).not.toHaveProperty('accept-encoding');
      expect(request?.headers).not.toHaveProperty('cache-hash');
    });
    await server.close();
  });

  it('leaves optional headers out', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, sold));
    await withSupplier(server.url, {}, async (supplier) => {
      await supplier.purchase(prepare(supplier));
      expect(server.requests[0]?.headers).not.toHaveProperty('x-real-ip');
      expect(server.requests[0]?.headers).not.toHaveProperty('agent');
    });
    await server.close();
  });
});

describe('the log of purchases', () => {
  const refused = (code: string, message = 'text') => ({
    rc: -1,
    items: [{ finalstatus: -1, resultcode: code, resultmessage: message, supplierreference: '', suppliertoken: '' }],
  });
  const logOf = async (answer: object, environment: 'sandbox' | 'production' = 'production') => {
    const server = await serveHttp((_request, response) => replyJson(response, answer));
    try {
      return await withSupplier(server.url, { environment }, async (supplier, log) => {
        await supplier.purchase(prepare(supplier));
        return log.lines.filter(({ event }) => event === 'evsb.purchase');
      });
    } finally {
      await server.close();
    }
  };

  it('has one line a purchase, with what support asks for', async () => {
    const [line, ...others] = await logOf(sold);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      level: 'info',
      fields: { product: 8801, reference: 500200, status: 200, outcome: 'charged, code here', code: '10', uid: 'uid-1' },
    });
    expect(line?.fields['ms']).toBeTypeOf('number');
  });

  it.each([
    ['11', 'warn', 'warn'],
    ['13', 'error', 'error'],
    ['991', 'error', 'warn'],
    ['12', 'warn', 'warn'],
    ['555', 'error', 'error'],
  ])('says %s as %s in production, as %s in the sandbox', async (code, production, sandbox) => {
    expect((await logOf(refused(code)))[0]?.level).toBe(production);
    expect((await logOf(refused(code), 'sandbox'))[0]?.level).toBe(sandbox);
  });

  it('is loud when a charged purchase has no code', async () => {
    expect((await logOf({ rc: 0, items: [{ resultcode: '10' }] }))[0]).toMatchObject({
      level: 'error',
      fields: { outcome: 'charged, code missing' },
    });
  });

  it('quotes the text of "not routed" without numbers or addresses, and no other', async () => {
    const said = 'No disponible en ruta 993 para 5512345678 o ana@example.test';
    expect((await logOf(refused('-1', said)))[0]?.fields['message']).toBe('No disponible en ruta 993 para [...] o [...]');
    expect((await logOf(refused('931', said)))[0]?.fields['message']).toBeNull();
  });
});
