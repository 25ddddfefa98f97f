// Top-ups: for a number that is typed, pasted, shared or of somewhere else, by list, by what should arrive, and of what a line is offered.
import { SECOND } from '../../../src/domain/time.ts';
import type { Player, Story } from '../play.ts';

const openCaracola = async (ana: Player, product: string): Promise<void> => {
  await ana.types('/start');
  await ana.taps('co:192');
  await ana.taps('op:8611');
  await ana.taps(product);
};

const openQuetzal = async (ana: Player, product: string): Promise<void> => {
  await ana.types('quetzal');
  await ana.taps(product);
};

const buyAndHear = async (ana: Player): Promise<void> => {
  await ana.taps('ok');
  await ana.hears('code');
};

export const topUps: readonly Story[] = [
  {
    name: 'top-up-by-list',
    play: async (ana) => {
      await openCaracola(ana, 'pr:8611');
      await ana.types('52 34 4000');
      await ana.taps('am:2000');
      await buyAndHear(ana);
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('The number is known, so buying again leads straight to the price.');
      await ana.taps('ba');
      await buyAndHear(ana);
    },
  },
  {
    name: 'top-up-by-what-arrives',
    play: async (ana) => {
      await openCaracola(ana, 'pr:8612');
      await ana.types('mi hermana: +53 5 2344000');
      await ana.types('1');
      await ana.taps('sw');
      await ana.types('1000');
      await ana.taps('bk');
      await ana.types('500');
      await buyAndHear(ana);
    },
  },
  {
    name: 'top-up-abroad',
    play: async (ana) => {
      await openCaracola(ana, 'pr:8611');
      await ana.types('+34 600 123 000');
      await ana.taps('am:1000');
      ana.note('She sees the warning, and corrects the number.');
      await ana.taps('bk');
      await ana.taps('bk');
      await ana.types('52344000');
      await ana.taps('am:1000');
      await buyAndHear(ana);
    },
  },
  {
    name: 'top-up-of-a-contact',
    play: async (ana) => {
      await openQuetzal(ana, 'pr:8601');
      await ana.sharesContact({ phoneNumber: '5215512345000', firstName: 'Luis', userId: 4711 });
      await ana.taps('am:5000');
      await buyAndHear(ana);
    },
  },
  {
    name: 'top-up-bundle',
    play: async (ana) => {
      await openCaracola(ana, 'pr:8613');
      await ana.types('52345000');
      ana.note('A line on a contract is offered other bundles than a prepaid one.');
      await ana.taps('it:1');
      await ana.taps('bk');
      await ana.taps('bk');
      await ana.types('52344000');
      await ana.taps('it:1');
      await buyAndHear(ana);
      ana.note('She wants the same again: what the line is offered is asked for anew.');
      await ana.taps('ba');
    },
  },
  {
    name: 'top-up-of-a-login',
    play: async (ana) => {
      await ana.types('nube norte');
      await ana.types('ana at mail');
      await ana.types('ana.000@mail.example');
      await ana.types('receipts@mail.example');
      await ana.taps('am:9900');
      await ana.taps('bk');
      await ana.taps('am:19900');
      await buyAndHear(ana);
    },
  },
  {
    name: 'top-up-refused',
    play: async (ana) => {
      await openQuetzal(ana, 'pr:8602');
      await ana.types('55 1234 5000');
      await ana.types('12');
      await ana.types('15');
      ana.note('The operator does not like this number today.');
      ana.supplier.planFaults({ kind: 'resultCode', code: '971', match: { endpoint: 'rechargePurchase' } });
      await ana.taps('ok');
      await ana.hears('rejected');
      await ana.types('/balance');
    },
  },
  {
    name: 'top-up-whose-answer-is-lost',
    shop: { evsb: { infoDelayMs: 0 } },
    play: async (ana) => {
      await openQuetzal(ana, 'pr:8601');
      await ana.types('5512345000');
      await ana.taps('am:5000');
      ana.note('The connection to the supplier breaks after the top-up was sent.');
      ana.supplier.planFaults({ kind: 'dropAfter', match: { endpoint: 'rechargePurchase' } });
      await ana.taps('ok');
      await ana.hears('unknown');
      await ana.types('/orders');
      await ana.waits(30 * SECOND);
      await ana.asks();
      await ana.hears('code');
    },
  },
  {
    name: 'top-up-without-its-form',
    play: async (ana) => {
      ana.note('The supplier can not say what the top-up asks for, once.');
      ana.supplier.planFaults({ kind: 'truncatedJson', match: { endpoint: 'rechargeParameters' } });
      await openQuetzal(ana, 'pr:8601');
      await ana.taps('re');
      await ana.taps('bk');
    },
  },
  {
    name: 'numbers-that-do-not-fit',
    play: async (ana) => {
      await openQuetzal(ana, 'pr:8601');
      await ana.types('hola');
      await ana.types('5512');
      await ana.types('55123450001234');
      await ana.types('0000000000');
      await ana.types('5512345000 o 5512346000');
      await ana.sendsSticker('📱');
      await ana.types('٥٥١٢٣٤٥٠٠٠');
    },
  },
];
