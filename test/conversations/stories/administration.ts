// Running the shop in the chat: a look at the day, stops, orders, top-ups and announcements; and somebody who has no business there.
import { buyInTheDark } from './supplier.ts';
import { SECOND } from '../../../src/domain/time.ts';
import { makeAgent } from '../../contracts/orders.ts';
import type { Actor, Player, Story } from '../play.ts';

/** The customer of a story is the first who runs the shop, whoever is met first is the second. */
const ADMIN = { settings: { ADMIN_IDS: '1001', LOW_BALANCE: '200.00' } };
const OTHER_ADMIN = { settings: { ADMIN_IDS: '1002' } };
const TWO_ADMINS = { settings: { ADMIN_IDS: '1001, 1002', ADMIN_TOP_UP_LIMIT: 'EUR 500' } };

const buyLumbre = async (buyer: Pick<Player, 'types' | 'taps'>): Promise<void> => {
  await buyer.types('lumbre');
  await buyer.taps('pr:8201');
  await buyer.taps('am:2500');
  await buyer.taps('ok');
};

const openPriceCard = async (buyer: Actor): Promise<void> => {
  await buyer.types('/start');
  await buyer.types('lumbre');
  await buyer.taps('pr:8201');
  await buyer.taps('am:2500');
};

export const administration: readonly Story[] = [
  {
    name: 'admin-looks-at-the-day',
    shop: ADMIN,
    play: async (ana) => {
      await buyLumbre(ana);
      await ana.hears('code');
      await ana.types('/admin');
      await ana.taps('ad:op:balance');
      await ana.taps('ad:me');
      await ana.taps('ad:op:today');
      await ana.taps('ad:me');
      await ana.taps('ad:op:health');
      await ana.taps('ad:me');
      await ana.taps('ad:op:actions');
      await ana.types('/cancel');
      await ana.types('/start');
    },
  },
  {
    name: 'admin-stops-a-product',
    shop: ADMIN,
    play: async (ana) => {
      const berta = await ana.meets('Berta');
      await openPriceCard(berta);
      await ana.types('/admin');
      await ana.taps('ad:op:stops');
      await ana.taps('ad:ns');
      await ana.types('unicorns');
      await ana.types('lumbre');
      await ana.taps('ad:st:product:8201');
      await ana.types('Codes are refused since noon');
      await ana.taps('ad:ok');
      await berta.taps('ok');
      await ana.taps('ad:li');
      await ana.taps('ad:ok');
      await openPriceCard(berta);
      await ana.taps('ad:me');
      await ana.taps('ad:op:actions');
    },
  },
  {
    name: 'admin-sends-a-code-again',
    shop: OTHER_ADMIN,
    play: async (ana) => {
      const bruno = await ana.meets('Bruno');
      await buyLumbre(ana);
      await ana.hears('code');
      await bruno.types('/admin');
      await bruno.taps('ad:op:orders');
      await bruno.types('5312345678');
      await bruno.types('1001');
      await bruno.taps('ad:re');
      await bruno.tapsTwice('ad:ok');
      await ana.hears('code');
    },
  },
  {
    name: 'admin-settles-an-order',
    shop: OTHER_ADMIN,
    alarms: ['personNeeded'],
    play: async (ana) => {
      const bruno = await ana.meets('Bruno');
      await buyInTheDark(ana);
      await bruno.types('/admin');
      await bruno.taps('ad:op:orders');
      await bruno.types('1001');
      await bruno.taps('ad:ru');
      await bruno.types('3021 0786 2043');
      await bruno.types('They sent it by mail');
      await bruno.taps('ad:ok');
      await ana.hears('code');
      await bruno.taps('ad:me');
      await bruno.taps('ad:op:actions');
    },
  },
  {
    name: 'admin-tops-up',
    shop: TWO_ADMINS,
    play: async (ana) => {
      const bruno = await ana.meets('Bruno');
      await bruno.types('/start');
      await ana.types('/admin');
      await ana.taps('ad:op:topUps');
      await ana.taps('ad:nt');
      await ana.types('a hundred euros for me');
      await ana.types('1001 100.00 EUR receipt-17');
      await ana.taps('ad:ok');
      await ana.taps('ad:nt');
      await ana.types('1001 500.01 EUR receipt-18');
      await ana.taps('ad:ok');
      ana.note('Ana can not say yes to it herself.');
      await ana.taps('ad:tu');
      await bruno.tapsTwice('ad:tu');
      await ana.types('/admin');
      await ana.taps('ad:op:topUps');
      await ana.taps('ad:nt');
      await ana.types('1001 20 EUR receipt-18');
      await ana.taps('ad:ok');
      await ana.types('/balance');
    },
  },
  {
    name: 'admin-invites-an-agent',
    shop: ADMIN,
    play: async (ana) => {
      const bruno = await ana.meets('Bruno');
      await ana.types('/admin');
      await ana.taps('ad:op:agents');
      await ana.taps('ad:in');
      await ana.types('Kiosk North');
      await ana.taps('ad:ok');
      await bruno.types(`/start ${ana.linkArgument()}`);
      await ana.types('/admin');
      await ana.taps('ad:op:agents');
      await ana.taps('ad:ag');
      await ana.taps('ad:bl');
      await ana.taps('ad:ok');
      await bruno.types('/agent');
      await ana.taps('ad:bl');
      await ana.taps('ad:ok');
      await bruno.types('/agent');
      await ana.taps('ad:me');
      await ana.taps('ad:op:actions');
    },
  },
  {
    name: 'admin-puts-a-balance-right',
    shop: { settings: { ADMIN_IDS: '1002', ADMIN_TOP_UP_LIMIT: 'EUR 500, USD 500' } },
    prepare: makeAgent,
    play: async (ana) => {
      const bruno = await ana.meets('Bruno');
      await ana.types('/agent');
      await bruno.types('/admin');
      await bruno.taps('ad:op:agents');
      await bruno.taps('ad:ag');
      await bruno.taps('ad:cr');
      await bruno.types('a lot');
      await bruno.types('150 EUR');
      await bruno.tapsTwice('ad:ok');
      await bruno.taps('ad:aj');
      await bruno.types('-500.00 EUR paid in twice');
      await bruno.taps('ad:ok');
      await bruno.taps('ad:aj');
      await bruno.types('-200.00 EUR paid in twice');
      await bruno.tapsTwice('ad:ok');
      await ana.types('/agent');
      await bruno.taps('ad:me');
      await bruno.taps('ad:op:topUps');
      await bruno.taps('ad:aj');
      await bruno.types('5 USD');
      await bruno.types('1002 600 USD for me');
      await bruno.types('1002 5 USD a voucher that did not work');
      await bruno.taps('ad:ok');
      await bruno.taps('ad:me');
      await bruno.taps('ad:op:actions');
      await bruno.types('/balance');
    },
  },
  {
    name: 'admin-announces',
    shop: ADMIN,
    play: async (ana) => {
      const people = [await ana.meets('Berta'), await ana.meets('Carla')];
      for (const customer of people) {
        await buyLumbre(customer);
        await customer.hears('code');
      }
      await ana.types('/admin');
      await ana.taps('ad:op:announce');
      await ana.taps('ad:au:all');
      await ana.types('We are closed on Sunday. Codes arrive as ever.');
      await ana.taps('ad:ok');
      await ana.waits(10 * SECOND);
      await ana.sees('announcementOver', 1);
      await ana.taps('ad:au:all');
      await ana.types('Everything for free!');
      await ana.taps('ad:ok');
      ana.note('That was not meant for everybody.');
      await ana.taps('ad:sa:2');
      await ana.waits(10 * SECOND);
      await ana.types('/admin');
      await ana.taps('ad:op:actions');
    },
  },
  {
    name: 'nobody-s-admin',
    shop: { settings: { ADMIN_IDS: '7001' } },
    play: async (ana) => {
      await ana.types('/admin');
      await ana.types('/start');
      ana.note('Ana makes up buttons of those who run the shop.');
      await ana.forges('1l:ad:tu:TEST00000001:1', 4);
      await ana.forges('1l:ad:sa:1', 4);
      await ana.forges('1f:0:ad:ok:TEST00000001', 4);
    },
  },
];
