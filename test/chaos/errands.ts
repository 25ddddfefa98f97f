// What customers of a campaign set out to buy, one errand a family or a way to name the amount: what is typed and tapped, in order.
import { does } from '../e2e/buttons.ts';
import type { Button } from '../../src/sandbox/telegram/view.ts';

/** Something that is typed, or the button that is tapped as soon as it is there. */
export type ErrandStep = { readonly types: string } | { readonly taps: (button: Button) => boolean };

export type Errand = readonly ErrandStep[];

const types = (text: string): ErrandStep => ({ types: text });
const taps = (action: string): ErrandStep => ({ taps: does(action) });
const pay = [taps('pd'), taps('ok')];

/** Few enough accounts that several customers pay the same bill at once, and pay it again. Two digits. */
const ACCOUNTS = 30;

/** Each makes an errand, given a number from 0 to 99. */
const ERRANDS: readonly ((digits: number) => Errand)[] = [
  () => [types('/start'), taps('co:724'), taps('op:8201'), taps('pr:8201'), taps('am'), taps('ok')],
  () => [types('lumbre'), taps('pr'), taps('am'), taps('ok')],
  (n) => [types('quetzal'), taps('pr:8601'), types(`55123450${two(n)}`), taps('am'), taps('ok')],
  (n) => [types('/start'), taps('co:192'), taps('op:8611'), taps('pr:8611'), types(`523440${two(n)}`), taps('am'), taps('ok')],
  (n) => [
    types('/start'),
    taps('co:192'),
    taps('op:8611'),
    taps('pr:8612'),
    types(`+53 523440${two(n)}`),
    taps('sw'),
    types(String(225 + 9 * (n % 20))),
    taps('ok'),
  ],
  (n) => [types('/start'), taps('co:192'), taps('op:8611'), taps('pr:8613'), types(`523440${two(n)}`), taps('it'), taps('ok')],
  () => [types('huerta'), taps('am'), types('12.345.678-z'), types('Ana'), types('Núñez'), taps('ok')],
  (n) => [types('grillo'), types(`55123456${two(n % ACCOUNTS)}`), ...pay],
  (n) => [types('manantial'), types(`123456${two(n % ACCOUNTS)}`), taps('po:1'), taps('iv:0'), ...pay],
  (n) => [types('faro eléctrico'), types(`12345671${two(n % ACCOUNTS)}`), ...(n % 2 === 0 ? pay : [types('120'), taps('ok')])],
  () => [types('/start'), taps('co:724'), taps('op:8206'), taps('it:0'), taps('ok')],
];

const two = (digits: number): string => String(digits).padStart(2, '0');

export const chooseErrand = (random: () => number): Errand => {
  const make = ERRANDS[Math.floor(random() * ERRANDS.length)];
  return make === undefined ? [] : make(Math.floor(100 * random()));
};
