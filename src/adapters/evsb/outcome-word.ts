// How an exchange with the supplier ended, as a label of metrics and traces: one of few words, whatever the supplier sends.
import { RESULT_CODES } from './outcome.ts';

const STATUSES: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 406, 415, 429, 500, 502, 503, 504]);

/** An answer by its result code where it has one, else by its HTTP status. `readable`: a 200 that says what was asked for. */
export const answerWord = (status: number, resultCode: string | null, readable: boolean): string => {
  const code = Number(resultCode);
  if (resultCode !== null) return RESULT_CODES.has(code) ? String(code) : 'other';
  if (status === 200) return readable ? 'ok' : 'unreadable';
  return STATUSES.has(status) ? `http${status}` : 'httpOther';
};
