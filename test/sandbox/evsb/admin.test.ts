// The same books and levers over HTTP: no signature, loopback names only, nothing half done.
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { codeOf, openTill } from './till.ts';
import type { Till } from './till.ts';

const json = { 'Content-Type': 'application/json' };
const order = (till: Till, method: 'PUT' | 'POST', path: string, body: unknown) =>
  till.send(method, path, json, JSON.stringify(body));

describe('admin', () => {
  it('shows the same books', async () => {
    const till = await openTill();
    await till.buy(8201, 1, { amountToSendX100: 2_500 });
    const { json: books } = await till.send('GET', '/_sim/books', {});
    expect(books).toEqual(JSON.parse(JSON.stringify(till.simulator.books)));
    expect(books).toMatchObject({ balanceX100: 97_300, honoured: [{ operatorId: 8201 }], requestCount: 1 });
  });

  it('changes switches, all or none', async () => {
    const till = await openTill();
    expect((await order(till, 'PUT', '/_sim/switches', { duplicateMode: 'replay' })).json).toMatchObject({
      duplicateMode: 'replay',
    });
    expect((await order(till, 'PUT', '/_sim/switches', { duplicateMode: 'reject', infoDelayMs: -1 })).status).toBe(400);
    expect((await order(till, 'PUT', '/_sim/switches', { duplicateMood: 'reject' })).status).toBe(400);
    expect((await order(till, 'PUT', '/_sim/switches', 'reject')).status).toBe(400);
    expect((await till.send('GET', '/_sim/switches', {})).json).toEqual(till.simulator.control.switches);
    expect(till.simulator.control.switches.duplicateMode).toBe('replay');
  });

  it('orders and clears faults', async () => {
    const till = await openTill();
    const faults = {
      plan: [{ kind: 'resultCode', code: '11', match: { endpoint: 'voucherPurchase' } }],
      mix: [{ kind: 'status429', match: { endpoint: 'ping', probability: 1 } }],
    };
    expect((await order(till, 'POST', '/_sim/faults', faults)).json).toEqual(faults);
    expect((await till.get('/ping')).status).toBe(429);
    expect(codeOf(await till.buy(8201, 1, { amountToSendX100: 2_500 }))).toBe('11');
    expect((await till.send('DELETE', '/_sim/faults', {})).json).toEqual({ plan: [], mix: [] });
    expect((await till.get('/ping')).status).toBe(200);
    expect((await order(till, 'POST', '/_sim/faults', { plan: [{ kind: 'earthquake' }] })).status).toBe(400);
  });

  it('puts another catalogue in force', async () => {
    const till = await openTill();
    expect((await order(till, 'POST', '/_sim/snapshot', { name: 'second' })).json).toEqual({ name: 'second' });
    expect(codeOf(await till.buy(8105, 1, { amountToSendX100: 15_000 }))).toBe('-1');
    expect((await order(till, 'POST', '/_sim/snapshot', { name: 'third' })).status).toBe(400);
    expect(till.simulator.control.snapshot).toBe('second');
  });

  it('knows no other address', async () => {
    const till = await openTill();
    expect((await till.send('GET', '/_sim/other', {})).status).toBe(404);
    expect((await till.send('POST', '/_sim/books', json, '{}')).status).toBe(404);
  });

  it('refuses what a page in a browser could send without asking first', async () => {
    const till = await openTill();
    expect((await till.send('POST', '/_sim/snapshot', { 'Content-Type': 'text/plain' }, '{"name":"empty"}')).status).toBe(415);
    const status = await new Promise((resolve, reject) => {
      const asked = httpRequest(`${till.simulator.url}/_sim/books`, { headers: { Host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});
