// One purchase followed through the log as an operator would: from the tap to the order, to the call, to what the supplier calls it, to the delivery.
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/adapters/system/log.ts';
import { eventually } from '../eventually.ts';
import { buy, confirm, openPriceCard } from './buy.ts';
import { openShop } from './shop.ts';
import type { Shop } from './shop.ts';

const line = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
type Line = z.output<typeof line>;

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const open = async () => {
  const written: string[] = [];
  const log = createLog({ level: 'info', pretty: false }, { write: (text) => void written.push(text) });
  const opened = await openShop({ log });
  shop = opened;
  const lines = (): readonly Line[] =>
    written
      .join('')
      .split('\n')
      .filter((text) => text !== '')
      .map((text) => line.parse(JSON.parse(text)));
  /** The one line of this event that carries these fields. */
  const theLine = (event: string, fields: Line): Line => {
    const found = lines().filter(
      (each) => each['msg'] === event && Object.entries(fields).every(([name, value]) => each[name] === value),
    );
    expect(found, `${event} ${JSON.stringify(fields)}`).toHaveLength(1);
    return found[0] ?? {};
  };
  return { ...opened, lines, theLine };
};

describe('the log', () => {
  it("leads from an update to the order, the reference, the supplier's id and the delivery, and back", async () => {
    const { telegram, journal, evsb, lines, theLine } = await open();
    const others = ['1002', '1003'].map((id) => telegram.customer(Number(id)));
    const ana = telegram.customer(1001);
    await openPriceCard(ana);
    await Promise.all([confirm(ana), ...others.map((other) => buy(other))]);
    await journal.heard('newsDelivered', {}, 3);
    await eventually(() => expect(lines().filter(({ msg }) => msg === 'newsDelivered')).toHaveLength(3));

    const { updateId = null, order = null } = theLine('orderConfirmed', { chat: 1001 });
    expect(theLine('update', { updateId })).toMatchObject({ chat: 1001, event: 'tappedFlow', outcome: 'handled' });
    const { reference = null } = theLine('orderSending', { order });
    const { uid = null } = theLine('evsb.purchase', { reference });
    expect(uid).toMatch(/\S{8}/);
    expect(theLine('orderSettled', { uid })).toMatchObject({ order, status: 'charged' });
    expect(theLine('newsDelivered', { order })).toMatchObject({ chat: 1001, news: 'code' });
    expect(evsb.books.honoured.map(({ localReference }) => localReference)).toContain(reference);
  });

  it('has the ids that belong on each line, and nothing that is not allowed', async () => {
    const { telegram, journal, lines } = await open();
    await buy(telegram.customer(1001));
    await journal.heard('newsDelivered');
    await eventually(() => expect(lines().some(({ msg }) => msg === 'newsDelivered')).toBe(true));
    const all = lines();
    const without = (pattern: RegExp, field: string) =>
      all.filter(({ msg, [field]: value }) => pattern.test(String(msg)) && (value ?? null) === null);
    expect(all.filter((each) => 'dropped' in each)).toEqual([]);
    expect(without(/^(update|orderConfirmed)$/, 'updateId')).toEqual([]);
    expect(without(/^(update|orderConfirmed|newsDelivered)$/, 'chat')).toEqual([]);
    expect(without(/^(order|news)/, 'order')).toEqual([]);
    expect(without(/^evsb\.(read|purchase)$/, 'uid')).toEqual([]);
    expect(without(/^evsb\.purchase$/, 'reference')).toEqual([]);
    expect(without(/./, 'level')).toEqual([]);
    expect(without(/./, 'time')).toEqual([]);
  });
});
