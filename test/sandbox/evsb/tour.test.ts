// The tour shows what it says, for every family.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { snapshots } from '../../../src/sandbox/evsb/catalogue/snapshots.ts';
import { tour } from '../../../src/sandbox/evsb/tour.ts';
import type { TourStop } from '../../../src/sandbox/evsb/tour.ts';
import { askInvoices, buyAs, codeOf, itemOf, openTill, pairsOf } from './till.ts';
import type { Till } from './till.ts';

const { first } = snapshots;

describe('tour', () => {
  const pay = async (till: Till, stop: TourStop, reference: number) => {
    const bill = first.find((product) => product.articleId === stop.operatorId)?.bill;
    const keys = { [bill?.query[0] ?? '']: stop.account ?? '', ...stop.also };
    const { json } = await askInvoices(till, stop.operatorId, keys);
    const { additionalData, items } = z
      .object({
        additionalData: z.array(z.object({ key: z.string(), value: z.string() })),
        items: z.array(z.object({ invoiceReference: z.string(), amountToSendX100: z.int() })),
      })
      .parse(json);
    const chosen = items.filter(({ amountToSendX100 }) => amountToSendX100 === stop.amountToSendX100);
    return buyAs(till, 'bill', stop.operatorId, reference, {
      amountToSendX100: stop.amountToSendX100,
      additionalData: [...additionalData, ...pairsOf(keys)],
      invoiceNumbers: chosen.map(({ invoiceReference }) => invoiceReference),
    });
  };

  const visit = (till: Till, stop: TourStop, reference: number) =>
    stop.family === 'bill'
      ? pay(till, stop, reference)
      : buyAs(till, stop.family, stop.operatorId, reference, {
          amountToSendX100: stop.amountToSendX100,
          ...(stop.account === null ? {} : { account: stop.account }),
          ...stop.also,
        });

  const expectations: Record<TourStop['shows'], [code: string, item: object]> = {
    immediateCode: ['10', { hasAdditionalData: false }],
    lateCode: ['10', { hasAdditionalData: true, extraInfo: null }],
    veryLateCode: ['10', { hasAdditionalData: true, extraInfo: null }],
    tokenIsCode: ['10', { hasAdditionalData: false, extraInfo: null }],
    tokenThenDetails: ['10', { hasAdditionalData: true, extraInfo: null }],
    accountNeeded: ['10', { hasAdditionalData: false }],
    emailNeeded: ['10', { hasAdditionalData: false }],
    twoCurrencies: ['10', { destinationcurrency: 'CUP' }],
    refusedByOperator: ['11', {}],
    notRouted: ['-1', {}],
    uncertain: ['990', {}],
    raffleTicket: ['10', { extraInfo: { redeemCode: expect.stringMatching(/^\d{6}$/) as unknown } }],
    changingList: ['10', { destinationamount: 1_200 }],
    topUp: ['10', { suppliertoken: '' }],
    topUpAbroad: ['10', { suppliertoken: '' }],
    topUpByLogin: ['10', { suppliertoken: '' }],
    bundleOfLine: ['10', { suppliertoken: '' }],
    documentNeeded: ['10', { suppliertoken: expect.stringMatching(/^[A-Z2-9]{16}$/) as unknown }],
    anyAmountOfBill: ['10', { destinationamount: 10_000 }],
    chosenInvoices: ['10', { destinationamount: 12_100 }],
    wholeBill: ['10', { destinationamount: 80_920 }],
  };

  it.each(tour)('$shows is what $operatorId does', async (stop) => {
    const till = await openTill();
    const [code, item] = expectations[stop.shows];
    const reply = await visit(till, stop, 1);
    expect(codeOf(reply)).toBe(code);
    expect(itemOf(reply)).toMatchObject(item);
  });

  it.each(tour.filter(({ shows }) => shows === 'accountNeeded' || shows === 'emailNeeded' || shows === 'topUp'))(
    '$shows goes wrong without an account',
    async (stop) => {
      const till = await openTill();
      expect(codeOf(await visit(till, { ...stop, account: null }, 2))).toBe('517');
    },
  );

  it.each(tour.filter(({ also, family }) => family !== 'bill' && Object.keys(also).length > 0))(
    '$shows goes wrong without its other fields',
    async (stop) => {
      const till = await openTill();
      expect(codeOf(await visit(till, { ...stop, also: {} }, 2))).toBe('517');
    },
  );

  it('stops once at each behaviour', () => {
    expect(tour.map((stop) => stop.shows)).toEqual(Object.keys(expectations));
  });
});
