// What holds for the sale of every family: its exact request, that it is sent once, what its answers come to, and what the log may say.
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALLS } from '../../../src/adapters/evsb/calls.ts';
import { RESULT_CODES } from '../../../src/adapters/evsb/outcome.ts';
import { instant } from '../../../src/domain/time.ts';
import { brokenConnections } from './broken-connections.ts';
import { PHONE, families, holder } from './family-samples.ts';
import type { FamilyCase } from './family-samples.ts';
import { NOON, ask, reply, replyJson, serveHttp, serveTcp, status, withSupplier } from './loopback.ts';
import type { Answer } from './loopback.ts';
import { AT, prepare } from './samples.ts';

const receipt = (resultcode: unknown, more: object = {}) => ({
  finalstatus: 0,
  resultcode,
  resultmessage: 'text',
  supplierreference: '',
  suppliertoken: '',
  ...more,
});
const refusal = (resultcode: unknown, more: object = {}) => ({ rc: -1, items: [receipt(resultcode, more)] });
const done = { rc: 0, items: [receipt('10', { supplierreference: '1700000000001', suppliertoken: 'SECRET-TOKEN' })] };

/** Sells on a server that gives this answer, and waits long enough for a forbidden second request to arrive. */
const sellOn = (answer: Answer, { ready }: FamilyCase, overrides: Parameters<typeof ask>[2] = {}) =>
  ask(
    answer,
    async (supplier) => {
      const outcome = await ready(supplier).send();
      await sleep(30);
      return outcome;
    },
    overrides,
  );

