// Top-ups of a customer's balance by hand, and what can come of one that a second person has to confirm.
import { parseCustomerId } from './ids.ts';
import type { CustomerId } from './ids.ts';
import { parseExactMoney } from './money.ts';
import type { Money } from './money.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import { HOUR } from './time.ts';
import type { Instant } from './time.ts';

export type TopUp = { readonly customer: CustomerId; readonly amount: Money; readonly reference: string };

/** `id`: the key of whoever asked. */
export type PendingTopUp = TopUp & {
  readonly id: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
};

/** `ownRequest`: a second person has to say yes. `decided`: somebody has said yes or no, or the first confirmation came twice. */
export type Decision = 'done' | 'refused' | 'referenceUsed' | 'decided' | 'expired' | 'ownRequest' | 'unknown';

/** How long a large top-up waits for a second person, in milliseconds. */
export const TOP_UP_PATIENCE = 24 * HOUR;

/** Reads `<customer> <amount> <currency> <reference>`. */
export const parseTopUp = (text: string): Result<TopUp, 'notATopUp'> => {
  const match = /^([1-9]\d{0,15}) (\S+) (\S+) ([\w.-]{1,60})$/.exec(text.trim().replace(/\s+/gu, ' '));
  const [, id = '', number = '', code = '', reference = ''] = match ?? [];
  const customer = parseCustomerId(Number(id));
  const amount = parseExactMoney(number, code);
  if (!customer.ok || !amount.ok || amount.value.hundredths === 0) return fail('notATopUp');
  return ok({ customer: customer.value, amount: amount.value, reference });
};

/** Whether a second person has to confirm it: above the limit of its currency, or in a currency that has none. */
export const needsSecond = ({ amount }: Pick<TopUp, 'amount'>, limits: readonly Money[]): boolean => {
  const limit = limits.find(({ currency }) => currency === amount.currency);
  return limit === undefined || amount.hundredths > limit.hundredths;
};
