// Reads from eVSB: sent in turn, repeated when that can help, logged one line a try, and handed on as JSON.
import type { Log } from '../../app/ports/log.ts';
import type { SupplierError } from '../../app/ports/supplier.ts';
import type { Telemetry } from '../../app/ports/telemetry.ts';
import type { LocalReference, ProductId } from '../../domain/ids.ts';
import { assertNever, fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { noteUid } from './call-report.ts';
import { CALLS } from './calls.ts';
import type { CallName, Timeouts } from './calls.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { Http, HttpOutcome } from './http.ts';
import { answerWord } from './outcome-word.ts';
import type { Turn } from './turns.ts';
import { parseJson, statusOf, unusable } from './wire.ts';
import type { Status } from './wire.ts';

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

const interpret = (outcome: HttpOutcome): Result<ReadAnswer, SupplierError> => {
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

/** One try. `said`: what a usable answer says of itself. */
type Tried = {
  readonly outcome: HttpOutcome;
  readonly result: Result<ReadAnswer, SupplierError>;
  readonly said: Status | null;
};

const triedWith = (outcome: HttpOutcome): Tried => {
  const result = interpret(outcome);
  return { outcome, result, said: result.ok ? statusOf(result.value.json) : null };
};

const NO_TURN: Tried = triedWith({ kind: 'notSent', reason: 'too many calls are waiting' });

const wordOf = ({ outcome, result, said }: Tried): string => {
  if (outcome.kind !== 'answered') return outcome.kind;
  const refusal = !result.ok && result.error.kind === 'answered' ? result.error.resultCode : null;
  return answerWord(outcome.status, said?.resultCode ?? refusal, result.ok);
};

type ReaderDeps = {
  readonly http: Http;
  readonly turn: Turn;
  readonly clocks: ClockWatch;
  readonly telemetry: Pick<Telemetry, 'measure' | 'note'>;
  readonly log: Log;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};

/** The reader never rejects. */
export const createReader = (deps: ReaderDeps): Reader => {
  const { http, turn, clocks, telemetry, log, timeouts, now, random, sleep } = deps;

  const tryOnce = async (read: Read, path: string, attempt: number): Promise<Result<ReadAnswer, SupplierError>> => {
    const { timeout, limit } = CALLS[read.call];
    let sentAt = now();
    const exchange = async (): Promise<Tried> => {
      const method = read.body === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body: read.body } as const);
      const outcome = await http.send({ ...method, path, timeout: timeouts[read.call] ?? timeout, limit });
      noteUid(outcome, telemetry);
      return triedWith(outcome);
    };
    const tried = await turn(() => {
      sentAt = now();
      return telemetry.measure({ kind: 'supplierCall', endpoint: read.call }, exchange, wordOf);
    });
    const ms = now() - sentAt;
    const { outcome, result, said } = tried === 'tooLate' ? NO_TURN : tried;
    clocks.observe(outcome);
    const status = outcome.kind === 'answered' ? outcome.status : null;
    const fields = {
      call: read.call,
      product: read.product ?? null,
      reference: read.reference ?? null,
      status,
      code: said?.resultCode ?? null,
      rc: said?.rc ?? null,
      uid: outcome.kind === 'notSent' ? null : outcome.uid,
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
