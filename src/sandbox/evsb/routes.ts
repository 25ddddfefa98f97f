// Which handler answers which endpoint. A new family is a file beside the others, its endpoints, and its lines here.
import type { EndpointName } from './endpoints.ts';
import { billPayment } from './families/bill-payment.ts';
import { billInvoices, billParameters } from './families/bills.ts';
import { pricesDirect, pricesReverse } from './families/prices.ts';
import { rechargeParameters, rechargeProducts, rechargePurchase } from './families/recharge.ts';
import { revert } from './families/revert.ts';
import { supermarketPurchase } from './families/supermarket.ts';
import { balances, ping, portfolio, transactionInfo } from './families/terminal.ts';
import { voucherPurchase } from './families/voucher-purchase.ts';
import { finishedProducts, voucherAdditionalData, voucherProducts } from './families/vouchers.ts';
import type { Handler } from './simulation.ts';

export const handlers: Readonly<Record<EndpointName, Handler>> = {
  ping,
  balances,
  portfolio,
  transactionInfo,
  revert,
  pricesDirect,
  pricesReverse,
  voucherProducts,
  voucherPurchase,
  voucherAdditionalData,
  finishedProducts,
  rechargeParameters,
  rechargeProducts,
  rechargePurchase,
  supermarketPurchase,
  billParameters,
  billInvoices,
  billPayment,
};
