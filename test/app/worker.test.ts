// The worker on a real ledger with a scripted supplier and chat: every outcome, and a crash at every call that it makes.
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { createDeliverMessage } from '../../src/app/deliver-outbox.ts';
import { createFulfilOrder } from '../../src/app/fulfil-order.ts';
import type { Channel, ChannelError } from '../../src/app/ports/channel.ts';
import { silent } from '../../src/app/telemetry.ts';
import { createWorker } from '../../src/app/work.ts';
import type { Ledger } from '../../src/app/ports/ledger.ts';
import type { Bills, ReceiptOutcome, Recharges, SupermarketVouchers } from '../../src/app/ports/families.ts';
import type {
  DynamicVoucher,
  InfoOutcome,
  PreparedPurchase,
  PurchaseOutcome,
  Reverter,
  Supplier,
} from '../../src/app/ports/supplier.ts';
import type { View } from '../../src/domain/dialog/view.ts';
import type { OrderTerms } from '../../src/domain/order.ts';
import type { LocalReference, MessageId, ProductId } from '../../src/domain/ids.ts';
import { fail, ok } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { DAY, HOUR, MINUTE, localDateTime } from '../../src/domain/time.ts';
import type { Instant } from '../../src/domain/time.ts';
import { bareReceipt } from '../../src/domain/voucher.ts';
import type { Receipt, Voucher } from '../../src/domain/voucher.ts';
import { ALICE, EUR, got, orderId, placing, termsOf } from '../contracts/orders.ts';
import { deposit } from '../../src/domain/wallet.ts';
import { money } from '../../src/domain/money.ts';
import { eventuallyTrue } from '../eventually.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const voucher: Voucher = { code: 'ABCD-EFGH', account: null, instructions: 'Type it.', expiration: null, extra: [] };
const receipt = { raw: '{"rc":0}', uid: 'u-1' };
const chargedHere: PurchaseOutcome = {
  ...receipt,
  kind: 'charged',
  supplierReference: 'S1',
  delivery: { kind: 'here', voucher, token: null },
};
const chargedLater: PurchaseOutcome = {
  ...receipt,
  kind: 'charged',
  supplierReference: 'S1',
  delivery: { kind: 'later', token: 'T-1' },
};
const paidReceipt: Receipt = { authorisation: 'TXN-1', message: 'Pagado', extra: [] };
const chargedWithReceipt: ReceiptOutcome = { ...receipt, kind: 'charged', supplierReference: 'S1', delivery: paidReceipt };
const rejected: PurchaseOutcome = { ...receipt, kind: 'rejected', reason: 'operatorRefused', resultCode: '11' };
const unclear: PurchaseOutcome = {
  raw: null,
  uid: null,
  kind: 'unclear',
  expectation: 'open',
  reason: 'reset',
  resultCode: null,
  delivery: null,
};
const notSent: PurchaseOutcome = { raw: null, uid: null, kind: 'notSent', reason: 'refused' };

/** A crash: the process ends here, and nothing that it holds in memory survives. */
class Crash extends Error {}

