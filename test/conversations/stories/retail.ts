// What the shop makes of a price, and how much it sells to whom: an agent's price card, credit that ends, and the limit of a day.
import { HOUR } from '../../../src/domain/time.ts';
import { money } from '../../../src/domain/money.ts';
import { EUR, makeAgent } from '../../contracts/orders.ts';
import { SAMPLE_MARGINS } from '../../domain/sample-rules.ts';
import type { Player, Story } from '../play.ts';

const openAmounts = async (ana: Player): Promise<void> => {
  await ana.types('/start');
  await ana.taps('co:724');
  await ana.taps('op:8201');
  await ana.taps('pr:8201');
};

export const retail: readonly Story[] = [
  {
    name: 'price-with-margin',
    shop: { margins: SAMPLE_MARGINS },
    play: async (ana) => {
      await openAmounts(ana);
      await ana.taps('am:2500');
      await ana.taps('ok');
      await ana.hears('code');
      ana.note('A product whose items have prices of their own.');
      await ana.types('estrella');
    },
  },
  {
    name: 'agent-with-commission',
    shop: { margins: SAMPLE_MARGINS },
    prepare: makeAgent,
    play: async (ana) => {
      ana.note('Ana is an agent.');
      await openAmounts(ana);
      await ana.taps('am:2500');
      await ana.taps('ok');
      await ana.hears('code');
      await ana.types('/balance');
    },
  },
  {
    name: 'out-of-funds-with-credit',
    shop: { settings: { STARTING_BALANCE: 'EUR 20.00' } },
    prepare: async (ledger, ana) => {
      await makeAgent(ledger, ana);
      await ledger.setCredit(ana, [money(2_000, EUR)]);
    },
    play: async (ana) => {
      ana.note('Ana is an agent, who may owe the shop 20.00 euros.');
      await openAmounts(ana);
      await ana.taps('am:2500');
      await ana.taps('ok');
      await ana.hears('code');
      await openAmounts(ana);
      await ana.taps('am:5000');
      await ana.taps('ok');
      await ana.types('/balance');
    },
  },
  {
    name: 'limit-of-a-day',
    shop: { limits: [{ role: null, customer: null, perDay: { count: 2, amounts: [money(4_000, EUR)] } }] },
    play: async (ana) => {
      await openAmounts(ana);
      await ana.taps('am:2500');
      await ana.taps('ok');
      await ana.hears('code');
      await openAmounts(ana);
      await ana.taps('am:2500');
      ana.note('She confirms, twice: the shop knows of the card that she has just bought.');
      await ana.taps('ok');
      await ana.taps('ok');
      await ana.taps('bk');
      await ana.taps('am:1000');
      await ana.taps('ok');
      await ana.hears('code');
      await openAmounts(ana);
      await ana.taps('am:5000');
      await ana.taps('ok');
      await ana.waits(15 * HOUR);
      ana.note('The next day.');
      await openAmounts(ana);
      await ana.taps('am:2500');
      await ana.taps('ok');
      await ana.hears('code');
    },
  },
];
