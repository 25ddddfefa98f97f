// The catalogue and the prices: exact rates, tolerant lists, and no guess where money is concerned.
import { describe, expect, it } from 'vitest';
import { readPortfolio } from '../../../src/adapters/evsb/portfolio.ts';
import { readPrice } from '../../../src/adapters/evsb/prices.ts';
import { parseJson } from '../../../src/adapters/evsb/wire.ts';
import { recordLog, replyJson, serveHttp, withSupplier } from './loopback.ts';
import { choose, errorOf, must, product } from './samples.ts';

const entry = (fields: string) =>
  `{"articleId":8801,"name":"Demo  Gift\\n Card ","countryId":724,"country":"Spain","topupType":"Gift Cards","mask":null,
    "amountType":"by_list","saleAmount":{"from":null,"to":null,"step":null,"list":[1000,2500]},"exchangeRate":1.0,"saleCurrency":"EUR",
    "destinationCurrency":"EUR","discount":null,"region":null,"serviceFee":0,"productDescription":"..."${fields}}`;

const portfolio = (...entries: string[]) => {
  const recorded = recordLog();
  const json = must(parseJson(`[{"terminalId":100001,"products":[${entries.join(',')}]}]`));
  return { products: must(readPortfolio(json, 100001, recorded.log)), lines: recorded.lines };
};

describe('readPortfolio', () => {
  it('reads a listed product', () => {
    expect(portfolio(entry('')).products).toEqual([
      {
        id: 8801,
        name: 'Demo Gift Card',
        description: '...',
        countryId: 724,
        countryName: 'Spain',
        topupType: 'Gift Cards',
        mask: null,
        amount: { kind: 'list', values: [1000, 2500] },
        saleCurrency: 'EUR',
        destinationCurrency: 'EUR',
        rate: { units: '10', scale: 1 },
        fee: 0,
      },
    ]);
  });

  it('reads a range', () => {
    const range = ',"amountType":"by_range","saleAmount":{"from":1100,"to":5500,"step":100,"list":[]}';
    expect(portfolio(entry(range)).products[0]?.amount).toEqual({ kind: 'range', from: 1100, to: 5500, step: 100 });
  });

  it.each([
    ['22', { units: '22', scale: 0 }],
    ['16.9', { units: '169', scale: 1 }],
    ['16.90', { units: '1690', scale: 2 }],
    ['0.058', { units: '58', scale: 3 }],
    ['123456789012.123456789012', { units: '123456789012123456789012', scale: 12 }],
    ['1.5E-4', { units: '15', scale: 5 }],
    ['5.8e-2', { units: '58', scale: 3 }],
    ['1.2345E3', { units: '12345', scale: 1 }],
    ['1.0E7', { units: '10000000', scale: 0 }],
    ['null', null],
  ])('keeps the rate %s exactly', (decimal, rate) => {
    const { products, lines } = portfolio(entry(`,"exchangeRate":${decimal}`));
    expect(products[0]?.rate).toEqual(rate);
    expect(lines).toEqual([]);
  });

  it.each(['0', '-1', '1e99', '1e-40', '0.1234567890123'])('keeps the product without the rate %s, and says so', (decimal) => {
    const { products, lines } = portfolio(entry(`,"exchangeRate":${decimal}`));
    expect(products[0]?.rate).toBeNull();
    expect(lines).toEqual([{ level: 'warn', event: 'evsb.rateLeftOut', fields: { product: 8801 } }]);
  });

  it.each([
    [',"amountType":"by_tier"', 'amountType'],
    [',"saleAmount":null', 'saleAmount'],
    [',"saleAmount":{"list":[]}', 'saleAmount.list'],
    [',"saleAmount":{"list":[10.5]}', 'saleAmount.list.0'],
    [',"saleAmount":{"list":[0]}', 'saleAmount.list.0'],
    [',"amountType":"by_range","saleAmount":{"from":100,"to":200,"step":null}', 'saleAmount.step'],
    [',"amountType":"by_range","saleAmount":{"from":100,"to":200,"step":0}', 'saleAmount.step'],
    [',"amountType":"by_range","saleAmount":{"from":300,"to":200,"step":1}', ''],
    [',"saleCurrency":"euro"', 'saleCurrency'],
    [',"destinationCurrency":null', 'destinationCurrency'],
    [',"serviceFee":"none"', 'serviceFee'],
    [',"countryId":"724"', 'countryId'],
    [',"name":" "', 'name'],
    [',"exchangeRate":{}', 'exchangeRate'],
  ])('leaves out an entry with %s, in one line', (fields, field) => {
    const { products, lines } = portfolio(entry(fields), entry(',"articleId":8802'));
    expect(products.map(({ id }) => id)).toEqual([8802]);
    expect(lines).toEqual([{ level: 'warn', event: 'evsb.productLeftOut', fields: { product: 8801, field } }]);
  });

  it.each(['null', '7', '{}', entry(',"articleId":0'), entry(',"articleId":"8801"')])('leaves out %s', (unreadable) => {
    const { products, lines } = portfolio(unreadable, entry(''));
    expect(products).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });

  it('keeps the first of two entries with one id', () => {
    const { products, lines } = portfolio(entry(''), entry(',"name":"Other"'));
    expect(products.map(({ name }) => name)).toEqual(['Demo Gift Card']);
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['[]', { ok: true, value: [] }],
    ['[{"terminalId":100001}]', { ok: true, value: [] }],
    ['[{"terminalId":100002,"products":[]}]', { ok: false, error: { kind: 'answered', httpStatus: 200 } }],
    ['[{"products":[]}]', { ok: false, error: { kind: 'answered' } }],
    ['{"rc":-1}', { ok: false, error: { kind: 'answered' } }],
  ])('reads %s', (text, expected) => {
    expect(readPortfolio(must(parseJson(text)), 100001, recordLog().log)).toMatchObject(expected);
  });
});

