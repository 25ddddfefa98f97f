// Looking around without buying: pages, search, the way back, and what stands beside the flow.
import type { Story } from '../play.ts';

export const browsing: readonly Story[] = [
  {
    name: 'looking-around',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:484');
      await ana.taps('pg:1');
      await ana.types('music');
      await ana.taps('bk');
      await ana.types('unicorns');
      await ana.types('palmera');
      await ana.taps('pr:8401');
      await ana.taps('sw');
      await ana.taps('ca');
    },
  },
  {
    name: 'beside-the-flow',
    play: async (ana) => {
      await ana.types('/help');
      await ana.types('/orders');
      await ana.types('/balance');
      await ana.types('/language');
      await ana.taps('la:es');
      await ana.types('/language');
      await ana.taps('la:en');
      await ana.types('/unknown');
      await ana.types('/cancel');
    },
  },
];
