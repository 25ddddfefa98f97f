// How an order is found by the account that it was for: a keyed hash of the account stands beside what is sealed.
import { createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { withLatinDigits } from '../../domain/digits.ts';
import type { Tables } from './schema.ts';
import type { Sealer } from './sealer.ts';

/** The context of the one value in `account_keys`. */
export const ACCOUNT_KEY_CONTEXT = 'account key';

const KEY_LENGTH = 32;

export type HashAccount = (account: string) => string;

/** The digits of whatever is written like a phone number; anything else in small letters. */
const normalised = (account: string): string => {
  const text = withLatinDigits(account.trim());
  return /^[+\d\s().-]+$/.test(text) ? text.replace(/\D/g, '') : text.toLowerCase();
};

/**
 * The hash under this ledger's own key: random, made at the first opening and sealed like all else, so that nobody can try accounts out on
 * the table alone, and a new sealing key changes no hash.
 */
export const openAccountHash = async (db: Kysely<Tables>, sealer: Sealer): Promise<HashAccount> => {
  const fresh = randomBytes(KEY_LENGTH).toString('base64');
  await db
    .insertInto('account_keys')
    .values({ id: 1, sealed: sealer.seal(fresh, ACCOUNT_KEY_CONTEXT) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { sealed } = await db.selectFrom('account_keys').select('sealed').executeTakeFirstOrThrow();
  const key = Buffer.from(sealer.open(sealed, ACCOUNT_KEY_CONTEXT), 'base64');
  return (account) => createHmac('sha256', key).update(normalised(account)).digest('base64url');
};
