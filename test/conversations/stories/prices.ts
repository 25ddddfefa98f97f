// The price and the money: not enough of it, a price that expired, and products that have no price or an open one.
import { MINUTE } from '../../../src/domain/time.ts';
import type { Player, Story } from '../play.ts';

const openPrice = async (ana: Player): Promise<void> => {
  await ana.types('/start');
  await ana.taps('co:192');
  await ana.taps('op:8401');
  await ana.taps('pr:8401');
  await ana.taps('am:2000');
};

export const prices: readonly Story[] = [
  {
    name: 'out-of-funds',
    shop: { settings: { STARTING_BALANCE: 'EUR 20.00' } },
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:724');
      await ana.taps('op:8201');
      await ana.taps('pr:8201');
      await ana.taps('am:2500');
      await ana.taps('ok');
      await ana.taps('bk');
      await ana.taps('am:1000');
      await ana.taps('ok');
      await ana.hears('code');
      await ana.types('/balance');
    },
  },
  {
    name: 'expired-quote-same-price',
    play: async (ana) => {
      await openPrice(ana);
      await ana.waits(6 * MINUTE);
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
  {
    name: 'expired-quote-moved-price',
    play: async (ana) => {
      await openPrice(ana);
      await ana.waits(6 * MINUTE);
      ana.note('Meanwhile the peso has become dearer: the rate is 10 % lower.');
      ana.supplier.setSwitches({ rateFactors: { '8401': '0.9' } });
      await ana.taps('ok');
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
  {
    name: 'expired-quote-dearer',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:192');
      await ana.taps('op:8401');
      await ana.taps('pr:8402');
      await ana.taps('sw');
      await ana.types('900');
      await ana.waits(6 * MINUTE);
      ana.note('Meanwhile the peso has become dearer: the rate is 10 % lower.');
      ana.supplier.setSwitches({ rateFactors: { '8402': '0.9' } });
      await ana.taps('ok');
      await ana.taps('ca');
    },
  },
  {
    name: 'amounts-that-do-not-fit',
    play: async (ana) => {
      await ana.types('lumbre');
      await ana.taps('pr:8202');
      await ana.types('twenty');
      await ana.types('4');
      await ana.types('1000');
      await ana.types('25,50');
      await ana.types('/start');
      await ana.types('palmera');
      await ana.taps('pr:8402');
      await ana.taps('sw');
      await ana.types('9999');
      await ana.types('/start');
      await ana.types('alondra');
      await ana.taps('pr:8101');
      await ana.types('123');
    },
  },
  {
    name: 'no-price',
    alarms: ['evsb.noPriceEndpoint'],
    play: async (ana) => {
      await ana.types('marigold');
      await ana.taps('am:1500');
      await ana.types('/start');
      ana.note('This terminal loses its price endpoints.');
      ana.supplier.setSwitches({ priceEndpoints: 'missing404' });
      await ana.types('larkspur');
      await ana.taps('am:1099');
      ana.note('They come back.');
      ana.supplier.setSwitches({ priceEndpoints: 'served' });
      await ana.taps('re');
    },
  },
  {
    name: 'service-fee',
    play: async (ana) => {
      await ana.types('tumbleweed');
      await ana.taps('am:2000');
    },
  },
];
