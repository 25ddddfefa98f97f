// Strict JSON that knows where everything stands, so that a person who edits a file by hand is told the line and the column of each mistake.
import { getNodePath, getNodeValue, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';

export type Path = readonly PropertyKey[];

/** What is wrong with a value, or with the key that the path ends in. */
export type Problem = { readonly at: 'value' | 'key'; readonly path: Path; readonly text: string };

export type LocatedJson = {
  /** What could be read, of a file with mistakes too; undefined when there is nothing. */
  readonly value: unknown;
  /**
   * Every mistake as `line 3, column 5: products.8101.brand: …`, in the order of the file: its own mistakes of syntax, its keys that are
   * there twice, and the problems given. Lines and columns count from 1. A value that is only missing because of a mistake of syntax
   * counts as one mistake.
   */
  mistakes(problems: readonly Problem[]): readonly string[];
};

const SENTENCES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'not JSON, which knows texts and keys in double quotes, numbers, true, false and null',
  InvalidNumberFormat: 'not a number',
  PropertyNameExpected: 'a key in double quotes is missing; no comma stands behind the last value',
  ValueExpected: 'a value is missing; no comma stands behind the last one',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'nothing may follow here',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a text without a closing quote on its line',
  UnexpectedEndOfNumber: 'a number that breaks off',
  InvalidUnicode: 'four hexadecimal digits have to follow \\u',
  InvalidEscapeCharacter: 'a backslash in front of what needs none; a backslash itself is written \\\\',
  InvalidCharacter: 'a control character inside a text',
};

const nameOf = ({ error }: ParseError): string => printParseErrorCode(error);

/** Whether the parser complains only because it had not recovered from what it complained about before. */
const isConsequence = (error: ParseError, before: ParseError | undefined, text: string): boolean => {
  if (before === undefined) return false;
  const fromKey = nameOf(before) === 'PropertyNameExpected' || nameOf(before) === 'InvalidSymbol';
  const between = text.slice(before.offset + before.length, error.offset);
  return (nameOf(error) === 'ValueExpected' && fromKey) || between.trim() === '';
};

/** `line 3, column 5`, both from 1; a column is a UTF-16 unit, as editors count. */
const placeOf = (offset: number, text: string): string => {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
};

const keyOf = (property: Node): unknown => property.children?.[0]?.value;

/** The property of an object as its value is read: of a key that is there twice, the last one. */
const propertyOf = (node: Node, key: PropertyKey): Node | undefined =>
  node.type === 'object' ? node.children?.findLast((property) => keyOf(property) === key) : undefined;

const childOf = (node: Node, step: PropertyKey): Node | undefined =>
  node.type === 'array' ? node.children?.[Number(step)] : propertyOf(node, step)?.children?.[1];

/** What a problem is about. Of a value that is not there, what it is missing from. */
const nodeOf = (root: Node, { at, path }: Problem): { readonly node: Node; readonly isMissing: boolean } => {
  let node = root;
  for (const [index, step] of path.entries()) {
    const next = at === 'key' && index === path.length - 1 ? propertyOf(node, step)?.children?.[0] : childOf(node, step);
    if (next === undefined) return { node, isMissing: true };
    node = next;
  }
  return { node, isMissing: false };
};

/** The innermost object, list or value around an offset; at the end of a file that breaks off, the whole. */
const around = (node: Node, offset: number): Node => {
  const inner = node.children?.find((child) => child.offset <= offset && offset < child.offset + child.length);
  if (inner === undefined) return node;
  const isKey = node.type === 'property' && node.children?.[0] === inner;
  const found = isKey ? node : around(inner, offset);
  return found.type === 'property' ? (found.parent ?? found) : found;
};

/** Whether the parser skipped what may have been meant: a comma too many or a comment costs nothing. */
const isLoss = (error: ParseError, text: string): boolean => {
  switch (nameOf(error)) {
    case 'CommaExpected':
    case 'InvalidCommentToken':
      return false;
    case 'PropertyNameExpected':
      return text.charAt(error.offset) !== '}';
    default:
      return true;
  }
};

/** The keys that an earlier property of their object has too, at any depth. */
const repeatedKeys = (node: Node): readonly Node[] => {
  const children = node.children ?? [];
  const keys = node.type === 'object' ? children.flatMap((property) => property.children?.[0] ?? []) : [];
  const repeated = keys.filter((key, index) => keys.findIndex(({ value }) => value === key.value) < index);
  return [...repeated, ...children.flatMap(repeatedKeys)];
};

export const readLocatedJson = (text: string): LocatedJson => {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const syntax = errors.filter((error, index) => !isConsequence(error, errors[index - 1], text));
  const losses = syntax.filter((error) => isLoss(error, text));
  const broken = new Set(root === undefined ? [] : losses.map(({ offset }) => around(root, offset)));
  const sentence = (offset: number, path: Path, what: string) => ({
    offset,
    text: `${placeOf(offset, text)}: ${path.length === 0 ? 'the file' : path.join('.')}: ${what}`,
  });

  const syntaxMistakes = syntax.map((error) =>
    sentence(
      error.offset,
      root === undefined ? [] : getNodePath(around(root, error.offset)),
      SENTENCES[nameOf(error)] ?? nameOf(error),
    ),
  );
  const duplicates =
    root === undefined
      ? []
      : repeatedKeys(root).map((key) => sentence(key.offset, getNodePath(key), 'a key that is there twice'));
  const located = (problem: Problem) => {
    if (root === undefined) return [];
    const { node, isMissing } = nodeOf(root, problem);
    return broken.has(node) ? [] : [sentence(node.offset, problem.path, isMissing ? 'is missing' : problem.text)];
  };

  return {
    value: root === undefined ? undefined : getNodeValue(root),
    mistakes: (problems) =>
      [...syntaxMistakes, ...duplicates, ...problems.flatMap(located)]
        .sort((a, b) => a.offset - b.offset)
        .map((mistake) => mistake.text),
  };
};
