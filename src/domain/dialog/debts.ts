// Paying a bill: what is owed is shown, and all of it, some of its invoices or an amount of one's choice is paid.
import { isPayable, mayBePaid, priceOfPayment, referencesAt } from '../bill.ts';
import type { Debt, Payment } from '../bill.ts';
import { checkAmount } from '../catalog.ts';
import { formOf } from '../form.ts';
import { parseAmount, parseHundredths } from '../money.ts';
import type { Result } from '../result.ts';
import { assertNever } from '../result.ts';
import { completeDraft } from './draft.ts';
import type { DebtError } from './event.ts';
import type { DialogState, Pending, Screen } from './state.ts';
import { goHome, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';

type InvoicesScreen = Extract<Screen, { at: 'invoices' }>;
type PendingInvoices = Extract<Pending, { for: 'invoices' }>;

/** What is owed has come, or why it could not be had. */
export const invoicesRead = (
  state: DialogState,
  { draft, notice }: PendingInvoices,
  result: Result<Debt, DebtError>,
  world: World,
): Step => {
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  if (result.ok) return goTo(state, { at: 'invoices', draft, debt: result.value, chosen: [], page: 0 }, world, notice);
  const { error } = result;
  switch (error.kind) {
    case 'refused': {
      const index = formOf(product, draft).fields.length - 1;
      const screen: Screen =
        index < 0
          ? { at: 'quoteFailed', draft, order: world.newOrderId, error: { kind: 'notAvailable' } }
          : { at: 'field', draft, index };
      return goTo(state, screen, world, { type: 'billRefused' });
    }
    case 'noQuery':
      return goTo(state, { at: 'amount', draft, entering: 'direct', page: 0 }, world, notice);
    case 'notAvailable':
    case 'supplierDown':
      return goTo(state, { at: 'quoteFailed', draft, order: world.newOrderId, error }, world);
    default:
      return assertNever(error);
  }
};

/** Takes an invoice among the chosen ones, or out of them. */
export const toggleInvoice = (state: DialogState, screen: InvoicesScreen, index: number, world: World): Step => {
  const invoice = screen.debt.invoices[index];
  if (screen.debt.paymentType !== 'DISCRETE' || invoice === undefined) return showAgain(state, world, { type: 'buttonExpired' });
  if (!mayBePaid(invoice)) return goTo(state, screen, world, { type: 'invoiceNotPayable' });
  const chosen = screen.chosen.includes(index)
    ? screen.chosen.filter((place) => place !== index)
    : [...screen.chosen, index].toSorted((a, b) => a - b);
  return goTo(state, { ...screen, chosen }, world);
};

/** Pays what is chosen, all of a whole debt, or all that is owed on an open account. */
export const payDebt = (state: DialogState, screen: InvoicesScreen, world: World): Step => {
  const { debt } = screen;
  switch (debt.paymentType) {
    case 'TOTAL':
      return pay(state, screen, { kind: 'whole' }, world);
    case 'DISCRETE': {
      const references = referencesAt(debt, screen.chosen);
      if (references.length === 0) return goTo(state, screen, world, { type: 'chooseInvoices' });
      return pay(state, screen, { kind: 'invoices', references }, world);
    }
    case 'OPEN':
      return typeDebt(state, screen, debt.send, world);
    default:
      return assertNever(debt.paymentType);
  }
};

/** A typed amount pays an open account; the others have their amounts already. */
export const typePayment = (state: DialogState, screen: InvoicesScreen, text: string, world: World): Step => {
  if (screen.debt.paymentType !== 'OPEN') return showAgain(state, world, { type: 'useButtons' });
  const amount = parseAmount(text);
  return typeDebt(state, screen, amount.ok ? amount.value : null, world);
};

const typeDebt = (state: DialogState, screen: InvoicesScreen, typed: number | null, world: World): Step => {
  const product = world.catalog?.products.get(screen.draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const amount = parseHundredths(typed ?? 0);
  if (!amount.ok || amount.value <= 0) return goTo(state, screen, world, { type: 'notAnAmount' });
  const checked = checkAmount(product.amount, amount.value);
  if (!checked.ok) {
    return goTo(state, screen, world, { type: 'badAmount', problem: checked.error, currency: product.saleCurrency });
  }
  return pay(state, screen, { kind: 'amount', amount: amount.value }, world);
};

const pay = (state: DialogState, screen: InvoicesScreen, payment: Payment, world: World): Step => {
  const { draft, debt } = screen;
  const product = world.catalog?.products.get(draft.product);
  if (product === undefined) return goHome(state, world, { type: 'productGone' });
  const price = isPayable(debt) ? priceOfPayment(debt, payment, product) : null;
  if (price === null || !price.ok) return showAgain(state, world, { type: 'buttonExpired' });
  const choice = { direction: 'direct', amount: price.value.send.hundredths } as const;
  return completeDraft(state, product, { ...draft, choice, bill: { payment, returned: debt.returned } }, world);
};
