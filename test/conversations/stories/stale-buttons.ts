// Buttons that come too late, twice, or from nobody: nothing is bought twice, and the customer sees where they are.
import type { Story } from '../play.ts';

export const staleButtons: readonly Story[] = [
  {
    name: 'stale-button',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:724');
      await ana.types('/start');
      await ana.taps('op:8201', 2);
      ana.note('The screen that was shown again works.');
      await ana.tapsTwice('co:76');
      await ana.forges('1f:0:ok:ZZZZZZZZZZZZ', 4);
      await ana.forges('buy everything', 4);
      await ana.forges('1l:so:ZZZZZZZZZZZZ', 4);
    },
  },
  {
    name: 'confirmed-twice',
    play: async (ana) => {
      await ana.types('/start');
      await ana.taps('co:724');
      await ana.taps('op:8204');
      await ana.taps('am:1000');
      await ana.tapsTwice('ok');
      await ana.hears('code');
      await ana.lastTapArrivesAgain();
      ana.note('Later she scrolls up and shares a picture.');
      await ana.sendsPhoto();
      await ana.types('/balance');
      await ana.types('/orders');
    },
  },
];
