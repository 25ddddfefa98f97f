// Checks the three headers that every eVSB call carries: user, salt (Unix seconds) and salted hash.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Credentials = { user: string; password: string };

/** Seconds that a salt may be away from the server's clock, in either direction. */
const saltWindowSeconds = 30;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The salted hash: SHA-256 over the text of both lowercase hexadecimal digests, not over the raw bytes. */
export const saltedHash = (password: string, salt: string): string => sha256(sha256(password) + sha256(salt));

const equalInConstantTime = (left: string, right: string): boolean =>
  timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest());

const single = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

/** True when user and hash are right and the salt is at most 30 s away from `nowMs` (epoch milliseconds). */
export const isAuthentic = (headers: IncomingHttpHeaders, credentials: Credentials, nowMs: number): boolean => {
  const salt = single(headers['st']);
  if (!/^\d{1,12}$/.test(salt)) return false;
  if (Math.abs(Math.floor(nowMs / 1000) - Number(salt)) > saltWindowSeconds) return false;
  const userIsRight = equalInConstantTime(single(headers['u']), credentials.user);
  const hashIsRight = equalInConstantTime(single(headers['sh']), saltedHash(credentials.password, salt));
  return userIsRight && hashIsRight;
};
