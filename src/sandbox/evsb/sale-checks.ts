// What a purchase must get right before anything is remembered of it, in the order in which the supplier looks.
import { isOffered } from './catalogue/dynamic-item.ts';
import type { Product } from './catalogue/product.ts';
import { balanceRateOf } from './catalogue/snapshots.ts';
import { convertDown, convertUp, quoteDirect, quoteReverse } from './prices.ts';
import type { SaleFamily, SalePlan, SaleRequest } from './sale-family.ts';
import type { Simulation } from './simulation.ts';

/** Why not: a result code, or a validator's message that comes without one. */
export type SaleRefusal = { code: string } | { message: string };

export type SaleCheck = { ok: true; plan: SalePlan } | { ok: false; refusal: SaleRefusal };

const refuse = (code: string): SaleCheck => ({ ok: false, refusal: { code } });
const complain = (message: string): SaleCheck => ({ ok: false, refusal: { message } });

/** True for ISO 8601 date and time that exist, with or without fraction and zone. */
export const isReadableDateTime = (text: string): boolean => {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!match) return false;
  const [, day = '', hour, minute, second] = match;
  const parsed = new Date(`${day}T00:00:00Z`);
  const dayExists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
  return dayExists && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
};

/** True when an account fits a mask, in which `#` stands for one digit and all else for itself. */
export const fitsMask = (account: string, mask: string): boolean =>
  new RegExp(`^${mask.replace(/[^#\w]/g, '\\$&').replaceAll('#', '\\d')}$`).test(account);

/** True for an account as a product wants it. */
export const isAccountValid = (account: string, product: Product): boolean => {
  if (product.mask !== null) return fitsMask(account, product.mask);
  return product.accountFormat === 'any' || /^[^@\s]+@[^@\s]+$/.test(account);
};

/** The amounts of a sale; null when they are not on sale (927). */
const priceSale = (
  request: SaleRequest,
  product: Product,
  simulation: Simulation,
): { sendX100: number; destinationX100: number | null } | null => {
  const rate = simulation.rateOf(product);
  const sendX100 =
    request.amountToSendX100 ??
    (rate && request.destinationAmountX100 !== null
      ? (quoteReverse(product.amounts, rate, request.destinationAmountX100)?.sendX100 ?? null)
      : null);
  if (sendX100 === null) return null;
  const dynamicId = request.fields.dynamicProductId;
  const item = product.dynamicItems.find((candidate) => candidate.id === dynamicId);
  if (item && item.amountToSendX100 !== sendX100) return null;
  if (!quoteDirect(product.amounts, rate ?? { numerator: 1n, denominator: 1n }, sendX100)) return null;
  return { sendX100, destinationX100: rate ? convertDown(sendX100, rate) : null };
};

/**
 * An id that is not on the list in force is a parameter that means nothing, whether it was on an earlier list, is on another
 * account's, or never existed: the supplier keeps no old lists to tell these apart.
 */
const isOfferedNow = (product: Product, { fields }: SaleRequest, { openedAt, now }: Simulation): boolean =>
  product.dynamicItems.length === 0 ||
  product.dynamicItems.some((item) => item.id === fields.dynamicProductId && isOffered(item, fields.account, openedAt, now()));

/** Looks at a purchase from the terminal to the mask. Whether its reference and the balance allow it comes later. */
export const checkSale = (request: SaleRequest, family: SaleFamily, simulation: Simulation): SaleCheck => {
  if (request.terminalId !== simulation.terminalId) return refuse('517');
  const product = simulation.findProduct(request.operatorId);
  if (product?.family !== family.name) return refuse('-1');

  const { localDateTime, fields } = request;
  if (localDateTime === null || product.requires.some((field) => fields[field] === null)) return refuse('517');
  if (family.isIncomplete(request, product) || !isOfferedNow(product, request, simulation)) return refuse('517');

  const bothAmounts = request.amountToSendX100 !== null && request.destinationAmountX100 !== null;
  const noAmount = request.amountToSendX100 === null && request.destinationAmountX100 === null;
  if (bothAmounts) {
    return complain(
      'amountToSendX100 and destinationAmountX100 must not be informed at the same time, please inform only one of it',
    );
  }
  if (noAmount) return complain('amountToSendX100 or destinationAmountX100 must be informed');
  if (!isReadableDateTime(localDateTime)) return refuse('925');
  if (!product.routed) return refuse('-1');

  const price = priceSale(request, product, simulation);
  if (!price) return refuse('927');
  const objection = family.objectionTo({ ...request, localDateTime }, product, price.sendX100, simulation);
  if (objection !== null) return refuse(objection);
  if (fields.account !== null && !isAccountValid(fields.account, product)) return refuse('931');

  const chargedX100 = convertUp(price.sendX100 + product.serviceFee, balanceRateOf(product.saleCurrency));
  return { ok: true, plan: { request, localDateTime, product, ...price, chargedX100 } };
};
