// The owner's file: what is assumed where it says nothing, and every mistake with its line, its column and the path to it.
import { describe, expect, it } from 'vitest';
import { parseCatalogFile } from '../../../src/adapters/codec/catalog-file.ts';

const fileOf = (entry: object): string =>
  JSON.stringify({ products: { '8403': { brand: 'Habla Cerca', family: 'voucher', ...entry } } });
const rulesOf = (rules: object): string => JSON.stringify({ products: {}, ...rules });

const entryOf = (text: string) => {
  const parsed = parseCatalogFile(text);
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return parsed.value.overlay['8403'];
};
const mistakesIn = (text: string): readonly string[] => {
  const parsed = parseCatalogFile(text);
  return parsed.ok ? [] : parsed.error;
};

describe('a product', () => {
  it('that says nothing is assumed to be able to do the least', () => {
    expect(entryOf(fileOf({}))).toEqual({
      brand: 'Habla Cerca',
      family: 'voucher',
      fields: [],
      unit: 'assumed',
      purchaseBy: 'send',
      ceiling: null,
      revertible: false,
      dynamic: false,
      timeZone: 'UTC',
      order: 0,
      hidden: false,
    });
  });

  it.each([
    { revertible: true },
    { dynamic: true, timeZone: 'America/Mexico_City' },
    { order: -3, hidden: true },
    { family: 'recharge' },
    { family: 'supermarket', fields: [{ name: 'documentNumber', kind: 'document' }] },
    { family: 'bill' },
  ])('may say %o', (entry) => {
    expect(entryOf(fileOf(entry))).toMatchObject(entry);
  });

  it('that is a supermarket voucher has to ask for a document', () => {
    const mistake = /^line 1, column \d+: products\.8403\.family: supermarket vouchers need a field "documentNumber"$/;
    for (const fields of [undefined, [], [{ name: 'firstName', kind: 'name' }]]) {
      expect(mistakesIn(fileOf({ family: 'supermarket', fields }))).toEqual([expect.stringMatching(mistake)]);
    }
  });

  it('has a ceiling that may be written with thousands', () => {
    expect(entryOf(fileOf({ ceiling: '1,000.50' }))?.ceiling).toBe(100_050);
  });
});

describe('the rules', () => {
  it('are none unless there are some', () => {
    expect(parseCatalogFile(rulesOf({}))).toEqual({ ok: true, value: { overlay: {}, margins: [], limits: [] } });
  });

  it('of margins are read in their order, with nothing added where they say nothing', () => {
    const margins = [
      { product: 8101, country: 192, role: 'agent', percent: '5.5', fixed: '0.50', roundUpTo: '0.10', commission: '2.25' },
      { role: 'customer', percent: '1000', commission: '0' },
      {},
    ];
    const none = { product: null, country: null, role: null, percent: 0, fixed: 0, roundUpTo: null, commission: 0 };
    expect(parseCatalogFile(rulesOf({ margins }))).toMatchObject({
      ok: true,
      value: {
        margins: [
          { product: 8101, country: 192, role: 'agent', percent: 550, fixed: 50, roundUpTo: 10, commission: 225 },
          { ...none, role: 'customer', percent: 100_000 },
          none,
        ],
      },
    });
  });

  it('of limits are read in their order, with no limit where they say nothing', () => {
    const limits = [
      { role: 'agent', perDay: { count: 20, amount: { EUR: '300.00', USD: '5' } } },
      { customer: 1001, perDay: {} },
    ];
    const amounts = [
      { hundredths: 30_000, currency: 'EUR' },
      { hundredths: 500, currency: 'USD' },
    ];
    expect(parseCatalogFile(rulesOf({ limits }))).toMatchObject({
      ok: true,
      value: {
        limits: [
          { role: 'agent', customer: null, perDay: { count: 20, amounts } },
          { role: null, customer: 1001, perDay: { count: null, amounts: [] } },
        ],
      },
    });
  });
});

