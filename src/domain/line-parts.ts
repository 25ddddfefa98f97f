// The parts of an order that is typed in one line: which products its words name, and which numbers are the phone and the amount.
import type { Catalog, CountryId, Product } from './catalog.ts';
import { readWords, splitsOf } from './order-words.ts';
import type { Split, TypedAmount } from './order-words.ts';
import type { Phone, PhoneBook } from './phone.ts';
import { ok } from './result.ts';
import { namesOf } from './search.ts';
import type { FindNamed, Named } from './search.ts';

/** The numbers of a line: null where there is none of the kind. */
type Numbers = { readonly phone: Phone | 'badPhone' | null; readonly amount: TypedAmount | 'badAmount' | null };

export type LineParts = Numbers & {
  readonly name: string;
  /** Null without a name. */
  readonly named: Named | null;
  /** Those named, of the countries that make sense; without a name those of the phone number's country that are for phones. */
  readonly products: readonly Product[];
};

/** An amount from here on, in hundredths, is a phone number that can't be read: ten million. */
const NO_AMOUNT = 1_000_000_000;

/** The accounts of top-ups are phone numbers where nothing else is said and the list has a mask for them. */
export const accountMask = ({ fields, family, mask }: Product): { readonly mask: string | null } | null => {
  const account = fields.find(({ name }) => name === 'account');
  if (account !== undefined) return account.kind === 'phone' ? account : null;
  return family === 'recharge' && mask !== null ? { mask } : null;
};

/** What lines are read with, made once for a message. */
export type Reader = {
  readonly catalog: Catalog;
  readonly findNamed: FindNamed;
  readonly currencies: ReadonlySet<string>;
  readonly phones: PhoneBook;
};

export const readerOf = (catalog: Catalog, phones: PhoneBook): Reader => {
  const products = [...catalog.products.values()];
  const currencies = new Set<string>(
    products.flatMap(({ saleCurrency, destinationCurrency }) => [saleCurrency, destinationCurrency]),
  );
  return { catalog, findNamed: namesOf(catalog), currencies, phones };
};

/** A name of more countries names none of them: a number has to say of which it is. */
const MOST_COUNTRIES = 8;

export const partsOf = (line: string, { catalog, findNamed, currencies, phones }: Reader): LineParts => {
  const words = readWords(line, currencies);
  const { name } = words;
  const splits = splitsOf(words);
  const named = name === '' ? null : findNamed(name);
  const countries = [...new Set(named?.products.map(({ countryId }) => countryId))];
  if (countries.length > 0 && countries.length <= MOST_COUNTRIES) {
    const { among, ...numbers } = agreed(countries.map((country) => ({ country, ...readNumbers(splits, country, phones) })));
    const products = named?.products.filter(({ countryId }) => among.includes(countryId)) ?? [];
    return { ...numbers, name, named, products };
  }
  const numbers = readNumbers(splits, null, phones);
  const country = isPhone(numbers.phone) ? numbers.phone.countryId : null;
  const products = (named?.products ?? [...catalog.products.values()]).filter(({ countryId }) => countryId === country);
  return { ...numbers, name, named, products: products.filter((product) => accountMask(product) !== null) };
};

/**
 * A brand of several countries: the country that the number is of, else all in which it reads the same. A number that is of several
 * without its country's code is of the one in which there is an amount beside it.
 */
const agreed = (
  readings: readonly (Numbers & { readonly country: CountryId })[],
): Numbers & { readonly among: readonly CountryId[] } => {
  const own = readings.filter(({ country, phone }) => isPhone(phone) && phone.countryId === country);
  const whole = own.filter(({ amount }) => amount !== null);
  const chosen = [whole, own, readings].find((some) => some.length > 0) ?? [];
  const [first = { phone: null, amount: null }, ...others] = chosen;
  const isOne = others.every(({ phone }) => digitsOf(phone) === digitsOf(first.phone));
  return { phone: isOne ? first.phone : 'badPhone', amount: first.amount, among: chosen.map(({ country }) => country) };
};

const isPhone = (phone: Numbers['phone']): phone is Phone => phone !== null && phone !== 'badPhone';

const digitsOf = (phone: Numbers['phone']): string | null => (isPhone(phone) ? phone.digits : phone);

/** Reads the numbers of a line in the one way that makes sense; those of the country make more sense than others. */
const readNumbers = (splits: readonly Split[], country: CountryId | null, phones: PhoneBook): Numbers => {
  const read = splits.flatMap(({ phone: text, amount }) => {
    const phone = text === null ? null : phones.read(text, country);
    return phone?.ok === true ? [{ phone: phone.value, amount: amount ?? ok(null) }] : [];
  });
  const whole = read.flatMap(({ phone, amount }) => (amount.ok ? [{ phone, amount: amount.value }] : []));
  const own = whole.filter(({ phone }) => country !== null && phone.countryId === country);
  const [way, ...otherWays] = own.length > 0 ? own : whole;
  if (way !== undefined) return otherWays.length === 0 ? way : { phone: 'badPhone', amount: null };
  const [first, ...others] = new Set(read.map(({ phone }) => phone.digits));
  if (first !== undefined) return { phone: others.length === 0 ? (read[0]?.phone ?? null) : 'badPhone', amount: 'badAmount' };
  const amount = splits.find(({ phone }) => phone === null)?.amount;
  if (amount === null) return { phone: null, amount: null };
  if (amount?.ok === true && amount.value.value < NO_AMOUNT) return { phone: null, amount: amount.value };
  return splits.length === 1 ? { phone: null, amount: 'badAmount' } : { phone: 'badPhone', amount: null };
};
