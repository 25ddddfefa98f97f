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

/** Encodes the parameters of one call. In a form, values are JSON text and files are named by `attach://<part>`. */
export const encodeParams = (params: object): Body => {
  const files: Upload[] = [];
  const attach = (_key: string, value: unknown): unknown => (isUpload(value) ? `attach://file${files.push(value) - 1}` : value);
  const json = JSON.stringify(params, attach);
  if (files.length === 0) return { body: json, headers: { 'content-type': 'application/json' }, uploads: false };

  const form = new FormData();
  for (const [name, value] of Object.entries(JSON.parse(json) as Record<string, unknown>)) {
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const [index, { bytes, fileName }] of files.entries()) form.append(`file${index}`, new Blob([bytes]), fileName);
  return { body: form, headers: {}, uploads: true };
};