describe.each(families)('a sale of the family $family', (each) => {
  const { call, event, path, ready } = each;

  it('is posted once, exactly as it was prepared, to its own address', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, done));
    await withSupplier(`${server.url}/api`, { now: () => NOON }, async (supplier) => {
      const { prepared, send } = ready(supplier, { ref: 500123, at: AT });
      expect(prepared).toMatchObject({
        family: each.family,
        attempt: { terminalId: 100001, reference: 500123, localTime: '2025-01-01T06:00:00', at: AT },
      });
      expect(await send()).toMatchObject({
        kind: 'charged',
        supplierReference: '1700000000001',
        raw: JSON.stringify(done),
        uid: 'uid-1',
      });
      expect(server.requests).toMatchObject([
        {
          method: 'POST',
          url: `/api${path}500123`,
          body: prepared.body,
          headers: { st: '1735732800', 'content-type': 'application/json', connection: 'close' },
        },
      ]);
    });
    await server.close();
  });

  it.each([...RESULT_CODES])('comes with code %i and a refusing rc to what it is in the table', async (code, rule) => {
    const { result, requests } = await sellOn(reply(refusal(String(code))), each);
    const resultCode = String(code);
    if (rule.class === 'final') expect(result).toMatchObject({ kind: 'rejected', reason: rule.reason, resultCode });
    else {
      const expectation = rule.class === 'indeterminate' ? 'unconfirmed' : 'open';
      expect(result).toMatchObject({ kind: 'unclear', expectation, resultCode });
    }
    expect(requests).toHaveLength(1);
  });

  it('is charged by 10 with rc 0, and by 0 only where it is a bill', async () => {
    const zero = { rc: 0, items: [receipt('0', { supplierreference: '17' })] };
    const { result } = await sellOn(reply(zero), each);
    if (each.family === 'bill') expect(result).toMatchObject({ kind: 'charged', supplierReference: '17' });
    else expect(result).toMatchObject({ kind: 'unclear', expectation: 'open', resultCode: '0' });
    for (const code of ['20', '900', '991']) {
      const other = await sellOn(reply({ rc: 0, items: [receipt(code)] }), each);
      expect(other.result).toMatchObject({ kind: 'unclear', expectation: 'open', resultCode: code });
    }
  });

  it('keeps what an answer carries that contradicts itself', async () => {
    const { result } = await sellOn(reply({ ...done, rc: -1 }), each);
    expect(result).toMatchObject({ kind: 'unclear', expectation: 'open', resultCode: '10' });
    expect(JSON.stringify(result.kind === 'unclear' && result.delivery)).toContain('SECRET-TOKEN');
  });

  it.each([
    ...[400, 401, 403, 404, 405, 415].map((code) => [code, 'rejected'] as const),
    ...[204, 307, 406, 408, 429, 500, 502, 503].map((code) => [code, 'unclear'] as const),
  ])('with HTTP %i is %s, and sent once', async (code, kind) => {
    const { result, requests } = await sellOn(status(code), each);
    expect(result).toMatchObject({ kind, resultCode: null, raw: null });
    expect(requests).toHaveLength(1);
  });

  it.each(Object.entries(brokenConnections(JSON.stringify(done).padEnd(200))))(
    'on a connection %s is open, and sent once',
    async (_, [fault, expected]) => {
      const server = await serveTcp(fault);
      const timeouts = { [call]: expected.reason === 'timeout' ? 400 : 5_000 };
      const outcome = await withSupplier(server.url, { timeouts }, async (supplier) => {
        const sold = await ready(supplier).send();
        await sleep(30);
        return sold;
      });
      expect(outcome).toMatchObject({ kind: 'unclear', expectation: 'open', resultCode: null, delivery: null, ...expected });
      expect(server.received).toBe(1);
      await server.close();
    },
  );

  it('has 90 s for its answer by default, as nothing that it does can be repeated', () => {
    expect(CALLS[call]).toMatchObject({ timeout: 90_000, retries: 0 });
  });

  it('is not sent when nobody listens, and may be sent again', async () => {
    const server = await serveTcp(() => undefined);
    await server.close();
    await withSupplier(server.url, {}, async (supplier) => {
      expect(await ready(supplier).send()).toEqual({ kind: 'notSent', reason: 'ECONNREFUSED', raw: null, uid: null });
    });
  });

  it('is not sent when it was held up since its intent', async () => {
    const server = await serveHttp((_request, response) => replyJson(response, done));
    await withSupplier(server.url, { now: () => NOON }, async (supplier) => {
      const late = await ready(supplier, { at: instant(NOON - 30_001) }).send();
      expect(late).toMatchObject({ kind: 'notSent', reason: 'heldUp' });
      expect(server.requests).toHaveLength(0);
      expect(await ready(supplier, { at: instant(NOON - 30_000) }).send()).toMatchObject({ kind: 'charged' });
    });
    await server.close();
  });

  it('is not sent while the clocks are apart', async () => {
    const date = new Date(NOON + 25_000).toUTCString();
    const server = await serveHttp((request, response) =>
      replyJson(response, request.method === 'GET' ? { rc: 0, items: [] } : done, { Date: date }),
    );
    await withSupplier(server.url, { now: () => NOON }, async (supplier) => {
      await supplier.balance();
      const outcome = await ready(supplier, { at: instant(NOON) }).send();
      expect(outcome).toMatchObject({ kind: 'notSent', reason: 'clockSkew' });
      expect(server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
    });
    await server.close();
  });

  it('waits for its turn behind other sales, and is not sent when that does not come', async () => {
    const server = await serveHttp((_request, response) => void setTimeout(() => replyJson(response, done), 120));
    await withSupplier(server.url, { concurrency: 1, timeouts: { queue: 40 } }, async (supplier) => {
      const purchase = supplier.purchase(prepare(supplier));
      expect(await ready(supplier).send()).toMatchObject({ kind: 'notSent' });
      await purchase;
      expect(server.requests).toHaveLength(1);
    });
    await server.close();
  });

  it('is unclear after a bug of ours, and the log is loud about it', async () => {
    const broken = (): number => {
      throw new Error('broken clock');
    };
    await withSupplier('http://127.0.0.1:9', { now: broken }, async (supplier, log) => {
      expect(await ready(supplier).send()).toMatchObject({ kind: 'unclear', expectation: 'open', reason: 'internal error' });
      expect(log.events()).toContain(`error ${event}Broke`);
    });
  });

  it('never throws, and is charged by nothing but its codes, whatever is answered', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(0, -1, 10, '10', '0', '991', '', null));
    const item = fc.record(
      {
        resultcode: value,
        resultmessage: value,
        suppliertoken: value,
        supplierreference: value,
        additionalData: value,
        other: value,
      },
      { requiredKeys: [] },
    );
    const answers = fc.oneof(
      fc.jsonValue(),
      fc.record({ rc: value, items: fc.oneof(value, fc.array(item, { maxLength: 2 })) }, { requiredKeys: [] }),
    );
    let text = '';
    const server = await serveHttp((_request, response) => void response.end(text));
    await withSupplier(server.url, {}, async (supplier) => {
      await fc.assert(
        fc.asyncProperty(answers, async (json) => {
          text = JSON.stringify(json);
          const outcome = await ready(supplier).send();
          const said = json as { rc?: unknown; items?: { resultcode?: unknown }[] } | null;
          const code = Array.isArray(said?.items) ? said.items[0]?.resultcode : undefined;
          const successes: unknown[] = each.family === 'bill' ? [10, '10', 0, '0'] : [10, '10'];
          expect(outcome.kind === 'charged').toBe(said?.rc === 0 && successes.includes(code));
        }),
        { numRuns: 150 },
      );
    });
    await server.close();
  });
});

