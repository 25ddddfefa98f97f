// Orders typed in lines: one line, several, one that is wrong, a choice, money that ends, a second tap, and a pasted contact.
import type { Player, Story } from '../play.ts';

/** The supplier takes its time, for each product another, so that the news come one after the other. */
const takeTurns = (ana: Player, ...products: readonly number[]): void =>
  products.forEach((operatorId, i) =>
    ana.supplier.planFaults({ kind: 'latency', ms: 500 + 900 * i, match: { endpoint: 'rechargePurchase', operatorId } }),
  );

export const batches: readonly Story[] = [
  {
    name: 'order-in-a-line',
    play: async (ana) => {
      await ana.types('/start');
      await ana.types('5352344000 500');
      ana.note('Two products of the island take this amount for a number.');
      await ana.taps('bt:ch:0:0');
      takeTurns(ana, 8612);
      await ana.taps('bt:bu');
      await ana.hears('code');
      await ana.types('/orders');
    },
  },
  {
    name: 'order-in-a-line-misspelt',
    play: async (ana) => {
      await ana.types('caracla any 500 5352344000');
      takeTurns(ana, 8612);
      await ana.taps('bt:bu');
      await ana.hears('code');
      await ana.types('quetzl 50 5512345000');
    },
  },
  {
    name: 'orders-in-lines',
    play: async (ana) => {
      await ana.types('Buenas!\ncaracola any 500 5352344000\nquetzal 51 5512345000\nquetzal recarga 100 5512346000');
      ana.note('She puts the second line right.');
      await ana.types('quetzal any 55 5512345000');
      takeTurns(ana, 8612, 8602, 8601);
      await ana.taps('bt:bu');
      await ana.hears('code');
      await ana.hears('code');
      await ana.hears('code');
      ana.note('She has the same message sent again.');
      await ana.types('quetzal any 55 5512345000\ncaracola bundles 7 5352344000');
      await ana.taps('bt:bu');
    },
  },
  {
    name: 'orders-in-lines-with-a-choice',
    play: async (ana) => {
      await ana.types('caracola 480 5352344000\nnube norte 99 5512345000\nlumbre');
      await ana.taps('bt:ch:0:1');
      takeTurns(ana, 8611);
      await ana.taps('bt:bu');
      await ana.hears('code');
    },
  },
  {
    name: 'orders-in-lines-out-of-funds',
    shop: { settings: { STARTING_BALANCE: 'USD 30.00' } },
    play: async (ana) => {
      await ana.types('caracola any 500 5352344000\ncaracola recarga 20 5352344000');
      takeTurns(ana, 8612);
      await ana.taps('bt:bu');
      await ana.hears('code');
      await ana.types('/balance');
      ana.note('The rest is still there, with its button.');
      await ana.taps('bt:bu');
      await ana.types('/cancel');
    },
  },
  {
    name: 'orders-in-lines-confirmed-twice',
    play: async (ana) => {
      await ana.types('quetzal recarga 50 5512345000\ncaracola any 500 5352344000');
      takeTurns(ana, 8601, 8612);
      await ana.tapsTwice('bt:bu');
      await ana.hears('code');
      await ana.hears('code');
      await ana.lastTapArrivesAgain();
      await ana.types('/orders');
    },
  },
  {
    name: 'order-with-a-pasted-contact',
    play: async (ana) => {
      await ana.types('caracola any 500\nNombre: Luisa Pérez\nMóvil: +53 5 2344000');
      takeTurns(ana, 8612);
      await ana.taps('bt:bu');
      await ana.hears('code');
    },
  },
];
