// What a purchase asks for: the overlay's fields, joined with those that the supplier names for top-ups and bills. Asked afresh each time.
import type { Product, RequiredField } from '../domain/catalog.ts';
import type { FormError } from '../domain/dialog/event.ts';
import { formOf } from '../domain/form.ts';
import type { Form } from '../domain/form.ts';
import { assertNever, fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { AskedField, BillParameters, Bills, RechargeParameters, Recharges } from './ports/families.ts';
import type { SupplierError } from './ports/supplier.ts';

export type ReadForm = (product: Product) => Promise<Result<Form, FormError>>;

/** What the supplier's own keys stand for. Anything else is a text. */
const KINDS: Readonly<Record<string, RequiredField['kind']>> = {
  receiverEmail: 'email',
  documentNumber: 'document',
  firstName: 'name',
  surname: 'name',
  secondSurname: 'name',
};

/** An account is a phone number where the catalogue has a mask for it; else only its label tells what it is. */
const kindOf = ({ name }: AskedField, { mask }: Product): RequiredField['kind'] =>
  name === 'account' ? (mask === null ? 'login' : 'phone') : (KINDS[name] ?? 'text');

const described = (asked: AskedField): Pick<RequiredField, 'labels' | 'lengths' | 'options'> => ({
  ...(Object.keys(asked.labels).length > 0 && { labels: asked.labels }),
  ...((asked.minLength !== null || asked.maxLength !== null) && {
    lengths: { least: asked.minLength, most: asked.maxLength },
  }),
  ...(asked.kind === 'choice' && { options: asked.options }),
});

/** What the supplier asks for, as the overlay knows it better where it does, and then what only the overlay asks for. */
const joined = (product: Product, asked: readonly RequiredField[]): readonly RequiredField[] => {
  const own = (name: string): RequiredField | undefined => product.fields.find((field) => field.name === name);
  const names = new Set(asked.map(({ name }) => name));
  return [...asked.map((field) => ({ ...field, ...own(field.name) })), ...product.fields.filter(({ name }) => !names.has(name))];
};

const bareField = (name: string): AskedField => ({ kind: 'text', name, labels: {}, minLength: null, maxLength: null });

/** What lists a dynamic top-up's items is asked for, even where the supplier names it and does not describe it: it is never sold without one. */
const rechargeForm = (product: Product, { fields, dynamic, dynamicField }: RechargeParameters): Form => {
  const itemsBy = dynamic ? (dynamicField ?? fields[0]?.name ?? 'account') : null;
  const bare = itemsBy === null || fields.some(({ name }) => name === itemsBy) ? [] : [bareField(itemsBy)];
  const asked = joined(
    product,
    [...bare, ...fields].map((field) => ({
      name: field.name,
      kind: kindOf(field, product),
      mask: field.name === 'account' ? product.mask : null,
      ...described(field),
    })),
  );
  return { ...formOf(product, { form: null }), fields: asked, itemsBy };
};

/** Fields that neither the query nor the payment names are not asked: nothing would come of them. A query's key without a field is asked by its name. */
const billForm = (product: Product, { fields, query, pay }: BillParameters): Form => {
  const wanted = new Set([...query, ...pay]);
  const known = new Set(fields.map(({ name }) => name));
  const asked = fields
    .filter(({ name }) => wanted.has(name))
    .map((field): RequiredField => ({ name: field.name, kind: field.kind, mask: null, ...described(field) }));
  const bare = query
    .filter((name) => !known.has(name))
    .map((name): RequiredField => ({ name, kind: 'text', mask: null, labels: { und: name } }));
  return { ...formOf(product, { form: null }), fields: joined(product, [...asked, ...bare]), query, pay };
};

/** What a supplier's answer means for somebody who wants to buy. */
export const formError = (error: SupplierError): FormError =>
  error.kind === 'answered' && error.httpStatus === 200 ? { kind: 'notAvailable' } : { kind: 'supplierDown' };

export const createReadForm =
  (supplier: Pick<Recharges, 'rechargeParameters'> & Pick<Bills, 'billParameters'>): ReadForm =>
  async (product) => {
    switch (product.family) {
      case 'voucher':
      case 'supermarket':
        return ok(formOf(product, { form: null }));
      case 'recharge': {
        const asked = await supplier.rechargeParameters(product.id);
        return asked.ok ? ok(rechargeForm(product, asked.value)) : fail(formError(asked.error));
      }
      case 'bill': {
        const asked = await supplier.billParameters(product.id);
        return asked.ok ? ok(billForm(product, asked.value)) : fail(formError(asked.error));
      }
      default:
        return assertNever(product.family);
    }
  };
