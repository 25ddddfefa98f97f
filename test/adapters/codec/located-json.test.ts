// JSON with positions: strict as `JSON.parse` is, and each mistake where a person looks for it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLocatedJson } from '../../../src/adapters/codec/located-json.ts';

const mistakesIn = (text: string): readonly string[] => readLocatedJson(text).mistakes([]);

describe('the syntax', () => {
  it.each([
    ['a trailing comma', '{"a":[1,2],}', ['line 1, column 12: the file: a key in double quotes is missing']],
    ['a trailing comma of a list', '{"a":[1,\n]}', ['line 2, column 1: a: a value is missing']],
    ['a comment', '{\r\n// no\r\n"a":1}', ['line 2, column 1: the file: JSON has no comments']],
    ['a comment inside', '{"a":{/* no */}}', ['line 1, column 7: a: JSON has no comments']],
    ['a missing comma', '{"a":1\n"b":2}', ['line 2, column 1: the file: a comma is missing']],
    ['a missing colon', '{"a" 1}', ['line 1, column 6: the file: a colon is missing']],
    ['a missing value', '{"a":{"b":}}', ['line 1, column 11: a: a value is missing']],
    ['a missing quote', '{"a":"x,\n"b":1}', ['line 1, column 6: a: a text without a closing quote']],
    ['single quotes', `{"a":1,\n 'b':2}`, ['line 2, column 2: the file: not JSON']],
    ['a word', '{"a":yes,"b":1}', ['line 1, column 6: the file: not JSON']],
    ['a file that breaks off', '{"a":[{"b":1', ['line 1, column 13: the file: a closing } is missing']],
    ['an escape', '{"a":"\\x"}', ['line 1, column 6: a: a backslash']],
    ['a number that breaks off', '[1.]', ['line 1, column 2: 0: a number that breaks off']],
    ['something behind the end', '{}{}', ['line 1, column 3: the file: nothing may follow']],
    ['nothing at all', ' \n ', ['line 2, column 2: the file: a value is missing']],
    [
      'two mistakes',
      '{"a":1,,\n"b":[tru],}',
      ['line 1, column 8: ', 'line 2, column 6: b: not JSON', 'line 2, column 11: the file: '],
    ],
    ['a key twice', '{"a":1,"a":2}', ['line 1, column 8: a: a key that is there twice']],
    ['a key twice, deep', '[{"b":{"c":1,\n"c":1}}]', ['line 2, column 1: 0.b.c: a key that is there twice']],
  ])('%s', (_what, text, mistakes) => {
    expect(mistakesIn(text)).toEqual(mistakes.map((mistake) => expect.stringContaining(mistake) as string));
  });

  /** JSON, and JSON that somebody has put a hand to. */
  const texts = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '}', ']', '"', ':', '//', '0', '\t', '\u00a0', '\ufeff', '\\', 'x'),
    )
    .map(([json, at, length, put]) => {
      const from = at % (json.length + 1);
      return json.slice(0, from) + put + json.slice(from + length);
    });

  it('is accepted exactly where JSON.parse accepts it, but for keys that are there twice, and read alike', () => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const mistakes = mistakesIn(text).filter((mistake) => !mistake.endsWith('there twice'));
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          expect(mistakes).not.toEqual([]);
          return;
        }
        accepted += 1;
        expect(mistakes).toEqual([]);
        expect(JSON.stringify(readLocatedJson(text).value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 1_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});

describe('a problem', () => {
  const json = readLocatedJson('{\n  "a": {"b": [10, "x"]},\n  "a2": {}\n}');

  it('is placed at its value, at its key, or where it is missing from', () => {
    expect(
      json.mistakes([
        { at: 'key', path: ['a2'], text: 'unknown' },
        { at: 'value', path: ['a', 'b', 1], text: 'wrong' },
        { at: 'value', path: ['a2', 'c'], text: 'required' },
        { at: 'value', path: [], text: 'strange' },
      ]),
    ).toEqual([
      'line 1, column 1: the file: strange',
      'line 2, column 19: a.b.1: wrong',
      'line 3, column 3: a2: unknown',
      'line 3, column 9: a2.c: is missing',
    ]);
  });

  it('is placed at the last of two keys: that is the one that is read', () => {
    const twice = readLocatedJson('{"a":1,\n"a":2}');
    expect(twice.value).toEqual({ a: 2 });
    expect(twice.mistakes([{ at: 'value', path: ['a'], text: 'wrong' }])).toEqual([
      'line 2, column 1: a: a key that is there twice',
      'line 2, column 5: a: wrong',
    ]);
  });

  it('is not told where a mistake of syntax has swallowed what is missing', () => {
    const swallowed = readLocatedJson('{"a":{"b" 1},"c":{}}');
    expect(
      swallowed.mistakes([
        { at: 'value', path: ['a', 'b'], text: 'required' },
        { at: 'value', path: ['c', 'b'], text: 'required' },
      ]),
    ).toEqual(['line 1, column 11: a: a colon is missing', 'line 1, column 18: c.b: is missing']);
  });
});