const openShop = async (dynamic: OrderTerms['dynamic'] = null, given: Partial<OrderTerms> = {}) => {
  const clock = createTestClock();
  const ledger: SqlLedger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  const script: {
    outcomes: PurchaseOutcome[];
    /** Of top-ups and bills. */
    receipts: ReceiptOutcome[];
    /** Of bills. */
    billInfo: Result<InfoOutcome, { kind: 'noAnswer'; reason: string }>;
    info: Result<InfoOutcome, { kind: 'noAnswer'; reason: string }>;
    details: Voucher | 'notYet';
    finished: Result<DynamicVoucher[], { kind: 'noAnswer'; reason: string }>;
    channelErrors: ChannelError[];
    /** Happens once, while a message is on its way. */
    meanwhile: (() => Promise<unknown>) | null;
    /** Happens once, while a purchase is on its way. */
    whileBuying: (() => Promise<unknown>) | null;
    crashAt: number;
  } = {
    meanwhile: null,
    whileBuying: null,
    finished: ok([]),
    outcomes: [],
    receipts: [],
    billInfo: ok({ kind: 'stillUnknown' }),
    info: ok({ kind: 'stillUnknown' }),
    details: 'notYet',
    channelErrors: [],
    crashAt: -1,
  };
  const sent: number[] = [];
  /** When the supplier was asked for results. */
  const looked: Instant[] = [];
  const said: View[] = [];
  let calls = 0;

  /** Counts a call to the outside and crashes right before or right after it, as the script says. */
  const step = async <T>(call: () => Promise<T>): Promise<T> => {
    if (calls++ === script.crashAt) throw new Crash('before');
    const value = await call();
    if (calls++ === script.crashAt) throw new Crash('after');
    return value;
  };

  const wrapped: Ledger = {
    ...ledger,
    append: (order, orderStep) => step(() => ledger.append(order, orderStep)),
    nextReference: (terminal) => step(() => ledger.nextReference(terminal)),
    supplierReference: (id) => step(() => ledger.supplierReference(id)),
    secrets: (id) => step(() => ledger.secrets(id)),
    recordShowing: (id, chat, at) => step(() => ledger.recordShowing(id, chat, at)),
    concludeMessage: (id, outcome) => step(() => ledger.concludeMessage(id, outcome)),
    order: (id) => step(() => ledger.order(id)),
  };
  const unused = (): Promise<never> => Promise.reject(new Error('not asked in this test'));
  const prepared = (productId: ProductId, reference: LocalReference, at: Instant): PreparedPurchase => ({
    productId,
    attempt: { terminalId: 31, reference, localTime: localDateTime(at, 'UTC'), at },
    body: '{"amountToSendX100":2500}',
  });
  /** Sends, and comes to what the script says next. */
  const sendFor =
    <Outcome>(outcomes: () => Outcome[], otherwise: Outcome) =>
    ({ attempt }: PreparedPurchase): Promise<Outcome> =>
      step(async () => {
        sent.push(attempt.reference);
        const outcome = outcomes().shift() ?? otherwise;
        const { whileBuying } = script;
        script.whileBuying = null;
        await whileBuying?.();
        return outcome;
      });
  const sell = sendFor(() => script.outcomes, chargedHere);
  const sellForReceipt = sendFor(() => script.receipts, chargedWithReceipt);
  const supplier: Supplier & Recharges & SupermarketVouchers & Bills & Pick<Reverter, 'revertInfo'> = {
    ping: unused,
    echo: unused,
    balance: unused,
    portfolio: unused,
    price: unused,
    dynamicVouchers: unused,
    finishedVouchers: () =>
      step(() => {
        looked.push(clock.now());
        return Promise.resolve(script.finished);
      }),
    preparePurchase: (sale, reference, at) => prepared(sale.productId, reference, at),
    purchase: sell,
    voucherDetails: () => step(() => Promise.resolve(ok(script.details))),
    transactionInfo: () => step(() => Promise.resolve(script.info)),
    revertInfo: unused,
    rechargeParameters: unused,
    rechargeProducts: unused,
    prepareRecharge: (sale, reference, at) => ({ ...prepared(sale.productId, reference, at), family: 'recharge' }),
    recharge: sellForReceipt,
    prepareSupermarketVoucher: (sale, reference, at) => ({ ...prepared(sale.productId, reference, at), family: 'supermarket' }),
    buySupermarketVoucher: sell,
    billParameters: unused,
    invoices: unused,
    prepareBillPayment: (sale, reference, at) => ({ ...prepared(sale.productId, reference, at), family: 'bill' }),
    payBill: sellForReceipt,
    billPaymentInfo: () => step(() => Promise.resolve(script.billInfo)),
  };
  const channel: Channel = {
    send: (_chat, { view }) =>
      step(async () => {
        const { meanwhile } = script;
        script.meanwhile = null;
        await meanwhile?.();
        const error = script.channelErrors.shift();
        if (error === undefined) said.push(view);
        return error === undefined ? ok(99 as MessageId) : fail(error);
      }),
    replace: (_chat, message) => step(() => Promise.resolve(ok(message))),
    answerTap: unused,
    sendDocument: unused,
    showBusy: unused,
  };
  const sellers = { handOvers: ledger, people: ledger, tokens: createTokens() };
  const deps = { ledger: wrapped, supplier, terminalId: 31, ...sellers, channel, clock, log: silentLog };
  const fulfil = createFulfilOrder(deps);
  const deliver = createDeliverMessage(deps);

  await ledger.post(deposit('start', ALICE, money(5_000, EUR)), clock.now());
  const terms = termsOf(orderId(1), { placedAt: clock.now(), dynamic, ...given });
  got(await ledger.place(terms, placing(terms)));

  /** Works on all that is due; a crash leaves the lease behind, as a killed process does. */
  const work = async (): Promise<void> => {
    const now = clock.now();
    const lease = (now + 180_000) as Instant;
    for (const order of await ledger.claimOrders(now, lease, 10)) await fulfil(order).catch(onlyCrash);
    for (const message of await ledger.claimMessages(now, lease, 10)) await deliver(message).catch(onlyCrash);
  };
  const onlyCrash = (error: unknown): void => {
    if (!(error instanceof Crash)) throw error;
  };
  /** Works, with the clock going on in steps, for as long as `milliseconds`. */
  const workFor = async (milliseconds: number, stepMs = 1_000): Promise<void> => {
    await work();
    for (let passed = 0; passed < milliseconds; passed += stepMs) {
      clock.advance(stepMs);
      await work();
    }
  };
  const state = async () => (await ledger.order(terms.id))?.state ?? null;
  const available = async () => (await ledger.balances(ALICE))[0]?.hundredths ?? 0;
  const alerts = async () => (await ledger.claimAlerts(clock.now(), clock.now(), 10)).map(({ alert }) => alert);
  return {
    script,
    sent,
    looked,
    said,
    /** What a worker is made of. */
    deps,
    fulfil,
    ledger,
    clock,
    work,
    workFor,
    state,
    available,
    alerts,
    terms,
    calls: () => calls,
  };
};

