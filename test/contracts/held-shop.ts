// A shop on a framework of choice, whose sessions a test can hold or let fail, and what tests ask of it.
import type { FrameworkName } from '../../src/adapters/telegram/framework.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { byWebhook } from '../e2e/by-webhook.ts';
import type { Journal } from '../e2e/journal.ts';
import { openShop } from '../e2e/shop.ts';
import type { Shop } from '../e2e/shop.ts';
import { createHeldSessions } from './held-sessions.ts';
import type { HeldSessions } from './held-sessions.ts';

export type Mode = 'polling' | 'webhook';

export type HeldShop = Pick<Shop, 'telegram' | 'journal' | 'config' | 'bot' | 'close'> & { readonly sessions: HeldSessions };

/** Resolves when the bot has answered `count` times. */
export const answered = (customer: Customer, count: number) =>
  customer.waitFor((messages) => messages.filter(({ from }) => from === 'bot').length >= count);

/** The ids of the customer's updates, in the order in which they were handled. */
export const idsIn = (journal: Journal, { userId }: Customer) =>
  journal.find('update', { chat: userId }).map(({ fields }) => Number(fields['updateId']));

export const openHeldShop = async (framework: FrameworkName, mode: Mode): Promise<HeldShop> => {
  const sessions = createHeldSessions();
  const configure = mode === 'webhook' ? (await byWebhook()).configure : undefined;
  const settings = { TELEGRAM_FRAMEWORK: framework };
  return { ...(await openShop({ settings, observe: sessions.observe, ...(configure && { configure }) })), sessions };
};
