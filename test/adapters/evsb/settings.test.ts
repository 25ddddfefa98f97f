// What an operator may configure, and which values may become part of a path.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPath } from '../../../src/adapters/evsb/paths.ts';
import { checkBaseUrl, checkPricesPath } from '../../../src/adapters/evsb/settings.ts';

describe('checkBaseUrl', () => {
  it.each([
    ['https://evsb.example.test', 'https://evsb.example.test'],
    ['https://evsb.example.test/', 'https://evsb.example.test'],
    [' https://evsb.example.test:8443/api/ ', 'https://evsb.example.test:8443/api'],
    ['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
    ['http://localhost:4010', 'http://localhost:4010'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
  ])('accepts %s', (text, url) => {
    expect(checkBaseUrl(text)).toEqual({ ok: true, value: url });
  });

  it.each([
    ['', 'missing'],
    ['  ', 'missing'],
    ['evsb.example.test', 'notAUrl'],
    ['http://evsb.example.test', 'notHttps'],
    ['http://localhost.example.test', 'notHttps'],
    ['http://127.0.0.1.example.test', 'notHttps'],
    ['ftp://127.0.0.1', 'notHttps'],
    ['https://user@evsb.example.test', 'hasCredentials'],
    ['https://evsb.example.test/?a=1', 'hasQuery'],
    ['https://evsb.example.test/#a', 'hasQuery'],
  ])('refuses %j as %s', (text, error) => {
    expect(checkBaseUrl(text)).toEqual({ ok: false, error });
  });
});

describe('checkPricesPath', () => {
  it.each([
    '/util/prices/direct/{terminalId}/{operatorId}/{amountToSendX100}',
    '/prices?terminal={terminalId}&product={operatorId}&amount={amountToSendX100}&account={account}',
  ])('accepts %s', (template) => {
    expect(checkPricesPath(template, 'amountToSendX100')).toEqual({ ok: true, value: template });
  });

  it.each([
    ['util/{amountToSendX100}', 'noLeadingSlash'],
    ['/util/{operatorId}', 'amountMissing'],
    ['/util/{destinationAmountX100}', 'amountMissing'],
    ['/util/{product}/{amountToSendX100}', 'unknownPlaceholder'],
    ['/util prices/{amountToSendX100}', 'notAPath'],
  ])('refuses %s as %s', (template, error) => {
    expect(checkPricesPath(template, 'amountToSendX100')).toEqual({ ok: false, error });
  });
});

describe('fillPath', () => {
  it('encodes every value', () => {
    expect(fillPath('/a/{x}?y={y}', { x: 'ñ &?#%', y: 7 })).toEqual({ ok: true, value: '/a/%C3%B1%20%26%3F%23%25?y=7' });
  });

  it.each(['a/b', 'a\\b', 'a;b', 'a\nb', 'a\u0000', '\u0085', '', '.', '..', '\ud800'])('refuses %j', (x) => {
    expect(fillPath('/a/{x}', { x }).ok).toBe(false);
  });

  it('refuses a missing value by its name', () => {
    expect(fillPath('/a/{account}', { account: null })).toEqual({ ok: false, error: 'the path needs {account}' });
  });

  it('never throws, and never lets a value leave its segment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (x) => {
        const path = fillPath('/a/{x}/z', { x });
        if (path.ok) expect(decodeURIComponent(path.value)).toBe(`/a/${x}/z`);
        if (path.ok) expect(path.value.split(/[/?#]/)).toHaveLength(4);
      }),
    );
  });
});
