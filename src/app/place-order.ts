// A confirmation becomes an order: stored with its funds reserved and its work due, in one transaction, once.
import type { Product } from '../domain/catalog.ts';
import type { Question } from '../domain/dialog/effect.ts';
import type { Draft } from '../domain/dialog/state.ts';
import type { Language } from '../domain/dialog/language.ts';
import type { OrderSummary } from '../domain/dialog/view.ts';
import { numberOf } from '../domain/account-number.ts';
import { formOf } from '../domain/form.ts';
import type { ChatId, CustomerId } from '../domain/ids.ts';
import type { PlaceError } from '../domain/dialog/event.ts';
import type { Money } from '../domain/money.ts';
import type { BillDetails, OrderTerms } from '../domain/order.ts';
import { placedState } from '../domain/order-evolve.ts';
import { isTwin } from '../domain/order-twin.ts';
import { samePrice } from '../domain/quote.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { isStopped } from '../domain/stop.ts';
import { hasCode } from '../domain/voucher.ts';
import { startingGrant } from '../domain/wallet.ts';
import { stepOf } from './order-step.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Stops } from './ports/operations.ts';
import { valuesOf } from './read-debt.ts';
import { quoteFor } from './shop-rules.ts';
import type { ShopRules } from './shop-rules.ts';

/** Who confirms, and where. */
export type Buyer = { readonly customer: CustomerId; readonly chat: ChatId; readonly language: Language };

export type PlaceOrder = (
  question: Extract<Question, { type: 'place' }>,
  buyer: Buyer,
) => Promise<Result<OrderSummary, PlaceError>>;

export const summaryOf = ({ terms, state }: StoredOrder): OrderSummary => ({
  id: terms.id,
  productName: terms.productName,
  operatorName: terms.operatorName,
  family: terms.family,
  account: hasCode(terms.family) ? null : numberOf(terms),
  item: terms.dynamic?.description ?? null,
  pay: terms.pay,
  receive: terms.receive,
  status: state.status,
  placedAt: terms.placedAt,
  ...(numberOf(terms) !== null && { hasNumber: true }),
});

/** What a new customer starts with; each amount is granted once a customer, whenever it is first needed. */
export const grantStartingBalance = async (
  ledger: Ledger,
  clock: Clock,
  startingBalance: readonly Money[],
  customer: CustomerId,
): Promise<void> => {
  for (const amount of startingBalance) await ledger.post(startingGrant(customer, amount), clock.now());
};

/** What a bill's payment names; null for what is no bill. A biller that can't be asked is paid with what was typed alone. */
const billOf = (product: Product, { form, fields, bill }: Draft): BillDetails | null => {
  if (product.family !== 'bill') return null;
  const invoices = bill?.payment.kind === 'invoices' ? bill.payment.references : [];
  return { values: valuesOf(formOf(product, { form }).pay, fields), returned: bill?.returned ?? [], invoices };
};

/** How many orders back a repetition by mistake is looked for. */
const RECENT_ORDERS = 20;

/** The same order id again finds the order that is stored, whatever else the question says. */
export const createPlaceOrder =
  (deps: {
    readonly ledger: Ledger;
    readonly clock: Clock;
    readonly startingBalance: readonly Money[];
    readonly rules: ShopRules;
    readonly stops: Pick<Stops, 'stops'>;
    /** Called when there is a new order to work on. */
    readonly wakeWorker: () => void;
  }): PlaceOrder =>
  async ({ product, operatorName, draft, quote, order, progress, batch }, buyer) => {
    const standing = await deps.rules.standingOf(buyer.customer);
    await grantStartingBalance(deps.ledger, deps.clock, deps.startingBalance, standing.payer);
    const at = deps.clock.now();
    const retail = deps.rules.priceFor(standing, product, quote.cost);
    const terms: OrderTerms = {
      id: order,
      customer: buyer.customer,
      payer: standing.payer,
      chat: buyer.chat,
      language: buyer.language,
      progress,
      productId: product.id,
      productName: product.name,
      operatorName,
      choice: draft.choice,
      family: product.family,
      sent: { as: product.purchaseBy, amount: product.purchaseBy === 'send' ? quote.cost : quote.receive },
      cost: quote.cost,
      pay: quote.pay,
      commission: retail.commission,
      receive: quote.receive,
      fields: draft.fields,
      bill: billOf(product, draft),
      dynamic: draft.dynamic,
      ...(batch !== undefined && { batch }),
      placedAt: at,
    };
    const recent = await deps.ledger.ordersOf(buyer.customer, RECENT_ORDERS);
    if (!recent.some(({ terms: { id } }) => id === order)) {
      if (standing.blocked) return fail({ kind: 'blocked' });
      // The catalogue of this process may be some seconds behind.
      if (isStopped(await deps.stops.stops(), product)) return fail({ kind: 'stopped' });
      if (!samePrice(quote, quoteFor(standing, quote, retail))) return fail({ kind: 'priceMoved' });
      const twin = recent.find((earlier) => isTwin(earlier, terms));
      if (twin !== undefined && twin.terms.id !== draft.twin) return fail({ kind: 'boughtJustNow', twin: summaryOf(twin) });
    }
    const step = stepOf(terms, placedState(at), [{ type: 'placed', at }]);
    const placed = await deps.ledger.place(terms, step, deps.rules.limitsFor(standing, at));
    if (!placed.ok) return placed;
    if (!placed.value.existed) deps.wakeWorker();
    return ok(summaryOf(placed.value.order));
  };
