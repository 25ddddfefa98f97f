// What the supplier does with a purchase: refuse it, let the code wait, or leave everybody in the dark.
import { HOUR, MINUTE, SECOND } from '../../../src/domain/time.ts';
import type { Player, Story } from '../play.ts';

const buyConcert = async (ana: Player): Promise<void> => {
  await ana.types('/start');
  await ana.taps('co:76');
  await ana.taps('op:8505');
  await ana.taps('am:3000');
  await ana.taps('ok');
};

const loseTheAnswer = (ana: Player): void => {
  ana.note('The connection to the supplier breaks after the purchase was sent.');
  ana.supplier.planFaults({ kind: 'dropAfter', match: { endpoint: 'voucherPurchase' } });
};

/** Loses the answer to a purchase, and everything that would tell what became of it. */
export const buyInTheDark = async (ana: Player): Promise<void> => {
  await ana.types('/start');
  await ana.taps('co:724');
  await ana.taps('op:8204');
  await ana.taps('am:1000');
  ana.note('The connection to the supplier breaks before the purchase is read.');
  ana.supplier.planFaults({ kind: 'dropBefore', match: { endpoint: 'voucherPurchase' } });
  await ana.taps('ok');
  await ana.hears('unknown');
  for (const wait of [30 * SECOND, 90 * SECOND, 3 * MINUTE, 10 * MINUTE, 45 * MINUTE, 2 * HOUR, 5 * HOUR]) {
    await ana.waits(wait);
    await ana.asks();
  }
  await ana.waits(16 * HOUR);
  await ana.hears('needsPerson');
};

export const supplier: readonly Story[] = [
  {
    name: 'rejected-by-operator',
    play: async (ana) => {
      await buyConcert(ana);
      await ana.hears('rejected');
      await ana.types('/balance');
      await ana.types('/orders');
      await ana.taps('so');
    },
  },
  {
    name: 'not-available',
    alarms: ['evsb.purchase'],
    play: async (ana) => {
      await ana.types('tropel');
      await ana.taps('pr:8109');
      await ana.taps('am:19900');
      ana.note('The supplier has taken the product off its route.');
      ana.supplier.planFaults({ kind: 'resultCode', code: '-1', match: { endpoint: 'voucherPurchase' } });
      await ana.taps('ok');
      await ana.hears('rejected');
    },
  },
  {
    name: 'late-code',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:484');
      await ana.taps('op:8105');
      await ana.taps('am:15000');
      await ana.taps('ok');
      await ana.waits(2 * SECOND);
      await ana.hears('codeLate');
      await ana.types('/orders');
      await ana.taps('so');
      await ana.waits(3 * SECOND);
      await ana.hears('code');
    },
  },
  {
    name: 'uncertain-then-refused',
    shop: { evsb: { infoReportsFailures: true, infoDelayMs: 0 } },
    play: async (ana) => {
      loseTheAnswer(ana);
      await buyConcert(ana);
      await ana.hears('unknown');
      await ana.types('/balance');
      ana.note('Thirty seconds after the purchase the supplier says "refused"; that it says so once is not enough.');
      await ana.waits(30 * SECOND);
      await ana.asks();
      await ana.waits(90 * SECOND);
      await ana.hears('rejected');
      await ana.types('/balance');
    },
  },
  {
    name: 'uncertain-then-paid-without-code',
    alarms: ['personNeeded'],
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:724');
      await ana.taps('op:8204');
      await ana.taps('am:1000');
      loseTheAnswer(ana);
      await ana.taps('ok');
      await ana.hears('unknown');
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('The supplier has not filed the sale yet when it is asked the first time.');
      await ana.waits(30 * SECOND);
      await ana.asks();
      ana.note('The second time it has, but the answer that held the way to the code is lost.');
      await ana.waits(90 * SECOND);
      await ana.hears('needsPerson');
      await ana.types('/balance');
    },
  },
  {
    name: 'uncertain-for-good',
    alarms: ['personNeeded'],
    play: async (ana) => {
      await buyInTheDark(ana);
      await ana.types('/balance');
    },
  },
];
