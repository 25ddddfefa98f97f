// What a purchase comes to: refused for want of balance, decided by its account or its product, or charged.
import type { Answer } from './answers.ts';
import type { HonouredSale } from './books.ts';
import { isDummy } from './catalogue/dummies.ts';
import type { Product } from './catalogue/product.ts';
import type { Fault } from './faults.ts';
import { issueVoucher } from './issue-voucher.ts';
import type { Voucher } from './issue-voucher.ts';
import type { SalePlan } from './sale-checks.ts';
import type { Sale } from './sales.ts';
import { settle } from './settle.ts';
import type { Simulation } from './simulation.ts';
import type { Switches } from './switches.ts';

/** The outcome that the last three characters of an account stand for; of an e-mail address, those before the @. */
const codeOfSuffix = (account: string): string => {
  const name = account.split('@', 1)[0] ?? '';
  switch (name.slice(-3)) {
    case '000':
      return '10';
    case '001':
      return '971';
    case '002':
      return '990';
    default:
      return '991';
  }
};

const outcomeOf = (product: Product, account: string | null, switches: Switches): string => {
  if (product.alwaysCode !== null) return product.alwaysCode;
  if (isDummy(product)) return codeOfSuffix(account ?? '');
  return account === null || switches.suffixRule === 'dummies' ? '10' : codeOfSuffix(account);
};

const chargedSale = (plan: SalePlan, voucher: Voucher, simulation: Simulation): HonouredSale => ({
  terminalId: plan.request.terminalId,
  operatorId: plan.request.operatorId,
  localReference: plan.request.localReference,
  localDateTime: plan.localDateTime,
  amountToSendX100: plan.sendX100,
  chargedX100: plan.chargedX100,
  currency: plan.product.saleCurrency,
  destinationAmountX100: plan.destinationX100,
  destinationCurrency: plan.product.destinationCurrency,
  account: plan.request.fields.account,
  code: voucher.code,
  supplierreference: voucher.receipt.supplierreference,
  suppliertoken: voucher.receipt.suppliertoken,
  at: simulation.now(),
});

/** Sells, or says why not. */
export const settleSale = (plan: SalePlan, fault: Fault | null, simulation: Simulation): Answer => {
  const { request, product } = plan;
  const { keeper, sales } = simulation;
  const occurrence = sales.countOf(request.terminalId, request.localReference);
  return settle<Sale>(
    {
      request,
      localDateTime: plan.localDateTime,
      success: '10',
      hindrance: plan.chargedX100 > keeper.books.balanceX100 ? '13' : null,
      outcome: outcomeOf(product, request.fields.account, simulation.switches()),
      toEntry: (use) => ({ ...use, kind: 'sale', moved: null, late: null, isReverted: false }),
      carryOut: (struck) => {
        const voucher = issueVoucher(plan, occurrence, struck, simulation);
        return {
          receipt: voucher.receipt,
          move: (sale) => {
            sale.moved = chargedSale(plan, voucher, simulation);
            sale.late = voucher.late;
            sales.indexToken(sale, voucher.receipt.suppliertoken);
            keeper.charge(sale.moved);
          },
        };
      },
    },
    fault,
    simulation,
  );
};
