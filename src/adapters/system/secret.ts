// A text that does not print: logs, errors and inspection show `[secret]` until somebody asks for it by name.
import { inspect } from 'node:util';

const SHOWN = '[secret]';

export type Secret = { reveal(): string; toString(): string; toJSON(): string };

/** The text lives in a closure, where neither enumeration nor a heap of spreads copies it. */
export const secret = (text: string): Secret =>
  Object.freeze({
    reveal: () => text,
    toString: () => SHOWN,
    toJSON: () => SHOWN,
    [inspect.custom]: () => SHOWN,
  });
