// Vouchers: Purchase. What its answers come to, and what may be quoted of them.
import type { PreparedPurchase, PurchaseOutcome } from '../../app/ports/supplier.ts';
import { createMoneyCall } from './money-calls.ts';
import type { Fate, MoneyDeps } from './money-calls.ts';
import { judgeSale } from './outcome.ts';
import { deliveryOf } from './voucher.ts';
import { parseJson, statusOf } from './wire.ts';

/** The supplier's text for "not routed" is for the operator's eyes only; anything that looks like a person's data is blanked. */
const routeMessage = (fate: Fate): string | null => {
  if (fate.kind !== 'rejected' || fate.resultCode !== '-1') return null;
  const json = parseJson(fate.raw ?? '');
  const { message } = statusOf(json.ok ? json.value : null);
  return message?.replace(/\S*@\S*|\d{5,}/g, '[...]').slice(0, 200) ?? null;
};

const conclude = (fate: Fate): PurchaseOutcome => {
  if (fate.kind === 'unclear') {
    const { receipt, ...unclear } = fate;
    return { ...unclear, delivery: receipt === null ? null : deliveryOf(receipt) };
  }
  if (fate.kind !== 'done') return fate;
  const { receipt, raw, uid } = fate;
  return { kind: 'charged', supplierReference: receipt.supplierreference, delivery: deliveryOf(receipt), raw, uid };
};

export const createBuyer = (deps: MoneyDeps): ((prepared: PreparedPurchase) => Promise<PurchaseOutcome>) =>
  createMoneyCall(deps, {
    call: 'voucherPurchase',
    event: 'evsb.purchase',
    path: '/pre-paid/vouchers/purchase/{terminalId}/{operatorId}/{localReference}',
    judge: judgeSale,
    conclude,
    praise: (receipt) => {
      const { kind } = deliveryOf(receipt);
      return { outcome: `charged, code ${kind}`, code: '10', alert: kind === 'missing' ? 'always' : 'never' };
    },
    quote: routeMessage,
  });
