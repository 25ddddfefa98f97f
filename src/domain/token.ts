// One-time links: what is handed out is the token, what is stored is its hash, so that nobody who reads the books can use a link.
import type { Branded } from './ids.ts';
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** 16 random bytes in base64url: 22 characters. As secret as what its link gives. */
export type Token = Branded<string, 'Token'>;
/** The SHA-256 of a token's text, in 64 hexadecimal digits. */
export type TokenHash = Branded<string, 'TokenHash'>;

/** The 22nd character carries two bits: any other letter than these four would be a second way to write the same bytes. */
const TOKEN = /^[\w-]{21}[AQgw]$/;

export const parseToken = (text: string): Result<Token, 'notAToken'> =>
  TOKEN.test(text) ? ok(text as Token) : fail('notAToken');

export const parseTokenHash = (text: string): Result<TokenHash, 'notAHash'> =>
  /^[0-9a-f]{64}$/.test(text) ? ok(text as TokenHash) : fail('notAHash');