let shop: Awaited<ReturnType<typeof openShop>>;
afterEach(() => shop.ledger.close());

describe('an order', () => {
  it('is bought once and its code delivered', async () => {
    shop = await openShop();
    await shop.work();
    await shop.work();
    expect(await shop.state()).toMatchObject({ status: 'delivered', message: 99 });
    expect(shop.sent).toEqual([1]);
    expect(shop.said).toMatchObject([{ type: 'code', voucher, shownAgain: false }]);
    expect(await shop.available()).toBe(2_500);
  });

  it('that the operator rejects gives the money back', async () => {
    shop = await openShop();
    shop.script.outcomes = [rejected];
    await shop.work();
    expect(await shop.state()).toEqual({ status: 'rejected', reason: 'operatorRefused' });
    expect(shop.said).toMatchObject([{ type: 'rejected', reason: 'operatorRefused' }]);
    expect(await shop.available()).toBe(5_000);
  });

  it('that provably never left is sent again under the same reference', async () => {
    shop = await openShop();
    shop.script.outcomes = [notSent, notSent, chargedHere];
    await shop.workFor(30_000);
    expect(shop.sent).toEqual([1, 1, 1]);
    expect(await shop.state()).toMatchObject({ status: 'delivered' });
  });

  it('that never leaves at all is given up, and the money released', async () => {
    shop = await openShop();
    shop.script.outcomes = Array.from({ length: 9 }, () => notSent);
    await shop.workFor(300_000);
    expect(shop.sent).toHaveLength(5);
    expect(await shop.state()).toMatchObject({ status: 'rejected', reason: 'unavailable' });
    expect(await shop.available()).toBe(5_000);
  });

  it('whose code is late is polled for, and the customer is told once', async () => {
    shop = await openShop();
    shop.script.outcomes = [chargedLater];
    await shop.workFor(70_000);
    expect(await shop.state()).toMatchObject({ status: 'awaitingCode', polled: 4 });
    shop.script.details = voucher;
    await shop.workFor(300_000, 10_000);
    expect(shop.said.map((view) => view.type)).toEqual(['codeLate', 'code']);
    expect(shop.sent).toEqual([1]);
  });

  it('whose outcome is unknown is asked about, never sent again, and ends with a person', async () => {
    shop = await openShop();
    shop.script.outcomes = [unclear];
    await shop.work();
    expect(shop.said).toMatchObject([{ type: 'unknown', nextAskAt: shop.clock.now() + 30_000 }]);
    await shop.workFor(25 * 3_600_000, 60_000);
    expect(shop.sent).toEqual([1]);
    expect(await shop.state()).toMatchObject({ status: 'needsPerson', why: 'outcomeNeverLearnt' });
    expect(shop.said.map((view) => view.type)).toEqual(['unknown', 'needsPerson']);
    expect(await shop.available()).toBe(2_500);
    expect(await shop.ledger.audit()).toMatchObject({ reservedTotal: { EUR: 2_500 } });
  });

  it('that a lookup calls rejected is believed only the second time', async () => {
    shop = await openShop();
    shop.script.outcomes = [unclear];
    shop.script.info = ok({ kind: 'rejected', reason: 'operatorRefused', resultCode: '11' });
    await shop.workFor(40_000, 10_000);
    expect(await shop.state()).toMatchObject({ status: 'unknown', reportedRejected: true });
    await shop.workFor(90_000, 10_000);
    expect(await shop.state()).toMatchObject({ status: 'rejected' });
    expect(await shop.available()).toBe(5_000);
  });
});

