// Revert: gives back the money of one sale, named by everything that identifies it, while its product still allows that.
import { z } from 'zod';
import { frameworkError, refusal } from '../answers.ts';
import { orNull } from '../body.ts';
import type { HonouredSale, RevertedSale } from '../books.ts';
import type { Product } from '../catalogue/product.ts';
import { fillPattern, identityOf } from '../identity.ts';
import { isReadableDateTime } from '../sale-checks.ts';
import type { Revert, Sale } from '../sales.ts';
import { settle } from '../settle.ts';
import { numberOf } from '../simulation.ts';
import type { Handler, Simulation } from '../simulation.ts';

const bodySchema = z.object({
  amountToSendX100: z.int32().nullish(),
  localDateTime: z.string().nullish(),
  account: z.string().nullish(),
  originalLocalReference: z.int32().nullish(),
  originalLocalDate: z.string().nullish(),
});

/** What has to be the same as in the sale. The local time counts byte for byte. */
type Original = Pick<
  HonouredSale,
  'terminalId' | 'operatorId' | 'localReference' | 'localDateTime' | 'amountToSendX100' | 'account'
>;

type ChargedSale = Sale & { moved: HonouredSale };

const isCharged = (entry: Sale | Revert): entry is ChargedSale => entry.kind === 'sale' && entry.moved !== null;

/** The sale that is meant; of several, one that is not reverted yet. Only what was charged can be given back. */
const findOriginal = (original: Original, { sales }: Simulation): ChargedSale | null => {
  const meant = sales
    .ofReference(original.terminalId, original.localReference)
    .filter(isCharged)
    .filter(
      ({ moved }) =>
        moved.operatorId === original.operatorId &&
        moved.localDateTime === original.localDateTime &&
        moved.amountToSendX100 === original.amountToSendX100 &&
        moved.account === original.account,
    );
  return meant.find((sale) => !sale.isReverted) ?? meant[0] ?? null;
};

/** Why a sale may not be reverted, as a result code; null when it may. */
const hindranceOf = (sale: ChargedSale | null, { revertWindowMs }: Product, now: number): string | null => {
  if (sale === null) return '900';
  if (sale.isReverted) return '12';
  return revertWindowMs === null || now > sale.moved.at + revertWindowMs ? '923' : null;
};

export const revert: Handler = (call, simulation) => {
  const body = bodySchema.safeParse(call.body);
  if (!body.success) return frameworkError(400, call.path, simulation.now());
  const request = {
    terminalId: numberOf(call, 'terminalId'),
    operatorId: numberOf(call, 'operatorId'),
    localReference: numberOf(call, 'localReference'),
  };
  const { terminalId, operatorId } = request;
  const refuse = (code: string) => refusal(code, operatorId, simulation.switches());
  if (terminalId !== simulation.terminalId) return refuse('517');
  const product = simulation.findProduct(operatorId);
  if (!product) return refuse('-1');

  const amountToSendX100 = body.data.amountToSendX100 ?? null;
  const originalLocalReference = body.data.originalLocalReference ?? null;
  const localDateTime = orNull(body.data.localDateTime);
  const originalLocalDate = orNull(body.data.originalLocalDate);
  if (amountToSendX100 === null || originalLocalReference === null || localDateTime === null || originalLocalDate === null) {
    return refuse('517');
  }
  if (!isReadableDateTime(localDateTime)) return refuse('925');

  const original = findOriginal(
    {
      terminalId,
      operatorId,
      localReference: originalLocalReference,
      localDateTime: originalLocalDate,
      amountToSendX100,
      account: orNull(body.data.account),
    },
    simulation,
  );
  const supplierreference = fillPattern('17###########', `revert:${identityOf(request, simulation)}`);
  return settle<Revert>(
    {
      request,
      localDateTime,
      success: '20',
      shown: { code: '20', message: null },
      hindrance: hindranceOf(original, product, simulation.now()),
      outcome: '20',
      toEntry: (use) => ({ ...use, kind: 'revert', moved: null }),
      carryOut: () => ({
        receipt: { supplierreference, suppliertoken: '' },
        move: (entry) => {
          // Another revert may have come first while this one was waiting.
          if (original === null || original.isReverted) return;
          const { chargedX100 } = original.moved;
          const reverted: RevertedSale = {
            ...request,
            originalLocalReference,
            amountToSendX100,
            returnedX100: chargedX100,
            supplierreference,
            at: simulation.now(),
          };
          entry.moved = reverted;
          original.isReverted = true;
          simulation.keeper.giveBack(reverted);
        },
      }),
    },
    call.fault,
    simulation,
  );
};
