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
