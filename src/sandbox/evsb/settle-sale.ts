// What a purchase comes to: refused for want of balance, decided by its account or its product, or charged. One rule for all families.
import type { Answer } from './answers.ts';
import type { HonouredSale } from './books.ts';
import type { Fault } from './faults.ts';
import { identityOf } from './identity.ts';
import type { Issued, SaleFamily, SalePlan } from './sale-family.ts';
import type { Sale } from './sales.ts';
import { settle } from './settle.ts';
import type { Simulation } from './simulation.ts';

const chargedSale = (
  plan: SalePlan,
  { code, receipt }: Issued,
  found: Pick<HonouredSale, 'account' | 'invoices'>,
  simulation: Simulation,
): HonouredSale => ({
  family: plan.product.family,
  terminalId: plan.request.terminalId,
  operatorId: plan.request.operatorId,
  localReference: plan.request.localReference,
  localDateTime: plan.localDateTime,
  amountToSendX100: plan.sendX100,
  chargedX100: plan.chargedX100,
  currency: plan.product.saleCurrency,
  destinationAmountX100: plan.destinationX100,
  destinationCurrency: plan.product.destinationCurrency,
  dynamicProductId: plan.product.dynamicItems.length === 0 ? null : plan.request.fields.dynamicProductId,
  ...found,
  code,
  supplierreference: receipt.supplierreference,
  suppliertoken: receipt.suppliertoken,
  at: simulation.now(),
});

/** Sells, or says why not. */
export const settleSale = (plan: SalePlan, family: SaleFamily, fault: Fault | null, simulation: Simulation): Answer => {
  const { request, product } = plan;
  const { keeper, sales } = simulation;
  const switches = simulation.switches();
  const identity = identityOf(request, simulation);
  return settle<Sale>(
    {
      request,
      localDateTime: plan.localDateTime,
      success: '10',
      shown: family.success(switches),
      hindrance: plan.chargedX100 > keeper.books.balanceX100 ? '13' : null,
      outcome: product.alwaysCode ?? family.outcomeOf(request, product, switches),
      toEntry: (use) => ({ ...use, kind: 'sale', moved: null, late: null, isReverted: false }),
      carryOut: (struck) => {
        const issued = family.issue(plan, identity, struck, simulation);
        return {
          receipt: issued.receipt,
          move: (sale) => {
            const found = { account: family.accountOf(request, product), invoices: family.clear(plan, simulation) };
            sale.moved = chargedSale(plan, issued, found, simulation);
            sale.late = issued.late;
            if (issued.late) sales.indexToken(sale, issued.receipt.suppliertoken);
            keeper.charge(sale.moved);
          },
        };
      },
    },
    fault,
    simulation,
  );
};
