// Top-ups: what a purchase needs, the bundles of a line, and the purchase itself, whose receipt has no code.
import { z } from 'zod';
import { rootFailure } from '../answers.ts';
import { orNull } from '../body.ts';
import { isDummy } from '../catalogue/dummies.ts';
import { isOffered } from '../catalogue/dynamic-item.ts';
import type { Product, RequiredField } from '../catalogue/product.ts';
import { referenceOf } from '../identity.ts';
import { isAccountValid } from '../sale-checks.ts';
import { plainFamily, readerOf, saleBody } from '../sale-family.ts';
import { numberOf, textOf } from '../simulation.ts';
import type { Handler } from '../simulation.ts';
import { outcomeOfAccount } from '../suffix-rule.ts';
import { answerItems, describeItem } from './dynamic-products.ts';
import { sellAs } from './sell.ts';

type Labels = Readonly<Record<'en' | 'es', string>>;

const labels: Readonly<Record<Exclude<RequiredField, 'dynamicProductId'>, Labels>> = {
  account: { en: 'Mobile number', es: 'Número de móvil' },
  receiverEmail: { en: 'E-mail for the receipt', es: 'Correo para el recibo' },
  documentNumber: { en: 'Identity document', es: 'Documento de identidad' },
};

/** The fields of a purchase. Every top-up has an account, also one that is not refused without. */
const parametersOf = ({ requires, accountLabel }: Product) => {
  const others = (['receiverEmail', 'documentNumber'] as const).filter((field) => requires.includes(field));
  return [
    { field: 'account', labels: accountLabel ?? labels.account },
    ...others.map((field) => ({ field, labels: labels[field] })),
  ];
};

/** Answers for every top-up of the catalogue, also for one that no purchase can be routed to. */
export const rechargeParameters: Handler = (call, simulation) => {
  const switches = simulation.switches();
  if (numberOf(call, 'terminalId') !== simulation.terminalId) return rootFailure('517', switches);
  const product = simulation.findProduct(numberOf(call, 'operatorId'));
  if (product?.family !== 'recharge') return rootFailure('-1', switches);
  return {
    status: 200,
    json: {
      rc: 0,
      message: 'OK',
      dynamic: product.dynamicItems.length > 0,
      // The supplier's guide leaves it out for its test product, while its server has it for real ones.
      ...(isDummy(product) ? {} : { dynamicField: 'account' }),
      parameters: parametersOf(product),
    },
  };
};

export const rechargeProducts: Handler = (call, simulation) =>
  answerItems(call, simulation, 'recharge', (product) => {
    const account = textOf(call, 'account');
    if (!isAccountValid(account, product)) return { refusedWith: '931' };
    return product.dynamicItems
      .filter((item) => isOffered(item, account, simulation.openedAt, simulation.now()))
      .map((item) => describeItem(item, product, [], simulation));
  });

const bodySchema = saleBody({
  account: z.string().nullish(),
  dynamicProductId: z.string().nullish(),
  receiverEmail: z.string().nullish(),
  documentNumber: z.string().nullish(),
});

export const rechargePurchase = sellAs({
  ...plainFamily,
  name: 'recharge',
  read: readerOf(bodySchema, (body) => ({
    fields: {
      account: orNull(body.account),
      receiverEmail: orNull(body.receiverEmail),
      documentNumber: orNull(body.documentNumber),
      dynamicProductId: orNull(body.dynamicProductId),
    },
  })),
  outcomeOf: ({ fields }, product, switches) => outcomeOfAccount(product, fields.account, switches),
  issue: (_plan, identity) => ({
    code: '',
    receipt: { supplierreference: referenceOf(identity), suppliertoken: '' },
    late: null,
  }),
});
