// Bills: what is owed is looked up, chosen, looked up again and paid. One story for each way of paying, and for each thing that a biller may say.
import type { Actor, Player, Story } from '../play.ts';

const openWater = async (ana: Actor, contract: string): Promise<void> => {
  await ana.types('manantial');
  await ana.types(contract);
  await ana.taps('po:1');
};

const buyAndHear = async (ana: Player): Promise<void> => {
  await ana.taps('ok');
  await ana.hears('code');
};

/** Every unpaid invoice has become dearer since. */
const addSurcharge = (ana: Player): void => {
  ana.note('The due date passes meanwhile, and the biller adds a surcharge to every invoice.');
  ana.supplier.setSwitches({ invoiceSurchargeX100: 1_500 });
};

export const bills: readonly Story[] = [
  {
    name: 'bill-of-any-amount',
    play: async (ana) => {
      await ana.types('faro eléctrico');
      await ana.types('1234567123');
      await ana.types('a lot');
      await ana.types('0');
      await ana.types('30000');
      await ana.types('200');
      await buyAndHear(ana);
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('What is still open is looked up anew.');
      await ana.taps('ba');
      await ana.taps('pd');
      await buyAndHear(ana);
    },
  },
  {
    name: 'bill-by-invoices',
    play: async (ana) => {
      await openWater(ana, '12345650');
      await ana.types('120');
      await ana.taps('iv:0');
      await ana.taps('iv:1');
      await ana.taps('iv:0');
      await ana.taps('iv:0');
      await ana.taps('pd');
      await ana.taps('bk');
      await ana.taps('iv:1');
      await ana.taps('pd');
      await buyAndHear(ana);
    },
  },
  {
    name: 'bill-in-one',
    shop: { evsb: { billSuccessCode: '0' } },
    play: async (ana) => {
      await ana.types('grillo');
      await ana.types('5512345678');
      await ana.taps('pd');
      await buyAndHear(ana);
      ana.note('Nothing is left to pay.');
      await ana.taps('ba');
      await ana.taps('bk');
      await ana.taps('bk');
    },
  },
  {
    name: 'bill-dearer-before-paying',
    play: async (ana) => {
      await ana.types('grillo');
      await ana.types('5512345678');
      await ana.taps('pd');
      addSurcharge(ana);
      await ana.taps('ok');
      await buyAndHear(ana);
    },
  },
  {
    name: 'bill-paid-elsewhere',
    play: async (ana) => {
      const bea = await ana.meets('Bea');
      for (const actor of [bea, ana]) {
        await openWater(actor, '12345650');
        await actor.taps('iv:0');
        await actor.taps('pd');
      }
      ana.note('Ana pays the same invoice first.');
      await buyAndHear(ana);
      await bea.taps('ok');
    },
  },
  {
    name: 'bill-of-nobody',
    play: async (ana) => {
      await ana.types('manantial');
      await ana.types('123');
      await ana.types('12345678901');
      await ana.types('12345404');
      await ana.types('east');
      await ana.types('norte');
      await ana.taps('bk');
      await ana.types('12345999');
      await ana.taps('po:0');
    },
  },
  {
    name: 'bill-with-a-fee',
    play: async (ana) => {
      await ana.types('llama azul');
      await ana.types('1234567123');
      await ana.taps('pd');
    },
  },
  {
    name: 'bill-whose-answer-is-lost',
    shop: { evsb: { infoDelayMs: 0, billSuccessCode: '0' } },
    play: async (ana) => {
      await ana.types('grillo');
      await ana.types('5512345678');
      await ana.taps('pd');
      ana.note('The connection to the supplier breaks after the payment was sent.');
      ana.supplier.planFaults({ kind: 'dropAfter', match: { endpoint: 'billPayment' } });
      await ana.taps('ok');
      await ana.hears('unknown');
      await ana.waits(30_000);
      await ana.asks();
      await ana.hears('code');
    },
  },
];
