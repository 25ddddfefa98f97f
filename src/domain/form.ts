// The form of a purchase: what its buyer is asked before it can be priced. The overlay writes it for some products, the supplier for others.
import type { Product, RequiredField } from './catalog.ts';

/** A value that the buyer need not type. `name` is their own word for it. */
export type Suggestion = { readonly value: string; readonly name: string };

/**
 * `itemsBy`: the field by whose value the supplier lists what a top-up sells; null for one of fixed amounts. `query` and `pay`: the keys
 * that a bill's query and payment need, empty for everything else.
 */
export type Form = {
  readonly fields: readonly RequiredField[];
  readonly itemsBy: string | null;
  readonly query: readonly string[];
  readonly pay: readonly string[];
  /** Numbers that the buyer has used before, for phone fields. */
  readonly suggestions: readonly Suggestion[];
};

/** The form of a product of which the supplier has nothing to say. */
const overlayForm = ({ fields }: Pick<Product, 'fields'>): Form => ({
  fields,
  itemsBy: null,
  query: [],
  pay: [],
  suggestions: [],
});

/** Whether the form has to be looked up before anything of it can be asked. */
export const hasForm = ({ family, fields }: Pick<Product, 'family' | 'fields'>): boolean =>
  family === 'recharge' || family === 'bill' || fields.length > 0;

/** What a purchase asks for. */
export const formOf = (product: Product, { form }: { readonly form: Form | null }): Form => form ?? overlayForm(product);

/** Whether what is bought is an item of a list that exists at sale time only. Of a top-up the supplier's form tells. */
export const sellsItems = (product: Product, { form }: { readonly form: Form | null }): boolean =>
  product.family === 'recharge' ? form !== null && form.itemsBy !== null : product.dynamic;
