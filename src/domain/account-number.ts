// The number or account that an order was for, in the one form under which it is kept and found again.
import type { Product } from './catalog.ts';
import type { NewNumber } from './keepsake.ts';
import type { OrderTerms } from './order.ts';
import type { PhoneBook } from './phone.ts';

type Account = Pick<NewNumber, 'kind' | 'value'>;

/** Whether the catalogue says that the product's account is a phone number. */
const takesPhone = ({ fields, family, mask }: Product): boolean => {
  const field = fields.find(({ name }) => name === 'account');
  return field === undefined ? family === 'recharge' && mask !== null : field.kind === 'phone';
};

type Typed = Pick<OrderTerms, 'fields' | 'bill'>;

/** As it was sent; null for an order for no number. A bill's account is what its payment names first. */
export const numberOf = ({ fields, bill }: Typed): string | null => fields['account'] ?? bill?.values[0]?.value ?? null;

/** A phone number with its plus sign, an account as it was sent; null for an order for neither. `product`: null when it is sold no more. */
export const accountOf = (terms: Typed, product: Product | null, phones: PhoneBook): Account | null => {
  const account = numberOf(terms);
  if (account === null) return null;
  const phone = product === null || takesPhone(product) ? phones.read(account, product?.countryId ?? null) : null;
  return phone?.ok === true ? { kind: 'phone', value: `+${phone.value.digits}` } : { kind: 'account', value: account };
};
