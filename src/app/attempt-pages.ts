// The attempts of a while, page by page: a big day is never in memory as a whole.
import type { Span } from '../domain/day.ts';
import type { LedgerAttempt, Place, Reconciliations } from './ports/reconciliation.ts';

/** Small, so that asking about a page takes minutes even when the supplier is slow. */
const PAGE = 20;

/** Yields pages of at least one attempt each, in the order of their time. */
export async function* attemptPages(
  books: Pick<Reconciliations, 'attemptsBetween'>,
  terminalId: number,
  span: Span,
): AsyncGenerator<readonly LedgerAttempt[]> {
  let after: Place | null = null;
  for (;;) {
    const page: readonly LedgerAttempt[] = await books.attemptsBetween(terminalId, span, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < PAGE) return;
    after = last.attempt;
  }
}
