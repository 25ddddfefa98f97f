// Bills: Get Parameters. The form of a biller, and which of its keys a query and a payment need.
import { z } from 'zod';
import type { AskedField, BillParameters } from '../../app/ports/families.ts';
import type { Log } from '../../app/ports/log.ts';
import type { SupplierError } from '../../app/ports/supplier.ts';
import type { FieldOption } from '../../domain/catalog.ts';
import type { ProductId } from '../../domain/ids.ts';
import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { itemsOf, loose, text, unusable } from './wire.ts';

const keys = z
  .array(z.string().regex(/\S/))
  .nullish()
  .transform((names) => names ?? []);

/** A key that is missing from a query or a payment spoils it, so these lists are read as a whole or not at all. */
const parameters = z.object({ front: z.array(z.unknown()).nullish(), query: keys, pay: keys });

const front = z.object({
  name: z.string().regex(/\S/),
  label: text,
  type: text,
  list: loose(z.array(z.unknown())),
  minLength: loose(z.int().min(0)),
  maxLength: loose(z.int().min(1)),
});

const plain = z.union([z.string().regex(/\S/), z.number()]).transform(String);

/** What an option looks like is not documented: plain ones, and those that name their value and their label, leave nothing to guess. */
const option = z.union([
  plain.transform((value): FieldOption => ({ value, label: value })),
  z.object({ value: plain, label: plain }).transform(({ value, label }): FieldOption => ({ value, label })),
]);

/** Reads a biller's form, which stands at the root of the answer. A choice of which no option can be read is typed in. */
export const readBillParameters = (json: unknown, product: ProductId, log: Log): Result<BillParameters, SupplierError> => {
  const status = itemsOf(json);
  if (!status.ok) return status;
  const { data } = parameters.safeParse(json);
  if (data === undefined) return unusable('unreadable parameters');

  const optionsOf = (list: readonly unknown[]): readonly FieldOption[] =>
    list.flatMap((item) => {
      const read = option.safeParse(item).data;
      if (read === undefined) log.warn('evsb.optionLeftOut', { product });
      return read ?? [];
    });

  const fields = (data.front ?? []).flatMap((item): AskedField[] => {
    const asked = front.safeParse(item).data;
    if (asked === undefined) {
      log.warn('evsb.fieldLeftOut', { product });
      return [];
    }
    const { name, label, type, list, minLength, maxLength } = asked;
    const described = { name, labels: label === null ? {} : { und: label }, minLength, maxLength };
    const options = type === 'SELECT' ? optionsOf(list ?? []) : [];
    return [options.length === 0 ? { kind: 'text', ...described } : { kind: 'choice', options, ...described }];
  });
  return ok({ fields, query: data.query, pay: data.pay });
};
