// A sold order on a real ledger, with the simulator of eVSB behind it: what the tests of reverts start from.
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { createDeliverMessage } from '../../src/app/deliver-outbox.ts';
import { createFulfilOrder } from '../../src/app/fulfil-order.ts';
import { createWriteStep } from '../../src/app/order-step.ts';
import type { Channel } from '../../src/app/ports/channel.ts';
import type { Clock } from '../../src/app/ports/clock.ts';
import type { Ledger } from '../../src/app/ports/ledger.ts';
import type { Reverter } from '../../src/app/ports/supplier.ts';
import { createRevertOrder } from '../../src/app/revert-order.ts';
import { createRuleOnOrder } from '../../src/app/rule-on-order.ts';
import type { Overlay } from '../../src/domain/catalog.ts';
import type { View } from '../../src/domain/dialog/view.ts';
import { money } from '../../src/domain/money.ts';
import type { MessageId } from '../../src/domain/ids.ts';
import type { Ruling } from '../../src/domain/order.ts';
import type { OrderTerms } from '../../src/domain/order.ts';
import { ok } from '../../src/domain/result.ts';
import { later } from '../../src/domain/time.ts';
import { deposit } from '../../src/domain/wallet.ts';
import { settingsFor } from '../adapters/evsb/loopback.ts';
import { openShop } from '../adapters/evsb/shop.ts';
import { ALICE, EUR, got, orderId, placing, termsOf } from '../contracts/orders.ts';
import { entry, productId } from '../domain/sample-catalog.ts';
import { createTestClock, silentLog } from './test-clock.ts';

/** Palmera Market - Basket: the supplier never reverts it, whatever our catalogue says. */
export const BASKET = 8401;
/** Habla Cerca Minutes: may be reverted for a quarter of an hour. */
export const MINUTES = 8403;

const allowing: Overlay = {
  [BASKET]: entry('Palmera', { revertible: true }),
  [MINUTES]: entry('Habla Cerca', { revertible: true }),
};

/** A crash: the process of the command ends here, and nothing that it holds in memory survives. */
export class Crash extends Error {}

export const openRevertShop = async (product: number = MINUTES, changes: Partial<OrderTerms> = {}) => {
  const { simulator, supplier, impatient, connect, close } = await openShop();
  const { terminalId, password } = settingsFor('');
  const clock = createTestClock(Date.now());
  const ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  const script = { crashAt: -1, calls: 0, isDead: false };
  const said: View[] = [];

  const crash = (): never => {
    script.isDead = true;
    throw new Crash();
  };
  /** Counts a call to the outside and crashes right before or right after it, as the script says. Nothing is called after that. */
  const step = async <T>(call: () => Promise<T>): Promise<T> => {
    if (script.isDead || script.calls++ === script.crashAt) crash();
    const value = await call();
    if (script.calls++ === script.crashAt) crash();
    return value;
  };
  const crashing: Ledger = {
    ...ledger,
    append: (order, orderStep) => step(() => ledger.append(order, orderStep)),
    nextReference: (terminal) => step(() => ledger.nextReference(terminal)),
    secrets: (id) => step(() => ledger.secrets(id)),
    order: (id) => step(() => ledger.order(id)),
  };
  const channel: Channel = {
    send: (_chat, { view }) => {
      said.push(view);
      return Promise.resolve(ok(99 as MessageId));
    },
    replace: (_chat, message) => Promise.resolve(ok(message)),
    answerTap: () => Promise.resolve(ok(null)),
    sendDocument: () => Promise.reject(new Error('not used')),
    showBusy: () => Promise.resolve(ok(null)),
  };

  const amount = money(1_000, EUR);
  const terms = termsOf(orderId(1), {
    productId: productId(product),
    pay: amount,
    sent: { as: 'send', amount },
    fields: { account: '5350000000' },
    placedAt: clock.now(),
    ...changes,
  });
  await ledger.post(deposit('start', ALICE, money(5_000, EUR)), clock.now());
  got(await ledger.place(terms, placing(terms)));

  const sellers = { handOvers: ledger, people: ledger, tokens: createTokens() };
  const deps = { ledger, supplier, terminalId, ...sellers, channel, clock, log: silentLog };
  const fulfil = createFulfilOrder(deps);
  const deliver = createDeliverMessage(deps);
  /** Works on all that is due, as the bot does beside the operator's command. */
  const work = async (): Promise<void> => {
    const now = clock.now();
    for (const order of await ledger.claimOrders(now, later(now, 180_000), 10)) await fulfil(order);
    for (const message of await ledger.claimMessages(now, later(now, 180_000), 10)) await deliver(message);
  };
  const workFor = async (milliseconds: number, stepMs: number): Promise<void> => {
    await work();
    for (let passed = 0; passed < milliseconds; passed += stepMs) {
      clock.advance(stepMs);
      await work();
    }
  };

  const books: Ledger = { ...crashing };
  /** A dead process does not wait for anything either. */
  const mortal: Clock = { ...clock, sleep: (milliseconds) => (script.isDead ? crash() : clock.sleep(milliseconds)) };
  const revert = (reverter: Pick<Reverter, 'prepareRevert' | 'revert'> = supplier, id = terms.id, overlay = allowing) =>
    createRevertOrder({
      ledger: books,
      reverter: { prepareRevert: reverter.prepareRevert, revert: (prepared) => step(() => reverter.revert(prepared)) },
      overlay,
      write: createWriteStep({ ledger: books, clock, log: silentLog }),
      clock: mortal,
      log: silentLog,
    })({ id, by: 'operator', why: 'the wrong card' });
  const rule = (ruling: Ruling) =>
    createRuleOnOrder({ ledger, write: createWriteStep({ ledger, clock, log: silentLog }) })({
      id: terms.id,
      ruling,
      code: null,
      by: 'operator',
      why: 'the supplier said so',
    });

  return {
    simulator,
    supplier,
    impatient,
    /** A reverter whose calls come out as not sent. */
    unreachable: async () => {
      const closed = connect(password);
      await closed.close();
      return closed;
    },
    ledger,
    clock,
    script,
    said,
    terms,
    terminalId,
    fulfil,
    work,
    workFor,
    revert,
    rule,
    /** Stands between the operator's command and the ledger. */
    books,
    state: async () => (await ledger.order(terms.id))?.state ?? null,
    available: async () => (await ledger.balances(ALICE))[0]?.hundredths ?? 0,
    revertsSent: () => simulator.books.requests.filter(({ endpoint }) => endpoint === 'revert').length,
    close: async () => {
      await ledger.close();
      await close();
    },
  };
};
