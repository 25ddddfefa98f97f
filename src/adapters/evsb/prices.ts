// Prices Direct and Prices Reverse: their paths are configuration, their answers are read with care because a customer pays by them.
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import type { SupplierError } from '../../app/ports/supplier.ts';
import type { Product } from '../../domain/catalog.ts';
import { MAX_HUNDREDTHS, hundredths, money, parseCurrency } from '../../domain/money.ts';
import type { AmountChoice, Price } from '../../domain/quote.ts';
import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { fillPath } from './paths.ts';
import type { EvsbSettings } from './settings.ts';
import { itemsOf, text, unusable } from './wire.ts';

/** The settings by their names in the configuration, for the log line that tells the operator where to look. */
const SETTINGS = {
  direct: { path: 'pricesDirectPath', amount: 'amountToSendX100' },
  reverse: { path: 'pricesReversePath', amount: 'destinationAmountX100' },
} as const;

export const pricePath = (
  settings: EvsbSettings,
  product: Product,
  { direction, amount }: AmountChoice,
  account: string | null,
): Result<string, string> => {
  const { path, amount: name } = SETTINGS[direction];
  return fillPath(settings[path], { terminalId: settings.terminalId, operatorId: product.id, account, [name]: amount });
};

/** Says which setting is probably wrong when a price endpoint does not exist. */
export const logMissingEndpoint = (settings: EvsbSettings, { direction }: AmountChoice, log: Log): void => {
  const { path } = SETTINGS[direction];
  log.error('evsb.noPriceEndpoint', { setting: path, value: settings[path] });
};

const positive = z.int().min(1).max(MAX_HUNDREDTHS);

/** Wrong types are not forgiven here: a fee that can't be read must not pass for "no fee". */
const priceItem = z.object({
  amountToSendX100: positive,
  destinationAmountX100: positive,
  destinationCurrency: text,
  serviceFeeX100: z.int().min(0).max(MAX_HUNDREDTHS).nullish(),
  totalAmountX100: z.int().max(MAX_HUNDREDTHS).nullish(),
});

/** Reads a quote. The sale currency is the catalogue's, and so is the destination's when the answer names none. */
export const readPrice = (json: unknown, product: Product, log: Log): Result<Price, SupplierError> => {
  const items = itemsOf(json);
  if (!items.ok) return items;
  const item = priceItem.safeParse(items.value[0]);
  if (!item.success) return unusable(`unreadable price: ${item.error.issues[0]?.path.join('.') ?? ''}`);
  const { amountToSendX100, destinationAmountX100, destinationCurrency, serviceFeeX100, totalAmountX100 } = item.data;
  const currency = destinationCurrency === null ? ok(product.destinationCurrency) : parseCurrency(destinationCurrency);
  if (!currency.ok) return unusable('unreadable price: destinationCurrency');
  const stated = serviceFeeX100 ?? 0;
  const total = totalAmountX100 ?? amountToSendX100 + stated;
  if (total !== amountToSendX100 + stated) {
    log.warn('evsb.priceTotalDisagrees', { product: product.id, amount: amountToSendX100, fee: stated, total });
  }
  if (total < amountToSendX100) return unusable('unreadable price: totalAmountX100');
  // Whatever the total holds beyond the amount is a fee, by whichever name: nothing is sold with one that is hidden.
  const fee = Math.max(stated, total - amountToSendX100);
  return ok({
    send: money(amountToSendX100, product.saleCurrency),
    receive: money(destinationAmountX100, currency.value),
    fee: hundredths(fee),
  });
};
