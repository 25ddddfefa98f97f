// A sale is undone: on a real ledger with the simulator of eVSB behind it, under every fault, and with a crash at every call.
import { afterEach, describe, expect, it } from 'vitest';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import type { Reverter } from '../../src/app/ports/supplier.ts';
import { ASK_WAITS, SENDING_PATIENCE } from '../../src/domain/order-evolve.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { BODY, EUR, attempt, got, sending, step } from '../contracts/orders.ts';
import { moneyFaults } from '../adapters/evsb/shop.ts';
import { entry } from '../domain/sample-catalog.ts';
import { BASKET, Crash, MINUTES, openRevertShop } from './open-revert-shop.ts';

type Shop = Awaited<ReturnType<typeof openRevertShop>>;

let shop: Shop;
afterEach(() => shop.close());

/** A shop whose order was bought and delivered. */
const openSold = async (...given: Parameters<typeof openRevertShop>): Promise<Shop> => {
  shop = await openRevertShop(...given);
  await shop.work();
  await shop.work();
  expect(await shop.state()).toMatchObject({ status: 'delivered' });
  expect(await shop.available()).toBe(4_000);
  return shop;
};

const LONG = ASK_WAITS.reduce((sum, wait) => sum + wait, SENDING_PATIENCE) + 60_000;
/** How often the work is looked at in long waits: each look may be that late. */
const COARSE = 30 * 60_000;
const LONG_ENOUGH = LONG + COARSE * (ASK_WAITS.length + 2);
const told = ({ said }: Shop): readonly string[] => said.map(({ type }) => type);

/** What has to hold whatever happened: the books agree, and the customer has the money back exactly when the supplier gave it back. */
const expectBooksToAgree = async ({ ledger, simulator, state, available, said }: Shop): Promise<void> => {
  const audit = await ledger.audit();
  expect(faultsIn(audit)).toEqual([]);
  const isReverted = (await state())?.status === 'reverted';
  expect(audit.charged.map(({ reverted }) => reverted)).toEqual([isReverted]);
  expect(simulator.books.reverted.length).toBe(isReverted ? 1 : 0);
  expect(await available()).toBe(isReverted ? 5_000 : 4_000);
  expect(said.filter(({ type }) => type === 'reverted')).toHaveLength(isReverted ? 1 : 0);
};

describe('a revert', () => {
  it('gives the money back, tells the customer and keeps what was known', async () => {
    const { revert, ledger, terms, work, state, simulator } = await openSold();
    const before = await ledger.secrets(terms.id);
    expect(await revert()).toEqual({
      ok: true,
      value: { outcome: 'reverted', resultCode: null, status: 'reverted', stored: true },
    });
    await work();
    expect(told(shop)).toEqual(['code', 'reverted']);
    expect(await state()).toMatchObject({ status: 'reverted', attempt: { reference: 1 }, revert: { reference: 2 } });
    expect(simulator.books.reverted).toMatchObject([{ localReference: 2, originalLocalReference: 1 }]);
    const after = await ledger.secrets(terms.id);
    expect(after).toMatchObject({ voucher: before.voucher, token: before.token });
    expect(after.raw).toHaveLength(before.raw.length + 1);
    await expectBooksToAgree(shop);
  });

  it('works once', async () => {
    const { revert, revertsSent } = await openSold();
    await revert();
    expect(await revert()).toEqual({ ok: false, error: { kind: 'notNow', status: 'reverted' } });
    expect(revertsSent()).toBe(1);
    await shop.work();
    await expectBooksToAgree(shop);
  });

  it('is sent once when two people ask for it at the same moment', async () => {
    const { revert, revertsSent } = await openSold();
    const ends = await Promise.all([revert(), revert()]);
    expect(ends.filter((end) => end.ok)).toHaveLength(1);
    expect(ends.find((end) => !end.ok)).toMatchObject({ error: { kind: expect.stringMatching(/^(stale|notNow)$/) as unknown } });
    expect(revertsSent()).toBe(1);
    await shop.work();
    await expectBooksToAgree(shop);
  });

  it('that the supplier refuses leaves the order as it was, and may be tried again', async () => {
    const { revert, state, revertsSent } = await openSold(BASKET);
    const before = await state();
    const refused = { outcome: 'refused', resultCode: '923', status: 'delivered', stored: true };
    expect(await revert()).toEqual({ ok: true, value: refused });
    expect(await state()).toEqual(before);
    expect(await revert()).toEqual({ ok: true, value: refused });
    expect(revertsSent()).toBe(2);
    await expectBooksToAgree(shop);
  });

  it('that never left us leaves the order as it was; the next one has a reference of its own', async () => {
    const { revert, unreachable, state } = await openSold();
    expect(await revert(await unreachable())).toMatchObject({ ok: true, value: { outcome: 'notSent', status: 'delivered' } });
    expect(await revert()).toMatchObject({ ok: true, value: { outcome: 'reverted' } });
    expect(await state()).toMatchObject({ revert: { reference: 3 } });
    await shop.work();
    await expectBooksToAgree(shop);
  });

  it('of a code that is still on its way keeps it back', async () => {
    shop = await openRevertShop();
    const [order] = await shop.ledger.claimOrders(shop.clock.now(), shop.clock.now(), 1);
    if (order === undefined) throw new Error('The order is due');
    await shop.fulfil(order);
    expect(await shop.state()).toMatchObject({ status: 'charged' });
    expect(await shop.revert()).toMatchObject({ ok: true, value: { outcome: 'reverted' } });
    await shop.work();
    expect(told(shop)).toEqual(['reverted']);
    await expectBooksToAgree(shop);
  });
});

