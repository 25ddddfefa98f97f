// What customers have kept beside their orders: numbers with names, and personal details where they agreed. Offered again when they buy.
import type { Catalog, Product, RequiredField } from '../domain/catalog.ts';
import { accountOf } from '../domain/account-number.ts';
import type { KeepsakeAnswer } from '../domain/dialog/keepsake-answer.ts';
import type { KeepsakeNotice, KeepsakeQuestion, Naming } from '../domain/dialog/keepsake-words.ts';
import type { Repeat } from '../domain/dialog/view.ts';
import type { Form } from '../domain/form.ts';
import type { CustomerId, OrderId } from '../domain/ids.ts';
import { MOST_SUGGESTIONS } from '../domain/keepsake.ts';
import type { SavedNumber } from '../domain/keepsake.ts';
import { answersFrom, detailsOf, kindsOf } from '../domain/personal-detail.ts';
import type { Fields } from '../domain/order.ts';
import { standingOf } from '../domain/order-evolve.ts';
import type { PhoneBook } from '../domain/phone.ts';
import type { Clock } from './ports/clock.ts';
import type { Profiles, SavedNumbers } from './ports/keepsakes.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';

type Answer<Type extends KeepsakeAnswer['type']> = Extract<KeepsakeAnswer, { type: Type }>;
type Sale = Extract<KeepsakeQuestion, { type: 'noteSale' }>;
type NumberNotice = Extract<KeepsakeNotice, { about: 'number' }>;

export type KeepDetails = {
  list(customer: CustomerId, what?: NumberNotice['what']): Promise<Answer<'numbersRead'>>;
  name(customer: CustomerId, naming: Naming, name: string): Promise<Answer<'numbersRead'>>;
  delete(customer: CustomerId, number: SavedNumber['id']): Promise<Answer<'numbersRead'>>;
  find(customer: CustomerId, number: SavedNumber['id']): Promise<Answer<'numberFound'>>;
  noteSale(customer: CustomerId, sale: Sale): Promise<Answer<'saleNoted'>>;
  consent(customer: CustomerId, remember: OrderId | null): Promise<Answer<'consentStored'>>;
  read(customer: CustomerId): Promise<Answer<'keptRead'>>;
  forget(customer: CustomerId): Promise<Answer<'forgotten'>>;
  /** The form with the customer's numbers to tap, and what is remembered of its answers. */
  fillIn(customer: CustomerId, product: Product, form: Form): Promise<{ readonly form: Form; readonly known: Fields }>;
  /** The last purchases that may be worth repeating, each thing once. */
  repeats(customer: CustomerId): Promise<readonly Repeat[]>;
};

/** How many orders back a repeat is looked for, and how many are offered. */
const RECENT_ORDERS = 20;
const MOST_REPEATS = 3;

/** Enough of a number to know which one it is. */
const endOf = (value: string): string => `…${value.slice(-4)}`;

