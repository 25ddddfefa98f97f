// What is kept beside the orders: an order that goes to somebody else, a number with a name, details that are filled in, and all of it erased.
import { createTokens } from '../../../src/adapters/system/tokens.ts';
import { parseCustomerId } from '../../../src/domain/ids.ts';
import { DAY, instant } from '../../../src/domain/time.ts';
import { CUSTOMER } from '../play.ts';
import type { Player, Story } from '../play.ts';

const buyGiftCard = async (ana: Player): Promise<void> => {
  await ana.types('lumbre');
  await ana.taps('pr:8201');
  await ana.taps('am:1000');
  await ana.taps('ok');
  await ana.hears('code');
};

/** Makes the customer of the story an agent who never sees codes. */
const sellWithoutCodes = async ({ books }: Player): Promise<void> => {
  const tokens = createTokens();
  const hash = tokens.hashOf(tokens.newToken());
  const ana = parseCustomerId(CUSTOMER);
  if (!ana.ok) throw new Error('The customer of a story has no id');
  const at = instant(0);
  await books.invite(hash, { for: { kind: 'agent' }, name: 'Ana', by: 'the shop', createdAt: at, expiresAt: instant(DAY) });
  await books.redeem(hash, ana.value, at);
  await books.setHidesCodes(ana.value, true);
};

export const keepsakes: readonly Story[] = [
  {
    name: 'handed-over',
    play: async (ana) => {
      const bea = await ana.meets('Bea');
      await buyGiftCard(ana);
      await ana.taps('ks:ho');
      ana.note('Ana sends the link to Bea.');
      await bea.types(`/start ${ana.linkArgument()}`);
      await ana.hears('handedOver');
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('Bea finds it again.');
      await bea.types('/orders');
      await bea.taps('so');
    },
  },
  {
    name: 'handed-over-once',
    play: async (ana) => {
      const bea = await ana.meets('Bea');
      const carl = await ana.meets('Carl');
      await buyGiftCard(ana);
      await ana.taps('ks:ho');
      const argument = ana.linkArgument();
      ana.note('She tries it herself.');
      await ana.types(`/start ${argument}`);
      await bea.types(`/start ${argument}`);
      await ana.hears('handedOver');
      await carl.types(`/start ${argument}`);
      await carl.types('/start ho_AAAAAAAAAAAAAAAAAAAAAA');
      ana.note('Bea opens it once more: it is hers.');
      await bea.types(`/start ${argument}`);
      await ana.taps('ks:tb');
    },
  },
  {
    name: 'hand-over-in-vain',
    play: async (ana) => {
      const bea = await ana.meets('Bea');
      await buyGiftCard(ana);
      await ana.taps('ks:ho');
      const expired = ana.linkArgument();
      await ana.waits(8 * DAY);
      await bea.types(`/start ${expired}`);
      await ana.taps('ks:ho');
      const takenBack = ana.linkArgument();
      await ana.taps('ks:tb');
      await bea.types(`/start ${takenBack}`);
    },
  },
  {
    name: 'seller-without-codes',
    play: async (ana) => {
      const bea = await ana.meets('Bea');
      ana.note('Ana is an agent who never sees codes.');
      await sellWithoutCodes(ana);
      await buyGiftCard(ana);
      ana.note('She looks for the code.');
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('Bea scans the picture.');
      await bea.types(`/start ${ana.linkArgument()}`);
      await ana.hears('handedOver');
    },
  },
  {
    name: 'number-with-a-name',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:192');
      await ana.taps('op:8611');
      await ana.taps('pr:8611');
      await ana.types('+53 5 123 4567');
      await ana.taps('am');
      await ana.taps('ok');
      await ana.hears('code');
      await ana.taps('ks:ns');
      await ana.types('My sister, who lives in Havana, near the sea');
      await ana.types('My sister');
      ana.note('Another day she buys for her again, with two taps.');
      await ana.waits(DAY);
      await ana.types('/start');
      await ana.taps('ba');
      await ana.taps('ok');
      await ana.hears('code');
      ana.note('Or something else for her.');
      await ana.types('caracola');
      await ana.taps('pr:8612');
      await ana.taps('sg:0');
      ana.note('She tidies up.');
      await ana.types('/forget');
      await ana.taps('ks:nl');
      await ana.taps('ks:nu');
      await ana.taps('ks:nr');
      await ana.types('Rosa');
      await ana.taps('ks:nu');
      await ana.taps('ks:nd');
    },
  },
  {
    name: 'remembered-and-forgotten',
    play: async (ana) => {
      await ana.types('huerta');
      await ana.types('20');
      await ana.types('12345678Z');
      await ana.types('Ana');
      await ana.types('Ruiz');
      // The question comes before the code.
      ana.supplier.planFaults({ kind: 'latency', ms: 1_500, match: { endpoint: 'supermarketPurchase' } });
      await ana.taps('ok');
      await ana.taps('ks:re');
      await ana.hears('code');
      ana.note('The next time everything is there, and can be changed.');
      await ana.types('huerta');
      await ana.types('50');
      await ana.taps('bk');
      await ana.types('Ruiz Soto');
      ana.note('She wants nothing kept of her.');
      await ana.types('/forget');
      await ana.taps('ks:fo');
      await ana.types('/forget');
      await ana.types('/orders');
      await ana.types('huerta');
      await ana.types('50');
    },
  },
];
