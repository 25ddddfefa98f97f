// How much a buyer may buy in a day of the shop's calendar: the owner's rules, of which the most specific one counts.
import type { BuyerRole } from './buyer-role.ts';
import { dayOf, spanOf } from './day.ts';
import type { Span } from './day.ts';
import type { CustomerId } from './ids.ts';
import { hundredths } from './money.ts';
import type { Money } from './money.ts';
import type { OrderStatus } from './order.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';
import type { Instant } from './time.ts';

/** At most this many purchases (null: any number), and at most this much of each currency named; others are not limited. */
export type DailyLimit = { readonly count: number | null; readonly amounts: readonly Money[] };

/** What a rule does not name (null) it leaves open. */
export type LimitRule = {
  readonly role: BuyerRole | null;
  readonly customer: CustomerId | null;
  readonly perDay: DailyLimit;
};

export type Buyer = { readonly role: BuyerRole; readonly customer: CustomerId };

/** The statuses of orders whose money was given back. */
export const NOT_COUNTED: readonly OrderStatus[] = ['rejected', 'reverted'];

/** What a buyer has bought since the day began, without what is not counted. */
export type SpentToday = { readonly count: number; readonly amounts: readonly Money[] };

export type LimitProblem =
  | { readonly kind: 'tooMany'; readonly most: number }
  /** `left`: what may still be bought for today, never negative. */
  | { readonly kind: 'tooMuch'; readonly most: Money; readonly left: Money };

const NO_LIMIT: DailyLimit = { count: null, amounts: [] };

const specificity = (rule: LimitRule): number => (rule.customer === null ? 0 : 2) + (rule.role === null ? 0 : 1);

/** The limit of the most specific rule that fits: of the customer, then of the role, then of everybody; of two alike, the later. */
export const limitsFor = (rules: readonly LimitRule[], buyer: Buyer): DailyLimit =>
  rules
    .filter((rule) => rule.customer === null || rule.customer === buyer.customer)
    .filter((rule) => rule.role === null || rule.role === buyer.role)
    .reduce<LimitRule | null>((best, rule) => (best !== null && specificity(best) > specificity(rule) ? best : rule), null)
    ?.perDay ?? NO_LIMIT;

/** Whether one more purchase of this amount stays within the limit; what it takes up is exactly what is left at most. */
export const checkDailyLimit = (limit: DailyLimit, spentToday: SpentToday, amount: Money): Result<null, LimitProblem> => {
  if (limit.count !== null && spentToday.count >= limit.count) return fail({ kind: 'tooMany', most: limit.count });
  const most = limit.amounts.find(({ currency }) => currency === amount.currency);
  if (most === undefined) return ok(null);
  const spent = spentToday.amounts
    .filter(({ currency }) => currency === amount.currency)
    .reduce((sum, { hundredths: each }) => sum + each, 0);
  const left = { hundredths: hundredths(Math.max(0, most.hundredths - spent)), currency: most.currency };
  return amount.hundredths <= left.hundredths ? ok(null) : fail({ kind: 'tooMuch', most, left });
};

/** The day whose purchases count at an instant. Who has reached a limit may buy again from its end (`to`) on. */
export const limitDayAt = (at: Instant, timeZone: string): Span => spanOf(dayOf(at, timeZone), timeZone);
