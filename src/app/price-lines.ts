// The prices of several orders at once, each by the form and the price of a single one. Here each gets the id of the order that it may become.
import type { Product } from '../domain/catalog.ts';
import type { LineError } from '../domain/dialog/batch-words.ts';
import type { LineToPrice } from '../domain/dialog/effect.ts';
import type { FormError, PricedLine } from '../domain/dialog/event.ts';
import type { CompleteDraft } from '../domain/dialog/state.ts';
import type { Form } from '../domain/form.ts';
import type { ProductId } from '../domain/ids.ts';
import type { Quote } from '../domain/quote.ts';
import { checkField } from '../domain/required-field.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { Buyer } from './place-order.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { QuotePrice } from './quote-price.ts';
import type { ReadForm } from './read-form.ts';

/** As many prices as there are lines, in their order. */
export type PriceLines = (lines: readonly LineToPrice[], buyer: Buyer) => Promise<readonly PricedLine[]>;

const LINES_AT_ONCE = 3;

/** Whether the purchase has to be told more than a line says. A top-up's number that is odd is taken with a warning, any other is asked for again. */
const asksMore = ({ fields, itemsBy }: Form, { family }: Product, { fields: said }: CompleteDraft): boolean =>
  itemsBy !== null ||
  fields.some((field) => {
    const value = said[field.name];
    return value === undefined || field.kind !== 'phone' || (family !== 'recharge' && !checkField(field, value).ok);
  });

export const createPriceLines = (deps: {
  readonly readForm: ReadForm;
  readonly quotePrice: QuotePrice;
  readonly ledger: Pick<Ledger, 'order'>;
  readonly clock: Clock;
}): PriceLines => {
  const priceLine = async (
    { product, draft, shown }: LineToPrice,
    readForm: ReadForm,
    { customer }: Buyer,
  ): Promise<Result<Quote, LineError>> => {
    // An earlier confirmation whose answer was lost: what was placed by it stands at the price that it had.
    const stored = shown && (await deps.ledger.order(shown.order));
    if (shown !== null && stored?.terms.customer === customer) return ok(shown.quote);
    const form = await readForm(product);
    if (!form.ok) return form;
    if (asksMore(form.value, product, draft)) return fail({ kind: 'needsDetails' });
    return deps.quotePrice({ product, draft: { ...draft, form: form.value } }, customer);
  };

  return async (lines, buyer) => {
    const forms = new Map<ProductId, Promise<Result<Form, FormError>>>();
    /** Lines mostly name the same few products. */
    const readForm: ReadForm = (product) => {
      const form = forms.get(product.id) ?? deps.readForm(product);
      forms.set(product.id, form);
      return form;
    };
    const results = new Map<LineToPrice, Result<Quote, LineError>>();
    const waiting = [...lines];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        results.set(next, await priceLine(next, readForm, buyer));
      }
    };
    await Promise.all(Array.from({ length: LINES_AT_ONCE }, lane));
    return lines.flatMap((line): readonly PricedLine[] => {
      const result = results.get(line);
      return result === undefined ? [] : [{ order: line.shown?.order ?? deps.clock.newOrderId(), result }];
    });
  };
};
