// How the purchases of the stories begin, up to the price card: what is typed and tapped for each family.
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { tapWhenThere } from '../e2e/buttons.ts';

/** Shows the price card, whose confirmation is the next tap. */
export type Opening = (customer: Customer) => Promise<void>;

const hasPriceCard = (customer: Customer): Promise<unknown> =>
  customer.waitFor((messages) =>
    messages
      .at(-1)
      ?.buttons.flat()
      .some(({ style }) => style === 'success'),
  );

export const topUp: Opening = async (customer) => {
  customer.sendText('quetzal');
  await tapWhenThere(customer, 'pr:8601');
  customer.sendText('5512345000');
  await tapWhenThere(customer, 'am:5000');
  await hasPriceCard(customer);
};

export const supermarketVoucher: Opening = async (customer) => {
  customer.sendText('huerta');
  await tapWhenThere(customer, 'am:2000');
  for (const text of ['12.345.678-z', 'Ana', 'Núñez']) customer.sendText(text);
  await hasPriceCard(customer);
};

export const bill: Opening = async (customer) => {
  customer.sendText('grillo');
  customer.sendText('5512345678');
  await tapWhenThere(customer, 'pd');
  await hasPriceCard(customer);
};
