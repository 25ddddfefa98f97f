// What a statement is made of and what it becomes: the movements of a float, and documents that print them.
import type { Span } from '../../domain/day.ts';
import type { EntryKind, FloatMovement } from '../../domain/float-movement.ts';
import type { CustomerId } from '../../domain/ids.ts';
import type { Hundredths, Money } from '../../domain/money.ts';
import type { Statement } from '../../domain/statement.ts';
import type { Instant } from '../../domain/time.ts';

/** Where a page ended. Movements are in the order of their time, then of their id. */
export type MovementPlace = Pick<FloatMovement, 'at' | 'id'>;

export type Statements = {
  /**
   * Up to `limit` transfers within the span that touch what a customer may spend or has set aside, beginning behind `after`. Fewer than
   * `limit` means that there are no more. They include those that leave the float as it was.
   */
  floatMovements(customer: CustomerId, span: Span, after: MovementPlace | null, limit: number): Promise<readonly FloatMovement[]>;
  /** What a float held just before an instant, one entry a currency that it ever had until then, in the order of the codes. */
  floatBefore(customer: CustomerId, at: Instant): Promise<readonly Money[]>;
};

/** The words of a statement on paper, in one language. Functions take what stands in the sentence. */
export type StatementWords = {
  /** Whether the language is written from right to left. */
  readonly rightToLeft: boolean;
  readonly title: string;
  readonly agent: string;
  readonly period: string;
  readonly opening: string;
  readonly closing: string;
  readonly kinds: Readonly<Record<EntryKind, string>>;
  readonly columns: Readonly<
    Record<'date' | 'time' | 'kind' | 'details' | 'order' | 'reference' | 'amount' | 'balance' | 'currency', string>
  >;
  readonly nothing: string;
  /** The zone is an IANA name. */
  readonly zone: (timeZone: string) => string;
  readonly created: (time: string) => string;
  readonly page: (page: number, pages: number) => string;
  /** An amount without its currency, as people of the language write it. */
  readonly amount: (amount: Hundredths) => string;
};

/** A statement that is ready to be printed. `language` is an IETF tag. */
export type StatementPaper = {
  readonly statement: Statement;
  readonly agentName: string;
  readonly language: string;
  readonly createdAt: Instant;
};

/** Each gives a whole file. The same paper gives the same bytes. */
export type StatementPrinter = {
  csv(paper: StatementPaper): Promise<Uint8Array>;
  pdf(paper: StatementPaper): Promise<Uint8Array>;
};
