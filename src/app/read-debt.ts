// What somebody owes a biller, as of now: shown before they choose what to pay, and looked up again right before it is paid.
import type { Debt } from '../domain/bill.ts';
import type { Product } from '../domain/catalog.ts';
import type { DebtError } from '../domain/dialog/event.ts';
import { formOf } from '../domain/form.ts';
import type { Form } from '../domain/form.ts';
import type { KeyValue } from '../domain/key-value.ts';
import type { Fields } from '../domain/order.ts';
import { assertNever, fail } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { Bills } from './ports/families.ts';
import { formError } from './read-form.ts';

type Asking = { readonly form: Form | null; readonly fields: Fields };

export type ReadDebt = (product: Product, asking: Asking) => Promise<Result<Debt, DebtError>>;

/** The values under some of the supplier's keys; a key without a value is left out. */
export const valuesOf = (keys: readonly string[], fields: Fields): readonly KeyValue[] =>
  keys.flatMap((key) => {
    const value = fields[key];
    return value === undefined ? [] : [{ key, value }];
  });

export const createReadDebt =
  (supplier: Pick<Bills, 'invoices'>): ReadDebt =>
  async (product, { form, fields }) => {
    const { query } = formOf(product, { form });
    // A biller that wants nothing to look up has nothing to say.
    if (query.length === 0) return fail({ kind: 'noQuery' });
    const asked = await supplier.invoices(product.id, valuesOf(query, fields));
    if (asked.ok) return asked;
    const { error } = asked;
    switch (error.kind) {
      case 'refused':
        return fail({ kind: 'refused' });
      case 'noQuery':
        return fail({ kind: 'noQuery' });
      case 'notSent':
      case 'answered':
      case 'noAnswer':
        return fail(formError(error));
      default:
        return assertNever(error);
    }
  };
