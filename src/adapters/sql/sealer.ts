// What the ledger needs of a seal, and the proof at opening that the key is the one that the ledger was sealed with.
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** Seals text under a context that has to be the same at opening, so that a sealed value can't be moved to another place. */
export type Sealer = {
  seal(text: string, context: string): Uint8Array;
  /** Throws when the key or the context is another one, or a bit has changed. */
  open(sealed: Uint8Array, context: string): string;
};

/** The context of the one value in `sealing_check`. */
export const CHECK_CONTEXT = 'sealing check';

/**
 * Throws unless the sealer opens what the first start sealed. Without this, a wrong key would only be noticed order by order,
 * each looking corrupt.
 */
export const checkSealer = async (db: Kysely<Tables>, sealer: Sealer): Promise<void> => {
  await db
    .insertInto('sealing_check')
    .values({ id: 1, sealed: sealer.seal('', CHECK_CONTEXT) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { sealed } = await db.selectFrom('sealing_check').select('sealed').executeTakeFirstOrThrow();
  try {
    sealer.open(sealed, CHECK_CONTEXT);
  } catch (error) {
    throw new Error('This ledger was sealed with another key', { cause: error });
  }
};
