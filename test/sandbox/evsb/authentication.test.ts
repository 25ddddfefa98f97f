// Signatures: the published vectors, the typical mistakes, and the window of the salt.
import { describe, expect, it } from 'vitest';
import { isAuthentic, saltedHash } from '../../../src/sandbox/evsb/authentication.ts';
import { noon, openTill, password, user } from './till.ts';

describe('salted hash', () => {
  it.each([
    ['Correct-Horse-42', '1735732800', '898408819b08d1094bdadc3f8079967c107838e61ea09a0ca3d24a6a9758dede'],
    ['Correct-Horse-42', '1735732801', '7c6b4773be4ce3e49398dd7481508ad6eec5dd5f0b79578a72409e6009db5b05'],
    ['contraseña €', '1735732800', '232a1604ddbb6a51e7aa0992abbe02d0354ee4e7fc1accf907b8fbe9a6005282'],
  ])('of %s with salt %s', (secret, salt, expected) => {
    expect(saltedHash(secret, salt)).toBe(expected);
  });
});

describe('headers', () => {
  const right = { u: user, st: '1735732800', sh: saltedHash(password, '1735732800') };

  it.each([
    ['right', right, true],
    ['hash over raw digests', { ...right, sh: '669a5468ecfddb7931d6fd3befee5fd8dba2571f9dfcd95f57186f5a34ad807a' }, false],
    ['hash over uppercase digests', { ...right, sh: 'ba02885a4667a3732dc014664534484742d9fda7b47bd3d79ed01f5197abbd03' }, false],
    ['hash of another second', { ...right, sh: saltedHash(password, '1735732801') }, false],
    ['other user', { ...right, u: 'demo-channel-02' }, false],
    ['no user', { st: right.st, sh: right.sh }, false],
    ['salt in milliseconds', { u: user, st: '1735732800000', sh: saltedHash(password, '1735732800000') }, false],
    ['salt with a fraction', { u: user, st: '1735732800.0', sh: saltedHash(password, '1735732800.0') }, false],
    ['nothing', {}, false],
  ])('%s', (_what, headers, expected) => {
    expect(isAuthentic(headers, { user, password }, noon)).toBe(expected);
  });

  it.each([
    [-31, false],
    [-30, true],
    [30, true],
    [31, false],
  ])('a salt %i s away from the clock', (seconds, expected) => {
    expect(isAuthentic(right, { user, password }, noon + seconds * 1000)).toBe(expected);
  });

  it('answers a bad signature with the status that is switched on, on ping only while ping asks for one', async () => {
    const till = await openTill();
    const unsigned = { Accept: 'application/json' };
    expect((await till.send('GET', '/ping', unsigned)).status).toBe(401);
    till.simulator.control.setSwitches({ authFailureStatus: 500, pingNeedsAuthentication: false });
    expect((await till.send('GET', '/product/portfolio', unsigned)).status).toBe(500);
    expect((await till.send('GET', '/ping', unsigned)).status).toBe(200);
  });

  it('keeps neither password nor hash in the books', async () => {
    const till = await openTill();
    await till.get('/ping');
    const books = JSON.stringify(till.simulator.books);
    expect(books).toContain('/ping');
    expect(books).not.toContain(password);
    expect(books).not.toContain(till.signature()['SH']);
  });

  it('shows a skewed clock in its Date header and judges salts by it', async () => {
    const till = await openTill({ clockSkewMs: 40_000 });
    const reply = await till.get('/ping');
    expect(reply.status).toBe(401);
    expect(reply.headers['date']).toBe('Wed, 01 Jan 2025 12:00:40 GMT');
  });
});
