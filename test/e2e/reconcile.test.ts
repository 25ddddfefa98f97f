// The whole bot over a night: it reads the balance, compares the day with the supplier, and tells the operator what differs.
import { afterEach, describe, expect, it } from 'vitest';
import { parseDay } from '../../src/domain/day.ts';
import { parseCurrency } from '../../src/domain/money.ts';
import { HOUR } from '../../src/domain/time.ts';
import { got } from '../contracts/orders.ts';
import { buy } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop, ShopOptions } from './shop.ts';
import { createVirtualClock } from './virtual-clock.ts';

const DAY = got(parseDay('2026-01-12'));
const OPERATOR = 9_001;

let shop: Shop | null = null;

afterEach(async () => {
  await shop?.close();
  shop = null;
});

/** A shop that sold one voucher in the morning; the night has passed. */
const passNight = async (evsb: NonNullable<ShopOptions['evsb']>): Promise<Shop> => {
  const clock = createVirtualClock();
  const opened = await openShop({
    clock,
    evsb,
    settings: { OPERATOR_CHAT_ID: String(OPERATOR) },
    configure: (config) => ({ ...config, balanceCurrency: got(parseCurrency('USD')) }),
  });
  shop = opened;
  opened.telegram.customer(OPERATOR).sendText('/start');
  await buy(opened.telegram.customer(1001));
  // The code is on its way for a moment longer: the order's last step is the delivery.
  await opened.journal.heard('newsDelivered', { news: 'code' });
  clock.advance(18 * HOUR + HOUR / 4);
  await opened.journal.heard('reconciled', { day: DAY });
  return opened;
};

const resultIn = ({ bot, config }: Shop) => bot.ledger.reconciliationOf(config.evsb.terminalId, DAY);

describe('a night', () => {
  it('in which all agrees is a quiet one', async () => {
    const opened = await passNight({ infoDelayMs: 0 });
    expect(await resultIn(opened)).toMatchObject({
      agreed: 1,
      open: [],
      differences: [],
      // What was sold in euros has no known cost in the balance's dollars.
      balance: { kind: 'skipped', why: 'otherCurrency', currency: 'EUR' },
    });
    expect(opened.journal.find('reconciled', { day: DAY, outcome: 'agreed' })).toHaveLength(1);
    expect(opened.journal.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('after which something differs begins with a message to the operator', async () => {
    const opened = await passNight({ infoDelayMs: 48 * HOUR });
    expect(await resultIn(opened)).toMatchObject({ agreed: 0, differences: [{ outcome: 'chargedButNotFound' }] });
    const operator = opened.telegram.customer(OPERATOR);
    const message = await operator.waitFor((messages) => messages.find(({ text }) => text.includes('The books differ')));
    expect(message.text).toContain(`npm run reconcile -- --date ${DAY}`);
  });
});
