// Whether everything that the shop stands on answers, and how much is waiting.
import type { Health } from '../domain/dialog/admin.ts';
import type { ChatId } from '../domain/ids.ts';
import type { OrderStatus } from '../domain/order.ts';
import { STUCK_STATUSES } from '../domain/stuck-order.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Operations } from './ports/operations.ts';
import type { Sessions } from './ports/sessions.ts';
import type { Supplier } from './ports/supplier.ts';

/** `chat`: whose session is read to see that sessions can be. */
export type CheckHealth = (chat: ChatId) => Promise<Health>;

/** Orders that wait for somebody, or for an answer that is late. */
const STUCK: readonly OrderStatus[] = ['needsPerson', ...STUCK_STATUSES];

export const createCheckHealth = (deps: {
  readonly operations: Pick<Operations, 'queues' | 'ordersByStatus'>;
  readonly sessions: Pick<Sessions, 'load'>;
  readonly supplier: Pick<Supplier, 'ping'>;
  /** When the catalogue was fetched; null before the first time. */
  readonly fetchedAt: () => Instant | null;
  readonly clock: Clock;
  readonly log: Log;
}): CheckHealth => {
  const { operations, sessions, supplier, clock, log } = deps;

  const readLedger = async (): Promise<Pick<Health, 'queues' | 'stuck'>> => {
    try {
      const queues = await operations.queues(clock.now());
      const counts = await operations.ordersByStatus();
      const stuck = STUCK.flatMap((status) => {
        const count = counts[status] ?? 0;
        return count === 0 ? [] : [[status, count] as const];
      });
      return { queues, stuck: Object.fromEntries(stuck) };
    } catch (error) {
      log.error('ledgerFailed', {}, error);
      return { queues: null, stuck: {} };
    }
  };

  return async (chat) => {
    const [ledger, session, pong] = await Promise.all([readLedger(), sessions.load(chat), supplier.ping()]);
    const fetchedAt = deps.fetchedAt();
    return {
      ...ledger,
      ledger: ledger.queues !== null,
      sessions: session.ok,
      supplier: { answers: pong.ok, skew: pong.ok ? pong.value.skew : null },
      catalogAge: fetchedAt === null ? null : clock.now() - fetchedAt,
    };
  };
};
