// A day of an agent: invited and paid in by the operator, sales to people in front of them, a code that is handed over, a clerk, a statement.
import type { Customer } from '../sandbox/telegram/customer.ts';
import { createNarrator, linkIn } from './narrator.ts';

/** The people of the day; the operator's id has to be among the configured admins. */
export type People = { readonly operator: Customer; readonly agent: Customer; readonly clerk: Customer; readonly buyer: Customer };

/** Plays the day and writes down who said what; `lines` has what was played when something fails. */
export const playAgentsDay = async ({ operator, agent, clerk, buyer }: People, lines: string[]): Promise<void> => {
  const olga = createNarrator(operator, 'Olga', lines);
  const amir = createNarrator(agent, 'Amir', lines);
  const cleo = createNarrator(clerk, 'Cleo', lines);
  const bruno = createNarrator(buyer, 'Bruno', lines);

  await olga.says('/admin', /./);
  await olga.taps(/Agents/, /./);
  await olga.taps(/Invite/, /name/i);
  await olga.says('Amir', /Confirm|Amir/);
  const invitation = await olga.taps(/Confirm/, /start=inv_/);
  await amir.opens(linkIn(invitation), /Welcome/);
  await olga.says('/admin', /./);
  await olga.taps(/Top up/, /./);
  await olga.taps(/New top-up/, /./);
  await olga.says(`${agent.userId} 200 USD CASH-1`, /CASH-1/);
  await olga.taps(/Confirm/, /200/);

  await amir.says('5355512345 1200', /Caracola/);
  await amir.taps(/Buy/, /Caracola/);
  await amir.sees(/Topped up/);

  await amir.says('/agent', /Commission/);
};
