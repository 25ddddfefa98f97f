// The end of a campaign: the supplier's books, the ledger, the wallets and the chats have to tell the same story.
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import type { Books, HonouredSale } from '../../src/sandbox/evsb/books.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { judgeChats } from './verdict-chats.ts';
import type { ChatEvidence, ChatVerdict } from './verdict-chats.ts';
import { moneyFaults } from './verdict-money.ts';
import type { MoneyEvidence } from './verdict-money.ts';
import { orderFaults } from './verdict-order.ts';

export type Verdict = Omit<ChatVerdict, 'differences'> & {
  /** Orders by their status at the end. */
  readonly orders: Readonly<Record<string, number>>;
  /** Orders and sales by family, those of dynamic products apart. */
  readonly families: Readonly<Record<string, { orders: number; sold: number }>>;
  readonly salesHonoured: number;
  /** Orders of members, and those of them that clerks placed. */
  readonly sales: { readonly byMembers: number; readonly byClerks: number };
  /** Top-ups by admins that were paid in. */
  readonly paidIn: number;
  /** Sentences; none, or a law is broken. */
  readonly differences: readonly string[];
};

export type Evidence = Omit<MoneyEvidence & ChatEvidence, 'orders' | 'salesOf'> & {
  readonly ledger: SqlLedger;
  readonly books: Books;
  readonly operator: Customer;
  readonly openingBalance: number;
};

const saleKey = (terminal: number, reference: number): string => `${terminal}/${reference}`;

export const judge = async (evidence: Evidence): Promise<Verdict> => {
  const { db, ledger, books, members, operator, openingBalance } = evidence;
  const differences: string[] = [];
  const audit = await ledger.audit();
  const charged = new Set(audit.charged.map(({ orderId }) => orderId));
  differences.push(...faultsIn(audit));

  const orderOfSale = new Map<string, string>();
  for (const { terminal_id, reference, order_id } of await db.selectFrom('attempts').selectAll().execute()) {
    orderOfSale.set(saleKey(terminal_id, reference), order_id);
  }
  const sales = new Map<string, HonouredSale[]>();
  for (const sale of books.honoured) {
    const order = orderOfSale.get(saleKey(sale.terminalId, sale.localReference));
    if (order === undefined) differences.push(`The supplier sold ${sale.localReference}, which no order attempted`);
    else sales.set(order, [...(sales.get(order) ?? []), sale]);
  }
  const salesOf = (order: string): readonly HonouredSale[] => sales.get(order) ?? [];

  const orders: StoredOrder[] = [];
  for (const { id } of await db.selectFrom('orders').select('id').execute()) {
    const parsed = parseOrderId(id);
    const order = parsed.ok ? await ledger.order(parsed.value) : null;
    if (order === null) differences.push(`Order ${id} can't be read`);
    else orders.push(order);
  }

  /** That an order takes long is told too; what counts is that somebody was asked to settle it. */
  const alerts = operator
    .messages()
    .map(({ text }) => text)
    .filter((text) => !text.includes('⏳'));
  const counts: Record<string, number> = {};
  const families: Record<string, { orders: number; sold: number }> = {};
  for (const order of orders) {
    const { terms, state } = order;
    const { id } = terms;
    const status = state.status === 'needsPerson' ? `${state.status}: ${state.why}` : state.status;
    counts[status] = (counts[status] ?? 0) + 1;
    const family = (families[terms.dynamic === null ? terms.family : `${terms.family}, dynamic`] ??= { orders: 0, sold: 0 });
    family.orders += 1;
    family.sold += salesOf(id).length;
    const isTold = alerts.some((text) => text.includes(id));
    differences.push(...orderFaults(order, { sales: salesOf(id), isCharged: charged.has(id), isTold }));
  }

  const chats = await judgeChats({ ...evidence, orders, salesOf });
  differences.push(...chats.differences, ...(await moneyFaults({ ...evidence, orders })));

  const spent = books.honoured.reduce((sum, { chargedX100 }) => sum + chargedX100, 0);
  if (openingBalance - books.balanceX100 !== spent) differences.push("The supplier's balance is not what its sales come to");

  const deposits = await db.selectFrom('transfers').select('id').where('id', 'like', 'deposit:%').execute();
  const byMembers = orders.filter(({ terms }) => members.some(({ id }) => id === terms.customer));
  return {
    orders: counts,
    families,
    salesHonoured: books.honoured.length,
    codesInChats: chats.codesInChats,
    handedOver: chats.handedOver,
    sales: { byMembers: byMembers.length, byClerks: byMembers.filter(({ terms }) => terms.payer !== terms.customer).length },
    paidIn: deposits.length,
    differences,
  };
};
