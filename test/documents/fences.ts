// What the documents tell their readers to type, to follow and to look for, as lists that a test can compare with the project.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file))
    .sort();

/** All documents, by their path from the project's folder. */
export const DOCUMENTS: readonly string[] = ['README.md', 'CHANGELOG.md', 'src/README.md', ...filesIn('docs')];

export const readDocument = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

export type Fence = { readonly file: string; readonly language: string; readonly lines: readonly string[] };

export const fencesOf = (file: string): readonly Fence[] =>
  [...readDocument(file).matchAll(/^```(\S*)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    file,
    language,
    lines: text.split('\n').filter((line) => line.trim() !== ''),
  }));

/** The document without its fences. */
export const proseOf = (file: string): string => readDocument(file).replaceAll(/^```.*?^```$/gms, '');

const withoutComment = (line: string): string => line.replace(/\s+#.*$/, '').trim();

/** Every command of every document once, as it stands there. */
export const COMMANDS: readonly string[] = [
  ...new Set(
    DOCUMENTS.flatMap(fencesOf)
      .filter(({ language }) => language === 'sh')
      .flatMap(({ lines }) => lines.map(withoutComment)),
  ),
];
