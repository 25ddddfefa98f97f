// What a message is made of: its text with entities, its picture or document, checked as Telegram checks them.
import { accept, badRequest, type Answer } from './answer.ts';
import { normalise } from './formatted-text.ts';
import { parseHtml, type FormattedText } from './html.ts';
import type { Params, Upload } from './params.ts';
import type { Entity } from './view.ts';
import type { StoredFile, World } from './world.ts';

export type TextSource = { text: string; parseMode: string | undefined; entities: readonly Entity[] | undefined };

/** The most characters of a message and of a caption, after entities were parsed. */
export const mostText = 4096;
export const mostCaption = 1024;

/** Parses by `parse_mode`, or takes the given entities, and brings the text into its stored form. */
export const readText = ({ text, parseMode, entities }: TextSource): Answer<FormattedText> => {
  if (parseMode === undefined || parseMode === '') {
    const isInside = (entity: Entity): boolean =>
      entity.offset >= 0 && entity.length > 0 && entity.offset + entity.length <= text.length;
    return accept(normalise({ text, entities: (entities ?? []).filter(isInside) }));
  }
  // The Markdown modes exist in Telegram; a bot that shows codes and names of strangers is safer with HTML, and this server speaks it alone.
  if (parseMode.toLowerCase() !== 'html') return badRequest('unsupported parse_mode');
  const parsed = parseHtml(text);
  return parsed.ok ? accept(normalise(parsed.value)) : badRequest(`can't parse entities: ${parsed.error}`);
};

/** Width and height in pixels, from the head of a PNG, JPEG or GIF; undefined for anything that is no picture. */
export const pictureSize = (bytes: Uint8Array): { width: number; height: number } | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.length > 10 && view.getUint32(0) === 0x47494638)
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return undefined;
};

/** Finds the file that a parameter names: an upload of this call, or one that is already here. */
export const findFile = (world: World, params: Params, field: string): Answer<StoredFile> => {
  const value = params.values[field];
  const attached = typeof value === 'string' && value.startsWith('attach://') ? value.slice('attach://'.length) : field;
  const upload: Upload | undefined = params.uploads.get(attached);
  if (upload !== undefined) {
    if (upload.bytes.length === 0) return badRequest('file must be non-empty');
    return accept(world.addFile(upload));
  }
  if (typeof value !== 'string' || value === '') return badRequest(`there is no ${field} in the request`);
  const known = world.files.get(value);
  return known === undefined ? badRequest('wrong file identifier/HTTP URL specified') : accept(known);
};
