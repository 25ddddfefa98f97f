// Purchases that go well: by what is paid, by what arrives, with a field to fill in, and the same again.
import { SECOND } from '../../../src/domain/time.ts';
import type { Story } from '../play.ts';

export const buying: readonly Story[] = [
  {
    name: 'bought-by-paying-amount',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:724');
      await ana.taps('op:8201');
      await ana.taps('pr:8202');
      await ana.types('25');
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
  {
    name: 'bought-by-receiving-amount',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:192');
      await ana.taps('op:8401');
      await ana.taps('pr:8402');
      await ana.taps('sw');
      await ana.types('1.000');
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
  {
    name: 'account-typed-wrong-then-right',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:192');
      await ana.taps('op:8403');
      await ana.types('10');
      await ana.types('my sister’s phone');
      await ana.types('+52 55 1234 5678');
      await ana.types('+53 5123 4567');
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
  {
    name: 'bought-again',
    play: async (ana) => {
      await ana.types('lumbre');
      await ana.taps('pr:8201');
      await ana.taps('am:1000');
      await ana.taps('ok');
      await ana.hears('code');
      ana.note('Later she finds the order again.');
      await ana.types('/orders');
      await ana.taps('so');
      await ana.taps('ba');
      await ana.taps('ok');
      await ana.hears('code');
      await ana.taps('or');
    },
  },
  {
    name: 'the-same-again-at-once',
    play: async (ana) => {
      await ana.types('lumbre');
      await ana.taps('pr:8201');
      await ana.taps('am:1000');
      await ana.taps('ok');
      await ana.hears('code');
      ana.note('A minute later, perhaps because she thinks that the first time did not work:');
      await ana.types('lumbre');
      await ana.taps('pr:8201');
      await ana.taps('am:1000');
      await ana.taps('ok');
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
  {
    name: 'after-the-code',
    play: async (ana) => {
      await ana.types('marimba');
      await ana.taps('am:9900');
      await ana.taps('ok');
      await ana.waits(2 * SECOND);
      await ana.hears('code');
      await ana.types('thank you!');
      await ana.sendsSticker('❤️');
      await ana.taps('sh');
    },
  },
];
