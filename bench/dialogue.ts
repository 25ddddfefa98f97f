// What every customer of a measurement does: browse to a price and turn away. The same for each contender, found by what the buttons say.

/** One update, and words of the screen that has to follow it. A tap is on the newest keyboard's first button that has these words. */
export type DialogueStep = { readonly shows: string } & ({ readonly text: string } | { readonly tap: string });

export const DIALOGUE = [
  { text: '/start', shows: 'Which country is it for?' },
  { tap: 'Spain', shows: 'Tap a brand' },
  { tap: 'Lumbre Home', shows: 'Which one would you like?' },
  { tap: 'Gift Card', shows: 'How much do you want to pay?' },
  { tap: '€25.00', shows: 'You pay: ' },
  { tap: 'Back', shows: 'How much do you want to pay?' },
  { tap: 'Cancel', shows: 'Cancelled.' },
] as const satisfies readonly DialogueStep[];

/** The step whose screen shows a price: the only one that asks the supplier. */
export const PRICE_STEP = 4;
