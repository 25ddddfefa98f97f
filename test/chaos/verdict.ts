// The end of a campaign: the supplier's books, the ledger and the chats have to tell the same story.
import type { Kysely } from 'kysely';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { Tables } from '../../src/adapters/sql/schema.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import type { Books, HonouredSale } from '../../src/sandbox/evsb/books.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';

export type Verdict = {
  /** Orders by their status at the end. */
  readonly orders: Readonly<Record<string, number>>;
  readonly salesHonoured: number;
  readonly codesInChats: number;
  /** Sentences; none, or a law is broken. */
  readonly differences: readonly string[];
};

export type Evidence = {
  readonly db: Kysely<Tables>;
  readonly ledger: SqlLedger;
  readonly books: Books;
  readonly customers: readonly Customer[];
  readonly operator: Customer;
  readonly openingBalance: number;
};

const codesIn = (customer: Customer): ReadonlySet<string> =>
  new Set(
    customer
      .messages()
      .flatMap(({ buttons }) => buttons.flat())
      .flatMap(({ copyText }) => (copyText === undefined ? [] : [copyText])),
  );

/** The orders that a chat speaks of: the buttons that show one or buy it again. */
const ordersIn = (customer: Customer): ReadonlySet<string> =>
  new Set(
    customer
      .messages()
      .filter(({ from }) => from === 'bot')
      .flatMap(({ buttons }) => buttons.flat())
      .flatMap(({ callbackData }) => /^1l:(?:so|ba):(.+)$/.exec(callbackData ?? '')?.[1] ?? []),
  );

const saleKey = (terminal: number, reference: number): string => `${terminal}/${reference}`;

export const judge = async ({ db, ledger, books, customers, operator, openingBalance }: Evidence): Promise<Verdict> => {
  const differences: string[] = [];
  const audit = await ledger.audit();
  const charged = new Set(audit.charged.map(({ orderId }) => orderId));

  differences.push(...faultsIn(audit));

  const orderOfSale = new Map<string, string>();
  for (const { terminal_id, reference, order_id } of await db.selectFrom('attempts').selectAll().execute()) {
    orderOfSale.set(saleKey(terminal_id, reference), order_id);
  }
  const salesOf = new Map<string, HonouredSale[]>();
  for (const sale of books.honoured) {
    const order = orderOfSale.get(saleKey(sale.terminalId, sale.localReference));
    if (order === undefined) differences.push(`The supplier sold ${sale.localReference}, which no order attempted`);
    else salesOf.set(order, [...(salesOf.get(order) ?? []), sale]);
  }

  const chatOf = new Map(
    customers.map((customer) => [customer.userId, { codes: codesIn(customer), orders: ordersIn(customer) }]),
  );
  const stored: StoredOrder[] = [];
  for (const { id } of await db.selectFrom('orders').select('id').execute()) {
    const parsed = parseOrderId(id);
    const order = parsed.ok ? await ledger.order(parsed.value) : null;
    if (order === null) differences.push(`Order ${id} can't be read`);
    else stored.push(order);
  }
  const alerts = operator.messages().map(({ text }) => text);

  const counts: Record<string, number> = {};
  for (const { terms, state } of stored) {
    const { id } = terms;
    const sales = salesOf.get(id) ?? [];
    const chat = chatOf.get(terms.customer);
    const status = state.status === 'needsPerson' ? `${state.status}: ${state.why}` : state.status;
    counts[status] = (counts[status] ?? 0) + 1;
    if (sales.length > 1) differences.push(`Order ${id} was sold ${sales.length} times`);
    const [sale] = sales;
    if (sale !== undefined && sale.amountToSendX100 !== terms.sent.amount.hundredths)
      differences.push(`Order ${id} asked for ${terms.sent.amount.hundredths} and the supplier sold ${sale.amountToSendX100}`);
    switch (state.status) {
      case 'delivered':
        if (sale === undefined) differences.push(`Order ${id} is delivered and was never sold`);
        else if (chat?.codes.has(sale.code) !== true) differences.push(`The code of order ${id} is not in its customer's chat`);
        break;
      case 'rejected':
        if (sale !== undefined) differences.push(`Order ${id} is rejected and was sold`);
        break;
      case 'needsPerson': {
        if (!alerts.some((text) => text.includes(id))) differences.push(`Order ${id} needs a person, and nobody was told`);
        const paid = state.why === 'paidWithoutCode';
        if (paid && sale === undefined) differences.push(`Order ${id} is paid without a code and was never sold`);
        break;
      }
      default:
        differences.push(`Order ${id} is still ${state.status}`);
    }
    const shouldBeCharged = state.status === 'delivered' || (state.status === 'needsPerson' && state.why === 'paidWithoutCode');
    if (charged.has(id) !== shouldBeCharged)
      differences.push(`Order ${id} is ${state.status} and ${charged.has(id) ? '' : 'not '}charged`);
  }

  const known = new Map(stored.map(({ terms }) => [String(terms.id), terms.customer]));
  for (const [userId, { codes, orders }] of chatOf) {
    for (const order of orders)
      if (known.get(order) !== userId) differences.push(`The chat of ${userId} speaks of order ${order}, which is not theirs`);
    const own = new Set(
      stored
        .filter(({ terms }) => terms.customer === userId)
        .flatMap(({ terms }) => (salesOf.get(terms.id) ?? []).map(({ code }) => code)),
    );
    for (const code of codes)
      if (!own.has(code)) differences.push(`The chat of ${userId} shows a code that was not sold to them`);
  }

  const spent = books.honoured.reduce((sum, { chargedX100 }) => sum + chargedX100, 0);
  if (openingBalance - books.balanceX100 !== spent) differences.push("The supplier's balance is not what its sales come to");

  return {
    orders: counts,
    salesHonoured: books.honoured.length,
    codesInChats: [...chatOf.values()].reduce((sum, { codes }) => sum + codes.size, 0),
    differences,
  };
};
