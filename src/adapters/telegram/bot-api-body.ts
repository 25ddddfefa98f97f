// The body of a Bot API call: JSON, or a form when bytes go along.
import { FormData } from 'undici';

/** A file as bytes; in the types of the Bot API it stands where an `InputFile` does. */
export type Upload = { readonly bytes: Uint8Array; readonly fileName: string };

export type Body = {
  readonly body: string | FormData;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether bytes go along, which takes longer. */
  readonly uploads: boolean;
};

const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array && 'fileName' in value;

/** A file is a parameter of its own, or the `media` of one. */
const holdsUpload = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (isUpload(value) || ('media' in value && isUpload(value.media)));

const JSON_HEADERS = { 'content-type': 'application/json' } as const;

/** Encodes the parameters of one call. In a form, values are JSON text and files are named by `attach://<part>`. */
export const encodeParams = (params: object): Body => {
  // Most calls have no file, and a replacer makes writing JSON several times slower.
  if (!Object.values(params).some(holdsUpload)) {
    return { body: JSON.stringify(params), headers: JSON_HEADERS, uploads: false };
  }
  const files: Upload[] = [];
  const attach = (_key: string, value: unknown): unknown => (isUpload(value) ? `attach://file${files.push(value) - 1}` : value);
  const json = JSON.stringify(params, attach);
  const form = new FormData();
  for (const [name, value] of Object.entries(JSON.parse(json) as Record<string, unknown>)) {
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const [index, { bytes, fileName }] of files.entries()) form.append(`file${index}`, new Blob([bytes]), fileName);
  return { body: form, headers: {}, uploads: true };
};
