// The shapes of eVSB's answers, read tolerantly: unknown properties are ignored, and "" is the same as absent.
import { z } from 'zod';
import type { SupplierError } from '../../app/ports/supplier.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { KeyValue } from '../../domain/key-value.ts';

/** Fields that are text to us. Where one arrives as a JSON number its digits are kept: a float would round a long code or a rate. */
const KEEPS_DIGITS: ReadonlySet<string> = new Set([
  'exchangeRate',
  'resultcode',
  'supplierreference',
  'suppliertoken',
  'redeemCode',
  'redeemAccount',
  'value',
  'invoiceReference',
]);

const losesDigits = (key: string, value: number): boolean =>
  KEEPS_DIGITS.has(key) || (Number.isInteger(value) && !Number.isSafeInteger(value));

/** Parses JSON text, in which a number that a float can't hold becomes text; the error covers everything that is no JSON. */
export const parseJson = (text: string): Result<unknown, 'notJson'> => {
  try {
    const json: unknown = JSON.parse(text, (key: string, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' && losesDigits(key, value) ? (context?.source ?? String(value)) : value,
    );
    return ok(json);
  } catch {
    return fail('notJson');
  }
};

/** Optional everything: absent, null and values of a wrong type are null. */
export const loose = <T>(schema: z.ZodType<T>) => schema.nullable().catch(null);

export const text = loose(
  z.union([z.string(), z.number()]).transform((value) => (String(value).trim() === '' ? null : String(value))),
);
const flag = z
  .union([z.literal(true), z.literal('true')])
  .transform(() => true)
  .catch(false);

const keyValue = z
  .object({ key: text, value: text })
  .transform(({ key, value }): KeyValue => ({ key: key ?? '', value: value ?? '' }));

/** Documented as one object here and as a list there. */
export const keyValues = z
  .union([z.array(keyValue), keyValue.transform((single) => [single])])
  .transform((entries) => entries.filter(({ key, value }) => key !== '' || value !== ''))
  .catch([]);

/** What an object says beyond the properties that are listed: kept, because a buyer may need it. */
export const unlistedOf = (object: object, listed: ReadonlySet<string>): readonly KeyValue[] =>
  Object.entries(object).flatMap(([key, value]) => {
    const plain = listed.has(key) ? null : text.parse(value);
    return plain === null ? [] : [{ key, value: plain }];
  });

export const voucherInfo = z.looseObject({
  redeemCode: text,
  redeemAccount: text,
  redeemInstructions: text,
  expiration: text,
  additionalData: keyValues,
});
export type VoucherInfo = z.infer<typeof voucherInfo>;

/** A receipt of a sale or of Transaction Info. `resultcode` is read by `codeOf`, which tells absent from unreadable. */
export const receipt = z.looseObject({
  resultcode: z.unknown().optional(),
  resultmessage: text,
  supplierreference: text,
  suppliertoken: text,
  extraInfo: loose(voucherInfo),
  hasAdditionalData: flag,
  additionalData: keyValues,
});
export type Receipt = z.infer<typeof receipt>;

export const absent = z.union([z.undefined(), z.null(), z.literal('')]).optional();

/** The one captured failure without a result code: what a validator writes before anything is done. */
export const validationRefusal = z.object({
  finalstatus: z.literal(0),
  resultmessage: z.string().regex(/\S/),
  resultcode: absent,
  supplierreference: absent,
  suppliertoken: absent,
});

export const envelope = z.object({
  rc: loose(z.int()),
  message: text,
  items: z.array(z.unknown()).catch([]),
});

/** A result code: an integer, as number or text; `none` when absent, `unreadable` when it is anything else. */
export const codeOf = (value: unknown): number | 'none' | 'unreadable' => {
  if (value === undefined || value === null || value === '') return 'none';
  const digits = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return /^-?(0|[1-9]\d{0,8})$/.test(digits) ? Number(digits) : 'unreadable';
};

/** What an answer says of itself, for log lines and errors. */
export type Status = { readonly rc: number | null; readonly resultCode: string | null; readonly message: string | null };

export const statusOf = (json: unknown): Status => {
  const { data } = envelope.safeParse(json);
  if (data === undefined) return { rc: null, resultCode: null, message: null };
  const first = receipt.safeParse(data.items[0]).data;
  const code = codeOf(first?.resultcode);
  return {
    rc: data.rc,
    resultCode: typeof code === 'number' ? String(code) : null,
    message: first?.resultmessage ?? data.message,
  };
};

/** An answer that we can't use, in our own words. */
export const unusable = (message: string): { readonly ok: false; readonly error: SupplierError } =>
  fail({ kind: 'answered', httpStatus: 200, resultCode: null, message });

/** The items of a successful answer; a business failure (`rc` other than 0) is an error. */
export const itemsOf = (json: unknown): Result<readonly unknown[], SupplierError> => {
  const { data } = envelope.safeParse(json);
  if (data?.rc === 0) return ok(data.items);
  const { resultCode, message } = statusOf(json);
  return fail({ kind: 'answered', httpStatus: 200, resultCode, message: message ?? 'unreadable answer' });
};
