// The purchase's exact body, and where the code of a sold voucher is found.
import { describe, expect, it } from 'vitest';
import { judgeSale } from '../../../src/adapters/evsb/outcome.ts';
import { deliveryOf, preparePurchase } from '../../../src/adapters/evsb/voucher.ts';
import { parseJson } from '../../../src/adapters/evsb/wire.ts';
import type { ChosenItem } from '../../../src/domain/dynamic-item.ts';
import type { Currency, Hundredths } from '../../../src/domain/money.ts';
import { AT, must, productId, reference } from './samples.ts';

describe('preparePurchase', () => {
  const prepare = (
    as: 'send' | 'receive',
    fields: Record<string, string>,
    legacyBeneficiaryField = false,
    dynamic: ChosenItem | null = null,
  ) =>
    preparePurchase(
      { terminalId: 100001, timeZone: 'America/Mexico_City', legacyBeneficiaryField },
      {
        productId: productId(8801),
        sent: { as, amount: { hundredths: 2500 as Hundredths, currency: 'EUR' as Currency } },
        fields,
        dynamic,
      },
      reference(500200),
      AT,
    );

  it('names the amount, the local time and the fields that have a value', () => {
    expect(prepare('send', { account: '600123456', receiverEmail: '', documentNumber: 'AB1' })).toEqual({
      productId: 8801,
      attempt: { terminalId: 100001, reference: 500200, localTime: '2025-01-01T06:00:00', at: 1_735_732_800_000 },
      body: '{"amountToSendX100":2500,"localDateTime":"2025-01-01T06:00:00","account":"600123456","documentNumber":"AB1"}',
    });
  });

  it('names the destination amount instead, never both', () => {
    expect(prepare('receive', {}).body).toBe('{"destinationAmountX100":2500,"localDateTime":"2025-01-01T06:00:00"}');
  });

  it('names the item of a dynamic product', () => {
    const item = { id: 'RF-1 "ñ"', description: 'A ticket', endsAt: null };
    expect(JSON.parse(prepare('send', {}, false, item).body)).toEqual({
      amountToSendX100: 2500,
      localDateTime: '2025-01-01T06:00:00',
      dynamicProductId: 'RF-1 "ñ"',
    });
  });

  it('mirrors the account under its old name on request', () => {
    expect(JSON.parse(prepare('send', { account: '600' }, true).body)).toMatchObject({
      account: '600',
      beneficiaryPhoneNumber: '600',
    });
    expect(prepare('send', {}, true).body).not.toContain('beneficiaryPhoneNumber');
  });
});

describe('deliveryOf', () => {
  const delivery = (fields: string) => {
    const verdict = judgeSale(must(parseJson(`{"rc":0,"items":[{"resultcode":"10",${fields}}]}`)));
    if (verdict.kind !== 'done') throw new Error(`not done: ${verdict.kind}`);
    return deliveryOf(verdict.receipt);
  };
  const bare = { account: null, instructions: null, expiration: null, extra: [] };

  it('takes the redeem code before anything else', () => {
    expect(
      delivery(
        '"suppliertoken":"T-1","hasAdditionalData":true,"extraInfo":{"redeemCode":"ABCD","redeemAccount":"","redeemInstructions":"Enter it.","expiration":"2026-01-01","additionalData":{"key":"serial","value":"00012345"}}',
      ),
    ).toEqual({
      kind: 'here',
      voucher: {
        code: 'ABCD',
        account: null,
        instructions: 'Enter it.',
        expiration: '2026-01-01',
        extra: [{ key: 'serial', value: '00012345' }],
      },
      token: 'T-1',
    });
  });

  it('reads additional data as a list, drops empty pairs and keeps unlisted properties', () => {
    expect(
      delivery(
        '"extraInfo":{"redeemCode":"A","additionalData":[{"key":"a","value":"1"},{"key":"","value":""},{"key":"b"}],"downloadUrl":"https://example.invalid/v","resultcode":10,"odd":{}}',
      ),
    ).toMatchObject({
      voucher: {
        extra: [
          { key: 'a', value: '1' },
          { key: 'b', value: '' },
          { key: 'downloadUrl', value: 'https://example.invalid/v' },
        ],
      },
    });
  });

  it('fetches announced details with the token', () => {
    expect(delivery('"suppliertoken":"T-1","hasAdditionalData":true,"extraInfo":null')).toEqual({ kind: 'later', token: 'T-1' });
    expect(delivery('"suppliertoken":"T-1","hasAdditionalData":true,"extraInfo":{"redeemCode":""}')).toMatchObject({
      kind: 'later',
    });
  });

  it.each(['false', 'null', '"no"', '0'])('takes the token for the code when details are %s', (announced) => {
    expect(delivery(`"suppliertoken":"1234","hasAdditionalData":${announced}`)).toEqual({
      kind: 'here',
      voucher: { code: '1234', ...bare },
      token: '1234',
    });
  });

  it('shows the details beside a token that is the code', () => {
    expect(delivery('"suppliertoken":"1234","extraInfo":{"redeemInstructions":"Dial it."}')).toMatchObject({
      voucher: { code: '1234', instructions: 'Dial it.' },
    });
  });

  it.each(['"suppliertoken":""', '"hasAdditionalData":true', '"extraInfo":"none"', '"suppliertoken":{"a":1}'])(
    'misses the code in %s',
    (fields) => {
      expect(delivery(fields)).toEqual({ kind: 'missing' });
    },
  );

  it('keeps every digit of a code that comes as a number', () => {
    expect(delivery('"extraInfo":{"redeemCode":12345678901234567890}')).toMatchObject({
      voucher: { code: '12345678901234567890' },
    });
  });
});
