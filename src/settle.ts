// Settles an order that the bot gave up on, from the operator's terminal. The running bot tells the customer.
import { text as readAll } from 'node:stream/consumers';
import { createClock } from './adapters/system/clock.ts';
import { createWriteStep } from './app/order-step.ts';
import { createRuleOnOrder } from './app/rule-on-order.ts';
import type { RulingOrder, RulingRefusal } from './app/rule-on-order.ts';
import type { Ruling } from './domain/order.ts';
import { finish, readAsked, withLedger } from './operator-command.ts';
import type { End } from './operator-command.ts';

const USAGE = `Usage: npm run settle -- <order> <ruling> --by <your name> --why <what you found out>
  <ruling>  charged-with-code   the supplier charged it; the code is read from standard input
            charged             the supplier charged it, and the code is still missing
            not-charged         the supplier did not charge it; the customer gets the money back
  or, where a revert was never learnt of:
            reverted            the supplier gave the money back; the customer gets it back too
            not-reverted        the supplier did not; the sale stands`;

const RULINGS: Readonly<Record<string, Ruling>> = {
  'charged-with-code': 'chargedWithCode',
  charged: 'charged',
  'not-charged': 'notCharged',
  reverted: 'reverted',
  'not-reverted': 'notReverted',
};

type Asked = Omit<RulingOrder, 'code'>;

/** What the command line asks for; null when it can't be read. */
const askedFor = (args: readonly string[]): Asked | null => {
  const asked = readAsked(args, 1);
  const [word = ''] = asked?.words ?? [];
  const ruling = Object.hasOwn(RULINGS, word) ? RULINGS[word] : undefined;
  return asked === null || ruling === undefined ? null : { id: asked.id, ruling, by: asked.by, why: asked.why };
};

const REFUSALS: Readonly<Record<RulingRefusal['kind'], string>> = {
  noSuchOrder: 'There is no such order.',
  stale: 'The order changed at the same moment. Look again.',
  notNow: 'The order is not waiting for this ruling: it is not with a person, or with one for another reason.',
};

const settle = async (asked: Asked): Promise<End> => {
  // From standard input, so that no code ends up in the history of the shell.
  const code = asked.ruling === 'chargedWithCode' ? (await readAll(process.stdin)).trim() : null;
  if (code === '') return { code: 2, text: 'There was no code on standard input.' };
  return withLedger(async (ledger, log) => {
    const write = createWriteStep({ ledger, clock: createClock(), log });
    const settled = await createRuleOnOrder({ ledger, write })({ ...asked, code });
    return settled.ok
      ? {
          code: 0,
          text: `Order ${asked.id} is ${settled.value} now. ${asked.ruling === 'notReverted' ? 'The sale stands.' : 'The customer hears of it from the bot.'}`,
        }
      : { code: 1, text: REFUSALS[settled.error.kind] };
  });
};

const asked = askedFor(process.argv.slice(2));
finish(asked === null ? { code: 2, text: USAGE } : await settle(asked));
