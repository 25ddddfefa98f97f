// The price of a choice: what the supplier takes, by its price endpoints or the catalogue's rate, and what the shop makes of that for the buyer.
import { priceOfPayment } from '../domain/bill.ts';
import type { Debt } from '../domain/bill.ts';
import { checkAmount } from '../domain/catalog.ts';
import type { Question } from '../domain/dialog/effect.ts';
import type { Draft } from '../domain/dialog/state.ts';
import type { ChosenItem } from '../domain/dynamic-item.ts';
import { formOf, sellsItems } from '../domain/form.ts';
import type { CustomerId } from '../domain/ids.ts';
import { priceFromCatalog, quoteOf } from '../domain/quote.ts';
import type { Price, Quote, QuoteError } from '../domain/quote.ts';
import { assertNever, fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { ListItems } from './list-items.ts';
import type { Clock } from './ports/clock.ts';
import type { Supplier, SupplierError } from './ports/supplier.ts';
import type { Telemetry } from './ports/telemetry.ts';
import { quoteFor } from './shop-rules.ts';
import type { ShopRules } from './shop-rules.ts';

export type PriceSource = 'endpoint' | 'catalogue';

type QuoteQuestion = Omit<Extract<Question, { type: 'quote' }>, 'type'>;

/** `debt`: what is owed right now; null for what is no bill, and for a biller that can't be asked. */
export type QuotePrice = (question: QuoteQuestion, buyer: CustomerId, debt?: Debt | null) => Promise<Result<Quote, QuoteError>>;

/** Quotes are never guessed: when the endpoint fails, the customer is told, and the catalogue's rate is used only where it was chosen. */
export const createQuotePrice = (deps: {
  readonly supplier: Pick<Supplier, 'price' | 'balance'>;
  readonly listItems: ListItems;
  readonly rules: Pick<ShopRules, 'standingOf' | 'priceFor'>;
  readonly source: PriceSource;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}): QuotePrice => {
  /** Of an item only the list knows the price, and only the list of this moment. */
  const priceOfItem = async ({ product, draft }: QuoteQuestion, item: ChosenItem): Promise<Result<Price, QuoteError>> => {
    const listed = await deps.listItems(product, accountOf(formOf(product, draft).itemsBy, draft));
    if (!listed.ok) return fail(await quoteError(listed.error, true));
    const found = listed.value.find(({ id }) => id === item.id);
    return found === undefined ? fail({ kind: 'itemGone' }) : ok(found.price);
  };

  const priceOf = async (question: QuoteQuestion, debt: Debt | null): Promise<Result<Price, QuoteError>> => {
    const { product, draft } = question;
    const { choice, bill, dynamic } = draft;
    if (dynamic !== null) return priceOfItem(question, dynamic);
    if (bill !== null) {
      const owed = debt === null ? fail('gone') : priceOfPayment(debt, bill.payment, product);
      return owed.ok ? owed : fail({ kind: 'itemGone' });
    }
    if (deps.source === 'catalogue') return priceFromCatalog(product, choice);
    const answer = await deps.supplier.price(product, choice, accountOf('account', draft));
    const offered = choice.direction === 'direct' && product.amount.kind === 'list';
    return answer.ok ? answer : fail(await quoteError(answer.error, offered));
  };

  const quoteError = async (error: SupplierError, offered: boolean): Promise<QuoteError> => {
    switch (error.kind) {
      case 'notSent':
      case 'noAnswer':
        return { kind: 'supplierDown' };
      case 'answered':
        // An amount that the catalogue itself offers: another one of it would not help.
        if (error.resultCode === '927') return { kind: offered ? 'notAvailable' : 'amountNotAllowed' };
        if (error.httpStatus === 200) return { kind: 'notAvailable' };
        if (error.httpStatus === 404) return { kind: 'noPrices' };
        // A 500 may be an outage, bad credentials, or a terminal without this path; only a working balance tells the last apart.
        return error.httpStatus === 500 && (await deps.supplier.balance()).ok ? { kind: 'noPrices' } : { kind: 'supplierDown' };
      default:
        return assertNever(error);
    }
  };

  const quote = async (question: QuoteQuestion, buyer: CustomerId, debt: Debt | null): Promise<Result<Quote, QuoteError>> => {
    const { product, draft } = question;
    const { dynamic, bill } = draft;
    // A product that became dynamic, or ceased to be, has to be chosen anew.
    if (sellsItems(product, draft) !== (dynamic !== null)) return fail({ kind: 'itemGone' });
    const price = await priceOf(question, debt);
    if (!price.ok) return price;
    const { send } = price.value;
    // What an item costs, or an account owes, is not for the catalogue to say.
    const isGiven = dynamic !== null || bill !== null;
    if (!(isGiven || checkAmount(product.amount, send.hundredths).ok) || send.currency !== product.saleCurrency) {
      return fail({ kind: 'amountNotAllowed' });
    }
    if (product.ceiling !== null && send.hundredths > product.ceiling) {
      return fail({ kind: 'aboveCeiling', most: { hundredths: product.ceiling, currency: product.saleCurrency } });
    }
    const choice = bill === null ? draft.choice : ({ direction: 'direct', amount: send.hundredths } as const);
    const offered = quoteOf(product, choice, price.value, deps.source === 'catalogue' && !isGiven, deps.clock.now());
    const standing = await deps.rules.standingOf(buyer);
    return ok(quoteFor(standing, offered, deps.rules.priceFor(standing, product, offered.cost)));
  };

  return async (question, buyer, debt = null) => {
    const quoted = await quote(question, buyer, debt);
    const outcome = quoted.ok ? 'ok' : quoted.error.kind;
    deps.telemetry.note({ kind: 'quote', direction: question.draft.choice.direction, outcome });
    return quoted;
  };
};

const accountOf = (name: string | null, { fields }: Pick<Draft, 'fields'>): string | null =>
  name === null ? null : (fields[name] ?? null);
