// Top-ups: what they ask for, what a dynamic one offers, and the sale, whose answer is a receipt without a code.
import { z } from 'zod';
import type { AskedField, Prepared, RechargeParameters, RechargeTerms, Recharges } from '../../app/ports/families.ts';
import type { Log } from '../../app/ports/log.ts';
import type { SupplierError } from '../../app/ports/supplier.ts';
import type { LocalReference, ProductId } from '../../domain/ids.ts';
import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import { readDynamicVouchers } from './dynamic-vouchers.ts';
import type { MoneyDeps } from './money-calls.ts';
import { judgeSale } from './outcome.ts';
import { fillPath } from './paths.ts';
import { routeMessage } from './purchase.ts';
import { isMissing } from './reads.ts';
import type { Reader } from './reads.ts';
import { praiseReceipt, receiptOf } from './receipt.ts';
import { prepareSale } from './sale-body.ts';
import type { SaleSettings } from './sale-body.ts';
import { createSale } from './sale.ts';
import { absent, itemsOf, text, unusable } from './wire.ts';

const label = text.transform((value) => value ?? '');

const parameter = z.object({ field: z.string().regex(/\S/), labels: z.record(z.string(), label).nullish().catch(null) });

/** A value of a wrong type is not forgiven: a dynamic product that passes for a static one is bought without its item. */
const parameters = z.object({
  dynamic: z.union([z.boolean(), z.literal(['true', 'false']).transform((value) => value === 'true'), absent]),
  dynamicField: text,
  parameters: z.array(z.unknown()).nullish(),
});

/** Reads what a top-up asks for, which stands at the root of the answer. */
export const readRechargeParameters = (
  json: unknown,
  product: ProductId,
  log: Log,
): Result<RechargeParameters, SupplierError> => {
  const status = itemsOf(json);
  if (!status.ok) return status;
  const { data } = parameters.safeParse(json);
  if (data === undefined) return unusable('unreadable parameters');
  const fields = (data.parameters ?? []).flatMap((item): AskedField[] => {
    const asked = parameter.safeParse(item).data;
    if (asked === undefined) {
      log.warn('evsb.fieldLeftOut', { product });
      return [];
    }
    const labels = Object.entries(asked.labels ?? {}).filter(([, words]) => words !== '');
    return [{ kind: 'text', name: asked.field, labels: Object.fromEntries(labels), minLength: null, maxLength: null }];
  });
  return ok({ dynamic: data.dynamic === true, dynamicField: data.dynamicField, fields });
};

/** What the terms and the clock decide, whatever a product calls its fields. */
const RESERVED: ReadonlySet<string> = new Set(['amountToSendX100', 'destinationAmountX100', 'localDateTime']);

/** Builds a top-up. The item of a dynamic product wins over a field of its name, which some products want although they are static. */
export const prepareRecharge = (
  settings: SaleSettings,
  { fields, dynamic, ...terms }: RechargeTerms,
  reference: LocalReference,
  at: Instant,
): Prepared<'recharge'> => ({
  ...prepareSale(settings, terms, reference, at, {
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !RESERVED.has(name))),
    ...(dynamic === null ? {} : { dynamicProductId: dynamic.id }),
  }),
  family: 'recharge',
});

export const createRecharges = (settings: SaleSettings, read: Reader, money: MoneyDeps): Recharges => {
  const { terminalId } = settings;
  const { log } = money;
  return {
    async rechargeParameters(productId) {
      const path = fillPath('/pre-paid/recharge/parameters/{terminalId}/{operatorId}', { terminalId, operatorId: productId });
      const answer = await read({ call: 'rechargeParameters', path, product: productId });
      return answer.ok ? readRechargeParameters(answer.value.json, productId, log) : answer;
    },

    async rechargeProducts(productId, account) {
      const path = fillPath('/pre-paid/recharge/products/{terminalId}/{operatorId}/{account}', {
        terminalId,
        operatorId: productId,
        account,
      });
      const answer = await read({ call: 'rechargeProducts', path, product: productId });
      if (answer.ok) return readDynamicVouchers(answer.value.json, productId, log);
      return isMissing(answer.error) ? ok([]) : answer;
    },

    prepareRecharge: (terms, reference, at) => prepareRecharge(settings, terms, reference, at),

    recharge: createSale(money, {
      call: 'rechargePurchase',
      event: 'evsb.recharge',
      path: '/pre-paid/recharge/purchase/{terminalId}/{operatorId}/{localReference}',
      judge: judgeSale,
      deliver: receiptOf,
      praise: praiseReceipt,
      quote: routeMessage,
    }),
  };
};
