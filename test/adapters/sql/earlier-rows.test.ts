// Rows that an earlier version wrote: what they do not say is read as what it was then.
import { describe, expect, it } from 'vitest';
import { createCodec } from '../../../src/adapters/sql/rows.ts';
import { createSealer, newSealingKey } from '../../../src/adapters/system/sealing.ts';
import { attempt, message, orderId, termsOf } from '../../contracts/orders.ts';

const sealer = createSealer(newSealingKey());
const codec = createCodec(sealer);
const id = orderId(1);

describe('a row of a time without dynamic products', () => {
  it('is an order of an ordinary product', () => {
    const terms = termsOf(id);
    const columns = codec.termsColumns(terms);
    expect(columns.terms).toContain('"dynamic":null');
    const state = { status: 'delivered', attempt: attempt(1), message: message(5) };
    const row = {
      ...columns,
      terms: columns.terms.replace(/,?"dynamic":null/, ''),
      state: JSON.stringify(state),
      status: 'delivered',
      version: 4,
      due_at: null,
      lease_until: null,
      secrets_sealed: null,
      account_hash: null,
    };
    expect(row.terms).not.toContain('dynamic');
    expect(codec.readOrder(row)).toEqual({ terms, state, version: 4 });
  });

  it('has secrets without a result', () => {
    const sealed = sealer.seal('{"token":"T","voucher":null,"raw":[]}', `${id} secrets`);
    expect(codec.openSecrets(id, sealed)).toEqual({ token: 'T', voucher: null, receipt: null, result: null, raw: [] });
  });
});

describe('a row of a time before agents, margins and other families', () => {
  const terms = termsOf(id, { fields: { account: '5355512345' } });
  const columns = codec.termsColumns(terms);
  const row = {
    ...columns,
    payer: null,
    terms: columns.terms.replace(/,?"family":"voucher"/, '').replace(/,?"(?:cost|commission)":\{[^}]*\}/g, ''),
    fields_sealed: sealer.seal(JSON.stringify(terms.fields), `${id} fields`),
    state: JSON.stringify({ status: 'rejected', reason: 'unavailable' }),
    status: 'rejected',
    version: 2,
    due_at: null,
    lease_until: null,
    secrets_sealed: null,
    account_hash: null,
  };

  it('is a voucher that its customer paid for at cost', () => {
    for (const name of ['family', 'cost', 'commission', 'bill', 'payer']) expect(row.terms).not.toContain(`"${name}"`);
    expect(codec.readOrder(row).terms).toEqual({
      ...terms,
      family: 'voucher',
      payer: terms.customer,
      cost: terms.pay,
      commission: { hundredths: 0, currency: 'EUR' },
      bill: null,
    });
  });

  it('is not mistaken for a newer one by a field that is called like its parts', () => {
    const fields = { fields: 'A1', bill: 'B2' };
    const odd = { ...row, fields_sealed: sealer.seal(JSON.stringify(fields), `${id} fields`) };
    expect(codec.readOrder(odd).terms).toMatchObject({ fields, bill: null });
  });
});

describe('a row of a bill', () => {
  it('has all of what its payment names, and none of it in the clear', () => {
    const bill = {
      values: [{ key: 'contract', value: '98765432' }],
      returned: [{ key: 'transaction_code', value: 'TX-0001' }],
      invoices: ['INV-77'],
    };
    const terms = termsOf(id, { family: 'bill', fields: { contract: '98765432' }, bill });
    const columns = codec.termsColumns(terms);
    for (const secret of ['98765432', 'TX-0001', 'INV-77']) expect(columns.terms).not.toContain(secret);
    const row = {
      ...columns,
      state: JSON.stringify({ status: 'rejected', reason: 'unavailable' }),
      status: 'rejected',
      version: 2,
      due_at: null,
      lease_until: null,
      secrets_sealed: null,
      account_hash: null,
    };
    expect(codec.readOrder(row).terms).toEqual(terms);
  });
});
