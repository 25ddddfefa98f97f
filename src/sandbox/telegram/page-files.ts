// The files of the chat page, read from disk on every request; TypeScript is served as JavaScript with its types stripped.
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import { notFound } from './answer.ts';
import { content, json, type Reply } from './http.ts';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
};

/** Reads one file of the page folder; names are plain, so that no path leads out of it. */
export const readPageFile = async (name: string): Promise<Reply> => {
  const contentType = contentTypes[extname(name)];
  const isKnown = contentType !== undefined && /^[a-z-]+\.[a-z]+$/.test(name);
  const source = isKnown ? await readFile(new URL(`page/${name}`, import.meta.url), 'utf8').catch(() => undefined) : undefined;
  if (contentType === undefined || source === undefined) return json(404, notFound);
  return content(contentType, name.endsWith('.ts') ? stripTypeScriptTypes(source, { mode: 'strip' }) : source);
};
