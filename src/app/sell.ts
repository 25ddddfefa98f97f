// How each family is bought: which call of the supplier sells an order, and what its answer leaves for the buyer.
import type { LocalReference } from '../domain/ids.ts';
import type { CodePlace, Fields, OrderTerms } from '../domain/order.ts';
import { assertNever } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { OrderSecrets, Receipt } from '../domain/voucher.ts';
import type { Bills, Recharges, SupermarketVouchers, VoucherHolder } from './ports/families.ts';
import type { PreparedPurchase, SaleOutcome, Supplier, VoucherDelivery } from './ports/supplier.ts';

/** What a sale leaves: where the code is, and what is sealed of it. `place` is `here` for what has no code. */
export type Goods = { readonly place: CodePlace; readonly found: Pick<OrderSecrets, 'token' | 'voucher' | 'receipt'> };

export type GoodsOutcome = SaleOutcome<Goods>;

/** A purchase that was built and not sent. `send` sends exactly it, and may be called once. */
export type Sale = { readonly prepared: PreparedPurchase; send(): Promise<GoodsOutcome> };

export type PrepareSale = (terms: OrderTerms, reference: LocalReference, at: Instant) => Sale;

const codeGoods = (delivery: VoucherDelivery): Goods => ({
  place: delivery.kind,
  found: {
    token: delivery.kind === 'missing' ? null : delivery.token,
    voucher: delivery.kind === 'here' ? delivery.voucher : null,
    receipt: null,
  },
});

const receiptGoods = (receipt: Receipt): Goods => ({ place: 'here', found: { token: null, voucher: null, receipt } });

const withGoods = <Delivery>(outcome: SaleOutcome<Delivery>, goodsOf: (delivery: Delivery) => Goods): GoodsOutcome => {
  switch (outcome.kind) {
    case 'charged':
      return { ...outcome, delivery: goodsOf(outcome.delivery) };
    case 'unclear':
      return { ...outcome, delivery: outcome.delivery && goodsOf(outcome.delivery) };
    case 'rejected':
    case 'notSent':
      return outcome;
    default:
      return assertNever(outcome);
  }
};

/** In whose name a supermarket voucher is, from what was typed under the supplier's own keys. */
const holderOf = (fields: Fields): VoucherHolder => {
  const { documentNumber, documentType } = fields;
  if (documentNumber === undefined) throw new Error('A supermarket voucher without a document was ordered');
  return {
    documentNumber,
    documentType: documentType === 'PASSPORT' || documentType === 'ID_CARD' ? documentType : null,
    firstName: fields['firstName'] ?? null,
    surname: fields['surname'] ?? null,
    secondSurname: fields['secondSurname'] ?? null,
    phone: fields['beneficiaryPhoneNumber'] ?? null,
    email: fields['receiverEmail'] ?? null,
    message: null,
  };
};

export const createPrepareSale =
  (supplier: Supplier & Recharges & SupermarketVouchers & Bills): PrepareSale =>
  (terms, reference, at) => {
    switch (terms.family) {
      case 'voucher': {
        const prepared = supplier.preparePurchase(terms, reference, at);
        return { prepared, send: async () => withGoods(await supplier.purchase(prepared), codeGoods) };
      }
      case 'recharge': {
        const prepared = supplier.prepareRecharge(terms, reference, at);
        return { prepared, send: async () => withGoods(await supplier.recharge(prepared), receiptGoods) };
      }
      case 'supermarket': {
        const prepared = supplier.prepareSupermarketVoucher({ ...terms, holder: holderOf(terms.fields) }, reference, at);
        return { prepared, send: async () => withGoods(await supplier.buySupermarketVoucher(prepared), codeGoods) };
      }
      case 'bill': {
        if (terms.bill === null) throw new Error(`Order ${terms.id} is a bill without its payment`);
        const { productId, cost } = terms;
        const prepared = supplier.prepareBillPayment({ productId, send: cost, ...terms.bill, phone: null }, reference, at);
        return { prepared, send: async () => withGoods(await supplier.payBill(prepared), receiptGoods) };
      }
      default:
        return assertNever(terms.family);
    }
  };
