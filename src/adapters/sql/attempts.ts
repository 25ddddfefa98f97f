// The references of a terminal and the attempts that used them: what has to be durable before a purchase or a revert is sent.
import type { Kysely, Transaction } from 'kysely';
import { parseLocalReference } from '../../domain/ids.ts';
import type { LocalReference, OrderId } from '../../domain/ids.ts';
import type { Attempt } from '../../domain/order.ts';
import type { Tables } from './schema.ts';

const LAST_REFERENCE = 999_999_999;

/** One statement, so that no two callers of any process get the same number. Throws when the terminal has used them all. */
export const nextReference = async (db: Kysely<Tables>, terminalId: number): Promise<LocalReference> => {
  const row = await db
    .insertInto('reference_sequences')
    .values({ terminal_id: terminalId, last_reference: 1 })
    .onConflict((conflict) =>
      conflict
        .column('terminal_id')
        .doUpdateSet((sequence) => ({ last_reference: sequence('reference_sequences.last_reference', '+', 1) }))
        .where('reference_sequences.last_reference', '<', LAST_REFERENCE),
    )
    .returning('last_reference')
    .executeTakeFirst();
  if (row === undefined) throw new Error(`Terminal ${terminalId} has used all of its ${LAST_REFERENCE} references`);
  const reference = parseLocalReference(row.last_reference);
  if (!reference.ok) throw new Error(`The sequence of terminal ${terminalId} gave ${row.last_reference}`);
  return reference.value;
};

/** Records an attempt. The order itself may use its reference again (it never left us the first time), another order never. */
export const recordAttempt = async (
  trx: Transaction<Tables>,
  orderId: OrderId,
  { terminalId, reference, localTime, at }: Attempt,
  bodySealed: Uint8Array,
): Promise<void> => {
  const { numInsertedOrUpdatedRows: written } = await trx
    .insertInto('attempts')
    .values({ terminal_id: terminalId, reference, order_id: orderId, local_time: localTime, at, body_sealed: bodySealed })
    .onConflict((conflict) =>
      conflict
        .columns(['terminal_id', 'reference'])
        .doUpdateSet({ local_time: localTime, at, body_sealed: bodySealed })
        .where('attempts.order_id', '=', orderId),
    )
    .executeTakeFirst();
  if (written === 0n)
    throw new Error(`Reference ${reference} of terminal ${terminalId} belongs to another order than ${orderId}`);
};