describe('news while a revert is on its way', () => {
  type SlowReverter = Pick<Reverter, 'prepareRevert' | 'revert'>;

  /** A supplier that the bot's worker works beside until it answers. */
  const besideWork = ({ prepareRevert, revert }: SlowReverter): SlowReverter => ({
    prepareRevert,
    revert: async (prepared) => {
      await shop.work();
      return revert(prepared);
    },
  });

  /** Bought, and nothing said of it yet. */
  const openCharged = async (product: number): Promise<void> => {
    shop = await openRevertShop(product);
    const [order] = await shop.ledger.claimOrders(shop.clock.now(), shop.clock.now(), 1);
    if (order === undefined) throw new Error('The order is due');
    await shop.fulfil(order);
    expect(await shop.state()).toMatchObject({ status: 'charged' });
  };

  it('hands out no code that is about to be paid back', async () => {
    await openCharged(MINUTES);
    expect(await shop.revert(besideWork(shop.supplier))).toMatchObject({ value: { outcome: 'reverted' } });
    await shop.workFor(60_000, 10_000);
    expect(told(shop)).toEqual(['reverted']);
    await expectBooksToAgree(shop);
  });

  it('brings the code a moment later when the revert was refused', async () => {
    await openCharged(BASKET);
    expect(await shop.revert(besideWork(shop.supplier))).toMatchObject({ value: { outcome: 'refused' } });
    await shop.work();
    expect(told(shop)).toEqual([]);
    await shop.workFor(10_000, 10_000);
    expect(told(shop)).toEqual(['code']);
    expect(await shop.state()).toMatchObject({ status: 'delivered' });
  });

  it.each([
    ['that a person looks at the order', 'missing', [], ['needsPerson']],
    ['that the code is late', 'later', [{ type: 'missCode' }], ['codeLate']],
  ] as const)('brings %s, whatever comes of the revert', async (_what, code, commands, views) => {
    shop = await openRevertShop();
    const { ledger, clock, terms } = shop;
    const placed = await ledger.order(terms.id);
    if (placed === null) throw new Error('The order is there');
    let order = await sending(ledger, placed, 900);
    const settlement = { kind: 'charged', code, supplierReference: null } as const;
    for (const command of [{ type: 'settle', settlement }, ...commands] as const)
      order = got(await ledger.append(order, step(order, command, clock.now())));
    const refused = { kind: 'refused', resultCode: '923', raw: null, uid: null } as const;
    const refusing = { prepareRevert: shop.supplier.prepareRevert, revert: () => Promise.resolve(refused) };
    expect(await shop.revert(besideWork(refusing))).toMatchObject({ value: { outcome: 'refused', status: order.state.status } });
    expect(told(shop)).toEqual(views);
  });
});

