// Vouchers: Purchase. A code, a token or both, at once or later.
import { z } from 'zod';
import { orNull } from '../body.ts';
import { issueVoucher } from '../issue-voucher.ts';
import { plainFamily, readerOf, saleBody } from '../sale-family.ts';
import { outcomeOfAccount } from '../suffix-rule.ts';
import { sellAs } from './sell.ts';

const bodySchema = saleBody({
  account: z.string().nullish(),
  /** The older name of `account`. */
  beneficiaryPhoneNumber: z.string().nullish(),
  dynamicProductId: z.string().nullish(),
  receiverEmail: z.string().nullish(),
  receiverMessage: z.string().nullish(),
  documentNumber: z.string().nullish(),
  documentType: z.string().nullish(),
});

export const voucherPurchase = sellAs({
  ...plainFamily,
  name: 'voucher',
  read: readerOf(bodySchema, (body) => ({
    fields: {
      account: orNull(body.account) ?? orNull(body.beneficiaryPhoneNumber),
      receiverEmail: orNull(body.receiverEmail),
      documentNumber: orNull(body.documentNumber),
      dynamicProductId: orNull(body.dynamicProductId),
    },
  })),
  outcomeOf: ({ fields }, product, switches) => outcomeOfAccount(product, fields.account, switches),
  issue: issueVoucher,
});
