// The parameters of a Bot API call, from the address and from a JSON, form or multipart body: one bag of values and one of files.
import { z } from 'zod';
import { accept, badRequest, type Answer, type Refusal } from './answer.ts';
import { replyMarkup } from './keyboard.ts';
import { readMultipart } from './multipart.ts';
import type { PlainEntityType } from './view.ts';

export type Upload = { name: string; mimeType: string; bytes: Uint8Array };
export type Params = { values: Record<string, unknown>; uploads: ReadonlyMap<string, Upload> };

const jsonObject = z.record(z.string(), z.unknown());

const readJson = (body: Buffer): Record<string, unknown> | undefined => {
  try {
    return jsonObject.safeParse(JSON.parse(body.toString())).data;
  } catch {
    return undefined;
  }
};

const readForm = (contentType: string, body: Buffer): Params | undefined => {
  const parts = readMultipart(contentType, body);
  const values = parts
    ?.filter((part) => part.fileName === undefined)
    .map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]);
  const uploads = parts?.flatMap(({ name, fileName, mimeType, bytes }): [string, Upload][] =>
    fileName === undefined ? [] : [[name, { name: fileName, mimeType, bytes }]],
  );
  return values && uploads && { values: Object.fromEntries(values) as Record<string, unknown>, uploads: new Map(uploads) };
};

/** Reads the parameters in the address and in the body, by its content type; a body that is not what it says is a refusal. */
export const readParams = (query: URLSearchParams, contentType: string, body: Buffer): Answer<Params> => {
  const inAddress = Object.fromEntries(query);
  const withAddress = (values: Record<string, unknown> | undefined, uploads: Params['uploads'] = new Map()): Answer<Params> =>
    values === undefined ? badRequest("can't parse the request body") : accept({ values: { ...inAddress, ...values }, uploads });
  if (body.length === 0) return withAddress({});
  if (contentType.startsWith('application/json')) return withAddress(readJson(body));
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return withAddress(Object.fromEntries(new URLSearchParams(body.toString())));
  }
  const form = readForm(contentType, body);
  return withAddress(form?.values, form?.uploads);
};

/** A value that arrives as text in a form and as itself in JSON. */
const jsonText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.issues.push({ code: 'custom', input: value, message: "can't parse JSON" });
      return z.NEVER;
    }
  }, schema);

const isTrue = (value: unknown): boolean => value === true || ['true', 'True', '1', 1].some((one) => one === value);

const span = { offset: z.int(), length: z.int() };
const plainTypes = [
  'mention',
  'bot_command',
  'url',
  'email',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'blockquote',
  'expandable_blockquote',
] as const satisfies PlainEntityType[];

const entity = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.enum(plainTypes), ...span }),
    z.object({ type: z.literal('pre'), ...span, language: z.string().exactOptional() }),
    z.object({ type: z.literal('text_link'), ...span, url: z.string() }),
  ],
  { error: "can't parse MessageEntity: Unsupported type specified" },
);

/** The vocabulary of parameters that several methods share. */
export const param = {
  integer: z.coerce.number().int(),
  flag: z.unknown().default(false).transform(isTrue),
  text: z.coerce.string(),
  json: jsonText,
  chatId: z.union([z.int(), z.string()]).transform(Number),
  entities: jsonText(z.array(entity)).optional(),
  replyMarkup: jsonText(replyMarkup).optional(),
  replyParameters: jsonText(z.object({ message_id: z.int(), allow_sending_without_reply: z.boolean().optional() })).optional(),
};

/** Parses the values for one method; the first issue becomes Telegram's description of the refusal. */
export const parseValues = <Schema extends z.ZodType>(
  schema: Schema,
  values: unknown,
): { ok: true; value: z.infer<Schema> } | Refusal => {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  const isOurs = issue !== undefined && /^(?:can't parse|Field)/.test(issue.message);
  return badRequest(isOurs ? issue.message : `invalid parameter "${issue?.path.join('.') ?? ''}"`);
};
