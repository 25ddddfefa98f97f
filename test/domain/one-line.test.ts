// Orders typed in one line: what they name, how their numbers are read, and what is no order at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alpha2Of } from '../../src/adapters/i18n/countries.ts';
import { createPhoneBook } from '../../src/adapters/phone/phone-book.ts';
import { checkAmount, composeCatalog } from '../../src/domain/catalog.ts';
import type { ListedProduct, OverlayEntry } from '../../src/domain/catalog.ts';
import { accountOf, looksLikeOrder, readOrderLines } from '../../src/domain/one-line.ts';
import type { OrderLine } from '../../src/domain/one-line.ts';
import { phoneWarnings } from '../../src/domain/phone-warnings.ts';
import { CUP, USD, entry, listOf, listed, productId, rangeOf, rate } from './sample-catalog.ts';
import type { Currency } from '../../src/domain/money.ts';

const MXN = 'MXN' as Currency;
const phones = createPhoneBook(alpha2Of);

const cuban: Partial<ListedProduct> = {
  countryId: 192,
  countryName: 'Cuba',
  mask: '53########',
  saleCurrency: USD,
  destinationCurrency: CUP,
};
const mexican: Partial<ListedProduct> = {
  countryId: 484,
  countryName: 'Mexico',
  mask: '##########',
  saleCurrency: MXN,
  destinationCurrency: MXN,
};
const topUp: Partial<OverlayEntry> = { family: 'recharge' };

const shop = composeCatalog(
  [
    listed(1, { ...cuban, name: 'Cubacel Recarga', amount: listOf(1_000, 1_500, 2_000), rate: rate('24', 0) }),
    listed(2, { ...cuban, name: 'Cubacel Any Amount', amount: rangeOf(500, 5_500, 10), rate: rate('225', 1) }),
    listed(3, { ...cuban, name: 'Cubacel Bundles', amount: listOf(700), rate: rate('24', 0) }),
    listed(4, { ...cuban, name: 'Nauta Internet', amount: listOf(1_000), rate: rate('24', 0) }),
    listed(5, { ...mexican, name: 'Telcel Recarga', amount: listOf(5_000, 10_000) }),
    listed(6, { ...mexican, name: 'Movistar Recarga', amount: listOf(5_000) }),
    listed(7, { mask: '34#########', name: 'Movistar Recarga', amount: listOf(500, 1_000) }),
    listed(8, { name: 'Lumbre Gift Card', amount: listOf(2_500) }),
    listed(9, { ...mexican, mask: null, name: 'Nube Internet', amount: listOf(9_900) }),
  ],
  {
    '1': entry('Cubacel', topUp),
    '2': entry('Cubacel', topUp),
    '3': entry('Cubacel', { ...topUp, dynamic: true }),
    '4': entry('Nauta', topUp),
    '5': entry('Telcel', topUp),
    '6': entry('Movistar', topUp),
    '7': entry('Movistar', { ...topUp, fields: [{ name: 'account', kind: 'phone', mask: null }] }),
    '8': entry('Lumbre'),
    '9': entry('Nube', { ...topUp, fields: [{ name: 'account', kind: 'email', mask: null }] }),
  },
  false,
);

const read = (...lines: string[]): readonly OrderLine[] => readOrderLines(lines, shop, phones);

/** `Cubacel Any Amount < 500.00 to 5355512345`: `<` what arrives, `>` what is sent. */
const told = (line: OrderLine): string => {
  switch (line.kind) {
    case 'ready': {
      const { product, amount, account, repaired } = line;
      const by = repaired === null ? '' : `, ${repaired.from} is ${repaired.to}`;
      return `${product.name} ${amount.direction} ${amount.amount} to ${account ?? 'nobody'}${by}`;
    }
    case 'choose':
      return `${line.candidates.map(({ id }) => id).join('/')} ${line.amount.direction} ${line.amount.amount} to ${line.phone?.digits ?? 'nobody'}`;
    case 'problem':
      return line.product === null ? line.problem : `${line.problem} of ${line.product.name}`;
  }
};

