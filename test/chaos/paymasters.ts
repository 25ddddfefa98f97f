// The admins of a campaign: two of them top up the same agent with the same reference at the same moment, each with a tap too many.
import { setTimeout as wait } from 'node:timers/promises';
import type { CustomerId } from '../../src/domain/ids.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { does } from '../e2e/buttons.ts';

/** What a reference stands for; hundredths of US dollars. */
export type PaidIn = { readonly agent: CustomerId; readonly amount: number };

export type Paymasters = {
  /** By reference. Whether the bot ever heard of one is another matter. */
  readonly references: ReadonlyMap<string, PaidIn>;
  /** One top-up by everybody at once. */
  topUp(): Promise<void>;
};

const AMOUNT = 500;
/** How long an admin waits for the next button, in milliseconds of the wall's clock; then the top-up is dropped. */
const PATIENCE = 1_500;

export const createPaymasters = (
  admins: readonly Customer[],
  agents: readonly CustomerId[],
  random: () => number,
): Paymasters => {
  const references = new Map<string, PaidIn>();

  /** False when the button did not come in time. */
  const tap = async (admin: Customer, action: string, twice: boolean): Promise<boolean> => {
    for (let waited = 0; waited < PATIENCE; waited += 50) {
      const [newest] = admin
        .messages()
        .filter(({ from, deleted }) => from === 'bot' && !deleted)
        .slice(-1);
      const button = newest?.buttons.flat().find(does(action));
      if (newest !== undefined && button !== undefined) {
        for (let taps = 0; taps < (twice ? 2 : 1); taps += 1) admin.tapRaw(button.callbackData ?? '', newest.id);
        return true;
      }
      await wait(50);
    }
    return false;
  };

  const carryOut = async (admin: Customer, reference: string, { agent, amount }: PaidIn): Promise<void> => {
    admin.sendText('/admin');
    if (!(await tap(admin, 'ad:op:topUps', false))) return;
    if (!(await tap(admin, 'ad:nt', false))) return;
    admin.sendText(`${agent} ${amount / 100} USD ${reference}`);
    await tap(admin, 'ad:ok', random() < 0.7);
  };

  return {
    references,
    topUp: async () => {
      const agent = agents[Math.floor(random() * agents.length)];
      if (agent === undefined) return;
      const reference = `CASH-${references.size + 1}`;
      const paidIn = { agent, amount: AMOUNT };
      references.set(reference, paidIn);
      await Promise.all(admins.map((admin) => carryOut(admin, reference, paidIn)));
    },
  };
};
