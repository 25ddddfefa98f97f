// One kind of background work: claimed with a lease, done several at a time, and given back when the process has to end.
import { later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Log, LogFields } from './ports/log.ts';
import type { Telemetry, Work } from './ports/telemetry.ts';

export type KindOfWork<Item> = {
  readonly queue: Extract<Work, { kind: 'job' }>['queue'];
  /** In hand at once. */
  readonly most: number;
  /** In milliseconds. */
  readonly lease: number;
  claim(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly Item[]>;
  work(item: Item): Promise<void>;
  /** Ends the lease before its time. */
  giveBack(item: Item): Promise<void>;
  /** The order that it is about, if any. */
  orderOf(item: Item): string | null;
  fields(item: Item): LogFields;
  /** Called when the work on one order has failed `WORRYING` times in a row, and then every so often. */
  worry(item: Item): Promise<void>;
};

const WORRYING = 5;

export type Hands = {
  /** Claims as much as there is room for and starts it. Throws when the claim does. */
  take(): Promise<void>;
  /** Resolves when nothing is in hand any more; what still is when `tooLate` resolves is given back. */
  finish(tooLate: Promise<unknown>): Promise<void>;
  /** Resolves when nothing is in hand any more, however long that takes. */
  rest(): Promise<unknown>;
};

export const createHands = <Item>(
  kind: KindOfWork<Item>,
  {
    telemetry,
    clock,
    log,
    done,
  }: { readonly telemetry: Telemetry; readonly clock: Clock; readonly log: Log; readonly done: () => void },
): Hands => {
  const inHand = new Map<Item, Promise<void>>();
  /** Failures in a row, by what the log calls the work. */
  const failures = new Map<string, number>();

  const worry = async (item: Item, name: string): Promise<void> => {
    const count = (failures.get(name) ?? 0) + 1;
    failures.set(name, count);
    if (count % WORRYING === 0) await kind.worry(item);
  };

  /** A throw is a bug or an outage: it is logged, and the lease's end brings the work back. */
  const start = (item: Item): void => {
    const name = JSON.stringify(kind.fields(item));
    const job = { kind: 'job', queue: kind.queue, id: kind.orderOf(item) } as const;
    const work = telemetry
      .measure(
        job,
        () => kind.work(item),
        () => 'done',
      )
      .then(() => void failures.delete(name))
      .catch(async (error: unknown) => {
        log.error('workFailed', kind.fields(item), error);
        await worry(item, name).catch((failure: unknown) => log.error('ledgerFailed', kind.fields(item), failure));
      })
      .finally(() => {
        inHand.delete(item);
        done();
      });
    inHand.set(item, work);
  };

  return {
    take: async () => {
      const free = kind.most - inHand.size;
      if (free <= 0) return;
      const now = clock.now();
      for (const item of await kind.claim(now, later(now, kind.lease), free)) start(item);
    },

    rest: () => Promise.all(inHand.values()),

    finish: async (tooLate) => {
      await Promise.race([Promise.all(inHand.values()), tooLate]);
      for (const item of inHand.keys()) {
        log.warn('workGivenBack', kind.fields(item));
        await kind.giveBack(item).catch((error: unknown) => log.error('ledgerFailed', kind.fields(item), error));
      }
    },
  };
};
