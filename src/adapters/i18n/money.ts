// Money as each language writes it, exact to the hundredth.
import type { Language } from '../../domain/dialog/language.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Hundredths } from '../../domain/money.ts';
import { INTL_TAGS } from './intl-tags.ts';

/** `currency` is an ISO 4217 code. */
export type Amount = { readonly hundredths: Hundredths; readonly currency: string };

/** A shop's amounts recur on every keyboard, and Intl takes microseconds for each. */
const MOST_WRITTEN = 5_000;

/**
 * Writes `€25.00` in English and `25,00 €` in Spanish; symbols that several currencies share carry their country (`MX$440.00`).
 * Always two decimals, even for currencies that have none in daily life: what is charged is exactly what is shown.
 */
export const createMoneyFormat = (): ((language: Language, amount: Amount) => string) => {
  const formats = new Map<string, Intl.NumberFormat>();
  const written = new Map<string, string>();
  const formatOf = (language: Language, currency: string): Intl.NumberFormat => {
    const key = `${language} ${currency}`;
    const known = formats.get(key);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(INTL_TAGS[language], {
      style: 'currency',
      currency,
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    formats.set(key, made);
    return made;
  };
  // Intl reads decimal text exactly; a number would have been through a float. Its Arabic form begins with marks that turn the whole
  // amount round, `$MX` included; who writes it into a sentence decides on its direction.
  const write = (language: Language, { hundredths, currency }: Amount): string =>
    formatOf(language, currency)
      .format(formatAmount(hundredths) as `${number}`)
      .replace(/^[\u200e\u200f]+/, '');
  return (language, amount) => {
    const key = `${language} ${amount.currency} ${amount.hundredths}`;
    const known = written.get(key);
    if (known !== undefined) return known;
    const text = write(language, amount);
    if (written.size >= MOST_WRITTEN) written.clear();
    written.set(key, text);
    return text;
  };
};
