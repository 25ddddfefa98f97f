// The money at the end of a campaign, worked out anew from the orders and from what was paid in: wallets, commissions, credit and daily limits.
import type { Kysely } from 'kysely';
import type { Tables } from '../../src/adapters/sql/schema.ts';
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import { NOT_COUNTED, limitsFor } from '../../src/domain/daily-limit.ts';
import type { DailyLimit, LimitRule } from '../../src/domain/daily-limit.ts';
import { dayOf } from '../../src/domain/day.ts';
import type { Member } from '../../src/domain/member.ts';
import { payerOf, roleOf } from '../../src/domain/member.ts';
import { statusOf } from './verdict-order.ts';
import type { PaidIn } from './paymasters.ts';

export type MoneyEvidence = {
  readonly db: Kysely<Tables>;
  readonly orders: readonly StoredOrder[];
  /** As they were hired; nobody changes them afterwards. */
  readonly members: readonly Member[];
  readonly references: ReadonlyMap<string, PaidIn>;
  readonly limits: readonly LimitRule[];
  /** What agents get of the price, in hundredths of a percent. */
  readonly commission: number;
  readonly timeZone: string;
};

type Sums = Map<string, number>;

const add = (sums: Sums, key: string, amount: number): void => void sums.set(key, (sums.get(key) ?? 0) + amount);

/** What every wallet should hold: what was paid in, less what its orders cost, and the commissions of those that were charged. */
const expectedWallets = async ({ db, orders }: MoneyEvidence): Promise<Sums> => {
  const sums: Sums = new Map();
  const paidIn = await db
    .selectFrom('postings')
    .innerJoin('transfers', 'transfers.id', 'postings.transfer_id')
    .select(['account', 'currency', 'amount'])
    .where('transfers.order_id', 'is', null)
    .execute();
  for (const { account, currency, amount } of paidIn) if (account.includes(':')) add(sums, `${account} ${currency}`, amount);
  for (const { terms, state } of orders) {
    const { payer, pay, commission } = terms;
    const status = statusOf(state);
    if (status === 'given back') continue;
    add(sums, `available:${payer} ${pay.currency}`, 0 - pay.hundredths);
    if (status === 'charged') add(sums, `available:${payer} ${commission.currency}`, commission.hundredths);
    else add(sums, `reserved:${payer} ${pay.currency}`, pay.hundredths);
  }
  return sums;
};

const walletFaults = async (evidence: MoneyEvidence): Promise<readonly string[]> => {
  const { db, orders, members } = evidence;
  const expected = await expectedWallets(evidence);
  const held = await db.selectFrom('accounts').selectAll().where('account', 'like', '%:%').execute();
  const credit = new Map<string, number>(
    members.flatMap((member) =>
      member.credit.map((most) => [`available:${member.id} ${most.currency}`, most.hundredths] as const),
    ),
  );
  const open = new Set(
    orders.filter(({ state }) => statusOf(state) === 'open').map(({ terms }) => `reserved:${terms.payer} ${terms.pay.currency}`),
  );
  return [
    ...held.flatMap(({ account, currency, balance }) => {
      const key = `${account} ${currency}`;
      const should = expected.get(key) ?? 0;
      expected.delete(key);
      return [
        ...(balance === should ? [] : [`${key} holds ${balance}, and its orders and payments come to ${should}`]),
        ...(balance >= 0 - (credit.get(key) ?? 0) ? [] : [`${key} is at ${balance}, below its credit`]),
        ...(account.startsWith('available:') || balance === 0 || open.has(key) ? [] : [`${key} is still set aside`]),
      ];
    }),
    ...[...expected].filter(([, should]) => should !== 0).map(([key, should]) => `${key} is missing, and should hold ${should}`),
  ];
};

