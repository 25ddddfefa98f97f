// What the shop adds to the supplier's price, and what an agent earns of it: the owner's rules, of which the most specific one counts.
import type { BuyerRole } from './buyer-role.ts';
import type { CountryId } from './catalog.ts';
import type { Branded, ProductId } from './ids.ts';
import { hundredths } from './money.ts';
import type { Hundredths, Money } from './money.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** A percentage in hundredths of a percent: 550 is 5.5 %. A whole number, never negative. */
export type BasisPoints = Branded<number, 'BasisPoints'>;

/** What a rule does not name (null) it leaves open. `fixed` and `roundUpTo` are amounts of whichever currency the sale is in. */
export type MarginRule = {
  readonly product: ProductId | null;
  readonly country: CountryId | null;
  readonly role: BuyerRole | null;
  readonly percent: BasisPoints;
  readonly fixed: Hundredths;
  /** The price is a multiple of this; null leaves it as it is. Positive. */
  readonly roundUpTo: Hundredths | null;
  /** What an agent gets of the price; nobody else gets any. At most 100 %. */
  readonly commission: BasisPoints;
};

export type Sale = { readonly product: ProductId; readonly country: CountryId; readonly role: BuyerRole };

/** What the buyer pays, and what an agent gets of it; both of the currency of the cost. */
export type RetailPrice = { readonly price: Money; readonly commission: Money };

const ROLES: readonly BuyerRole[] = ['customer', 'agent'];

/** Hundredths of a percent in the whole. */
const WHOLE = 10_000n;

/** Reads a percentage as a plain decimal of at most two digits behind the point, `5.5`, up to `most` percent. */
export const parsePercent = (text: string, most: number): Result<BasisPoints, 'notAPercent'> => {
  const match = /^(0|[1-9]\d{0,5})(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) return fail('notAPercent');
  const value = Number((match[1] ?? '') + (match[2] ?? '').padEnd(2, '0'));
  return value <= most * 100 ? ok(value as BasisPoints) : fail('notAPercent');
};

const isFor = (rule: MarginRule, sale: Sale): boolean =>
  (rule.product === null || rule.product === sale.product) &&
  (rule.country === null || rule.country === sale.country) &&
  (rule.role === null || rule.role === sale.role);

/** A product counts more than its country, and either more than a role. */
const specificity = (rule: MarginRule): number =>
  (rule.product === null ? 0 : 4) + (rule.country === null ? 0 : 2) + (rule.role === null ? 0 : 1);

const ruleFor = (rules: readonly MarginRule[], sale: Sale): MarginRule | null =>
  rules
    .filter((rule) => isFor(rule, sale))
    .reduce<MarginRule | null>((best, rule) => (best !== null && specificity(best) > specificity(rule) ? best : rule), null);

/** Whether anybody pays something else for a product than what the supplier takes. */
export const isMarkedUp = (rules: readonly MarginRule[], sale: Omit<Sale, 'role'>): boolean =>
  ROLES.some((role) => {
    const rule = ruleFor(rules, { ...sale, role });
    return rule !== null && (rule.percent > 0 || rule.fixed > 0 || rule.roundUpTo !== null);
  });

/** The least whole number that is not below `dividend / divisor`; neither is negative. */
const divideUp = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;

/**
 * What a sale of this cost is sold for. Of the rules that fit, the most specific one counts alone, and of two equally specific ones the
 * later. Every rounding but the commission's is up, so the price is never below the cost. Without a rule the price is the cost.
 */
export const priceOf = (rules: readonly MarginRule[], sale: Sale, cost: Money): RetailPrice => {
  const rule = ruleFor(rules, sale);
  const moneyOf = (value: bigint): Money => ({ hundredths: hundredths(Number(value)), currency: cost.currency });
  if (rule === null) return { price: cost, commission: moneyOf(0n) };
  const paid = BigInt(cost.hundredths);
  const marked = paid + divideUp(paid * BigInt(rule.percent), WHOLE) + BigInt(rule.fixed);
  const step = BigInt(rule.roundUpTo ?? 1);
  const price = divideUp(marked, step) * step;
  const commission = sale.role === 'agent' ? (price * BigInt(rule.commission)) / WHOLE : 0n;
  return { price: moneyOf(price), commission: moneyOf(commission) };
};