describe('readPrice', () => {
  const item = { amountToSendX100: 1000, destinationAmountX100: 22000, destinationCurrency: 'CUP' };
  const read = (fields: object) => {
    const recorded = recordLog();
    return { price: readPrice({ rc: 0, items: [{ ...item, ...fields }] }, product, recorded.log), lines: recorded.lines };
  };

  it('reads a quote; an absent fee is none', () => {
    const { price, lines } = read({});
    expect(must(price)).toEqual({
      send: { hundredths: 1000, currency: 'USD' },
      receive: { hundredths: 22000, currency: 'CUP' },
      fee: 0,
    });
    expect(lines).toEqual([]);
  });

  it("takes the catalogue's currency when the answer has none, and the fee when it has one", () => {
    expect(must(read({ destinationCurrency: '', serviceFeeX100: 50, totalAmountX100: 1050 }).price)).toMatchObject({
      receive: { currency: 'CUP' },
      fee: 50,
    });
  });

  it.each([
    [{ serviceFeeX100: 50, totalAmountX100: 1000 }, 50],
    [{ serviceFeeX100: 50, totalAmountX100: 1030 }, 50],
    [{ serviceFeeX100: 50, totalAmountX100: 1080 }, 80],
    [{ serviceFeeX100: 0, totalAmountX100: 1080 }, 80],
    [{ totalAmountX100: 1001 }, 1],
  ])('mentions a total that disagrees, and takes the greater fee: %j', (fields, fee) => {
    const { price, lines } = read(fields);
    expect(must(price)).toMatchObject({ send: { hundredths: 1000 }, fee });
    expect(lines.map(({ event }) => event)).toEqual(['evsb.priceTotalDisagrees']);
  });

  it.each([
    { amountToSendX100: undefined },
    { destinationAmountX100: null },
    { amountToSendX100: 0 },
    { amountToSendX100: '1000' },
    { destinationAmountX100: 10.5 },
    { destinationCurrency: 'pesos' },
    { serviceFeeX100: '50' },
    { serviceFeeX100: -1 },
    { totalAmountX100: 999 },
    { serviceFeeX100: 50, totalAmountX100: 0 },
    { totalAmountX100: 2 ** 31 },
  ])('refuses %j', (fields) => {
    expect(errorOf(read(fields).price)).toMatchObject({ kind: 'answered', httpStatus: 200, resultCode: null });
  });

  it('hands on the code of a refusal', () => {
    const refusal = { rc: -1, items: [{ resultcode: '927', resultmessage: 'Importe incorrecto' }] };
    expect(errorOf(readPrice(refusal, product, recordLog().log))).toEqual({
      kind: 'answered',
      httpStatus: 200,
      resultCode: '927',
      message: 'Importe incorrecto',
    });
  });
});

describe('the price paths', () => {
  const quote = async (settings: Parameters<typeof withSupplier>[1], direction: 'direct' | 'reverse', account: string | null) => {
    const answer = { rc: 0, items: [{ amountToSendX100: 1000, destinationAmountX100: 22000 }] };
    const server = await serveHttp((_request, response) => replyJson(response, answer));
    try {
      return await withSupplier(server.url, settings, async (supplier) => ({
        price: await supplier.price(product, choose(direction, direction === 'direct' ? 1000 : 22000), account),
        urls: server.requests.map(({ url }) => url),
      }));
    } finally {
      await server.close();
    }
  };

  it('are filled by direction', async () => {
    expect((await quote({}, 'direct', null)).urls).toEqual(['/util/prices/direct/100001/8802/1000']);
    expect((await quote({}, 'reverse', null)).urls).toEqual(['/util/prices/reverse/100001/8802/22000']);
  });

  it('may hold their values in the query, encoded', async () => {
    const pricesDirectPath = '/prices?p={operatorId}&a={amountToSendX100}&to={account}';
    expect((await quote({ pricesDirectPath }, 'direct', 'ana&b')).urls).toEqual(['/prices?p=8802&a=1000&to=ana%26b']);
  });

  it('are not asked without the account that they need, or with one that can not be sent', async () => {
    const pricesDirectPath = '/prices/{account}/{amountToSendX100}';
    for (const account of [null, 'a/b']) {
      const { price, urls } = await quote({ pricesDirectPath }, 'direct', account);
      expect(errorOf(price)).toMatchObject({ kind: 'notSent' });
      expect(urls).toEqual([]);
    }
  });

  it('are named in the log when they do not exist', async () => {
    const server = await serveHttp((_request, response) => void response.writeHead(404).end());
    await withSupplier(server.url, {}, async (supplier, log) => {
      const result = await supplier.price(product, choose('reverse', 22000), null);
      expect(errorOf(result)).toMatchObject({ kind: 'answered', httpStatus: 404 });
      expect(log.lines.at(-1)).toMatchObject({
        level: 'error',
        event: 'evsb.noPriceEndpoint',
        fields: { setting: 'pricesReversePath' },
      });
    });
    await server.close();
  });
});