describe('an order of another family', () => {
  const bill: OrderTerms['bill'] = { values: [{ key: 'contract', value: '123' }], returned: [], invoices: [] };
  const lost: ReceiptOutcome = { ...unclear, delivery: null };

  it.each([
    ['recharge', {}],
    ['bill', { bill }],
  ] as const)('such as a %s is bought once and leaves its receipt', async (family, given) => {
    shop = await openShop(null, { family, ...given });
    await shop.work();
    expect(shop.said).toMatchObject([{ type: 'receipt', receipt: paidReceipt, shownAgain: false }]);
    expect(await shop.state()).toMatchObject({ status: 'delivered' });
    expect(await shop.ledger.secrets(shop.terms.id)).toMatchObject({ voucher: null, receipt: paidReceipt });
    expect(shop.sent).toEqual([1]);
  });

  it('such as a supermarket voucher brings its code', async () => {
    shop = await openShop(null, { family: 'supermarket' });
    await shop.work();
    expect(shop.said).toMatchObject([{ type: 'code', voucher }]);
    expect(shop.sent).toEqual([1]);
  });

  it.each([
    ['recharge', 'info', {}],
    ['bill', 'billInfo', { bill }],
  ] as const)(
    'such as a %s whose answer is lost is asked about in its own way (%s), and ends by itself',
    async (family, how, given) => {
      shop = await openShop(null, { family, ...given });
      shop.script.receipts = [lost];
      await shop.work();
      expect(shop.said.map(({ type }) => type)).toEqual(['unknown']);
      // What the other families would be told says nothing of this one.
      shop.script[how === 'info' ? 'billInfo' : 'info'] = ok({ kind: 'charged', supplierReference: 'S9' });
      await shop.workFor(29_000);
      expect(await shop.state()).toMatchObject({ status: 'unknown' });
      shop.script[how] = ok({ kind: 'charged', supplierReference: 'S1' });
      await shop.workFor(5 * MINUTE, 10_000);
      expect(shop.said).toMatchObject([{ type: 'unknown' }, { type: 'receipt', receipt: bareReceipt }]);
      expect(await shop.state()).toMatchObject({ status: 'delivered' });
      expect(await shop.available()).toBe(2_500);
      expect(shop.sent).toEqual([1]);
    },
  );

  it('such as a bill is not taken for paid by what a lookup of vouchers says', async () => {
    shop = await openShop(null, { family: 'bill', bill });
    shop.script.receipts = [lost];
    shop.script.info = ok({ kind: 'charged', supplierReference: 'S9' });
    await shop.workFor(HOUR, 60_000);
    expect(await shop.state()).toMatchObject({ status: 'unknown' });
    expect(shop.said.map(({ type }) => type)).toEqual(['unknown']);
  });

  it('keeps the receipt of an unclear answer for the day when it is proven', async () => {
    shop = await openShop(null, { family: 'recharge' });
    shop.script.receipts = [{ ...unclear, delivery: paidReceipt }];
    shop.script.info = ok({ kind: 'charged', supplierReference: 'S1' });
    await shop.workFor(60_000);
    expect(shop.said).toMatchObject([{ type: 'unknown' }, { type: 'receipt', receipt: paidReceipt }]);
  });

  it('such as a top-up that is refused gives the money back', async () => {
    shop = await openShop(null, { family: 'recharge' });
    shop.script.receipts = [{ ...receipt, kind: 'rejected', reason: 'accountRefused', resultCode: '931' }];
    await shop.work();
    expect(shop.said).toMatchObject([{ type: 'rejected', reason: 'accountRefused' }]);
    expect(await shop.available()).toBe(5_000);
  });
});

