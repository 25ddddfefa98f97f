// Reads from eVSB: sent in turn, repeated when that can help, logged one line a try, and handed on as JSON.
import type { Log } from '../../app/ports/log.ts';
import type { SupplierError } from '../../app/ports/supplier.ts';
import type { LocalReference, ProductId } from '../../domain/ids.ts';
import { assertNever, fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { CALLS } from './calls.ts';
import type { CallName, Timeouts } from './calls.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { Http, HttpOutcome } from './http.ts';
import type { Turn } from './turns.ts';
import { parseJson, statusOf, unusable } from './wire.ts';

export type Read = {
  readonly call: CallName;
  readonly path: Result<string, string>;
  /** JSON text of a query that is too private for a path: it is posted, and moves no money for that. Secret. */
  readonly body?: string;
  readonly product?: ProductId;
  readonly reference?: LocalReference;
};

/** A 200 whose body is JSON. `skew`: their clock minus ours in milliseconds, when the answer tells. */
export type ReadAnswer = { readonly json: unknown; readonly skew: number | null };

export type Reader = (read: Read) => Promise<Result<ReadAnswer, SupplierError>>;

/** The supplier's way of saying that there is nothing of the kind. */
export const isMissing = (error: SupplierError): boolean => error.kind === 'answered' && error.httpStatus === 404;

/** Only what a second try can change: refusals stay refusals, and a 401 in a loop gets a client blocked. */
const isWorthRepeating = (error: SupplierError): boolean => error.kind !== 'answered' || error.httpStatus >= 500;

const interpret = (outcome: HttpOutcome | 'tooLate'): Result<ReadAnswer, SupplierError> => {
  if (outcome === 'tooLate') return fail({ kind: 'notSent', reason: 'too many calls are waiting' });
  switch (outcome.kind) {
    case 'notSent':
      return fail({ kind: 'notSent', reason: outcome.reason });
    case 'noAnswer':
      return fail({ kind: 'noAnswer', reason: outcome.reason });
    case 'answered': {
      const json = parseJson(outcome.text ?? '');
      if (outcome.status !== 200) {
        const { resultCode, message } = statusOf(json.ok ? json.value : null);
        return fail({ kind: 'answered', httpStatus: outcome.status, resultCode, message });
      }
      return json.ok ? ok({ json: json.value, skew: outcome.skew }) : unusable('unreadable answer');
    }
    default:
      return assertNever(outcome);
  }
};

type ReaderDeps = {
  readonly http: Http;
  readonly turn: Turn;
  readonly clocks: ClockWatch;
  readonly log: Log;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};

/** The reader never rejects. */
export const createReader = ({ http, turn, clocks, log, timeouts, now, random, sleep }: ReaderDeps): Reader => {
  const tryOnce = async (read: Read, path: string, attempt: number): Promise<Result<ReadAnswer, SupplierError>> => {
    const { timeout, limit } = CALLS[read.call];
    let sentAt = now();
    const outcome = await turn(() => {
      sentAt = now();
      const method = read.body === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body: read.body } as const);
      return http.send({ ...method, path, timeout: timeouts[read.call] ?? timeout, limit });
    });
    const ms = now() - sentAt;
    clocks.observe(outcome);
    const result = interpret(outcome);
    const status = outcome !== 'tooLate' && outcome.kind === 'answered' ? outcome.status : null;
    const said = result.ok ? statusOf(result.value.json) : null;
    const fields = {
      call: read.call,
      product: read.product ?? null,
      reference: read.reference ?? null,
      status,
      code: said?.resultCode ?? null,
      rc: said?.rc ?? null,
      uid: outcome === 'tooLate' || outcome.kind === 'notSent' ? null : outcome.uid,
      ms,
      try: attempt,
    };
    if (result.ok) log.info('evsb.read', fields);
    else if (status === 401 || status === 403) log.error('evsb.readRefused', fields);
    else log.warn('evsb.readFailed', { ...fields, reason: result.error.kind === 'answered' ? 'answered' : result.error.reason });
    return result;
  };

  return async (read) => {
    if (!read.path.ok) {
      log.warn('evsb.readFailed', { call: read.call, product: read.product ?? null, reason: read.path.error });
      return fail({ kind: 'notSent', reason: read.path.error });
    }
    const { retries, retryAfter } = CALLS[read.call];
    for (let attempt = 1; ; attempt += 1) {
      const result = await tryOnce(read, read.path.value, attempt);
      if (result.ok || attempt > retries || !isWorthRepeating(result.error)) return result;
      // Half to one and a half times the wait, so that clients that failed together do not come back together.
      await sleep(retryAfter * 2 ** (attempt - 1) * (0.5 + random()));
    }
  };
};
