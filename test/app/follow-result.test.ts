// Which entry of the finished ones is an order's: its own before its draw's, and nothing by guessing.
import { describe, expect, it } from 'vitest';
import { ownEntry, resultFor } from '../../src/app/follow-result.ts';
import type { DynamicVoucher } from '../../src/app/ports/supplier.ts';

const entryOf = (id: string, ...values: string[]): DynamicVoucher => ({
  id,
  description: '',
  send: null,
  receive: null,
  fee: null,
  destinationCurrency: null,
  extra: values.map((value) => ({ key: 'k', value })),
});
const terms = { dynamic: { id: 'D-1', description: 'A guitar', endsAt: null } };
const names = { token: 'TOKEN', code: 'CODE', supplierReference: 'REF' };
const find = (...entries: DynamicVoucher[]) => ownEntry(entries, terms, names);

describe('the entry of an order', () => {
  it('is the only one of its draw', () => {
    const own = entryOf('D-1', '271828');
    expect(find(entryOf('D-2', '1'), own)).toBe(own);
  });

  it.each(['TOKEN', 'CODE', 'REF'])('is the one of its draw that names %s', (name) => {
    const own = entryOf('D-1', 'x', name);
    expect(find(entryOf('D-2', name), entryOf('D-1', 'somebody else'), own)).toBe(own);
  });

  it('is one that names it under another id, when there is none of its draw', () => {
    const own = entryOf('finished-77', 'TOKEN');
    expect(find(entryOf('D-2'), own)).toBe(own);
  });

  it('is none of several of its draw that name others', () => {
    expect(find(entryOf('D-1', 'a'), entryOf('D-1', 'b'))).toBeNull();
  });

  it('is none where nothing fits', () => {
    expect(find()).toBeNull();
    expect(find(entryOf('D-2', 'a'))).toBeNull();
  });

  it('is never found by a name that the order does not have', () => {
    const nameless = { token: null, code: null, supplierReference: null };
    expect(ownEntry([entryOf('D-2', '')], terms, nameless)).toBeNull();
    expect(ownEntry([entryOf('D-2', '')], terms, { token: '', code: null, supplierReference: '' })).toBeNull();
  });
});

describe('what a customer sees of an entry', () => {
  const own = { token: 'T-8F2K-0001', code: '302107', supplierReference: '1700000000010' };
  const entryWith = (extra: DynamicVoucher['extra']): DynamicVoucher => ({ ...entryOf('D-1'), description: 'A guitar', extra });

  it('is where it names their order, and what is for everybody', () => {
    const entry = entryWith([
      { key: 'endDate', value: '2026-01-18' },
      { key: 'result', value: 'Winning number 271828' },
      { key: 'number', value: '271828' },
      { key: 'ticketWithoutPrize', value: 'T-8F2K-0001' },
    ]);
    expect(resultFor(entry, own)).toEqual({
      description: 'A guitar',
      own: ['ticketWithoutPrize'],
      extra: [
        { key: 'result', value: 'Winning number 271828' },
        { key: 'number', value: '271828' },
      ],
    });
  });

  it('is never the token or the reference of somebody else', () => {
    const entry = entryWith([
      { key: 'winningTicket', value: 'Q-AAAA-9999' },
      { key: 'winningReference', value: '1700000000999' },
      { key: 'lost', value: 'T-8F2K-0001' },
      { key: 'lost', value: 'another kind of name' },
    ]);
    expect(resultFor(entry, own)).toEqual({ description: 'A guitar', own: ['lost'], extra: [] });
  });

  it('is a number that looks like a token, where the token is the code', () => {
    const entry = entryWith([{ key: 'number', value: '271828' }]);
    expect(resultFor(entry, { ...own, token: '302107' }).extra).toHaveLength(1);
  });

  it('is cut to what a message holds', () => {
    const entry = entryWith(Array.from({ length: 40 }, (_, i) => ({ key: `k${i}`, value: 'long '.repeat(200) })));
    const { extra } = resultFor(entry, own);
    expect(extra).toHaveLength(30);
    expect(extra[0]?.value).toHaveLength(500);
  });
});
