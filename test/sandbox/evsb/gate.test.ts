// What happens before the meaning of a request is looked at: addresses, methods, types, headers, encodings.
import { createDecipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTill, terminalId, user } from './till.ts';

describe('addresses', () => {
  it.each([
    ['/pre-paid/nothing', 404],
    ['/post-paid/nothing', 404],
    ['/pre-paid/vouchers/purchase/1/2/3/4', 404],
    ['/operators', 500],
    ['/external-point-of-sale/by-file/other', 500],
    [`/pre-paid/vouchers/purchase/${terminalId}/8101/ORDER_77`, 405],
    [`/util/prices/direct/${terminalId}/8402/lots`, 400],
    [`/util/prices/direct/${terminalId}/8402/2147483648`, 400],
    [`/util/prices/direct/${terminalId}/%zz/100`, 400],
  ])('GET %s gives %i', async (path, status) => {
    const till = await openTill();
    expect((await till.get(path)).status).toBe(status);
  });

  it('refuses a reference that is no int32 with the body of the framework', async () => {
    const till = await openTill();
    const path = `/pre-paid/vouchers/purchase/${terminalId}/8101/ORDER_77`;
    const reply = await till.post(path, { amountToSendX100: 10_000, localDateTime: '2025-01-01T12:00:00' });
    expect(reply.json).toEqual({
      timestamp: '2025-01-01T12:00:00.000+00:00',
      status: 400,
      error: 'Bad Request',
      message: '',
      path,
    });
  });
});

describe('order of the gate', () => {
  const path = `/pre-paid/vouchers/purchase/${terminalId}/8101/x`;
  const bad = { Accept: 'json', 'Content-Type': 'text/plain', U: 'nobody' };
  it.each([
    ['method first', 'GET', bad, 405],
    ['then the type of the body', 'POST', bad, 415],
    ['then the type of the answer', 'POST', { ...bad, 'Content-Type': 'application/json' }, 406],
    ['then the signature', 'POST', { ...bad, 'Content-Type': 'application/json', Accept: 'application/json' }, 401],
  ] as const)('%s', async (_what, method, headers, status) => {
    const till = await openTill();
    expect((await till.send(method, path, headers, method === 'POST' ? '{' : undefined)).status).toBe(status);
  });

  it('looks at the path before the JSON, and at the JSON before the terminal', async () => {
    const till = await openTill();
    const signed = { ...till.signature(), 'Content-Type': 'application/json' };
    expect((await till.send('POST', path, signed, '{')).status).toBe(400);
    expect((await till.send('POST', '/pre-paid/vouchers/purchase/5/8101/1', signed, '{')).status).toBe(400);
    expect((await till.send('POST', '/pre-paid/vouchers/purchase/5/8101/1', signed, '{"amountToSendX100":"1"}')).status).toBe(
      400,
    );
    expect((await till.send('POST', '/pre-paid/vouchers/purchase/5/8101/1', signed, '{}')).status).toBe(200);
  });
});

describe('accepted types', () => {
  it.each([
    ['/product/portfolio', 'json', 406],
    ['/product/portfolio', 'text/html', 406],
    ['/product/portfolio', '*/*', 200],
    ['/product/portfolio', 'application/json, text/plain', 200],
    ['/ping', 'json', 200],
  ])('%s with Accept: %s gives %i', async (path, accept, status) => {
    const till = await openTill();
    expect((await till.get(path, { Accept: accept })).status).toBe(status);
  });

  it('encrypts when asked, with the published key, and hashes the plain text', async () => {
    const till = await openTill();
    const reply = await till.get('/ping/hello', { Accept: 'application/encrypt' });
    const key = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    const cipher = createDecipheriv('aes-128-cbc', key, Buffer.from('101112131415161718191a1b1c1d1e1f', 'hex'));
    const plain = Buffer.concat([cipher.update(reply.bytes), cipher.final()]).toString('utf8');
    expect(plain).toBe('{"rc":0,"echo":"hello","ts":1735732800000}');
    expect(reply.headers['content-type']).toBe('application/encrypt');
    expect(reply.headers['new-cache-hash']).toBe(createHash('sha256').update(plain).digest('hex'));
  });
});

describe('response headers', () => {
  it('carry the id of the request, its user and the hash of the body', async () => {
    const till = await openTill();
    const [one, two] = [await till.get('/ping'), await till.get('/ping')];
    expect(one.headers['uid']).toMatch(/^[\da-f-]{36}$/);
    expect(one.headers['uid']).not.toBe(two.headers['uid']);
    expect(one.headers['u']).toBe(user);
    expect(one.headers['new-cache-hash']).toBe(createHash('sha256').update(one.text).digest('hex'));
  });

  it('compress only what is large, and only when that is accepted', async () => {
    const till = await openTill();
    const gzip = { 'Accept-Encoding': 'gzip' };
    const small = await till.get('/ping', gzip);
    const large = await till.get('/product/portfolio', gzip);
    const identity = await till.get('/product/portfolio', { 'Accept-Encoding': 'identity' });
    expect(small.headers['content-encoding']).toBeUndefined();
    expect(large.headers['content-encoding']).toBe('gzip');
    expect(identity.headers['content-encoding']).toBeUndefined();
    expect(large.bytes.length).toBeLessThan(identity.bytes.length / 2);
    expect(large.text).toBe(identity.text);
    expect(large.headers['new-cache-hash']).toBe(identity.headers['new-cache-hash']);
  });

  it('send no body when the cache hash still matches', async () => {
    const till = await openTill();
    const hash = String((await till.get('/product/portfolio')).headers['new-cache-hash']);
    const again = await till.get('/product/portfolio', { 'Cache-Hash': hash });
    expect(again).toMatchObject({ status: 200, text: '' });
    expect((await till.get('/product/portfolio', { 'Cache-Hash': '0' })).text).not.toBe('');
  });
});
