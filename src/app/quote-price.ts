// The price of a choice: from the supplier's price endpoints, or from the catalogue's rate where the terminal has none.
import { checkAmount } from '../domain/catalog.ts';
import type { Product } from '../domain/catalog.ts';
import { priceFromCatalog, quoteOf } from '../domain/quote.ts';
import type { AmountChoice, Price, Quote, QuoteError } from '../domain/quote.ts';
import { assertNever, fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from './ports/clock.ts';
import type { Supplier, SupplierError } from './ports/supplier.ts';

export type PriceSource = 'endpoint' | 'catalogue';

export type QuotePrice = (product: Product, choice: AmountChoice, account: string | null) => Promise<Result<Quote, QuoteError>>;

/** Quotes are never guessed: when the endpoint fails, the customer is told, and the catalogue's rate is used only where it was chosen. */
export const createQuotePrice = (deps: {
  readonly supplier: Pick<Supplier, 'price' | 'balance'>;
  readonly source: PriceSource;
  readonly clock: Clock;
}): QuotePrice => {
  const priceOf = async (product: Product, choice: AmountChoice, account: string | null): Promise<Result<Price, QuoteError>> => {
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

  return async (product, choice, account) => {
    const price = await priceOf(product, choice, account);
    if (!price.ok) return price;
    const { send } = price.value;
    if (!checkAmount(product.amount, send.hundredths).ok || send.currency !== product.saleCurrency)
      return fail({ kind: 'amountNotAllowed' });
    if (product.ceiling !== null && send.hundredths > product.ceiling) {
      return fail({ kind: 'aboveCeiling', most: { hundredths: product.ceiling, currency: product.saleCurrency } });
    }
    return ok(quoteOf(product, choice, price.value, deps.source === 'catalogue', deps.clock.now()));
  };
};
