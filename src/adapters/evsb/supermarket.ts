// Supermarket vouchers: in the name of a person, whose document is in the body and nowhere else. The token of the answer is the code.
import type { Prepared, SupermarketVouchers } from '../../app/ports/families.ts';
import type { LocalReference } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { MoneyDeps } from './money-calls.ts';
import { judgeSale } from './outcome.ts';
import { prepareSale } from './sale-body.ts';
import type { SaleSettings } from './sale-body.ts';
import { createSale } from './sale.ts';
import { deliveryOf, praiseCode } from './voucher.ts';

type SupermarketTerms = Parameters<SupermarketVouchers['prepareSupermarketVoucher']>[0];

/** Builds a purchase. This endpoint knows a phone number by its old name only. */
export const prepareSupermarketVoucher = (
  settings: SaleSettings,
  { holder, dynamic, ...terms }: SupermarketTerms,
  reference: LocalReference,
  at: Instant,
): Prepared<'supermarket'> => ({
  ...prepareSale(settings, terms, reference, at, {
    beneficiaryPhoneNumber: holder.phone,
    dynamicProductId: dynamic?.id,
    receiverEmail: holder.email,
    receiverMessage: holder.message,
    documentNumber: holder.documentNumber,
    documentType: holder.documentType,
    firstName: holder.firstName,
    surname: holder.surname,
    secondSurname: holder.secondSurname,
  }),
  family: 'supermarket',
});

export const createSupermarketVouchers = (settings: SaleSettings, money: MoneyDeps): SupermarketVouchers => ({
  prepareSupermarketVoucher: (terms, reference, at) => prepareSupermarketVoucher(settings, terms, reference, at),

  buySupermarketVoucher: createSale(money, {
    call: 'supermarketPurchase',
    event: 'evsb.supermarketPurchase',
    path: '/pre-paid/supermarket-vouchers/purchase/{terminalId}/{operatorId}/{localReference}',
    judge: judgeSale,
    // Details that an answer announces can't be asked for here.
    deliver: (receipt) => deliveryOf({ ...receipt, hasAdditionalData: false }),
    praise: praiseCode,
    // A refusal may repeat the name of a person.
    quote: () => null,
  }),
});
