// Where the tokens of one-time links come from.
import { createHash, randomBytes } from 'node:crypto';
import { parseToken, parseTokenHash } from '../../domain/token.ts';
import type { Tokens } from '../../app/ports/tokens.ts';

const TOKEN_BYTES = 16;

export const createTokens = (): Tokens => ({
  newToken: () => {
    const token = parseToken(randomBytes(TOKEN_BYTES).toString('base64url'));
    if (!token.ok) throw new Error('Sixteen bytes made no token');
    return token.value;
  },
  hashOf: (text) => {
    const hash = parseTokenHash(createHash('sha256').update(text).digest('hex'));
    if (!hash.ok) throw new Error('SHA-256 gave no hash');
    return hash.value;
  },
});
