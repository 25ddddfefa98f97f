// What people send to a shop that reads text: all of it is answered, and nothing breaks.
import type { Story } from '../play.ts';

export const badInput: readonly Story[] = [
  {
    name: 'bad-input',
    firstName: '<b>Ana</b> & "Co"',
    play: async (ana) => {
      await ana.sendsSticker('👍');
      await ana.sendsPhoto('a caption');
      await ana.types('😀'.repeat(80));
      await ana.types('<b>lumbre</b> & "more" <script>');
      await ana.types('\u200b\u202e');
      await ana.sharesContact();
      await ana.types('puente');
      await ana.taps('am:5000');
      await ana.sharesContact({ phoneNumber: '+525512345678', firstName: 'Luis', userId: 4711 });
      await ana.sharesContact({ phoneNumber: '+525512345678', firstName: 'Luis' });
      await ana.sharesContact();
      await ana.sendsSticker('🤷');
      await ana.types('+52 55 1234 5678');
      await ana.types('hello?');
    },
  },
];
