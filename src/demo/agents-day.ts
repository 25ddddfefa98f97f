// A day of an agent: invited and paid in by the operators, sales to people in front of them, a code that is handed over, a clerk, a statement.
import type { Customer } from '../sandbox/telegram/customer.ts';
import { createNarrator, linkIn } from './narrator.ts';

/** The people of the day; the ids of the two operators have to be among the configured admins. */
export type People = {
  readonly operator: Customer;
  readonly colleague: Customer;
  readonly agent: Customer;
  readonly clerk: Customer;
  readonly buyer: Customer;
};

/** Plays the day and writes down who said what; `lines` has what was played when something fails. */
export const playAgentsDay = async (people: People, lines: string[]): Promise<void> => {
  const olga = createNarrator(people.operator, 'Olga', lines);
  const otto = createNarrator(people.colleague, 'Otto', lines);
  const amir = createNarrator(people.agent, 'Amir', lines);
  const cleo = createNarrator(people.clerk, 'Cleo', lines);
  const bruno = createNarrator(people.buyer, 'Bruno', lines);

  // The operators take a new agent on board, and two of them pay in.
  await otto.says('/admin', /The shop/);
  await olga.says('/admin', /The shop/);
  await olga.taps(/Agents/, /Agents/);
  await olga.taps(/Invite/, /name/);
  await olga.says('Amir', /Invite this agent/);
  const invitation = await olga.taps(/Confirm/, /start=inv_/);
  await amir.opens(linkIn(invitation), /Welcome/);
  await olga.says('/admin', /The shop/);
  await olga.taps(/Top up/, /Top up/);
  await olga.taps(/New top-up/, /reference/);
  await olga.says(`${people.agent.userId} 200 USD CASH-1`, /Pay this in/);
  await olga.taps(/Confirm/, /waits for one yes/);
  await otto.sees(/CASH-1/);
  await otto.taps(/Pay in/, /Paid in/);

  // Three customers at once, in one message: a slip of the finger is repaired, and of two products that fit one is chosen.
  await amir.says('carcola recarga 240 5355512345\n5355598765 1200\nquetzal recarga 50 5512345678', /Your 3 orders/);
  await amir.taps(/^2\. Caracola Móvil - Any Amount/, /Your 3 orders/);
  await amir.taps(/^✅ Buy/, /./);
  for (let line = 1; line <= 3; line += 1) await amir.sees(/Topped up/);

  // A gift card that the agent never sees: the customer opens it in their own chat.
  await amir.says('/agent', /Commission/);
  await amir.taps(/Never show me codes/, /handed over/);
  await amir.says('lumbre', /Lumbre Home/);
  await amir.taps(/Gift Card/, /Gift Card/);
  await amir.taps(/25\.00/, /commission/i);
  await amir.taps(/Buy for/, /Buying/);
  const sold = await amir.sees(/ready to hand over/);
  await bruno.opens(linkIn(sold), /code/);
  await amir.sees(/Handed over/);

  // A clerk sells from the same float, within a limit of their own.
  await amir.says('/agent', /Float/);
  await amir.taps(/Clerks/, /clerks/);
  await amir.taps(/Invite a clerk/, /name/);
  const link = await amir.says('Cleo', /start=inv_/);
  await cleo.opens(linkIn(link), /Welcome/);
  await cleo.says('caracola recarga 240 5355577788', /Your order/);
  await cleo.taps(/^✅ Buy/, /./);
  await cleo.sees(/Topped up/);

  // The day's end.
  await amir.says('/agent', /Sold today/);
  await amir.taps(/Statement of today/, /Closing balance/);
};
