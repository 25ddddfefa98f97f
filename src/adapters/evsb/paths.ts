// Paths from templates: every value is percent-encoded, and values that servers are known to stumble over never leave us.
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';

const PLACEHOLDER = /\{(\w+)\}/g;

export const placeholdersOf = (template: string): readonly string[] =>
  Array.from(template.matchAll(PLACEHOLDER), ([, name]) => name ?? '');

/** Servlet containers refuse or reinterpret these even when they are encoded: separators, control characters, dot segments. */
const UNSENDABLE = /[/\\;\p{Cc}]|^\.{0,2}$/u;

/** Fills a template such as `/ping/{echo}`. The error names the placeholder whose value can't be sent, never the value. */
export const fillPath = (template: string, values: Readonly<Record<string, string | number | null>>): Result<string, string> => {
  const texts = new Map<string, string>();
  for (const name of placeholdersOf(template)) {
    const value = values[name];
    if (value === undefined) throw new Error(`The path template ${template} has an unknown placeholder`);
    if (value === null) return fail(`the path needs {${name}}`);
    const text = String(value);
    if (UNSENDABLE.test(text) || !text.isWellFormed()) return fail(`{${name}} can't be part of a path`);
    texts.set(name, encodeURIComponent(text));
  }
  return ok(template.replaceAll(PLACEHOLDER, (_, name: string) => texts.get(name) ?? ''));
};
