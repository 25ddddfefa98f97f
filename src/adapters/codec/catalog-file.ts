// The owner's overlay on the supplier's product list, a JSON file: brand, family, fields and price rules for each product that is sold.
import { z } from 'zod';
import type { Overlay } from '../../domain/catalog.ts';
import { parseAmount } from '../../domain/money.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';

const field = z.strictObject({
  name: z.enum(['account', 'receiverEmail', 'documentNumber']),
  kind: z.enum(['phone', 'login', 'email', 'document']),
  mask: z.string().min(1).max(40).nullable().default(null),
});

/** A price as people write it, such as "500.00". */
const amount = z.string().transform((text, context) => {
  const parsed = parseAmount(text);
  if (parsed.ok) return parsed.value;
  context.addIssue('not an amount such as "500.00"');
  return z.NEVER;
});

const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'not a time zone such as "Europe/Madrid"');

const entry = z.strictObject({
  brand: z.string().min(1).max(60),
  family: z.enum(['voucher']),
  fields: z.array(field).default([]),
  unit: z.enum(['confirmed', 'assumed']).default('assumed'),
  purchaseBy: z.enum(['send', 'receive']).default('send'),
  ceiling: amount.nullable().default(null),
  revertible: z.boolean().default(false),
  dynamic: z.boolean().default(false),
  timeZone: timeZone.default('UTC'),
});

const file = z.strictObject({ products: z.record(z.string().regex(/^[1-9]\d{0,9}$/, 'a product id, digits only'), entry) });

/** Reads the overlay's text. Every mistake is reported, with the path to it. */
export const parseCatalogFile = (text: string): Result<Overlay, readonly string[]> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail([`not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const parsed = file.safeParse(json);
  return parsed.success
    ? ok(parsed.data.products)
    : fail(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
};
