// The chats at the end of a campaign: everything that was charged was shown to whom it belongs, and to nobody else.
import type { Kysely } from 'kysely';
import type { Tables } from '../../src/adapters/sql/schema.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import type { Member } from '../../src/domain/member.ts';
import { hasCode } from '../../src/domain/voucher.ts';
import type { HonouredSale } from '../../src/sandbox/evsb/books.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { linkArgument } from './link-openers.ts';

export type ChatEvidence = {
  readonly db: Kysely<Tables>;
  readonly orders: readonly StoredOrder[];
  readonly salesOf: (order: string) => readonly HonouredSale[];
  readonly customers: readonly Customer[];
  readonly members: readonly Member[];
};

export type ChatVerdict = {
  readonly codesInChats: number;
  readonly handedOver: number;
  readonly differences: readonly string[];
};

/** What a chat has shown: codes and authorisations, links, the orders of protected messages, and those that its buttons speak of. */
type Chat = {
  readonly codes: ReadonlySet<string>;
  readonly links: number;
  readonly receipts: ReadonlySet<string>;
  readonly orders: ReadonlySet<string>;
};

const readChat = (customer: Customer): Chat => {
  const messages = customer.messages().filter(({ from }) => from === 'bot');
  const buttons = messages.flatMap((message) => message.buttons.flat());
  const copies = buttons.flatMap(({ copyText }) => copyText ?? []);
  return {
    codes: new Set(copies.filter((text) => !text.startsWith('https://'))),
    links: copies.filter((text) => linkArgument(text) !== null).length,
    receipts: new Set(
      messages.filter((message) => message.protected).flatMap(({ text }) => text.match(/\b[0-9A-Z]{12}\b/g) ?? []),
    ),
    orders: new Set(
      buttons.flatMap(({ callbackData }) => /^1l:(?:so|ba|ks:ho|ks:tb|ks:ns):(.+)$/.exec(callbackData ?? '')?.[1] ?? []),
    ),
  };
};

export const judgeChats = async ({ db, orders, salesOf, customers, members }: ChatEvidence): Promise<ChatVerdict> => {
  const differences: string[] = [];
  const chats = new Map(customers.map((customer) => [customer.userId, readChat(customer)]));
  const openings = await db
    .selectFrom('hand_overs')
    .select(['order_id', 'opened_by'])
    .where('opened_by', 'is not', null)
    .execute();
  const openerOf = new Map(openings.map(({ order_id: id, opened_by: opener }) => [id, opener]));
  if (openerOf.size !== openings.length) differences.push('An order was handed over twice');
  // Whoever takes a link back sees it no more.
  const takenBack = new Set(
    (await db.selectFrom('hand_overs').select('order_id').where('taken_back_at', 'is not', null).execute()).map(
      (row) => row.order_id,
    ),
  );
  const hides = new Set(members.filter(({ hidesCodes }) => hidesCodes).map(({ id }) => Number(id)));

  const mayShow = new Map<number, Set<string>>();
  const maySpeakOf = new Map<number, Set<string>>();
  const allow = (whom: Map<number, Set<string>>, chat: number, text: string): void => {
    whom.set(chat, (whom.get(chat) ?? new Set()).add(text));
  };
  for (const { terms, state } of orders) {
    const { id } = terms;
    const opener = openerOf.get(id) ?? null;
    const seller = Number(terms.customer);
    const seesNothing = hides.has(seller);
    const [sale] = salesOf(id);
    for (const person of [seller, ...(opener === null ? [] : [opener])]) allow(maySpeakOf, person, id);
    for (const { code, suppliertoken } of salesOf(id)) {
      for (const person of [...(seesNothing ? [] : [seller]), ...(opener === null ? [] : [opener])]) {
        allow(mayShow, person, code);
        allow(mayShow, person, suppliertoken);
      }
    }
    if (state.status !== 'delivered' || sale === undefined) continue;
    const isShownTo = (person: number): boolean =>
      hasCode(terms.family) ? chats.get(person)?.codes.has(sale.code) === true : chats.get(person)?.receipts.has(id) === true;
    // A link, where its seller sees none, or a receipt that is no secret.
    const isOffered = seesNothing && (takenBack.has(id) || (chats.get(seller)?.links ?? 0) > 0 || isShownTo(seller));
    if (opener !== null && !isShownTo(opener))
      differences.push(`Order ${id} was handed over to ${opener}, whose chat does not show it`);
    if (opener === null && !isOffered && !isShownTo(seller))
      differences.push(`What order ${id} brought is not in its customer's chat`);
  }

  for (const [userId, { codes, orders: spokenOf }] of chats) {
    for (const order of spokenOf)
      if (maySpeakOf.get(userId)?.has(order) !== true)
        differences.push(`The chat of ${userId} speaks of order ${order}, which is not theirs`);
    for (const code of codes)
      if (mayShow.get(userId)?.has(code) !== true)
        differences.push(`The chat of ${userId} shows a code that was not sold to them`);
  }
  return {
    codesInChats: [...chats.values()].reduce((sum, { codes }) => sum + codes.size, 0),
    handedOver: openings.length,
    differences,
  };
};