describe('a revert is refused, and nothing sent', () => {
  const expectNothingSent = async (): Promise<void> => {
    expect(shop.revertsSent()).toBe(0);
    // The sale has used the first one.
    expect(await shop.ledger.nextReference(shop.terminalId)).toBe(2);
  };

  it('for an order that is not there', async () => {
    const { revert } = await openSold();
    expect(await revert(undefined, got(parseOrderId('ZZZZZZZZZZZZ')))).toEqual({ ok: false, error: { kind: 'noSuchOrder' } });
    await expectNothingSent();
  });

  it.each([
    ['does not call revertible', { [MINUTES]: entry('Habla Cerca') }],
    ['does not name any more', {}],
  ])('for a product that the catalogue %s', async (_what, overlay) => {
    const { revert } = await openSold();
    expect(await revert(undefined, undefined, overlay)).toEqual({ ok: false, error: { kind: 'notRevertible' } });
    await expectNothingSent();
  });

  it('for a sale by the amount to be received', async () => {
    const { revert } = await openSold(MINUTES, { sent: { as: 'receive', amount: money(1_000, EUR) } });
    expect(await revert()).toEqual({ ok: false, error: { kind: 'soldByReceivedAmount' } });
    await expectNothingSent();
  });

  it('for an order whose own outcome is not known: it is no way of finding out', async () => {
    shop = await openRevertShop();
    expect(await shop.revert()).toEqual({ ok: false, error: { kind: 'notNow', status: 'placed' } });
    shop.simulator.control.planFaults({ kind: 'dropAfter', match: { endpoint: 'voucherPurchase' } });
    await shop.work();
    expect(await shop.revert()).toEqual({ ok: false, error: { kind: 'notNow', status: 'unknown' } });
    expect(shop.revertsSent()).toBe(0);
  });
});

describe('a revert whose answer is lost', () => {
  const openLost = async (): Promise<Shop> => {
    await openSold();
    shop.simulator.control.planFaults({ kind: 'dropAfter', match: { endpoint: 'revert' } });
    expect(await shop.revert()).toMatchObject({ ok: true, value: { outcome: 'unclear', status: 'revertUnknown' } });
    expect(await shop.available()).toBe(4_000);
    return shop;
  };

  it('is never sent again', async () => {
    const { revert, revertsSent } = await openLost();
    expect(await revert()).toEqual({ ok: false, error: { kind: 'notNow', status: 'revertUnknown' } });
    expect(revertsSent()).toBe(1);
  });

  it('is found out by asking, where the supplier shows reverts', async () => {
    const { simulator, workFor, revertsSent } = await openLost();
    simulator.control.setSwitches({ infoShowsReverts: true });
    await workFor(29_000, 29_000);
    expect(await shop.state()).toMatchObject({ status: 'revertUnknown', asked: 0 });
    await workFor(1_000, 1_000);
    expect(revertsSent()).toBe(1);
    expect(await shop.state()).toMatchObject({ status: 'reverted' });
    await shop.work();
    await expectBooksToAgree(shop);
  });

  it.each([
    ['reverted', 'reverted', 5_000, ['code', 'reverted']],
    ['notReverted', 'delivered', 4_000, ['code']],
  ] as const)('ends with a person where it does not, who rules it %s', async (ruling, status, available, views) => {
    const { ledger, workFor, revert, revertsSent, rule } = await openLost();
    await workFor(LONG, 60_000);
    expect(await shop.state()).toMatchObject({ status: 'needsPerson', why: 'revertNeverLearnt', back: { status: 'delivered' } });
    expect(told(shop)).toEqual(['code']);
    const far = shop.clock.now();
    const alerts = await ledger.claimAlerts(far, far, 10);
    expect(alerts.map(({ alert }) => alert)).toEqual([{ type: 'personNeeded', order: shop.terms.id, why: 'revertNeverLearnt' }]);
    expect(await revert()).toMatchObject({ ok: false, error: { kind: 'notNow' } });
    expect(revertsSent()).toBe(1);
    expect(await shop.available()).toBe(4_000);
    expect(await rule(ruling)).toEqual({ ok: true, value: status });
    await shop.work();
    expect(await shop.available()).toBe(available);
    expect(told(shop)).toEqual(views);
  });
});

