// A balance put right by hand, and the credit of an agent, as those who run the shop type them: exact, with the reason where money moves.
import { parseCustomerId } from './ids.ts';
import type { CustomerId } from './ids.ts';
import { hundredths, parseExactMoney } from './money.ts';
import type { Money } from './money.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** `amount`: more to spend where it is positive, less where it is negative; never zero. */
export type Adjustment = { readonly customer: CustomerId; readonly amount: Money; readonly why: string };

/** How long a reason may be: it stands in lists. */
export const MOST_REASON = 200;

const FORM = /^([+\u2212-]?)(\d\S*) ([A-Za-z]{3}) (\S.*)$/u;

const oneLineOf = (text: string): string => text.trim().replace(/\s+/gu, ' ');

/** Reads `-5.00 EUR paid twice`. The minus may be the one that phones write. */
export const parseAdjustment = (text: string, customer: CustomerId): Result<Adjustment, 'notAnAdjustment'> => {
  const [, sign = '', number = '', code = '', why = ''] = FORM.exec(oneLineOf(text)) ?? [];
  const amount = parseExactMoney(number, code);
  if (!amount.ok || amount.value.hundredths === 0 || why.length > MOST_REASON) return fail('notAnAdjustment');
  const isLess = sign !== '' && sign !== '+';
  const signed = isLess ? hundredths(0 - amount.value.hundredths) : amount.value.hundredths;
  return ok({ customer, amount: { ...amount.value, hundredths: signed }, why });
};

/** The same with the Telegram id of the customer before it: `123456789 -5.00 EUR paid twice`. */
export const parseCustomerAdjustment = (text: string): Result<Adjustment, 'notAnAdjustment'> => {
  const [, id = '', rest = ''] = /^([1-9]\d{0,15}) (.+)$/u.exec(oneLineOf(text)) ?? [];
  const customer = parseCustomerId(Number(id));
  return customer.ok ? parseAdjustment(rest, customer.value) : fail('notAnAdjustment');
};

/** Reads `100 USD`; zero takes the credit of the currency away. */
export const parseCredit = (text: string): Result<Money, 'notACredit'> => {
  const [, number = '', code = ''] = /^(\d\S*) ([A-Za-z]{3})$/u.exec(oneLineOf(text)) ?? [];
  const credit = parseExactMoney(number, code);
  return credit.ok ? credit : fail('notACredit');
};
