// One way of selling for every family: what is done with an answer, what the buyer gets of it, and what the log may say.
import type { PreparedPurchase, SaleOutcome } from '../../app/ports/supplier.ts';
import { createMoneyCall } from './money-calls.ts';
import type { Fate, MoneyCall, MoneyDeps } from './money-calls.ts';
import { codeOf } from './wire.ts';
import type { Receipt } from './wire.ts';

/** A family's own part of a sale. */
export type SaleCall<Delivery> = Pick<MoneyCall<unknown>, 'call' | 'event' | 'path' | 'judge' | 'quote'> & {
  /** What the buyer gets, as a receipt tells it. */
  readonly deliver: (receipt: Receipt) => Delivery;
  /** What the log says of a charged sale. */
  readonly praise: (delivery: Delivery) => Pick<ReturnType<MoneyCall<unknown>['praise']>, 'outcome' | 'alert'>;
};

const concludeAs =
  <Delivery>(deliver: SaleCall<Delivery>['deliver']) =>
  (fate: Fate): SaleOutcome<Delivery> => {
    if (fate.kind === 'unclear') {
      const { receipt, ...unclear } = fate;
      return { ...unclear, delivery: receipt === null ? null : deliver(receipt) };
    }
    if (fate.kind !== 'done') return fate;
    const { receipt, raw, uid } = fate;
    return { kind: 'charged', supplierReference: receipt.supplierreference, delivery: deliver(receipt), raw, uid };
  };

/** Returns the function that sends a prepared sale of a family. It never rejects. */
export const createSale = <Delivery>(
  deps: MoneyDeps,
  { deliver, praise, ...call }: SaleCall<Delivery>,
): ((prepared: PreparedPurchase) => Promise<SaleOutcome<Delivery>>) =>
  createMoneyCall(deps, {
    ...call,
    conclude: concludeAs(deliver),
    praise: (receipt) => ({ ...praise(deliver(receipt)), code: String(codeOf(receipt.resultcode)) }),
  });