describe('an unclear answer that carries what was bought', () => {
  beforeEach(async () => {
    shop = await openShop();
    shop.script.info = ok({ kind: 'charged', supplierReference: 'S1' });
  });

  it('has its code delivered once the charge is proven, not before', async () => {
    shop.script.outcomes = [{ ...unclear, ...receipt, delivery: { kind: 'here', voucher, token: null } }];
    await shop.workFor(29_000);
    expect(shop.said.map((view) => view.type)).toEqual(['unknown']);
    await shop.workFor(10_000);
    expect(shop.said).toMatchObject([{ type: 'unknown' }, { type: 'code', voucher }]);
    expect(await shop.state()).toMatchObject({ status: 'delivered' });
    expect(shop.sent).toEqual([1]);
  });

  it('has its token polled once the charge is proven', async () => {
    shop.script.outcomes = [{ ...unclear, ...receipt, delivery: { kind: 'later', token: 'T-1' } }];
    shop.script.details = voucher;
    await shop.workFor(60_000);
    expect(shop.said).toMatchObject([{ type: 'unknown' }, { type: 'code', voucher }]);
    expect(await shop.state()).toMatchObject({ status: 'delivered' });
  });
});

describe('an answer that comes late', () => {
  it('and proves a charge after the money went back is sealed and told to the operator, once', async () => {
    shop = await openShop();
    shop.script.info = ok({ kind: 'rejected', reason: 'operatorRefused', resultCode: '11' });
    shop.script.whileBuying = async () => {
      await shop.workFor(10 * MINUTE, 10_000);
      expect(await shop.state()).toMatchObject({ status: 'rejected' });
    };
    await shop.work();
    expect(await shop.ledger.secrets(shop.terms.id)).toMatchObject({ voucher, raw: [receipt.raw] });
    expect(await shop.alerts()).toEqual([{ type: 'chargedAfterAll', order: shop.terms.id }]);
    await shop.workFor(DAY, HOUR);
    expect(await shop.state()).toMatchObject({ status: 'rejected' });
    expect(await shop.available()).toBe(5_000);
    expect(shop.said.map((view) => view.type)).toEqual(['unknown', 'rejected']);
    expect(await shop.ledger.audit()).toMatchObject({ charged: [], reservedTotal: { EUR: 0 }, wrongAccounts: [] });
  });

  it('and says that a purchase never left says nothing of the one after it', async () => {
    shop = await openShop();
    const { ledger, script, sent, clock } = shop;
    script.outcomes = [notSent, chargedHere];
    let answer = (): void => undefined;
    let second = Promise.resolve();
    let writes = 0;
    const append: Ledger['append'] = async (order, orderStep) => {
      const written = await ledger.append(order, orderStep);
      writes += 1;
      if (writes !== 2) return written;
      // The outcome is kept, and another worker has taken the order on before this one hears that its write was lost.
      script.whileBuying = () => new Promise((resolve) => (answer = () => resolve(null)));
      clock.advance(2_500);
      second = shop.work();
      await eventuallyTrue(() => sent.length === 2);
      throw new Error('connection lost');
    };
    const [order] = await ledger.claimOrders(clock.now(), clock.now(), 1);
    if (order === undefined) throw new Error('The order is due');
    await createFulfilOrder({ ...shop.deps, ledger: { ...ledger, append } })(order);
    expect(await shop.state()).toMatchObject({ status: 'sending', attempt: { at: clock.now() } });
    answer();
    await second;
    await shop.workFor(60_000);
    expect(await shop.state()).toMatchObject({ status: 'delivered' });
    expect(sent).toEqual([1, 1]);
  });
});

describe('work that fails again and again', () => {
  it.each([
    ['an order', 'fulfil'],
    ['a message', 'deliver'],
  ] as const)('on %s is told to the operator, once a day', async (_name, failing) => {
    shop = await openShop();
    const { ledger, clock, terms } = shop;
    if (failing === 'deliver')
      for (const order of await ledger.claimOrders(clock.now(), clock.now(), 1)) await shop.fulfil(order);
    const ending = new AbortController();
    let failures = 0;
    const fail = async (): Promise<never> => {
      failures += 1;
      if (failures === 12) ending.abort();
      // By then the lease is over. The worker is woken by every failure and would leave nobody else a turn.
      clock.advance(5 * MINUTE);
      await turn();
      throw new Error('can not be opened');
    };
    const deliver = createDeliverMessage(shop.deps);
    const work = { fulfil: shop.fulfil, deliver, [failing]: fail };
    const worker = createWorker({
      ...work,
      ledger,
      alerts: ledger,
      deliverAlerts: null,
      telemetry: silent,
      clock,
      log: silentLog,
    });
    await worker.run(ending.signal);
    expect(failures).toBe(12);
    expect(await shop.alerts()).toEqual([{ type: 'workFails', order: terms.id }]);
  });
});