/** Every price has its commission, and every order the right payer. */
const commissionFaults = ({ orders, members, commission }: MoneyEvidence): readonly string[] =>
  orders.flatMap(({ terms }) => {
    const member = members.find(({ id }) => id === terms.customer) ?? null;
    const should = roleOf(member) === 'agent' ? Math.floor((terms.pay.hundredths * commission) / 10_000) : 0;
    return [
      ...(terms.commission.hundredths === should
        ? []
        : [`Order ${terms.id} pays a commission of ${terms.commission.hundredths}, not ${should}`]),
      ...(terms.payer === payerOf(member, terms.customer)
        ? []
        : [`Order ${terms.id} is paid by ${terms.payer}, which is somebody else's wallet`]),
    ];
  });

/** Nobody has more in a day than the rules and their agent allow. */
const limitFaults = ({ orders, members, limits, timeZone }: MoneyEvidence): readonly string[] => {
  const counted = orders.filter(({ state }) => !NOT_COUNTED.includes(state.status));
  const days = new Map<string, { limit: DailyLimit; count: number; amounts: Sums }>();
  for (const { terms } of counted) {
    const member = members.find(({ id }) => id === terms.customer) ?? null;
    const held = [
      { whose: `payer ${terms.payer}`, limit: limitsFor(limits, { role: roleOf(member), customer: terms.payer }) },
      ...(member === null || member.perDay === null ? [] : [{ whose: `clerk ${terms.customer}`, limit: member.perDay }]),
    ];
    for (const { whose, limit } of held) {
      const key = `${whose} on ${dayOf(terms.placedAt, timeZone)}`;
      const day = days.get(key) ?? { limit, count: 0, amounts: new Map<string, number>() };
      day.count += 1;
      add(day.amounts, terms.pay.currency, terms.pay.hundredths);
      days.set(key, day);
    }
  }
  return [...days].flatMap(([key, { limit, count, amounts }]) => [
    ...(limit.count === null || count <= limit.count ? [] : [`The ${key} bought ${count} times, and may ${limit.count} times`]),
    ...limit.amounts
      .filter(({ currency, hundredths }) => (amounts.get(currency) ?? 0) > hundredths)
      .map(
        ({ currency, hundredths }) =>
          `The ${key} bought for ${amounts.get(currency) ?? 0} ${currency}, and may for ${hundredths}`,
      ),
  ]);
};

/** Whatever was paid in by the admins is what a reference says, and stands once in the record of what they did. */
const topUpFaults = async ({ db, references }: MoneyEvidence): Promise<readonly string[]> => {
  const prefix = 'deposit:';
  const deposits = await db
    .selectFrom('postings')
    .select(['transfer_id', 'account', 'currency', 'amount'])
    .where('transfer_id', 'like', `${prefix}%`)
    .where('account', 'like', 'available:%')
    .execute();
  const { deeds } = await db
    .selectFrom('admin_actions')
    .select((row) => row.fn.countAll<number>().as('deeds'))
    .where('deed', '=', 'toppedUp')
    .executeTakeFirstOrThrow();
  return [
    ...deposits.flatMap(({ transfer_id: id, account, currency, amount }) => {
      const paid = references.get(id.slice(prefix.length));
      const isRight = paid !== undefined && account === `available:${paid.agent}` && currency === 'USD' && amount === paid.amount;
      return isRight ? [] : [`${id} put ${amount} ${currency} into ${account}, which nobody asked for`];
    }),
    ...(new Set(deposits.map(({ transfer_id: id }) => id)).size === deposits.length ? [] : ['A reference was paid in twice']),
    ...(deeds === deposits.length ? [] : [`${deeds} top-ups are on record, and ${deposits.length} were paid in`]),
  ];
};

/** The wallets that are below their credit at this moment. */
export const overdrafts = async (db: Kysely<Tables>): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('account', 'like', '%:%')
    .where((row) => row(row('balance', '+', row.ref('credit')), '<', 0))
    .execute();
  return rows.map(({ account, currency }) => `${account} ${currency} was below its credit for a while`);
};

export const moneyFaults = async (evidence: MoneyEvidence): Promise<readonly string[]> => [
  ...(await walletFaults(evidence)),
  ...commissionFaults(evidence),
  ...limitFaults(evidence),
  ...(await topUpFaults(evidence)),
];
