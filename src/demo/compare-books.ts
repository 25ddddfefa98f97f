// The closing count of the demo: what the supplier sold, what the ledger charged, what the wallets hold and what the chats show.
import { setTimeout as sleep } from 'node:timers/promises';
import { faultsIn } from '../adapters/sql/audit.ts';
import type { Bot } from '../bot.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Customer } from '../sandbox/telegram/customer.ts';
import { PATIENCE } from './narrator.ts';

/** What a button of a chat copies: codes, and the authorisations of receipts. Links are copied too, and are neither. */
const copiedIn = (customer: Customer): readonly string[] =>
  customer
    .messages()
    .flatMap(({ buttons }) => buttons.flat().flatMap(({ copyText }) => copyText ?? []))
    .filter((text) => !text.startsWith('https://'));

/** The orders of which a chat has a receipt. */
const receiptsIn = (customer: Customer): number =>
  new Set(
    customer
      .messages()
      .filter(({ text }) => /Topped up|Bill paid/.test(text))
      .flatMap(({ text }) => /Order: (\w{12})/.exec(text)?.[1] ?? []),
  ).size;

/** Waits until nothing is on its way to a chat: an order is delivered a moment after its code was seen. */
const deliveriesEnd = async (bot: Bot): Promise<void> => {
  for (let waited = 0; waited < PATIENCE; waited += 50) {
    const { ordersByStatus } = await bot.ledger.audit();
    if ((ordersByStatus['charged'] ?? 0) === 0) return;
    await sleep(50);
  }
};

/** Compares the supplier's books, the ledger, the wallets and the chats; returns the counts and what differs, a sentence each. */
export const compareBooks = async (
  bot: Bot,
  { evsb }: Sandbox,
  customers: readonly Customer[],
): Promise<{ readonly counts: string; readonly differences: readonly string[] }> => {
  await deliveriesEnd(bot);
  const audit = await bot.ledger.audit();
  const { honoured, refused } = evsb.books;
  const charged = audit.charged.map(({ reference, productId }) => `${reference}:${productId}`).sort();
  const sold = honoured.map(({ localReference, operatorId }) => `${localReference}:${operatorId}`).sort();
  const issued = honoured.map(({ code }) => code).filter((code) => code !== '');
  const copied = new Set(customers.flatMap(copiedIn));
  const unseen = issued.filter((code) => !copied.has(code));
  const receipts = customers.reduce((sum, customer) => sum + receiptsIn(customer), 0);
  const withoutCode = honoured.length - issued.length;
  const differences = [
    ...(charged.join() === sold.join()
      ? []
      : [`charged in the ledger: ${charged.join()}; honoured by the supplier: ${sold.join()}`]),
    ...(unseen.length === 0 ? [] : [`${unseen.length} codes were issued by the supplier and are in no chat`]),
    ...(receipts === withoutCode ? [] : [`${receipts} receipts in the chats for ${withoutCode} sales without a code`]),
    ...faultsIn(audit),
    ...Object.entries(audit.reservedTotal).flatMap(([currency, sum]) =>
      sum === 0 ? [] : [`${sum} hundredths of ${currency} are still reserved`],
    ),
  ];
  const families = Object.entries(Object.groupBy(honoured, ({ family }) => family)).map(
    ([family, sales]) => `${sales.length} ${family}`,
  );
  const orders = Object.entries(audit.ordersByStatus).map(([status, count]) => `${count} ${status}`);
  const counts = [
    `${customers.length} chats`,
    `orders: ${orders.join(', ')}`,
    `${honoured.length} purchases honoured (${families.join(', ')}) and ${refused.length} refused by the supplier`,
    `${charged.length} charged in the ledger`,
    `${issued.length - unseen.length} codes and ${receipts} receipts in the chats`,
    `wallets: ${Object.entries(audit.postingsSum)
      .map(([currency, sum]) => `${currency} postings sum to ${sum}`)
      .join(', ')}`,
    `${differences.length} differences`,
  ].join(' | ');
  return { counts, differences };
};