describe('delivery', () => {
  it.each<[string, ChannelError[], string[]]>([
    ['is postponed when Telegram says so', [{ kind: 'tooMany', retryAfterSeconds: 3 }], ['code']],
    [
      'is tried again when nobody answers',
      [
        { kind: 'noAnswer', reason: 'reset' },
        { kind: 'noAnswer', reason: 'reset' },
      ],
      ['code'],
    ],
    ['waits in the list of orders when the bot is blocked', [{ kind: 'blocked' }], []],
    ['survives a refusal', [{ kind: 'refused', reason: '400' }], ['code']],
  ])('%s', async (_name, errors, views) => {
    shop = await openShop();
    shop.script.channelErrors = errors;
    await shop.workFor(70_000);
    expect(shop.said.map((view) => view.type)).toEqual(views);
    expect((await shop.ledger.secrets(shop.terms.id)).voucher).toEqual(voucher);
    expect((await shop.state())?.status).toBe(views.length > 0 ? 'delivered' : 'charged');
  });

  it('does not bring news that later news overtook', async () => {
    shop = await openShop();
    shop.script.outcomes = [unclear];
    shop.script.channelErrors = [{ kind: 'tooMany', retryAfterSeconds: 3_600 }];
    await shop.work();
    shop.script.info = ok({ kind: 'rejected', reason: 'operatorRefused', resultCode: '11' });
    await shop.workFor(2 * 3_600_000, 10_000);
    expect(shop.said.map((view) => view.type)).toEqual(['rejected']);
  });
});

describe('a raffle', () => {
  const HOURS = 3_600_000;
  const endsAt = (createTestClock().now() + 48 * HOURS) as Instant;
  const ticket = { id: 'D-1', description: 'A guitar', endsAt };
  const entry = (id: string, value: string): DynamicVoucher => ({
    id,
    description: 'A <b>guitar</b>',
    send: null,
    receive: null,
    fee: null,
    destinationCurrency: null,
    extra: [
      { key: 'endDate', value: '2026-01-01' },
      { key: 'winner', value },
    ],
  });

  it('is asked about an hour after it ended, then daily, until its result is there and told once', async () => {
    shop = await openShop(ticket);
    await shop.workFor(48 * HOURS, HOURS / 2);
    expect(shop.looked).toEqual([]);
    await shop.workFor(30 * HOURS, HOURS / 2);
    expect(shop.looked.map((when) => (when - endsAt) / HOURS)).toEqual([1, 25]);
    shop.script.finished = ok([entry('D-2', '1'), entry('D-1', '271828')]);
    await shop.workFor(72 * HOURS, HOURS / 2);
    expect(shop.looked).toHaveLength(3);
    expect(shop.said.map((view) => view.type)).toEqual(['code', 'result']);
    expect(shop.said[1]).toMatchObject({
      result: { description: 'A <b>guitar</b>', extra: [{ key: 'winner', value: '271828' }] },
    });
    expect(await shop.state()).toMatchObject({ status: 'delivered', search: { asked: 3, askAt: null } });
    expect(await shop.ledger.secrets(shop.terms.id)).toMatchObject({ voucher, result: { extra: [{ value: '271828' }] } });
    expect(await shop.available()).toBe(2_500);
  });

  it.each([
    ['the code', 'ABCD-EFGH'],
    ['the supplier’s reference', 'S1'],
  ])('is found by %s when its draw has another name', async (_name, value) => {
    shop = await openShop(ticket);
    shop.script.finished = ok([entry('D-2', 'x'), entry('D-3', value)]);
    await shop.workFor(50 * HOURS, HOURS / 2);
    expect(shop.said.at(-1)).toMatchObject({ type: 'result', result: { own: ['winner'], extra: [] } });
  });

  it('without a result for 30 days is let go of without a word; answers that do not come count', async () => {
    shop = await openShop(ticket);
    shop.script.finished = fail({ kind: 'noAnswer', reason: 'reset' });
    await shop.workFor(35 * 24 * HOURS, HOURS);
    expect(shop.looked).toHaveLength(31);
    expect(shop.said.map((view) => view.type)).toEqual(['code']);
    expect(await shop.state()).toMatchObject({ status: 'delivered', search: { askAt: null } });
  });

  it('that is asked about while its code is on its way is delivered all the same', async () => {
    shop = await openShop({ ...ticket, endsAt: createTestClock().now() });
    shop.script.meanwhile = async () => {
      shop.clock.advance(2 * HOURS);
      const now = shop.clock.now();
      for (const order of await shop.ledger.claimOrders(now, (now + 180_000) as Instant, 10)) await shop.fulfil(order);
    };
    await shop.work();
    expect(shop.looked).toHaveLength(1);
    expect(await shop.state()).toMatchObject({ status: 'delivered', search: { asked: 1 } });
  });

  it('is followed although its code could not be brought', async () => {
    shop = await openShop(ticket);
    shop.script.channelErrors = [{ kind: 'blocked' }];
    shop.script.finished = ok([entry('D-1', '271828')]);
    await shop.workFor(50 * HOURS, HOURS / 2);
    expect(shop.said.map((view) => view.type)).toEqual(['result']);
    expect((await shop.state())?.status).toBe('charged');
  });

  it('is bought once and its result told, wherever the process ends', async () => {
    const play = async (crashAt: number) => {
      shop = await openShop(ticket);
      shop.script.crashAt = crashAt;
      shop.script.info = ok({ kind: 'charged', supplierReference: 'S1' });
      shop.script.finished = ok([entry('D-1', '271828')]);
      await shop.workFor(600_000, 20_000);
      await shop.workFor(52 * HOURS, HOURS / 2);
    };
    await play(-1);
    const steps = shop.calls();
    await shop.ledger.close();
    for (let crashAt = 0; crashAt < steps; crashAt++) {
      await play(crashAt);
      const state = await shop.state();
      expect(shop.sent.length, `crash at ${crashAt}`).toBeLessThanOrEqual(1);
      expect(await shop.available()).toBe(2_500);
      if (state?.status === 'delivered') expect(shop.said.at(-1)?.type, `crash at ${crashAt}`).toBe('result');
      else expect(state?.status, `crash at ${crashAt}`).toBe('needsPerson');
      await shop.ledger.close();
    }
    shop = await openShop();
  });
});

