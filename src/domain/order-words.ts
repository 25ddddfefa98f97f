// What stands in an order that is typed in one line: words that name a product, and the ways to take its numbers.
import { withLatinDigits } from './digits.ts';
import { parseAmount } from './money.ts';
import type { Hundredths } from './money.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { folded } from './search.ts';

/** `currencies`: those that it may be of; null where the text does not say, or says `$`. Always more than nothing. */
export type TypedAmount = { readonly value: Hundredths; readonly currencies: readonly string[] | null };

/** One way to take the numbers of a line: some for a phone number, the others for an amount. Null where there are none. */
export type Split = {
  readonly phone: string | null;
  readonly amount: Result<TypedAmount, 'notAnAmount'> | null;
};

/** `place`: which word of the line it is. `currencies`: those of the sign on it; undefined without one. */
type NumberWord = { readonly place: number; readonly text: string; readonly currencies: readonly string[] | null | undefined };

/** `name`: the words that are no labels and no currencies, as they were typed. `currencies`: of the words beside numbers, by place. */
export type OrderWords = {
  readonly name: string;
  readonly numbers: readonly NumberWord[];
  readonly currencies: ReadonlyMap<number, readonly string[] | null>;
};

const PESOS = ['ARS', 'CLP', 'COP', 'CUP', 'DOP', 'MXN', 'PHP', 'UYU'];
const CURRENCIES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(usd|us\$|dolar(es)?|dollars?|доллар(а|ов)?|دولار)$/, ['USD']],
  [/^(eur|€|euros?|евро|يورو)$/, ['EUR']],
  [/^(brl|r\$|real|reais|reales)$/, ['BRL']],
  [/^(gbp|£|libras?|pounds?)$/, ['GBP']],
  [/^(pesos?|песо|بيزو)$/, PESOS],
];

/** Undefined for a word that is no currency, null for a sign that many currencies share. */
const currenciesOf = (word: string, codes: ReadonlySet<string>): readonly string[] | null | undefined => {
  const plain = word.toLowerCase();
  const known = CURRENCIES.find(([names]) => names.test(plain) || names.test(folded(word)))?.[1];
  const code = word.toUpperCase();
  if (known !== undefined || codes.has(code)) return known ?? [code];
  return word.endsWith('$') ? null : undefined;
};

/** The name of a person in a contact that was pasted, with its label, up to the next label or number. */
const PERSON =
  /(?<!\p{L})(name|nombre|contact|contacto|contato|nome|nom|имя|контакт|الاسم|اسم|fn)\s*:[^\d+,;|]*?(?=[\d+,;|]|\p{L}+\s*:|$)/giu;

/** Labels and joining words, in the form in which names are compared: they name nothing. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'a al para el de con por o ao no to for on at the number no phone tel telephone mobile cell cellphone whatsapp amount ' +
    'numero telefono movil celular cel monto importe cantidad telefone valor quantia pour sur le au montant portable ' +
    'на номер для телефон мобильныи сумма по الى على رقم هاتف الهاتف جوال مبلغ المبلغ'
  ).split(' '),
);

/** Bullets and numbers of a list: `1)`, `2.`, `-`. */
const BULLET = /^\s*(\d{1,2}[.)]|[-*•·–—])\s+/u;

