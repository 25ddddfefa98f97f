// One order at the end of a campaign: what its state says of its money, and whether the supplier's books say the same.
import type { StoredOrder } from '../../src/app/ports/ledger.ts';
import type { OrderState } from '../../src/domain/order.ts';
import type { HonouredSale } from '../../src/sandbox/evsb/books.ts';

export type Standing = 'charged' | 'given back' | 'open';

/** `open`: nobody knows, and the money is set aside. */
export const statusOf = (state: OrderState): Standing => {
  switch (state.status) {
    case 'rejected':
    case 'reverted':
      return 'given back';
    case 'delivered':
    case 'charged':
    case 'awaitingCode':
    case 'reverting':
    case 'revertUnknown':
      return 'charged';
    case 'needsPerson':
      return state.why === 'outcomeNeverLearnt' ? 'open' : 'charged';
    case 'placed':
    case 'sending':
    case 'unknown':
      return 'open';
  }
};

/** The sales that the supplier charged for an order, what the ledger did, and whether somebody was told where a person is needed. */
export type OrderEvidence = { readonly sales: readonly HonouredSale[]; readonly isCharged: boolean; readonly isTold: boolean };

export const orderFaults = ({ terms, state }: StoredOrder, { sales, isCharged, isTold }: OrderEvidence): readonly string[] => {
  const { id } = terms;
  const [sale] = sales;
  const faults: string[] = [];
  if (sales.length > 1) faults.push(`Order ${id} was sold ${sales.length} times`);
  if (sale !== undefined) {
    const { amountToSendX100, operatorId, family } = sale;
    if (amountToSendX100 !== terms.sent.amount.hundredths)
      faults.push(`Order ${id} asked for ${terms.sent.amount.hundredths} and the supplier sold ${amountToSendX100}`);
    if (operatorId !== terms.productId || family !== terms.family)
      faults.push(`Order ${id} is a ${terms.family} of ${terms.productId} and the supplier sold a ${family} of ${operatorId}`);
    if (sale.dynamicProductId !== (terms.dynamic?.id ?? null))
      faults.push(`Order ${id} asked for another item than the supplier sold`);
    if (terms.bill !== null && terms.bill.invoices.some((invoice) => !sale.invoices.includes(invoice)))
      faults.push(`Order ${id} pays for invoices that the supplier did not clear`);
  }
  const standing = statusOf(state);
  if (isCharged !== (standing === 'charged')) faults.push(`Order ${id} is ${state.status} and ${isCharged ? '' : 'not '}charged`);
  if (standing === 'charged' && sale === undefined) faults.push(`Order ${id} is ${state.status} and was never sold`);
  if (standing === 'given back' && sale !== undefined) faults.push(`Order ${id} is ${state.status} and was sold`);
  if (state.status === 'needsPerson' && !isTold) faults.push(`Order ${id} needs a person, and nobody was told`);
  if (!['delivered', 'rejected', 'needsPerson'].includes(state.status)) faults.push(`Order ${id} is still ${state.status}`);
  return faults;
};
