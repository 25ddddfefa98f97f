// Price arithmetic in exact integers: a float would floor 30 x 16.9 to 506 instead of 507.

/** Destination units for one sale unit, as a fraction of integers. */
export type Rate = { numerator: bigint; denominator: bigint };

/** What may be sent, in hundredths of the sale currency. Clients do not know `by_tier`. */
export type Amounts =
  | { type: 'by_list'; list: readonly number[] }
  | { type: 'by_range'; from: number; to: number; step: number }
  | { type: 'by_tier'; list: readonly number[] };

export type Quote = { sendX100: number; destinationX100: number };

/** Reads a rate from its decimal text, such as "16.9". Throws when the text is no positive decimal. */
export const parseRate = (text: string): Rate => {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) throw new Error(`Not a decimal rate: ${text}`);
  const decimals = match[2] ?? '';
  const numerator = BigInt(`${match[1] ?? ''}${decimals}`);
  if (numerator === 0n) throw new Error('A rate of zero converts nothing');
  return { numerator, denominator: 10n ** BigInt(decimals.length) };
};

export const multiplyRates = (left: Rate, right: Rate): Rate => ({
  numerator: left.numerator * right.numerator,
  denominator: left.denominator * right.denominator,
});

const divideUp = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;

/** What a sale amount is worth in the destination, rounded down to a hundredth. */
export const convertDown = (amountX100: number, rate: Rate): number =>
  Number((BigInt(amountX100) * rate.numerator) / rate.denominator);

/** As `convertDown`, rounded up: what a sale costs in another currency. */
export const convertUp = (amountX100: number, rate: Rate): number =>
  Number(divideUp(BigInt(amountX100) * rate.numerator, rate.denominator));

/** True for a value of the list, or for one inside the range (bounds included) that stands on a step. */
export const isSellable = (amounts: Amounts, sendX100: number): boolean => {
  switch (amounts.type) {
    case 'by_list':
    case 'by_tier':
      return amounts.list.includes(sendX100);
    case 'by_range':
      return sendX100 >= amounts.from && sendX100 <= amounts.to && (sendX100 - amounts.from) % amounts.step === 0;
  }
};

/** What the destination receives for a sale amount; null when the amount is not sold (927). */
export const quoteDirect = (amounts: Amounts, rate: Rate, sendX100: number): Quote | null =>
  isSellable(amounts, sendX100) ? { sendX100, destinationX100: convertDown(sendX100, rate) } : null;

/**
 * The smallest amount on sale whose destination is at least what was asked; null when there is none (927).
 * The quote carries what that amount really delivers, which may be more than what was asked.
 */
export const quoteReverse = (amounts: Amounts, rate: Rate, destinationX100: number): Quote | null => {
  if (destinationX100 < 1) return null;
  const neededX100 = Number(divideUp(BigInt(destinationX100) * rate.denominator, rate.numerator));
  const sendX100 = smallestSellableFrom(amounts, neededX100);
  return sendX100 === null ? null : { sendX100, destinationX100: convertDown(sendX100, rate) };
};

const smallestSellableFrom = (amounts: Amounts, neededX100: number): number | null => {
  switch (amounts.type) {
    case 'by_list':
    case 'by_tier': {
      const enough = amounts.list.filter((value) => value >= neededX100);
      return enough.length === 0 ? null : Math.min(...enough);
    }
    case 'by_range': {
      const steps = Math.max(0, Math.ceil((neededX100 - amounts.from) / amounts.step));
      const aligned = amounts.from + steps * amounts.step;
      return aligned <= amounts.to ? aligned : null;
    }
  }
};
