// Makes the voucher of a sale: its code, its token, and where the buyer finds the details.
import type { ExtraInfo, VoucherReceipt } from './answers.ts';
import type { Fault } from './faults.ts';
import { fillPattern, referenceOf } from './identity.ts';
import { messageOf } from './result-codes.ts';
import type { Issued, SalePlan } from './sale-family.ts';
import type { Simulation } from './simulation.ts';
import type { Misses } from './switches.ts';

/** How many queries miss, as dummy 9994 draws it: never there 10 %, on the second query 40 %, on the first 50 %. */
const drawMisses = (simulation: Simulation): Misses => {
  const forced = simulation.switches().drawnMisses;
  if (forced !== 'random') return forced;
  const draw = simulation.random();
  if (draw < 0.1) return 'never';
  return draw < 0.5 ? 1 : 0;
};

const addMisses = (left: Misses, right: Misses): Misses => (left === 'never' || right === 'never' ? 'never' : left + right);

/** Where code and details of this sale appear. `misses` is null when nothing comes later. */
type Placement = { tokenIsCode: boolean; detailsNow: boolean; misses: Misses | null };

const place = (plan: SalePlan, fault: Fault | null, simulation: Simulation): Placement => {
  const { delivery } = plan.product;
  if (fault?.kind === 'lateAdditionalData') return { tokenIsCode: false, detailsNow: false, misses: fault.misses };
  const { drawnBranch, dummy9995Details } = simulation.switches();
  switch (delivery.kind) {
    case 'immediate':
      return { tokenIsCode: false, detailsNow: true, misses: null };
    case 'deferred':
      return { tokenIsCode: false, detailsNow: false, misses: delivery.misses };
    case 'token':
      return { tokenIsCode: true, detailsNow: false, misses: null };
    case 'tokenWithDetails':
      return { tokenIsCode: true, detailsNow: true, misses: null };
    case 'tokenThenDetails':
      return {
        tokenIsCode: true,
        detailsNow: false,
        misses: dummy9995Details === 'reliable' ? 0 : drawMisses(simulation),
      };
    case 'drawn': {
      const isImmediate = drawnBranch === 'random' ? simulation.random() < 0.5 : drawnBranch === 'immediate';
      return { tokenIsCode: false, detailsNow: isImmediate, misses: isImmediate ? null : drawMisses(simulation) };
    }
  }
};

/** Issues the voucher of a sale. */
export const issueVoucher = (plan: SalePlan, identity: string, fault: Fault | null, simulation: Simulation): Issued => {
  const { product, request } = plan;
  const code = fillPattern(product.codePattern, `code:${identity}`);
  const { tokenIsCode, detailsNow, misses } = place(plan, fault, simulation);

  const expiresAt = product.validDays === null ? null : new Date(simulation.now() + product.validDays * 86_400_000);
  const extraInfo: ExtraInfo = {
    resultcode: 10,
    resultmessage: messageOf('10', null, simulation.switches().messageLanguage),
    redeemAccount: request.fields.account ?? '',
    redeemInstructions: product.redeemInstructions,
    redeemCode: code,
    expiration: expiresAt?.toISOString().slice(0, 10) ?? '',
    additionalData: { key: 'serial', value: fillPattern('########', `serial:${identity}`) },
  };
  const receipt: VoucherReceipt = {
    supplierreference: referenceOf(identity),
    suppliertoken: tokenIsCode ? code : fillPattern('T-@@@@-@@@@-@@@@', `token:${identity}`),
    extraInfo: detailsNow ? extraInfo : null,
    hasAdditionalData: misses !== null,
    destinationcurrency: plan.destinationX100 === null ? null : product.destinationCurrency,
    destinationamount: plan.destinationX100,
  };
  const late =
    misses === null ? null : { extraInfo, misses: addMisses(misses, simulation.switches().additionalDataMisses), queries: 0 };
  return { code, receipt, late };
};
