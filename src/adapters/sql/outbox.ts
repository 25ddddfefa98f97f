// Messages that customers are owed: staged with the step that causes them, claimed by whoever delivers, concluded once.
import type { Kysely, Transaction } from 'kysely';
import type { ChatId, OrderId } from '../../domain/ids.ts';
import type { OrderNews } from '../../domain/order.ts';
import { assertNever } from '../../domain/result.ts';
import { HOUR, later } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import type { DueMessage, Ledger, MessageOutcome } from '../../app/ports/ledger.ts';
import type { Log } from '../../app/ports/log.ts';
import { claimFrom, concludeIn } from './queue.ts';
import { parseDueMessage } from './rows.ts';
import type { Tables } from './schema.ts';

type StagedMessage = { readonly orderId: OrderId; readonly chat: ChatId; readonly news: OrderNews; readonly dueAt: Instant };

export const stageMessage = async (trx: Transaction<Tables>, { orderId, chat, news, dueAt }: StagedMessage): Promise<void> => {
  await trx
    .insertInto('outbox')
    .values({
      order_id: orderId,
      chat,
      news,
      due_at: dueAt,
      lease_until: null,
      tries: 0,
      message_id: null,
      undeliverable: 0,
    })
    .execute();
};

const concludedColumns = (outcome: MessageOutcome) => {
  switch (outcome.kind) {
    case 'delivered':
      return { due_at: null, message_id: outcome.message };
    case 'undeliverable':
      return { due_at: null, undeliverable: 1 } as const;
    case 'overtaken':
      return { due_at: null };
    case 'postponed':
      return { due_at: outcome.until };
    default:
      return assertNever(outcome);
  }
};

/** When a message that can't be read is tried again: another version of the bot may know how. Milliseconds. */
const UNREADABLE_PAUSE = HOUR;

export const createOutbox = (
  db: Kysely<Tables>,
  log: Log,
): Pick<Ledger, 'claimMessages' | 'concludeMessage' | 'reviveMessages'> => {
  const conclude = (id: number, outcome: MessageOutcome): Promise<void> =>
    concludeIn(db, 'outbox', [id], concludedColumns(outcome));

  return {
    claimMessages: async (now, leaseUntil, limit) => {
      const ids = await claimFrom(db, 'outbox', now, leaseUntil, limit);
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('outbox')
        .select((row) => ['id', 'order_id', 'chat', 'news', row('tries', '-', 1).as('tries')])
        .where('id', 'in', ids)
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      const messages: DueMessage[] = [];
      for (const row of rows) {
        try {
          const { order_id: orderId, ...message } = parseDueMessage(row);
          messages.push({ ...message, orderId });
        } catch (error) {
          // Out of the way for a while: it must not keep the others from their news.
          log.error('messageUnreadable', { order: row.order_id, message: row.id }, error);
          await conclude(row.id, { kind: 'postponed', until: later(now, UNREADABLE_PAUSE) });
        }
      }
      return messages;
    },

    concludeMessage: conclude,

    reviveMessages: async (chat, now) => {
      await db
        .updateTable('outbox')
        .set({ due_at: now, undeliverable: 0, tries: 0 })
        .where('chat', '=', chat)
        .where('undeliverable', '=', 1)
        .execute();
    },
  };
};