export const createKeepDetails = (deps: {
  readonly keepsakes: SavedNumbers & Profiles;
  readonly ledger: Pick<Ledger, 'order' | 'ordersOf'>;
  readonly catalog: () => Pick<Catalog, 'products'> | null;
  /** What a product asks for; null when nobody can say so now. */
  readonly fieldsOf: (product: Product) => Promise<readonly RequiredField[] | null>;
  readonly phones: PhoneBook;
  readonly clock: Clock;
}): KeepDetails => {
  const { keepsakes, ledger, phones, clock } = deps;

  const productOf = ({ terms }: StoredOrder): Product | null => deps.catalog()?.products.get(terms.productId) ?? null;

  const ownOrder = async (customer: CustomerId, id: OrderId): Promise<StoredOrder | null> => {
    const order = await ledger.order(id);
    return order?.terms.customer === customer ? order : null;
  };

  const list: KeepDetails['list'] = async (customer, what) => ({
    type: 'numbersRead',
    numbers: await keepsakes.numbersOf(customer),
    notice: what === undefined ? null : { about: 'number', what },
  });

  const saveNumberOf = async (customer: CustomerId, id: OrderId, name: string): Promise<NumberNotice['what']> => {
    const order = await ownOrder(customer, id);
    const account = order && accountOf(order.terms, productOf(order), phones);
    if (account === null) return 'gone';
    return (await keepsakes.saveNumber(customer, { ...account, name }, clock.now())).ok ? 'saved' : 'full';
  };

  const remember = async (customer: CustomerId, id: OrderId): Promise<void> => {
    const order = await ownOrder(customer, id);
    const product = order && productOf(order);
    if (order === null || product === null) return;
    const fields = (await deps.fieldsOf(product)) ?? [];
    await keepsakes.rememberDetails(customer, detailsOf(fields, product, order.terms.fields), clock.now());
  };

  return {
    list,

    name: async (customer, naming, name) => {
      if (naming.kind === 'order') return list(customer, await saveNumberOf(customer, naming.order, name));
      return list(customer, (await keepsakes.renameNumber(customer, naming.number, name)) ? 'renamed' : 'gone');
    },

    delete: async (customer, number) => list(customer, (await keepsakes.deleteNumber(customer, number)) ? 'deleted' : 'gone'),

    find: async (customer, id) => ({
      type: 'numberFound',
      number: (await keepsakes.numbersOf(customer)).find((number) => number.id === id) ?? null,
    }),

    noteSale: async (customer, { order: id, product, fields }) => {
      const order = await ownOrder(customer, id);
      if (order === null) return { type: 'saleNoted', ask: null };
      const account = accountOf(order.terms, product, phones);
      if (account !== null) await keepsakes.noteNumberUse(customer, account, clock.now());
      const details = detailsOf(fields, product, order.terms.fields);
      if (Object.keys(details).length === 0) return { type: 'saleNoted', ask: null };
      await keepsakes.rememberDetails(customer, details, clock.now());
      return { type: 'saleNoted', ask: (await keepsakes.askConsent(customer, id, clock.now())) ? id : null };
    },

    consent: async (customer, order) => {
      await keepsakes.setConsent(customer, order === null ? 'no' : 'yes', clock.now());
      if (order !== null) await remember(customer, order);
      return { type: 'consentStored', remembered: order !== null };
    },

    read: async (customer) => {
      const { consent, details } = await keepsakes.profileOf(customer);
      const numbers = (await keepsakes.numbersOf(customer)).length;
      return { type: 'keptRead', kept: { numbers, details: kindsOf(details), answered: consent === 'yes' || consent === 'no' } };
    },

    forget: async (customer) => {
      await keepsakes.forgetCustomer(customer);
      return { type: 'forgotten' };
    },

    fillIn: async (customer, product, form) => {
      const asksPhone = form.fields.some(({ kind }) => kind === 'phone');
      const numbers = asksPhone ? await keepsakes.numbersOf(customer) : [];
      const suggestions = numbers
        .filter(({ kind }) => kind === 'phone')
        .slice(0, MOST_SUGGESTIONS)
        .map(({ name, value }) => ({ name, value }));
      const { details } = await keepsakes.profileOf(customer);
      return { form: { ...form, suggestions }, known: answersFrom(details, form.fields, product) };
    },

    repeats: async (customer) => {
      const orders = (await ledger.ordersOf(customer, RECENT_ORDERS)).filter(({ state }) => standingOf(state) !== null);
      const numbers = orders.length === 0 ? [] : await keepsakes.numbersOf(customer);
      const found = new Map<string, Repeat>();
      for (const order of orders) {
        const { id, productId, productName, pay, choice, fields, dynamic } = order.terms;
        const account = accountOf(order.terms, productOf(order), phones);
        const saved = numbers.find(({ kind, value }) => kind === account?.kind && value === account.value);
        const key = JSON.stringify([productId, choice.amount, choice.direction, fields, dynamic?.id]);
        if (found.has(key)) continue;
        found.set(key, { order: id, product: productId, productName, pay, to: saved?.name ?? (account && endOf(account.value)) });
      }
      return [...found.values()].slice(0, MOST_REPEATS);
    },
  };
};
