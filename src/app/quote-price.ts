// The price of a choice: from the supplier's price endpoints, or from the catalogue's rate where the terminal has none.
import { checkAmount } from '../domain/catalog.ts';
import type { Product } from '../domain/catalog.ts';
import type { Question } from '../domain/dialog/effect.ts';
import type { ChosenItem } from '../domain/dynamic-item.ts';
import { priceFromCatalog, quoteOf } from '../domain/quote.ts';
import type { Price, Quote, QuoteError } from '../domain/quote.ts';
import { assertNever, fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { ListItems } from './list-items.ts';
import type { Clock } from './ports/clock.ts';
import type { Supplier, SupplierError } from './ports/supplier.ts';

export type PriceSource = 'endpoint' | 'catalogue';

type QuoteQuestion = Omit<Extract<Question, { type: 'quote' }>, 'type'>;

export type QuotePrice = (question: QuoteQuestion) => Promise<Result<Quote, QuoteError>>;

/** Quotes are never guessed: when the endpoint fails, the customer is told, and the catalogue's rate is used only where it was chosen. */
export const createQuotePrice = (deps: {
  readonly supplier: Pick<Supplier, 'price' | 'balance'>;
  readonly listItems: ListItems;
  readonly source: PriceSource;
  readonly clock: Clock;
}): QuotePrice => {
  /** Of an item only the list knows the price, and only the list of this moment. */
  const priceOfItem = async (product: Product, item: ChosenItem): Promise<Result<Price, QuoteError>> => {
    const listed = await deps.listItems(product);
    if (!listed.ok) return fail(await quoteError(listed.error, true));
    const found = listed.value.find(({ id }) => id === item.id);
    return found === undefined ? fail({ kind: 'itemGone' }) : ok(found.price);
  };

  const priceOf = async ({ product, choice, account }: QuoteQuestion): Promise<Result<Price, QuoteError>> => {
    if (deps.source === 'catalogue') return priceFromCatalog(product, choice);
    const answer = await deps.supplier.price(product, choice, account);
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

  return async (question) => {
    const { product, choice, dynamic } = question;
    // A product that became dynamic, or ceased to be, has to be chosen anew.
    if (product.dynamic !== (dynamic !== null)) return fail({ kind: 'itemGone' });
    const price = await (dynamic === null ? priceOf(question) : priceOfItem(product, dynamic));
    if (!price.ok) return price;
    const { send } = price.value;
    const allowed = product.dynamic || checkAmount(product.amount, send.hundredths).ok;
    if (!allowed || send.currency !== product.saleCurrency) return fail({ kind: 'amountNotAllowed' });
    if (product.ceiling !== null && send.hundredths > product.ceiling) {
      return fail({ kind: 'aboveCeiling', most: { hundredths: product.ceiling, currency: product.saleCurrency } });
    }
    return ok(quoteOf(product, choice, price.value, deps.source === 'catalogue' && dynamic === null, deps.clock.now()));
  };
};