describe.each(families)('the log of the family $family', (each) => {
  const linesOf = async (answer: object) => {
    const { log } = await sellOn(reply(answer), each);
    return log.lines;
  };

  it.each([
    ['info', done, '10'],
    ['warn', refusal('931'), '931'],
    ['error', refusal('927'), '927'],
    ['error', { ...done, rc: -1 }, '10'],
  ])('is one line, at level %s', async (level, answer, code) => {
    const lines = (await linesOf(answer)).filter(({ event }) => event === each.event);
    expect(lines).toMatchObject([{ level, fields: { reference: 500200, status: 200, code, uid: 'uid-1' } }]);
  });

  it('holds nothing of the buyer, of the body or of the answer', async () => {
    const person = `${holder.documentNumber} ${PHONE} 5351234000 ana@example.test`;
    const more = {
      resultmessage: person,
      supplierreference: 'SECRET-REFERENCE',
      suppliertoken: 'SECRET-TOKEN',
      note: 'SECRET-NOTE',
    };
    const answers = [
      { rc: 0, items: [receipt('10', more)] },
      { rc: 0, items: [receipt('991', more)] },
      refusal('-1', { resultmessage: person }),
      refusal('-1', more),
      refusal('931', { resultmessage: person }),
    ];
    for (const answer of answers) {
      const written = JSON.stringify(await linesOf(answer));
      const secrets = [...person.split(' '), 'SECRET', 'Correct-Horse-42', 'demo-channel-01', holder.firstName, holder.surname];
      // The reference numbers of the bill's own data are the customer's too.
      for (const secret of [...secrets, 'GR-', 'amountToSend', '/pre-paid', '/post-paid']) expect(written).not.toContain(secret);
      expect(written).toContain(each.event);
    }
  });

  it('quotes the text of "not routed" where it can name nobody', async () => {
    const lines = await linesOf(refusal('-1', { resultmessage: 'No disponible en ruta 993 para 5351234000' }));
    const quoted = each.family === 'recharge' ? 'No disponible en ruta 993 para [...]' : null;
    expect(lines.at(-1)?.fields).toMatchObject({ outcome: 'rejected', code: '-1', message: quoted });
  });

  it('says the code by which it was charged', async () => {
    const lines = await linesOf({ rc: 0, items: [receipt(each.family === 'bill' ? '0' : '10', { suppliertoken: 'T' })] });
    expect(lines.at(-1)?.fields).toMatchObject({
      outcome: each.family === 'supermarket' ? 'charged, code here' : 'charged',
      code: each.family === 'bill' ? '0' : '10',
    });
  });
});