/** A number, and what money is written with before or behind it: `$500`, `R$50`, `20usd`, `50€`. */
const NUMBER =
  /^(?<before>\p{L}{0,3}\p{Sc}|\p{L}{3})?(?<digits>[+(]{0,3}\d[\d().,'\u066b\u066c\u060c/\-\u2010-\u2015]*)(?<after>\p{L}{0,2}\p{Sc}|\p{L}{3})?$/u;

const numberWord = (text: string, place: number, codes: ReadonlySet<string>): NumberWord | null => {
  const { before, digits, after } = NUMBER.exec(text)?.groups ?? {};
  const sign = before ?? after;
  const currencies = sign === undefined ? undefined : currenciesOf(sign, codes);
  const isOther = sign !== undefined && (currencies === undefined || (before !== undefined && after !== undefined));
  return digits === undefined || isOther ? null : { place, text: digits, currencies };
};

/** `codes`: the currencies of the catalogue. */
export const readWords = (line: string, codes: ReadonlySet<string>): OrderWords => {
  const words = withLatinDigits(line)
    .replace(BULLET, '')
    .replace(PERSON, ' ')
    .replace(/\+\s+(?=[\d(])/g, '+')
    // A comma between digits may belong to an amount; any other parts words.
    .replace(/(?<!\d)[,،]|[,،](?!\d{1,3}(?!\d))|[:;|=]/g, ' ')
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}\p{Sc}+(]+|[^\p{L}\p{N}\p{Sc})]+$/gu, ''))
    .filter((word) => word !== '');
  const numbers = words.map((word, place) => numberWord(word, place, codes)).filter((number) => number !== null);
  const places = new Set(numbers.map(({ place }) => place));
  const currencies = new Map<number, readonly string[] | null>();
  words.forEach((word, place) => {
    const beside = !places.has(place) && (places.has(place - 1) || places.has(place + 1)) ? currenciesOf(word, codes) : undefined;
    if (beside !== undefined) currencies.set(place, beside);
  });
  const name = words.filter((word, place) => !places.has(place) && !currencies.has(place) && !EMPTY_WORDS.has(folded(word)));
  return { name: name.join(' '), numbers, currencies };
};

/** Numbers side by side that make one: a single one, or thousands in groups. */
const amountOf = (numbers: readonly NumberWord[], { currencies }: OrderWords): Result<TypedAmount, 'notAnAmount'> => {
  const [first, ...others] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined || !isOneRun(numbers)) return fail('notAnAmount');
  const isGrouped = /^\d{1,3}$/.test(first.text) && others.every(({ text }) => /^\d{3}([.,]\d{1,2})?$/.test(text));
  const parsed = others.length === 0 || isGrouped ? parseAmount(numbers.map(({ text }) => text).join('')) : fail('notAnAmount');
  if (!parsed.ok || parsed.value === 0) return fail('notAnAmount');
  const said = [first.currencies, last.currencies, currencies.get(last.place + 1), currencies.get(first.place - 1)];
  return ok({ value: parsed.value, currencies: said.find((codes) => codes !== undefined) ?? null });
};

const isOneRun = (numbers: readonly NumberWord[]): boolean =>
  numbers.every((number, i) => i === 0 || number.place === (numbers[i - 1]?.place ?? NaN) + 1);

/** The fewest and the most digits of a phone number with or without its country's code; shorter ones are not dialled from abroad. */
const FEWEST = 6;
const MOST = 17;

const phoneOf = (numbers: readonly NumberWord[]): string | null => {
  const text = numbers.map((number) => number.text).join(' ');
  const digits = text.replace(/\D/g, '').length;
  const isPhone = isOneRun(numbers) && /^\+?[^+,'\u066b\u066c\u060c]*$/u.test(text.replace(/^\(/, ''));
  return isPhone && digits >= FEWEST && digits <= MOST && numbers.every(({ currencies }) => currencies === undefined)
    ? text
    : null;
};

/** More numbers than an order can have: a text of many numbers is none, and must not cost time. */
const MOST_NUMBERS = 8;

/** All ways to take the numbers of a line for a phone number and an amount, the one without a phone number last. */
export const splitsOf = (words: OrderWords): readonly Split[] => {
  const { numbers } = words;
  if (numbers.length > MOST_NUMBERS) return [];
  const amountIn = (others: readonly NumberWord[]): Split['amount'] => (others.length === 0 ? null : amountOf(others, words));
  const withPhone = numbers.flatMap((_, from) =>
    numbers.slice(from).flatMap((__, length) => {
      const to = from + length + 1;
      const phone = phoneOf(numbers.slice(from, to));
      return phone === null ? [] : [{ phone, amount: amountIn([...numbers.slice(0, from), ...numbers.slice(to)]) }];
    }),
  );
  return [...withPhone, { phone: null, amount: amountIn(numbers) }];
};
