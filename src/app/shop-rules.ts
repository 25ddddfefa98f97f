// What the owner's rules mean for one buyer: who they are to the shop, who pays for them, at which price, and how much in a day.
import type { BuyerRole } from '../domain/buyer-role.ts';
import type { Product } from '../domain/catalog.ts';
import { limitDayAt, limitsFor } from '../domain/daily-limit.ts';
import type { DailyLimit, LimitRule } from '../domain/daily-limit.ts';
import type { Span } from '../domain/day.ts';
import type { CustomerId } from '../domain/ids.ts';
import { priceOf } from '../domain/margin.ts';
import type { MarginRule, RetailPrice } from '../domain/margin.ts';
import { payerOf, roleOf } from '../domain/member.ts';
import { money } from '../domain/money.ts';
import type { Money } from '../domain/money.ts';
import { atRetail } from '../domain/quote.ts';
import type { Quote } from '../domain/quote.ts';
import type { Instant } from '../domain/time.ts';
import type { DayLimit } from './ports/ledger.ts';
import type { People } from './ports/people.ts';

/** What a buyer is to the shop at this moment. `perDay`: a clerk's own limit. */
export type BuyerStanding = {
  readonly customer: CustomerId;
  readonly payer: CustomerId;
  readonly role: BuyerRole;
  readonly blocked: boolean;
  readonly perDay: DailyLimit | null;
};

export type ShopRules = {
  standingOf(customer: CustomerId): Promise<BuyerStanding>;
  /** What the buyer pays for something that costs the shop this much, and what of it an agent gets. */
  priceFor(buyer: BuyerStanding, product: Product, cost: Money): RetailPrice;
  /** The limits of whoever pays, over all that they pay for, and a clerk's own; none where nothing is limited. */
  limitsFor(buyer: BuyerStanding, at: Instant): readonly DayLimit[];
};

/** The quote as this buyer sees it. A clerk's sale earns the agent a commission, which is no affair of the clerk's. */
export const quoteFor = ({ customer, payer }: BuyerStanding, quote: Quote, retail: RetailPrice): Quote => ({
  ...atRetail(quote, customer === payer ? retail : { ...retail, commission: money(0, retail.price.currency) }),
  payer,
});

const limitsAnything = ({ count, amounts }: DailyLimit): boolean => count !== null || amounts.length > 0;

export const createShopRules = (deps: {
  readonly people: Pick<People, 'member'>;
  readonly margins: readonly MarginRule[];
  readonly limits: readonly LimitRule[];
  /** Of the shop's calendar, by an IANA name. */
  readonly timeZone: string;
}): ShopRules => {
  let today: Span | null = null;
  /** Kept while it lasts: to find out where a zone's day begins takes milliseconds. */
  const dayAt = (at: Instant): Span => {
    if (today === null || at < today.from || at >= today.to) today = limitDayAt(at, deps.timeZone);
    return today;
  };

  return {
    standingOf: async (customer) => {
      const member = await deps.people.member(customer);
      return {
        customer,
        payer: payerOf(member, customer),
        role: roleOf(member),
        blocked: member?.blocked ?? false,
        perDay: member?.perDay ?? null,
      };
    },

    priceFor: ({ role }, product, cost) => priceOf(deps.margins, { product: product.id, country: product.countryId, role }, cost),

    limitsFor: ({ payer, role, perDay }, at) => {
      const ofPayer = { counts: 'payer', perDay: limitsFor(deps.limits, { role, customer: payer }) } as const;
      const own = perDay === null ? [] : [{ counts: 'customer', perDay } as const];
      const held = [ofPayer, ...own].filter((limit) => limitsAnything(limit.perDay));
      if (held.length === 0) return [];
      const day = dayAt(at);
      return held.map((limit) => ({ ...limit, day }));
    },
  };
};
