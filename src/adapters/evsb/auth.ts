// eVSB's authentication: three headers, derived anew for every send because the salt is valid for 30 seconds only.
import { createHash } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export type AuthHeaders = { readonly U: string; readonly ST: string; readonly SH: string };

/**
 * Returns a function that signs a moment in epoch milliseconds. `ST` is that moment in whole seconds;
 * `SH` is the SHA-256 of the 128 characters that the lower-case hex digests of password and `ST` form together.
 */
export const createSigner = (user: string, password: string): ((now: number) => AuthHeaders) => {
  const passwordHash = sha256(password);
  return (now) => {
    const salt = String(Math.floor(now / 1_000));
    return { U: user, ST: salt, SH: sha256(passwordHash + sha256(salt)) };
  };
};
