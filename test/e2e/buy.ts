// One purchase, as short as a customer can make it: six taps from the start to the code.
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { codeMessages } from './books.ts';
import { does, tapWhenThere } from './buttons.ts';

/** The taps that lead to a price card: of a plain voucher, and of a ticket of the raffle. */
export const VOUCHER = ['co:724', 'op:8201', 'pr:8201', 'am:2500'];
export const RAFFLE_TICKET = ['co:724', 'op:8206', 'it:0'];

/** Up to the price card, whose confirmation is the next tap. */
export const openPriceCard = async (customer: Customer, taps: readonly string[] = VOUCHER): Promise<void> => {
  customer.sendText('/start');
  for (const action of taps) await tapWhenThere(customer, action);
  await customer.waitFor((messages) => messages.some(({ buttons }) => buttons.flat().some(({ style }) => style === 'success')));
};

export const confirm = (customer: Customer): Promise<void> => tapWhenThere(customer, 'ok');

/** Resolves with the newest code in the chat. */
export const receiveCode = (customer: Customer): Promise<string> =>
  customer.waitFor((messages) => codeMessages(messages).at(-1)?.code);

export const buy = async (customer: Customer): Promise<string> => {
  await openPriceCard(customer);
  await confirm(customer);
  return receiveCode(customer);
};

/** The actions of the list that /orders brings, once there is an order to list. The bot has then handled all that was sent before. */
export const askForOrders = async (customer: Customer): Promise<readonly string[]> => {
  const asked = customer.sendText('/orders');
  const list = await customer.waitFor((messages) =>
    messages.find(({ id, from, buttons }) => id > asked && from === 'bot' && buttons.flat().some(does('so'))),
  );
  return list.buttons
    .flat()
    .filter(does('so'))
    .map(({ callbackData }) => callbackData ?? '');
};
