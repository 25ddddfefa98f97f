// What makes codes, tokens and references: text that depends on the purchase alone, so that two runs can be compared.
import { createHash } from 'node:crypto';
import type { Simulation } from './simulation.ts';

/** Letters and digits that nobody confuses when reading a code aloud. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Fills a pattern (`#` digit, `@` letter or digit) with characters that depend on nothing but the text. */
export const fillPattern = (pattern: string, text: string): string => {
  const bytes = createHash('sha512').update(text).digest();
  let position = 0;
  return pattern.replace(/[#@]/g, (sign) => {
    const byte = bytes[position++ % bytes.length] ?? 0;
    return sign === '#' ? String(byte % 10) : (letters[byte % letters.length] ?? '');
  });
};

/** One use of a reference: the seed, the terminal, the reference, and how often the reference was used before. */
export const identityOf = (
  { terminalId, localReference }: { terminalId: number; localReference: number },
  { seed, sales }: Simulation,
): string => `${seed}:${terminalId}:${localReference}:${sales.countOf(terminalId, localReference)}`;

/** The supplier's own number of a sale. */
export const referenceOf = (identity: string): string => fillPattern('17###########', `reference:${identity}`);