describe('under every fault', () => {
  it.each([...moneyFaults, { kind: 'resultCode', code: '900' } as const])(
    '%o: sent once, and the customer has what the supplier gave back',
    async (fault) => {
      const { simulator, impatient, revert, workFor, revertsSent } = await openSold();
      simulator.control.setSwitches({ infoShowsReverts: true });
      simulator.control.planFaults({ ...fault, match: { endpoint: 'revert' } });
      expect(await revert(impatient)).toMatchObject({ ok: true, value: { stored: true } });
      if (fault.kind === 'serverGoesOn' || fault.kind === 'chargedAfter990') {
        await expect.poll(() => simulator.books.reverted.length).toBe(1);
      }
      await workFor(LONG_ENOUGH, COARSE);
      expect(revertsSent()).toBeLessThanOrEqual(1);
      await expectBooksToAgree(shop);
      expect(['delivered', 'reverted', 'needsPerson']).toContain((await shop.state())?.status);
    },
  );
});

describe('the outcome', () => {
  it('is stored come what may: a ledger that fails is tried again', async () => {
    const { books, ledger, revert } = await openSold();
    let writes = 0;
    books.append = (order, orderStep) => {
      writes += 1;
      return writes === 2 || writes === 3 ? Promise.reject(new Error('no disk')) : ledger.append(order, orderStep);
    };
    expect(await revert()).toMatchObject({ ok: true, value: { outcome: 'reverted', status: 'reverted' } });
    expect(writes).toBe(4);
    await shop.work();
    await expectBooksToAgree(shop);
  });

  it('is taken as a late answer by an order that was given up meanwhile', async () => {
    const { books, ledger, clock, revert, workFor } = await openSold();
    let writes = 0;
    books.append = async (order, orderStep) => {
      writes += 1;
      if (writes !== 2) return ledger.append(order, orderStep);
      clock.advance(SENDING_PATIENCE);
      await workFor(0, 1);
      expect(await shop.state()).toMatchObject({ status: 'revertUnknown' });
      throw new Error('no disk');
    };
    expect(await revert()).toMatchObject({ ok: true, value: { outcome: 'reverted', status: 'reverted', stored: true } });
    await shop.work();
    await expectBooksToAgree(shop);
  });

  it('of a revert whose write was lost and kept all the same is ours', async () => {
    const { books, ledger, revert, revertsSent } = await openSold();
    let writes = 0;
    books.append = async (order, orderStep) => {
      const written = await ledger.append(order, orderStep);
      writes += 1;
      if (writes === 1) throw new Error('connection lost');
      return written;
    };
    expect(await revert()).toMatchObject({ ok: true, value: { outcome: 'reverted' } });
    expect(revertsSent()).toBe(1);
    await shop.work();
    await expectBooksToAgree(shop);
  });

  it('of an earlier revert says nothing of a later one', async () => {
    const { ledger, terms, state } = await openSold();
    const order = await ledger.order(terms.id);
    if (order === null) throw new Error('The order is there');
    const intent = { type: 'intendRevert', attempt: attempt(50), by: 'operator', why: 'again' } as const;
    const reverting = got(await ledger.append(order, { ...step(order, intent), body: BODY }));
    const settlement = { kind: 'reverted', supplierReference: null } as const;
    expect(() => step(reverting, { type: 'settleRevert', attempt: attempt(49), settlement })).toThrow('notNow');
    expect(await state()).toMatchObject({ status: 'reverting' });
  });
});

describe('a crash of the command at any call', () => {
  it.each([
    ['reverted', MINUTES, null],
    ['refused', BASKET, null],
    ['answer lost', MINUTES, { kind: 'dropAfter', match: { endpoint: 'revert' } } as const],
  ])('%s: sent once at most, and nothing left behind', async (_name, product, fault) => {
    const play = async (crashAt: number): Promise<void> => {
      const { simulator, script, revert, workFor } = await openSold(product);
      simulator.control.setSwitches({ infoShowsReverts: true });
      if (fault !== null) simulator.control.planFaults(fault);
      script.crashAt = crashAt;
      await revert().catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      await workFor(LONG_ENOUGH, COARSE);
    };
    await play(-1);
    const { calls } = shop.script;
    expect(calls).toBeGreaterThanOrEqual(12);
    for (let crashAt = 0; crashAt < calls; crashAt++) {
      await shop.close();
      await play(crashAt);
      const status = (await shop.state())?.status;
      expect(shop.revertsSent(), `crash at ${crashAt}`).toBeLessThanOrEqual(1);
      expect(['delivered', 'reverted', 'needsPerson'], `crash at ${crashAt}`).toContain(status);
      if (status === 'needsPerson') expect(shop.simulator.books.reverted).toEqual([]);
      await expectBooksToAgree(shop);
    }
  });
});
