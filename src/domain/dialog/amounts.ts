// Choosing an amount: tapped or typed, as what is paid or as what should arrive.
import { checkAmount } from '../catalog.ts';
import { parseAmount } from '../money.ts';
import type { Hundredths } from '../money.ts';
import { completeDraft } from './draft.ts';
import type { DialogState, Screen } from './state.ts';
import { goHome, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';
import { canSwitchDirection } from './view-of.ts';

type AmountScreen = Extract<Screen, { at: 'amount' }>;

export const switchDirection = (state: DialogState, screen: AmountScreen, world: World): Step => {
  const product = world.catalog?.products.get(screen.draft.product);
  if (product === undefined || !canSwitchDirection(product)) return showAgain(state, world, { type: 'useButtons' });
  return goTo(state, { ...screen, entering: screen.entering === 'direct' ? 'reverse' : 'direct', page: 0 }, world);
};

export const typeAmount = (state: DialogState, screen: AmountScreen, text: string, world: World): Step => {
  const amount = parseAmount(text);
  if (amount.ok && amount.value > 0) return chooseAmount(state, screen, amount.value, world);
  return goTo(state, screen, world, { type: 'notAnAmount' });
};

/** Takes an amount of the sale currency (`direct`) or of the destination currency (`reverse`). What the latter costs, the price tells. */
export const chooseAmount = (state: DialogState, screen: AmountScreen, amount: Hundredths, world: World): Step => {
  const { draft } = screen;
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  if (screen.entering === 'direct') {
    const checked = checkAmount(product.amount, amount);
    if (!checked.ok) {
      return goTo(state, screen, world, { type: 'badAmount', problem: checked.error, currency: product.saleCurrency });
    }
  }
  const choice = { direction: screen.entering, amount } as const;
  return completeDraft(state, product, { ...draft, choice }, world);
};
