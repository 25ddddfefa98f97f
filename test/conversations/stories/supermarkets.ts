// Supermarket vouchers: in somebody's name, so that there is a document to get wrong.
import type { Story } from '../play.ts';

export const supermarkets: readonly Story[] = [
  {
    name: 'supermarket-voucher',
    play: async (ana) => {
      await ana.types('huerta');
      await ana.taps('am:5000');
      await ana.types('12.345.678-A');
      await ana.types('12.345.678-z');
      await ana.types('4711');
      await ana.types('Ana María');
      await ana.types('Núñez de l’Horta');
      await ana.taps('bk');
      await ana.types('Núñez');
      await ana.taps('ok');
      await ana.hears('code');
      await ana.types('/orders');
      await ana.taps('so');
      ana.note('The document and the name are known, so buying again leads straight to the price.');
      await ana.taps('ba');
    },
  },
];
