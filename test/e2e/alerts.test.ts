// What the bot can't settle by itself reaches the operator's chat: once, in their language, through whatever Telegram answers first.
import { afterEach, describe, expect, it } from 'vitest';
import { ASK_WAITS } from '../../src/domain/order-evolve.ts';
import { HOUR, MINUTE, SECOND, later } from '../../src/domain/time.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { customer } from '../contracts/orders.ts';
import { eventuallyTrue } from '../eventually.ts';
import { askForOrders, confirm, openPriceCard } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

const OPERATOR = 9_001;

describe("the operator's chat", () => {
  let shop: Shop | null = null;

  afterEach(async () => {
    await shop?.close();
    shop = null;
  });

  /** The operator has written to the bot once, as Telegram demands of whoever wants to be written to. */
  const openWithOperator = async () => {
    const clock = createVirtualClock();
    const settings = { OPERATOR_CHAT_ID: String(OPERATOR), OPERATOR_LANGUAGE: 'es' };
    const opened = await openShop({ clock, settings, evsb: { infoDelayMs: 0 }, evsbTimeouts: { voucherPurchase: 50 } });
    shop = opened;
    const operator = opened.telegram.customer(OPERATOR);
    operator.sendText('/start');
    await operator.waitFor((messages) => messages.some(({ from }) => from === 'bot'));
    return { shop: opened, clock, operator };
  };

  const alertsOf = (operator: Customer) => operator.messages().filter(({ text }) => text.includes('🚨') || text.includes('📒'));

  /** A purchase that the supplier never answers, up to the last question but one about it. */
  const neverAnswered = async ({ telegram, evsb, journal }: Shop, clock: VirtualClock): Promise<Customer> => {
    const ana = telegram.customer(1001);
    await openPriceCard(ana);
    evsb.control.planFaults({ kind: 'hang', match: { endpoint: 'voucherPurchase' } });
    await confirm(ana);
    await journal.heard('newsDelivered', { news: 'unknown' });
    for (const [asked, wait] of ASK_WAITS.slice(0, -1).entries()) {
      clock.advance(wait);
      await journal.heard('orderAskedAbout', { learnt: 'learnNothing' }, asked + 1);
    }
    return ana;
  };
  const lastQuestion = (clock: VirtualClock): void => clock.advance(ASK_WAITS.at(-1) ?? 0);

  it('hears of an order whose outcome is never learnt: once, with its number and what to do', async () => {
    const { shop: opened, clock, operator } = await openWithOperator();
    const ana = await neverAnswered(opened, clock);
    expect(alertsOf(operator)).toEqual([]);
    lastQuestion(clock);
    await opened.journal.heard('alertDelivered', { alert: 'personNeeded' });
    await opened.journal.heard('newsDelivered', { news: 'needsPerson' });
    const [order] = await opened.bot.ledger.ordersOf(customer(1001), 1);
    expect(order?.state).toMatchObject({ status: 'needsPerson', why: 'outcomeNeverLearnt' });

    clock.advance(2 * HOUR);
    await askForOrders(ana);
    const [alert, ...others] = alertsOf(operator);
    expect(others).toEqual([]);
    expect(alert?.text).toContain('Un pedido te necesita');
    expect(alert?.text).toContain(`npm run settle -- ${order?.terms.id} not-charged --by NOMBRE`);
    expect(opened.journal.find('alertDelivered', { alert: 'personNeeded' })).toHaveLength(1);
    expect(ana.messages().some(({ text }) => text.includes('npm run'))).toBe(false);
  });

  it('hears of an order that takes long before anybody is needed: once, with its number', async () => {
    const { shop: opened, clock, operator } = await openWithOperator();
    await neverAnswered(opened, clock);
    await opened.journal.heard('alertDelivered', { alert: 'ordersStuck' });
    const [order] = await opened.bot.ledger.ordersOf(customer(1001), 1);
    const about = operator.messages().filter(({ text }) => text.includes('⏳'));
    expect(about.map(({ text }) => text.includes(order?.terms.id ?? 'no order'))).toEqual([true]);
    expect(alertsOf(operator)).toEqual([]);
  });

  /** The bot has pinged a supplier that nobody else called, one look later. */
  const nextLook = async ({ evsb }: Shop, clock: VirtualClock): Promise<void> => {
    const pings = (): number => evsb.books.requests.filter(({ endpoint }) => endpoint === 'ping').length;
    const before = pings();
    await eventuallyTrue(() => {
      if (pings() > before) return true;
      clock.advance(10 * SECOND);
      return false;
    });
  };

  it('hears of a supplier that stopped working, with no customer about, and that it works again: once each', async () => {
    const { shop: opened, clock, operator } = await openWithOperator();
    opened.evsb.control.mixFaults({ kind: 'status500Before' });
    for (let minutes = 0; minutes < 10; minutes += 1) await nextLook(opened, clock);
    await opened.journal.heard('alertDelivered', { alert: 'supplierFailing' });
    opened.evsb.control.clearFaults();
    for (let minutes = 0; minutes < 5; minutes += 1) await nextLook(opened, clock);
    await opened.journal.heard('alertDelivered', { alert: 'supplierBack' });
    const told = operator.messages().filter(({ text }) => text.includes('📡') || text.includes('✅'));
    expect(told.map(({ text }) => text.split('\n')[0])).toEqual([
      '📡 El proveedor no funciona',
      '✅ El proveedor vuelve a funcionar',
    ]);
    expect(told[0]?.text).toContain('Responde a cada llamada con un error propio');
  });

  it('hears of clocks that differ, once', async () => {
    const clock = createVirtualClock();
    const settings = { OPERATOR_CHAT_ID: String(OPERATOR) };
    const opened = await openShop({ clock, settings, evsb: { now: () => later(clock.now(), 25 * SECOND) } });
    shop = opened;
    const operator = opened.telegram.customer(OPERATOR);
    operator.unblock();
    for (let minutes = 0; minutes < 5; minutes += 1) await nextLook(opened, clock);
    await opened.journal.heard('alertDelivered', { alert: 'clockSkew' });
    const told = operator.messages().filter(({ text }) => text.includes('🕒'));
    expect(told.map(({ text }) => /Seconds: 2[45]$/m.test(text))).toEqual([true]);
  });

  it('is told of many orders in a few messages, and of each of them', async () => {
    const { shop: opened, clock, operator } = await openWithOperator();
    const orders = Array.from({ length: 40 }, (_, index) => `ORDER${String(index).padStart(7, '0')}`);
    for (const order of orders) await opened.bot.ledger.raiseAlert({ type: 'workFails', order }, clock.now());
    const told = () => operator.messages().filter(({ text }) => text.includes('🛠'));
    const named = () => orders.filter((order) => told().some(({ text }) => text.includes(order)));
    await eventuallyTrue(() => {
      clock.advance(10 * SECOND);
      return named().length === orders.length;
    });
    expect(told().length).toBeLessThanOrEqual(6);
    await opened.journal.heard('alertDelivered', { alert: 'workFails' }, told().length);
  });

  it('hears of it after Telegram has answered 500 and 429', async () => {
    const { shop: opened, clock, operator } = await openWithOperator();
    const { telegram, journal } = opened;
    await neverAnswered(opened, clock);
    // Two messages are on their way, the customer's and the operator's: each gets one of either.
    telegram.control.fail('sendMessage', { kind: 'serverError', when: 'before' }, 2);
    telegram.control.fail('sendMessage', { kind: 'tooManyRequests', retryAfterSeconds: 30 }, 2);
    lastQuestion(clock);
    for (const [error, pause] of [
      ['noAnswer', SECOND],
      ['tooMany', 30 * SECOND],
    ] as const) {
      await Promise.all([journal.heard('alertNotDelivered', { error }), journal.heard('newsNotDelivered', { error })]);
      clock.advance(pause);
    }
    await operator.waitFor(() => alertsOf(operator).length > 0);
    await journal.heard('alertDelivered');
    expect(alertsOf(operator)).toHaveLength(1);
  });

  it("hears of a supplier's list that changed under the shop: what is the matter with which product", async () => {
    const { shop: opened, operator } = await openWithOperator();
    opened.evsb.control.useSnapshot('second');
    expect(await opened.bot.refreshCatalog()).toBe(true);
    const about = (title: string) => operator.messages().filter(({ text }) => text.includes(title));
    await operator.waitFor(
      () => about('La lista del proveedor ha cambiado').length > 0 && about('Faltan productos en la lista').length > 0,
    );
    const [changed, ...others] = about('La lista del proveedor ha cambiado');
    expect(others).toEqual([]);
    expect(changed?.text).toContain('8101: ha cambiado: importes');
    expect(changed?.text).toContain('8203: ya no está en la lista');
    expect(about('Faltan productos en la lista').map(({ text }) => /^8203$/m.test(text))).toEqual([true]);
  });

  it('that is blocked gets what it missed once it is open again', async () => {
    const { shop: opened, clock, operator } = await openWithOperator();
    const { bot, journal } = opened;
    operator.block();
    await bot.ledger.raiseAlert(
      { type: 'booksDiffer', terminalId: 31, day: '2026-01-11', differences: 2, drift: 500 },
      clock.now(),
    );
    await journal.heard('alertNotDelivered', { error: 'blocked' });
    operator.unblock();
    clock.advance(30 * MINUTE);
    await operator.waitFor(() => alertsOf(operator).length > 0);
    expect(alertsOf(operator).map(({ text }) => text.includes('npm run reconcile -- --date 2026-01-11'))).toEqual([true]);
  });
});
