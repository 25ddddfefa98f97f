// Makes an agent's statement of a day or a few weeks, to be shown in the chat or to be sent as a file.
import { daysApart, spanOf } from '../domain/day.ts';
import type { Day, Span } from '../domain/day.ts';
import { entriesOf } from '../domain/float-movement.ts';
import type { FloatMovement, StatementEntry } from '../domain/float-movement.ts';
import type { CustomerId } from '../domain/ids.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { statementOf } from '../domain/statement.ts';
import type { Statement } from '../domain/statement.ts';
import type { Clock } from './ports/clock.ts';
import type { StatementPrinter, Statements } from './ports/statements.ts';

/** Whose statement, of which days (both included), and how. `language` is an IETF tag. */
export type StatementRequest = {
  readonly agent: CustomerId;
  readonly agentName: string;
  readonly language: string;
  readonly from: Day;
  readonly to: Day;
  readonly format: 'message' | 'csv' | 'pdf';
};

export type MadeStatement =
  | { readonly kind: 'statement'; readonly statement: Statement }
  | {
      readonly kind: 'document';
      readonly statement: Statement;
      readonly fileName: string;
      readonly mimeType: string;
      readonly bytes: Uint8Array;
    };

/** `backwards`: it ends before it begins. A shorter range helps against the other two; `most` is in days or in lines. */
export type StatementError =
  | { readonly kind: 'backwards' }
  | { readonly kind: 'tooManyDays'; readonly most: number }
  | { readonly kind: 'tooManyLines'; readonly most: number };

export type MakeStatement = (request: StatementRequest) => Promise<Result<MadeStatement, StatementError>>;

/** A quarter of a year. */
export const MOST_DAYS = 92;
/** What is still read and printed in seconds, and far below the 50 MB that Telegram takes. */
const MOST_LINES = 10_000;
const PAGE = 500;

const MIME_TYPES = { csv: 'text/csv', pdf: 'application/pdf' } as const;

export const createMakeStatement = ({
  statements,
  printer,
  timeZone,
  clock,
  mostLines = MOST_LINES,
}: {
  readonly statements: Statements;
  readonly printer: StatementPrinter;
  /** The shop's, an IANA name: its calendar says when a day begins. */
  readonly timeZone: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly mostLines?: number;
}): MakeStatement => {
  /** Null when there are more than one statement takes. */
  const readEntries = async (agent: CustomerId, span: Span): Promise<readonly StatementEntry[] | null> => {
    const entries: StatementEntry[] = [];
    let last: FloatMovement | null = null;
    for (;;) {
      const page: readonly FloatMovement[] = await statements.floatMovements(agent, span, last, PAGE);
      for (const movement of page) entries.push(...entriesOf(agent, movement));
      if (entries.length > mostLines) return null;
      last = page.at(-1) ?? null;
      if (page.length < PAGE) return entries;
    }
  };

  return async ({ agent, agentName, language, from, to, format }) => {
    if (from > to) return fail({ kind: 'backwards' });
    if (daysApart(from, to) >= MOST_DAYS) return fail({ kind: 'tooManyDays', most: MOST_DAYS });
    const span = { from: spanOf(from, timeZone).from, to: spanOf(to, timeZone).to };
    const entries = await readEntries(agent, span);
    if (entries === null) return fail({ kind: 'tooManyLines', most: mostLines });
    const statement = statementOf({ from, to }, await statements.floatBefore(agent, span.from), entries);
    if (format === 'message') return ok({ kind: 'statement', statement });
    const bytes = await printer[format]({ statement, agentName, language, createdAt: clock.now() });
    const fileName = `statement-${from === to ? from : `${from}-to-${to}`}.${format}`;
    return ok({ kind: 'document', statement, fileName, mimeType: MIME_TYPES[format], bytes });
  };
};
