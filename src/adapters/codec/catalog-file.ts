// The owner's file on top of the supplier's product list, in JSON: which products are sold and how, at which margins, up to which limits.
import { z } from 'zod';
import type { Overlay } from '../../domain/catalog.ts';
import type { LimitRule } from '../../domain/daily-limit.ts';
import { parseCustomerId, parseProductId } from '../../domain/ids.ts';
import { parsePercent } from '../../domain/margin.ts';
import type { BasisPoints, MarginRule } from '../../domain/margin.ts';
import { parseAmount, parseCurrency } from '../../domain/money.ts';
import type { Hundredths } from '../../domain/money.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { readLocatedJson } from './located-json.ts';
import type { Problem } from './located-json.ts';

/** What the owner says: the overlay on the supplier's list, and the rules of prices and limits in the order of the file. */
export type CatalogFile = {
  readonly overlay: Overlay;
  readonly margins: readonly MarginRule[];
  readonly limits: readonly LimitRule[];
};

/** A value that the domain reads; `what` says what it should have been. */
const read = <Input, Output>(parse: (value: Input) => Result<Output, unknown>, what: string) =>
  z.transform((value: Input, context): Output => {
    const parsed = parse(value);
    if (parsed.ok) return parsed.value;
    context.issues.push({ code: 'custom', message: what, input: value });
    return z.NEVER;
  });

const field = z.strictObject({
  /** The supplier's key for it. */
  name: z.string().regex(/^[A-Za-z]\w{0,39}$/, 'not a name such as "account"'),
  kind: z.enum(['phone', 'login', 'email', 'document', 'name', 'text']),
  mask: z.string().min(1).max(40).nullable().default(null),
  document: z.enum(['dni', 'cpf', 'curp', 'passport', 'any']).exactOptional(),
});

const NOT_AN_AMOUNT = 'not an amount such as "500.00"';

/** A price as people write it, such as "500.00" or "1,000.00". */
const price = z.string().pipe(read(parseAmount, NOT_AN_AMOUNT));

/** Without thousands: three digits behind a point are too many here, where small amounts stand. */
const amount = z
  .string()
  .regex(/^\d+(\.\d{1,2})?$/, NOT_AN_AMOUNT)
  .pipe(read(parseAmount, NOT_AN_AMOUNT));

const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'not a time zone such as "Europe/Madrid"');

const product = z.strictObject({
  brand: z.string().min(1).max(60),
  family: z.enum(['voucher', 'recharge', 'supermarket', 'bill']),
  fields: z.array(field).default([]),
  unit: z.enum(['confirmed', 'assumed']).default('assumed'),
  purchaseBy: z.enum(['send', 'receive']).default('send'),
  ceiling: price.nullable().default(null),
  revertible: z.boolean().default(false),
  dynamic: z.boolean().default(false),
  timeZone: timeZone.default('UTC'),
  order: z.int().default(0),
  hidden: z.boolean().default(false),
});

/** A supermarket voucher is sold in the name of a person; without a document the supplier refuses each one. */
const entry = product.refine(
  ({ family, fields }) => family !== 'supermarket' || fields.some(({ name }) => name === 'documentNumber'),
  {
    path: ['family'],
    message: 'supermarket vouchers need a field "documentNumber"',
  },
);

const role = z.enum(['customer', 'agent']).nullable().default(null);

const percent = (most: number) =>
  z
    .string()
    .pipe(read((text: string) => parsePercent(text, most), `not a percentage from 0 to ${most} such as "5.5"`))
    .default(0 as BasisPoints);

/** Also asked of a rule with other mistakes, so that all of them are reported together. */
const isForAgents = ({ role, commission }: { readonly role?: unknown; readonly commission?: unknown }): boolean =>
  role !== 'customer' || commission === undefined || commission === 0;

const margin = z
  .strictObject({
    product: z.int().pipe(read(parseProductId, 'not a product id')).nullable().default(null),
    country: z.int().min(1).max(999).nullable().default(null),
    role,
    percent: percent(1_000),
    fixed: amount.default(0 as Hundredths),
    roundUpTo: amount
      .refine((step) => step > 0, 'not an amount above zero such as "0.10"')
      .nullable()
      .default(null),
    commission: percent(100),
  })
  .refine(isForAgents, {
    path: ['commission'],
    message: 'only agents get a commission',
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

const amountPerDay = z.record(z.string().regex(/^[A-Z]{3}$/, 'not a currency such as "EUR"'), amount);

const limit = z.strictObject({
  role,
  customer: z.int().pipe(read(parseCustomerId, 'not a Telegram id')).nullable().default(null),
  perDay: z
    .strictObject({ count: z.int().min(0).nullable().default(null), amount: amountPerDay.default({}) })
    .transform(({ count, amount }) => ({
      count,
      amounts: Object.entries(amount).flatMap(([code, hundredths]) => {
        const currency = parseCurrency(code);
        return currency.ok ? [{ hundredths, currency: currency.value }] : [];
      }),
    })),
});

const file = z
  .strictObject({
    products: z.record(z.string().regex(/^[1-9]\d{0,9}$/, 'not a product id, digits only'), entry),
    margins: z.array(margin).default([]),
    limits: z.array(limit).default([]),
  })
  .transform(({ products, margins, limits }): CatalogFile => ({ overlay: products, margins, limits }));

/** What the schema found, by key where the key itself is wrong. */
const problemsOf = (issue: z.core.$ZodIssue): readonly Problem[] => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ at: 'key', path: [...issue.path, key], text: 'a key that is not known here' }));
    case 'invalid_key':
      return [{ at: 'key', path: issue.path, text: issue.issues[0]?.message ?? issue.message }];
    default:
      return [{ at: 'value', path: issue.path, text: issue.message }];
  }
};

/** Reads the file's text. Every mistake is reported, in the order of the file: `line 3, column 5: products.8101.brand: is missing`. */
export const parseCatalogFile = (text: string): Result<CatalogFile, readonly string[]> => {
  const json = readLocatedJson(text);
  const parsed = file.safeParse(json.value);
  const mistakes = json.mistakes(parsed.success ? [] : parsed.error.issues.flatMap(problemsOf));
  return parsed.success && mistakes.length === 0 ? ok(parsed.data) : fail(mistakes);
};
