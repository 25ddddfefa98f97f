// Buttons by what they do instead of what they say: one script serves every language.
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import type { Button } from '../../src/sandbox/telegram/view.ts';

/** The action in a button's data, without version and revision: `1f:2a:co:724` is `co:724`, `1l:or` is `or`. */
const actionIn = (data: string): string => data.replace(/^1(?:f:[^:]*|l):/, '');

/** Whether a button does this: the whole action, `co:724`, or only its kind, `ok`. */
export const does =
  (action: string) =>
  ({ callbackData }: Button): boolean =>
    callbackData !== undefined && (actionIn(callbackData) === action || actionIn(callbackData).startsWith(`${action}:`));

/** Waits until the newest message that has such a button is there, and taps it. */
export const tapWhenThere = async (customer: Customer, action: string): Promise<void> => {
  await customer.waitFor((messages) => messages.some(({ buttons }) => buttons.flat().some(does(action))));
  customer.tap(does(action));
};