describe('a line', () => {
  it.each([
    ['cubacel 500 5355512345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['5355512345 cubacel 500', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['500 +53 5 551-2345 Cubacel', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel 500 53 5551 2345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel 500 55512345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel, 500, 5355512345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel,500,5355512345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['1) cubacel 500 → 5355512345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel 500 para el +53 55512345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel ٥٠٠ ٥٣٥٥٥١٢٣٤٥', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacell 500 5355512345', 'Cubacel Any Amount reverse 50000 to 5355512345, cubacell is Cubacel'],
    ['Cubcael any 500 5355512345', 'Cubacel Any Amount reverse 50000 to 5355512345, Cubcael any is Cubacel'],
    ['cubacel 480 5355512345', '2/1 reverse 48000 to 5355512345'],
    ['cubacel 20 5355512345', '2/1 direct 2000 to 5355512345'],
    ['cubacel recarga 20 5355512345', 'Cubacel Recarga direct 2000 to 5355512345'],
    ['cubacel 1 000 5355512345', 'Cubacel Any Amount reverse 100000 to 5355512345'],
    ['cubacel 1.000,50 5355512345', 'Cubacel Any Amount reverse 100050 to 5355512345'],
    ['telcel 100 5512345678', 'Telcel Recarga direct 10000 to 5512345678'],
    ['telcel 100 55 1234 5678', 'Telcel Recarga direct 10000 to 5512345678'],
    ['telcel $100 (55) 1234 5678', 'Telcel Recarga direct 10000 to 5512345678'],
    ['telcel 100 +52 1 55 1234 5678', 'Telcel Recarga direct 10000 to 5512345678'],
    ['telcel 100 +5355512345', 'Telcel Recarga direct 10000 to 5355512345'],
    ['movistar 5 600123456', 'Movistar Recarga direct 500 to 34600123456'],
    ['movistar 50 +52 55 1234 5678', 'Movistar Recarga direct 5000 to 5512345678'],
    ['lumbre 25', 'Lumbre Gift Card direct 2500 to nobody'],
    ['Name: Ana Pérez Phone: +53 5 5512345 cubacel 500', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['5355512345 500', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['5355512345 10', '2/1/4 direct 1000 to 5355512345'],
    ['+34600123456 10', 'Movistar Recarga direct 1000 to 34600123456'],
  ])('%j is %j', (line, expected) => {
    expect(read(line).map(told)).toEqual([expected]);
  });

  it.each([
    ['cubacel 500 cup 5355512345', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel 5355512345 500 pesos', 'Cubacel Any Amount reverse 50000 to 5355512345'],
    ['cubacel recarga 240 5355512345', 'Cubacel Recarga reverse 24000 to 5355512345'],
    ['cubacel any 20usd 5355512345', 'Cubacel Any Amount direct 2000 to 5355512345'],
    ['cubacel any US$20 5355512345', 'Cubacel Any Amount direct 2000 to 5355512345'],
    ['telcel MX$100 5512345678', 'Telcel Recarga direct 10000 to 5512345678'],
    ['telcel 100 mxn 5512345678', 'Telcel Recarga direct 10000 to 5512345678'],
    ['cubacel any usd 20 5355512345', 'Cubacel Any Amount direct 2000 to 5355512345'],
    ['cubacel any 20 dólares 5355512345', 'Cubacel Any Amount direct 2000 to 5355512345'],
    ['movistar 5€ 600123456', 'Movistar Recarga direct 500 to 34600123456'],
    ['cubacel 500 usd 5355512345', 'badAmount'],
    ['cubacel any 20€ 5355512345', 'badAmount of Cubacel Any Amount'],
  ])('with a currency: %j is %j', (line, expected) => {
    expect(read(line).map(told)).toEqual([expected]);
  });

  it.each([
    ['cubacel 500', 'noPhone'],
    ['telcel 100', 'noPhone of Telcel Recarga'],
    ['500', 'noPhone'],
    ['cubacel 5355512345', 'noAmount'],
    ['+53 5 5512345', 'noAmount'],
    ['Name: Ana Pérez Mobile: +53 5 5512345', 'noAmount'],
    ['telcel 99 5512345678', 'badAmount of Telcel Recarga'],
    ['bundles 7 5355512345', 'badAmount of Cubacel Bundles'],
    ['telcel 100 50 5512345678', 'badAmount of Telcel Recarga'],
    ['telcel 0 5512345678', 'badAmount of Telcel Recarga'],
    ['telcel 100 551234567', 'badPhone of Telcel Recarga'],
    ['telcel 100 55123456789', 'badPhone of Telcel Recarga'],
    ['5512345678 100', 'badPhone'],
    ['cubacel 500 5355512345 5355512346', 'badPhone'],
    ['telcel 15512345', 'badPhone of Telcel Recarga'],
    ['telcel $5512345678 100', 'noPhone of Telcel Recarga'],
    ['53 cubacel 55512345 500', 'badAmount'],
    ['cubacel 500 5 5 5 1 2 3 4 5', 'badPhone'],
    // A Cuban number with an amount of 65; without an amount, it would be one of Singapore.
    ['cubacel 65 63123456', 'badAmount'],
    // 600 123 456 with an amount of 34, or the whole number without one.
    ['movistar 34 600123456', 'badPhone'],
    ['zzyzx 500 5355512345', 'unknownProduct'],
    ['ce 500 5355512345', 'unknownProduct'],
    ['Ana cubacel 500 5355512345', 'unknownProduct'],
    ['+12015550123 10', 'unknownProduct'],
    ['lumbre 25 5355512345', 'notForPhone of Lumbre Gift Card'],
    ['nube 99 5512345678', 'notForPhone of Nube Internet'],
  ])('%j is a problem: %s', (line, expected) => {
    expect(read(line).map(told)).toEqual([expected]);
  });

  it('says what it took for a name, also where only the amount tells which', () => {
    const two = composeCatalog(
      [listed(1, { ...mexican, amount: listOf(0, 5_000) }), listed(2, { ...mexican, amount: listOf(0, 10_000) })],
      { '1': entry('Telmar', topUp), '2': entry('Telmira', topUp) },
      false,
    );
    const lines = ['telmra 100 5512345678', 'telmra 0 5512345678', 'telmar 0 5512345678'];
    expect(readOrderLines(lines, two, phones).map(told)).toEqual([
      'Product 2 direct 10000 to 5512345678, telmra is Telmira',
      'badAmount',
      'badAmount of Product 1',
    ]);
  });

  it('offers at most eight products', () => {
    const ids = Array.from({ length: 12 }, (_, i) => i + 1);
    const many = composeCatalog(
      ids.map((id) => listed(id, { ...mexican, amount: listOf(5_000) })),
      Object.fromEntries(ids.map((id) => [id, entry(`Brand ${id}`, topUp)])),
      false,
    );
    const [line] = readOrderLines(['+525512345678 50'], many, phones);
    expect(line?.kind === 'choose' && line.candidates).toHaveLength(8);
  });

  it('takes a name of many countries for one of the number’s, which has to say its own', () => {
    const ids = [484, 192, 724, 76, 840, 32, 170, 214, 250];
    const many = composeCatalog(
      ids.map((countryId, i) => listed(i + 1, { ...mexican, countryId, amount: listOf(5_000) })),
      Object.fromEntries(ids.map((_, i) => [i + 1, entry('Planeta', topUp)])),
      false,
    );
    const lines = ['planeta 50 +34 600 123 456', 'planeta 50 600123456', 'planeta 50 +44 7400 123456'];
    expect(readOrderLines(lines, many, phones).map((line) => (line.kind === 'ready' ? line.product.id : told(line)))).toEqual([
      3,
      'badPhone',
      'unknownProduct',
    ]);
  });

  it('prefers an operator of exactly the name', () => {
    const two = composeCatalog(
      [listed(1, { ...mexican, amount: listOf(5_000) }), listed(2, { ...mexican, amount: listOf(5_000) })],
      { '1': entry('Nova', topUp), '2': entry('Nova Plus', topUp) },
      false,
    );
    const orders = readOrderLines(['nova 50 5512345678', 'nova pluss 50 5512345678', 'nov 50 5512345678'], two, phones);
    expect(orders.map(told)).toEqual([
      'Product 1 direct 5000 to 5512345678',
      'Product 2 direct 5000 to 5512345678, nova pluss is Nova Plus',
      '1/2 direct 5000 to 525512345678',
    ]);
  });

  it('sends the whole number where the mask does not fit, which is worth a warning', () => {
    const [line] = read('telcel 100 +1 201 555 0123');
    const telcel = shop.products.get(productId(5));
    const phone = phones.read('+34600123456', null);
    if (telcel === undefined || !phone.ok) throw new Error('The shop has no such product, or the number is none');
    expect(line && told(line)).toBe('Telcel Recarga direct 10000 to 12015550123');
    expect(accountOf(telcel, phone.value)).toBe('34600123456');
    expect(phoneWarnings(telcel, phone.value)).toEqual(['otherCountry', 'maskDoesNotFit']);
  });
});

describe('a message', () => {
  it('is read line by line, without what orders nothing', () => {
    expect(read('Buenas, por favor:', 'cubacel 500 5355512345', 'telcel 100', 'lumbre 25').map(told)).toEqual([
      'Cubacel Any Amount reverse 50000 to 5355512345',
      'noPhone of Telcel Recarga',
      'Lumbre Gift Card direct 2500 to nobody',
    ]);
  });

  it('is one order when only all its lines together are', () => {
    const contact = ['cubacel 500', 'Nombre: Ana Pérez', 'Móvil: +53 5 5512345'];
    expect(looksLikeOrder(contact, shop, phones)).toBe(true);
    expect(read(...contact).map(told)).toEqual(['Cubacel Any Amount reverse 50000 to 5355512345']);
  });

  it.each([
    ['5355512345 500', true],
    ['cubacel 500 5355512345', true],
    ['cubacell 500 55512345', true],
    ['telcel 100 551234567', true],
    ['zzyzx 500 5355512345', true],
    ['telcel 99 5512345678', true],
    ['telcel 100', false],
    ['telcel 1000', false],
    ['telcel', false],
    ['500', false],
    ['1 000 000', false],
    ['1000000', false],
    ['25,50', false],
    ['$500', false],
    ['5355512345', false],
    ['+53 5 551 2345', false],
    ['Name: Ana Phone: +53 5 5512345', false],
    ['cubacel 5355512345', false],
    ['fifa 24 1234567', false],
    ['hola', false],
    ['', false],
  ])('%j looks like an order: %s', (text, expected) => {
    expect(looksLikeOrder([text], shop, phones)).toBe(expected);
  });
});

describe('whatever is typed', () => {
  const words = fc.constantFrom(
    'cubacel',
    'cubacell',
    'telcel',
    'movistar',
    'lumbre',
    '500',
    '20',
    '5355512345',
    '+53',
    '5512345678',
  );
  const junk = fc.constantFrom(
    '(',
    '$',
    '€',
    '-',
    ',',
    'usd',
    'pesos',
    'Name:',
    '٥',
    '1e3',
    '0',
    '+',
    '00',
    '600123456',
    '🙂',
    'para',
  );
  const anything = fc.array(fc.oneof(words, words, junk, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 8 });
  const order = fc.constantFrom<string[]>(
    ['cubacel', '500', '5355512345'],
    ['telcel', '100', '+52', '5512345678'],
    ['lumbre', '25'],
  );
  const shuffled = order.chain((pieces) => fc.shuffledSubarray(pieces, { minLength: pieces.length - 1 }));
  const line = fc.oneof(anything, shuffled);
  const texts = fc.array(
    line.map((pieces) => pieces.join(' ')),
    { maxLength: 4 },
  );

  it('is read, and what is ready can be bought', () => {
    let ready = 0;
    fc.assert(
      fc.property(texts, (lines) => {
        for (const order of readOrderLines(lines, shop, phones)) {
          if (order.kind === 'problem') continue;
          expect(order.amount.amount).toBeGreaterThan(0);
          const products = order.kind === 'ready' ? [order.product] : order.candidates;
          expect(products.length).toBeGreaterThanOrEqual(order.kind === 'ready' ? 1 : 2);
          for (const product of products) {
            expect(product.dynamic).toBe(false);
            if (order.amount.direction === 'direct') expect(checkAmount(product.amount, order.amount.amount).ok).toBe(true);
          }
          if (order.kind === 'ready') {
            ready += 1;
            expect(order.account).toBe(order.phone === null ? null : accountOf(order.product, order.phone));
          }
        }
      }),
      { numRuns: 1000 },
    );
    expect(ready).toBeGreaterThan(20);
  });

  it('is an order only with a line that has two numbers', () => {
    fc.assert(
      fc.property(line, (pieces) => {
        const text = pieces.join(' ');
        const isOrder = looksLikeOrder([text], shop, phones);
        if (isOrder) expect(text.match(/[\d\u0660-\u0669\u06f0-\u06f9]+/g)?.length).toBeGreaterThan(1);
        expect(typeof isOrder).toBe('boolean');
      }),
    );
  });

  it('takes a second at most, also a message full of numbers', () => {
    const full = Array.from({ length: 50 }, () => 'movistar 12 345 67 890 12 345 67 89');
    const startedAt = performance.now();
    expect(new Set(read(...full).map(told))).toEqual(new Set(['badPhone']));
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(read(...full, 'cubacel 500 5355512345')).toEqual([]);
  });
});