describe('a mistake', () => {
  it.each<[object, string]>([
    [{ dynamic: 1 }, '.dynamic: '],
    [{ timeZone: 'Madrid' }, '.timeZone: not a time zone'],
    [{ timeZone: '' }, '.timeZone: not a time zone'],
    [{ revertible: 'yes' }, '.revertible: '],
    [{ ceiling: 'much' }, '.ceiling: not an amount'],
    [{ reversible: true }, '.reversible: a key that is not known here'],
    [{ order: 1.5 }, '.order: '],
    [{ order: 'first' }, '.order: '],
    [{ hidden: null }, '.hidden: '],
    [{ family: 'gift' }, '.family: '],
    [{ fields: [{ name: 'account', kind: 'telegram' }] }, '.fields.0.kind: '],
  ])('of a product, %o, is reported with its path', (entry, problem) => {
    expect(mistakesIn(fileOf(entry))).toEqual([expect.stringContaining(`: products.8403${problem}`)]);
  });

  it.each<[object, string]>([
    [{ percent: 5 }, '.percent: '],
    [{ percent: '5.555' }, '.percent: not a percentage'],
    [{ percent: '-1' }, '.percent: not a percentage'],
    [{ percent: '1000.01' }, '.percent: not a percentage from 0 to 1000'],
    [{ percent: '5,5' }, '.percent: not a percentage'],
    [{ percent: '1e2' }, '.percent: not a percentage'],
    [{ role: 'agent', commission: '100.01' }, '.commission: not a percentage from 0 to 100'],
    [{ role: 'customer', commission: '1' }, '.commission: only agents'],
    [{ fixed: '0.105' }, '.fixed: not an amount'],
    [{ fixed: '-1' }, '.fixed: not an amount'],
    [{ fixed: '99999999999' }, '.fixed: not an amount'],
    [{ roundUpTo: '0' }, '.roundUpTo: not an amount above zero'],
    [{ product: 0 }, '.product: not a product id'],
    [{ product: '8101' }, '.product: '],
    [{ country: 'Cuba' }, '.country: '],
    [{ role: 'clerk' }, '.role: '],
    [{ margin: 5 }, '.margin: a key that is not known here'],
  ])('of a margin, %o, is reported with its path', (rule, problem) => {
    expect(mistakesIn(rulesOf({ margins: [{}, rule] }))).toEqual([expect.stringContaining(`: margins.1${problem}`)]);
  });

  it.each<[unknown, string]>([
    [{}, '.perDay: is missing'],
    [null, ': '],
    [{ perDay: { count: -1 } }, '.perDay.count: '],
    [{ perDay: { amount: { eur: '1' } } }, '.perDay.amount.eur: not a currency'],
    [{ perDay: { amount: { EUR: '1.234' } } }, '.perDay.amount.EUR: not an amount'],
    [{ perDay: {}, customer: -5 }, '.customer: not a Telegram id'],
    [{ perDay: {}, customer: '@ana' }, '.customer: '],
  ])('of a limit, %j, is reported with its path', (rule, problem) => {
    expect(mistakesIn(rulesOf({ limits: [rule] }))).toEqual([expect.stringContaining(`: limits.0${problem}`)]);
  });

  it('is reported together with all others, those of syntax too, in the order of the file', () => {
    const text = `{
  "products": {
    "8101": { "brand": 5, "famly": "voucher", },
    "x1": { "brand": "B", "family": "voucher" },
    "8102": { "brand": "B", "brand": "", "family": "vouchers" },
    "8103": { "brand": "C" "family": "bill", "hidden": tru }
  },
  // For agents.
  "margins": [{ "role": "customer", "commission": "2", "percent": "1001", "x": 1 }, 5, null],
  "limit": []
}
`;
    expect(mistakesIn(text)).toEqual([
      'line 3, column 13: products.8101.family: is missing',
      expect.stringMatching(/^line 3, column 24: products\.8101\.brand: .*string/),
      'line 3, column 27: products.8101.famly: a key that is not known here',
      expect.stringMatching(/^line 3, column 47: products\.8101: .*no comma/),
      'line 4, column 5: products.x1: not a product id, digits only',
      'line 5, column 29: products.8102.brand: a key that is there twice',
      expect.stringMatching(/^line 5, column 38: products\.8102\.brand: /),
      expect.stringMatching(/^line 5, column 52: products\.8102\.family: /),
      'line 6, column 28: products.8103: a comma is missing',
      expect.stringMatching(/^line 6, column 56: products\.8103: not JSON/),
      'line 8, column 3: the file: JSON has no comments',
      expect.stringMatching(/^line 9, column 51: margins\.0\.commission: only agents/),
      expect.stringMatching(/^line 9, column 67: margins\.0\.percent: /),
      'line 9, column 75: margins.0.x: a key that is not known here',
      expect.stringMatching(/^line 9, column 85: margins\.1: .*object/),
      expect.stringMatching(/^line 9, column 88: margins\.2: .*object/),
      'line 10, column 3: limit: a key that is not known here',
    ]);
  });

  it.each([
    ['a trailing comma', `${fileOf({}).slice(0, -1)},}`],
    ['a comment', `${fileOf({})} // done`],
    ['a key that is there twice', `${fileOf({}).slice(0, -1)},"margins":[],"margins":[]}`],
  ])('of the form alone is one: %s', (_what, text) => {
    expect(mistakesIn(text)).toHaveLength(1);
  });

  it.each([
    ['', 'line 1, column 1: the file: '],
    ['[]', 'line 1, column 1: the file: '],
    ['null', 'line 1, column 1: the file: '],
    ['{}', 'line 1, column 1: products: is missing'],
  ])('of a file that says %j is one', (text, problem) => {
    expect(mistakesIn(text)).toEqual([expect.stringContaining(problem)]);
  });
});
