import { describe, expect, it } from 'vitest';
import { composeCatalog } from '../../src/domain/catalog.ts';
import type { Family, Product, RequiredField } from '../../src/domain/catalog.ts';
import { formOf, hasForm, sellsItems } from '../../src/domain/form.ts';
import type { Form } from '../../src/domain/form.ts';
import { entry, listed, productId } from './sample-catalog.ts';

const email: RequiredField = { name: 'receiverEmail', kind: 'email', mask: null };

const productOf = (family: Family, fields: readonly RequiredField[], dynamic = false): Product => {
  const catalog = composeCatalog([listed(1)], { '1': entry('Brand', { family, fields, dynamic }) }, false);
  const product = catalog.products.get(productId(1));
  if (product === undefined) throw new Error('The product is not on sale');
  return product;
};

const form: Form = { fields: [email], itemsBy: null, query: ['account'], pay: [], suggestions: [] };

describe('a form', () => {
  it.each([
    ['voucher', [], false],
    ['voucher', [email], true],
    ['supermarket', [], false],
    ['supermarket', [email], true],
    ['recharge', [], true],
    ['bill', [], true],
  ] as const)('of a %s with %j has to be looked up: %s', (family, fields, expected) => {
    expect(hasForm(productOf(family, fields))).toBe(expected);
  });

  it('is what was looked up, and until then what the overlay says', () => {
    const product = productOf('bill', [email]);
    expect(formOf(product, { form: null })).toEqual({ fields: [email], itemsBy: null, query: [], pay: [], suggestions: [] });
    expect(formOf(product, { form })).toBe(form);
  });

  it.each([
    ['voucher', false, null, false],
    ['voucher', true, null, true],
    ['supermarket', true, form, true],
    ['recharge', false, null, false],
    ['recharge', true, form, false],
    ['recharge', false, { ...form, itemsBy: 'account' }, true],
    ['bill', false, { ...form, itemsBy: 'account' }, false],
  ] as const)(
    'of a %s (dynamic by the overlay: %s) and %j tells whether items are sold: %s',
    (family, dynamic, asked, expected) => {
      expect(sellsItems(productOf(family, [], dynamic), { form: asked })).toBe(expected);
    },
  );
});
