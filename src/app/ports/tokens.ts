// Tokens of one-time links: minted by chance, stored as hashes.
import type { Token, TokenHash } from '../../domain/token.ts';

export type Tokens = {
  newToken(): Token;
  /** The same text always has the same hash. Takes any text, so that forged ones can be recorded without being kept. */
  hashOf(text: string): TokenHash;
};