describe('a crash at any step', () => {
  const stories = [
    ['charged at once', chargedHere],
    ['charged, code later', chargedLater],
    ['rejected', rejected],
    ['unclear', unclear],
  ] as const;

  it.each(stories)('%s: bought once at most, money as the outcome says, nothing left behind', async (_name, outcome) => {
    const play = async (crashAt: number) => {
      shop = await openShop();
      shop.script.outcomes = [outcome];
      shop.script.details = voucher;
      shop.script.crashAt = crashAt;
      shop.script.info =
        outcome === rejected
          ? ok({ kind: 'rejected', reason: 'operatorRefused', resultCode: '11' })
          : ok({ kind: 'charged', supplierReference: 'S1' });
      await shop.workFor(600_000, 5_000);
    };
    await play(-1);
    const steps = shop.calls();
    await shop.ledger.close();
    expect(steps).toBeGreaterThan(8);
    for (let crashAt = 0; crashAt < steps; crashAt++) {
      await play(crashAt);
      const state = await shop.state();
      const { postingsSum, reservedTotal, charged } = await shop.ledger.audit();
      expect(shop.sent.length, `crash at ${crashAt}`).toBeLessThanOrEqual(1);
      expect(Object.values(postingsSum).every((sum) => sum === 0)).toBe(true);
      expect(Object.values(reservedTotal).every((sum) => sum === 0)).toBe(true);
      const paid = state?.status === 'delivered' || state?.status === 'needsPerson';
      expect(paid || state?.status === 'rejected', `crash at ${crashAt} leaves ${state?.status}`).toBe(true);
      expect(charged).toHaveLength(paid ? 1 : 0);
      expect(await shop.available()).toBe(paid ? 2_500 : 5_000);
      const { voucher: kept } = await shop.ledger.secrets(shop.terms.id);
      if (state?.status === 'delivered') expect(kept).toEqual(voucher);
      expect(shop.said.length).toBeGreaterThanOrEqual(1);
      await shop.ledger.close();
    }
    shop = await openShop();
  });
});
