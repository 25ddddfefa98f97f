// Supermarket vouchers: Purchase. In the name of a document; the token is the voucher, and there are no details.
import { z } from 'zod';
import { orNull } from '../body.ts';
import { fillPattern, referenceOf } from '../identity.ts';
import { noParticulars, plainFamily, readerOf, saleBody } from '../sale-family.ts';
import { sellAs } from './sell.ts';

const bodySchema = saleBody({
  /** For a notice to the buyer; no rule looks at it. */
  beneficiaryPhoneNumber: z.string().nullish(),
  dynamicProductId: z.string().nullish(),
  receiverEmail: z.string().nullish(),
  receiverMessage: z.string().nullish(),
  documentNumber: z.string().nullish(),
  documentType: z.enum(['PASSPORT', 'ID_CARD']).nullish(),
  firstName: z.string().nullish(),
  surname: z.string().nullish(),
  secondSurname: z.string().nullish(),
});

/** The test product: the last three characters of a document, and the token of the voucher that they stand for. */
const DUMMY = 9993;
const dummyTokens: ReadonlyMap<string, string> = new Map([
  ['000', 'FDSAGHJKLREWQTYUIO'],
  ['001', 'POIUYTREWQJHGFDSA'],
]);

const dummyTokenOf = (documentNumber: string | null): string | undefined => dummyTokens.get((documentNumber ?? '').slice(-3));

export const supermarketPurchase = sellAs({
  ...plainFamily,
  name: 'supermarket',
  read: readerOf(bodySchema, (body) => ({
    fields: {
      ...noParticulars.fields,
      receiverEmail: orNull(body.receiverEmail),
      documentNumber: orNull(body.documentNumber),
      dynamicProductId: orNull(body.dynamicProductId),
    },
  })),
  outcomeOf: ({ fields }, { articleId }) =>
    articleId !== DUMMY || dummyTokenOf(fields.documentNumber) !== undefined ? '10' : '931',
  issue: ({ product, request, destinationX100 }, identity) => {
    const dummyToken = product.articleId === DUMMY ? dummyTokenOf(request.fields.documentNumber) : undefined;
    const token = dummyToken ?? fillPattern(product.codePattern, `code:${identity}`);
    return {
      code: token,
      receipt: {
        supplierreference: referenceOf(identity),
        suppliertoken: token,
        destinationcurrency: destinationX100 === null ? null : product.destinationCurrency,
        destinationamount: destinationX100,
      },
      late: null,
    };
  },
  success: () => ({ code: '10', message: 'Voucher purchase successful' }),
});
