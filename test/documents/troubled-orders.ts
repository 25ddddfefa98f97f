// Orders that need a person, one for every ruling, brought there by the commands that the worker writes.
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer } from '../../src/adapters/system/sealing.ts';
import { createWriteStep } from '../../src/app/order-step.ts';
import type { Config } from '../../src/config.ts';
import type { OrderId } from '../../src/domain/ids.ts';
import { ASK_WAITS } from '../../src/domain/order-evolve.ts';
import type { OrderCommand } from '../../src/domain/order.ts';
import { createTestClock, silentLog } from '../app/test-clock.ts';
import { ALICE, BODY, attempt, got, grant, orderId, placed, sending, termsOf } from '../contracts/orders.ts';

const LEARN_NOTHING: readonly OrderCommand[] = ASK_WAITS.map(() => ({ type: 'learnNothing' }) as const);

export type TroubledOrders = Readonly<Record<'charged-with-code' | 'charged' | 'not-charged' | 'reverted', OrderId>>;

/** Before a bot runs on the ledger: nothing is left to do for these orders afterwards. */
export const placeTroubledOrders = async (file: string, key: Config['encryptionKey']): Promise<TroubledOrders> => {
  const ledger = await openLedger({ file, sealer: createSealer(key), log: silentLog });
  const write = createWriteStep({ ledger, clock: createTestClock(), log: silentLog });
  await grant(ledger, ALICE, 50_000);

  const orderAfter = async (index: number, commands: readonly OrderCommand[]): Promise<OrderId> => {
    let order = await sending(ledger, await placed(ledger, termsOf(orderId(index))), index);
    for (const command of commands)
      order = got(await write(order, command, command.type === 'intendRevert' ? { body: BODY } : {}));
    return order.terms.id;
  };
  const neverLearnt: readonly OrderCommand[] = [{ type: 'recover' }, ...LEARN_NOTHING];
  const charged = { kind: 'charged', code: 'missing', supplierReference: null } as const;

  const orders = {
    'charged-with-code': await orderAfter(1, neverLearnt),
    charged: await orderAfter(2, neverLearnt),
    'not-charged': await orderAfter(3, neverLearnt),
    reverted: await orderAfter(4, [
      { type: 'settle', attempt: attempt(4), settlement: charged },
      { type: 'intendRevert', attempt: attempt(5), by: 'operator', why: 'the wrong card' },
      ...neverLearnt,
    ]),
  };
  await ledger.close();
  return orders;
};
