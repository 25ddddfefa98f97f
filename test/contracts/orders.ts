// Orders for the tests of the ledger: terms, steps that the real domain decides, and a seal that works.
import { stepFor, stepOf } from '../../src/app/order-step.ts';
import type { Ledger, OrderStep, StoredOrder } from '../../src/app/ports/ledger.ts';
import type { People } from '../../src/app/ports/people.ts';
import {
  orderIdFromBytes,
  parseChatId,
  parseCustomerId,
  parseLocalReference,
  parseMessageId,
  parseProductId,
} from '../../src/domain/ids.ts';
import type { CustomerId, LocalReference, MessageId, OrderId } from '../../src/domain/ids.ts';
import type { Invitation } from '../../src/domain/member.ts';
import { money, parseCurrency } from '../../src/domain/money.ts';
import type { Currency } from '../../src/domain/money.ts';
import { placedState } from '../../src/domain/order-evolve.ts';
import type { Attempt, OrderCommand, OrderState, OrderTerms } from '../../src/domain/order.ts';
import type { Result } from '../../src/domain/result.ts';
import { instant, later, localDateTime } from '../../src/domain/time.ts';
import type { Instant } from '../../src/domain/time.ts';
import { parseTokenHash } from '../../src/domain/token.ts';
import { deposit } from '../../src/domain/wallet.ts';

export const got = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`Unexpected failure: ${JSON.stringify(result.error)}`);
  return result.value;
};

export const NOON = instant(1_790_000_000_000);
export const after = (milliseconds: number): Instant => later(NOON, milliseconds);

export const EUR = got(parseCurrency('EUR'));
export const USD = got(parseCurrency('USD'));
export const customer = (id: number): CustomerId => got(parseCustomerId(id));
export const message = (id: number): MessageId => got(parseMessageId(id));
export const reference = (value: number): LocalReference => got(parseLocalReference(value));

/** The order ids of the tests: distinct for distinct numbers below 1024. */
export const orderId = (index: number): OrderId =>
  orderIdFromBytes(
    Uint8Array.from({ length: 12 }, (_, position) => (position === 0 ? index & 31 : position === 1 ? index >> 5 : 7)),
  );

export const ALICE = customer(4_001);
export const BOB = customer(4_002);

export const termsOf = (id: OrderId, given: Partial<OrderTerms> = {}): OrderTerms => ({
  id,
  customer: ALICE,
  payer: given.customer ?? ALICE,
  chat: got(parseChatId(4_001)),
  language: 'es',
  progress: message(11),
  productId: got(parseProductId(7_205)),
  productName: 'Nimbus 25',
  operatorName: 'Nimbus',
  family: 'voucher',
  choice: { direction: 'direct', amount: money(2_500, EUR).hundredths },
  sent: { as: 'send', amount: money(2_500, EUR) },
  cost: given.pay ?? money(2_500, EUR),
  pay: money(2_500, EUR),
  commission: money(0, given.pay?.currency ?? EUR),
  receive: money(55_000, USD),
  fields: { account: '5355512345', receiverEmail: 'ana@example.org', documentNumber: 'X1234567L' },
  bill: null,
  dynamic: null,
  placedAt: NOON,
  ...given,
});

export const placing = (terms: OrderTerms): OrderStep => {
  const { placedAt: at } = terms;
  return stepOf(terms, placedState(at), [{ type: 'placed', at }]);
};

/** Places an order that has to succeed. */
export const placed = async (ledger: Ledger, terms: OrderTerms): Promise<StoredOrder> =>
  got(await ledger.place(terms, placing(terms))).order;

type Settle = Extract<OrderCommand, { type: 'settle' }>;

/** A settlement may leave out which purchase it is about: the one that the order has in flight. */
export type WrittenCommand = Exclude<OrderCommand, Settle> | (Omit<Settle, 'attempt'> & Partial<Settle>);

export const completed = (state: OrderState, command: WrittenCommand): OrderCommand =>
  command.type === 'settle' ? { attempt: 'attempt' in state ? state.attempt : attempt(1), ...command } : command;

/** The step that a command leads to; the command has to be allowed. */
export const step = (order: StoredOrder, command: WrittenCommand, at: Instant = NOON): OrderStep =>
  got(stepFor(order, completed(order.state, command), at));

export const attempt = (value: number, terminalId = 31): Attempt => ({
  terminalId,
  reference: reference(value),
  localTime: localDateTime(NOON, 'Europe/Madrid'),
  at: NOON,
});

export const BODY = '{"account":"5355512345","password":"hunter2"}';

/** Takes a placed order to `sending`, under the given reference. */
export const sending = async (ledger: Ledger, order: StoredOrder, value: number): Promise<StoredOrder> =>
  got(await ledger.append(order, { ...step(order, { type: 'intend', attempt: attempt(value) }), body: BODY }));

/** Makes somebody a member, the way everybody becomes one. */
const join = async (people: People, id: CustomerId, as: Invitation['for']): Promise<void> => {
  const hash = got(parseTokenHash(id.toString(16).padStart(64, '0')));
  await people.invite(hash, {
    for: as,
    name: `Kiosk ${id}`,
    by: 'operator',
    createdAt: NOON,
    expiresAt: after(1),
  });
  got(await people.redeem(hash, id, NOON));
};

export const makeAgent = (people: People, id: CustomerId): Promise<void> => join(people, id, { kind: 'agent' });
export const makeClerk = (people: People, agent: CustomerId, id: CustomerId): Promise<void> =>
  join(people, id, { kind: 'clerk', agent });

export const grant = async (
  ledger: Ledger,
  to: CustomerId,
  amount: number,
  currency: Currency = EUR,
  name = 'start',
): Promise<void> => {
  await ledger.post(deposit(`${name}:${to}:${currency}`, to, money(amount, currency)), NOON);
};
