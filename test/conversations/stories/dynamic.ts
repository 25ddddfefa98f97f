// Products whose items exist at sale time only: tickets of the hour, raffles with their results, and items that are gone when they are wanted.
import { HOUR, MINUTE } from '../../../src/domain/time.ts';
import type { Player, Story } from '../play.ts';

const DAY = 24 * HOUR;

const openItems = async (ana: Player, brand: string): Promise<void> => {
  await ana.types('/start');
  await ana.taps('co:724');
  await ana.taps(brand);
};

const sendNonsenseOnce = (ana: Player): void => {
  ana.note('The supplier sends nonsense, once.');
  ana.supplier.planFaults({ kind: 'truncatedJson', match: { endpoint: 'voucherProducts' } });
};

export const dynamic: readonly Story[] = [
  {
    name: 'dynamic-voucher',
    play: async (ana) => {
      await openItems(ana, 'op:8207');
      await ana.taps('it:1');
      ana.note('She thinks about it for longer than the price holds; it is the same.');
      await ana.waits(6 * MINUTE);
      await ana.taps('ok');
      await ana.hears('code');
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('That evening is still on sale, so buying again leads straight to its price.');
      await ana.taps('ba');
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
  {
    name: 'raffle-with-its-result',
    play: async (ana) => {
      await openItems(ana, 'op:8206');
      await ana.taps('it:0');
      await ana.taps('ok');
      await ana.hears('code');
      await ana.waits(8 * DAY);
      await ana.hears('result');
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('That draw is over, so buying again leads to what there is now.');
      await ana.taps('ba');
    },
  },
  {
    name: 'item-that-is-gone',
    play: async (ana) => {
      await openItems(ana, 'op:8207');
      await ana.waits(HOUR);
      ana.note('The first evening is sold out meanwhile.');
      await ana.taps('it:0');
      await ana.taps('it:2');
      await ana.waits(HOUR);
      ana.note('So is this one, while its price ran out.');
      await ana.taps('ok');
      sendNonsenseOnce(ana);
      await ana.taps('it:1');
      await ana.taps('re');
      sendNonsenseOnce(ana);
      await ana.taps('bk');
      await ana.taps('re');
      await ana.taps('bk');
    },
  },
];
