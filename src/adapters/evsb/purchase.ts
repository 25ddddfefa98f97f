// Vouchers: Purchase. Where its answers put the code, and what may be quoted of them.
import type { PreparedPurchase, PurchaseOutcome } from '../../app/ports/supplier.ts';
import type { Fate, MoneyDeps } from './money-calls.ts';
import { judgeSale } from './outcome.ts';
import { createSale } from './sale.ts';
import { deliveryOf, praiseCode } from './voucher.ts';
import { parseJson, statusOf } from './wire.ts';

/** The supplier's text for "not routed" is for the operator's eyes only; anything that looks like a person's data is blanked. */
export const routeMessage = (fate: Fate): string | null => {
  if (fate.kind !== 'rejected' || fate.resultCode !== '-1') return null;
  const json = parseJson(fate.raw ?? '');
  const { message } = statusOf(json.ok ? json.value : null);
  return message?.replace(/\S*@\S*|\d{5,}/g, '[...]').slice(0, 200) ?? null;
};

export const createBuyer = (deps: MoneyDeps): ((prepared: PreparedPurchase) => Promise<PurchaseOutcome>) =>
  createSale(deps, {
    call: 'voucherPurchase',
    event: 'evsb.purchase',
    path: '/pre-paid/vouchers/purchase/{terminalId}/{operatorId}/{localReference}',
    judge: judgeSale,
    deliver: deliveryOf,
    praise: praiseCode,
    quote: routeMessage,
  });
