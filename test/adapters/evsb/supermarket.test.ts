// Supermarket vouchers: the exact body, in which alone the buyer's data are, and where the code is.
import { describe, expect, it } from 'vitest';
import type { VoucherHolder } from '../../../src/app/ports/families.ts';
import { prepareForHolder } from './family-samples.ts';
import { ask, reply, withSupplier } from './loopback.ts';
import { AT } from './samples.ts';

describe('the body of a supermarket voucher', () => {
  const bodyOf = (changes: Partial<VoucherHolder>) =>
    withSupplier('http://127.0.0.1:9', {}, (supplier) => Promise.resolve(prepareForHolder(supplier, { at: AT, changes }).body));

  it('names the document, and nothing without a value', async () => {
    expect(await bodyOf({ firstName: null, surname: '', documentType: null })).toBe(
      '{"amountToSendX100":5000,"localDateTime":"2025-01-01T06:00:00","documentNumber":"AB00000000"}',
    );
  });

  it('has everything under the name that this endpoint knows', async () => {
    const changes = { secondSurname: 'Ejemplo', phone: '600000000', email: 'ana@example.test', message: 'Hola' };
    expect(JSON.parse(await bodyOf(changes))).toEqual({
      amountToSendX100: 5_000,
      localDateTime: '2025-01-01T06:00:00',
      beneficiaryPhoneNumber: '600000000',
      receiverEmail: 'ana@example.test',
      receiverMessage: 'Hola',
      documentNumber: 'AB00000000',
      documentType: 'PASSPORT',
      firstName: 'Inventada',
      surname: 'Persona',
      secondSurname: 'Ejemplo',
    });
  });

  it('is the only place of the data: no header and no path has them', async () => {
    const { requests } = await ask(reply({}), (supplier) => supplier.buySupermarketVoucher(prepareForHolder(supplier)));
    const [{ url, headers } = { url: '', headers: {} }] = requests;
    expect(url).toBe('/pre-paid/supermarket-vouchers/purchase/100001/8701/500200');
    for (const secret of ['AB00000000', 'Inventada', 'Persona']) expect(JSON.stringify(headers)).not.toContain(secret);
  });
});

describe('the code of a supermarket voucher', () => {
  const buy = async (item: object) => {
    const { result } = await ask(reply({ rc: 0, items: [{ resultcode: '10', ...item }] }), (supplier) =>
      supplier.buySupermarketVoucher(prepareForHolder(supplier)),
    );
    return result;
  };

  it.each([
    ['is the token', { suppliertoken: 'FDSAGHJKLREWQTYUIO', destinationcurrency: 'EUR', destinationamount: 500 }],
    [
      'is the token although details are announced, for which there is no query',
      { suppliertoken: 'FDSAGHJKLREWQTYUIO', hasAdditionalData: true },
    ],
  ])('%s', async (_, item) => {
    expect(await buy(item)).toMatchObject({
      kind: 'charged',
      delivery: { kind: 'here', token: 'FDSAGHJKLREWQTYUIO', voucher: { code: 'FDSAGHJKLREWQTYUIO' } },
    });
  });

  it('is missing without a token', async () => {
    expect(await buy({ suppliertoken: '' })).toMatchObject({ kind: 'charged', delivery: { kind: 'missing' } });
  });
});
