// Sends a call that moves money, once, and says what became of it. Whatever happens is a fate; nothing here rejects or sends again.
import type { Log } from '../../app/ports/log.ts';
import type { PreparedPurchase } from '../../app/ports/supplier.ts';
import type { Telemetry } from '../../app/ports/telemetry.ts';
import { assertNever } from '../../domain/result.ts';
import { noteUid } from './call-report.ts';
import { CALLS } from './calls.ts';
import type { CallName, Timeouts } from './calls.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { Http, HttpOutcome } from './http.ts';
import { judgeStatus } from './outcome.ts';
import type { Alert, Meaning, Verdict } from './outcome.ts';
import { answerWord } from './outcome-word.ts';
import { fillPath } from './paths.ts';
import type { EvsbSettings } from './settings.ts';
import type { Turn } from './turns.ts';
import { parseJson } from './wire.ts';
import type { Receipt } from './wire.ts';

/** How long after its intent a call may still go out, in milliseconds: with its timeout of 90 s it is over before anybody gives it up. */
const SEND_WITHIN = 30_000;

/** How much of an upstream answer is kept for support, in characters. */
const RAW_LIMIT = 64 * 1024;

/** What became of a call. `raw` and `receipt` are secret. `notSent` is proven. */
export type Fate = { readonly raw: string | null; readonly uid: string | null } & (
  Meaning | { readonly kind: 'notSent'; readonly reason: string }
);

/** An endpoint that moves money: where it is, what its answers mean, and what is said of them. */
export type MoneyCall<Outcome> = {
  readonly call: CallName;
  /** The log's name of it. */
  readonly event: string;
  /** With the placeholders terminalId, operatorId and localReference. */
  readonly path: string;
  readonly judge: (json: unknown) => Verdict;
  /** The fate in the words of the port. */
  readonly conclude: (fate: Fate) => Outcome;
  /** What the log says of a success, and whether it has to be loud about it. */
  readonly praise: (receipt: Receipt) => { readonly outcome: string; readonly code: string; readonly alert: Alert };
  /** A text of the answer for the log; null when there is none that may be seen. */
  readonly quote: (fate: Fate) => string | null;
};

export type MoneyDeps = {
  readonly http: Http;
  readonly turn: Turn;
  readonly clocks: ClockWatch;
  readonly telemetry: Pick<Telemetry, 'measure' | 'note'>;
  readonly log: Log;
  readonly timeouts: Timeouts;
  readonly environment: EvsbSettings['environment'];
  readonly now: () => number;
};

type Judged = { readonly fate: Fate; readonly status: number | null; readonly alert: Alert };

const notSent = (reason: string): Fate => ({ kind: 'notSent', reason, raw: null, uid: null });

const lost = (reason: string, raw: string | null, uid: string | null): Fate => ({
  kind: 'unclear',
  expectation: 'open',
  reason,
  resultCode: null,
  receipt: null,
  raw,
  uid,
});

const judgeAnswer = (status: number, text: string | null, judge: MoneyCall<unknown>['judge']): Verdict => {
  if (status !== 200) return judgeStatus(status);
  const json = parseJson(text ?? '');
  return judge(json.ok ? json.value : null);
};

const unsent = (reason: string): Judged => ({ fate: notSent(reason), status: null, alert: 'never' });

const judgeExchange = (http: HttpOutcome, judge: MoneyCall<unknown>['judge']): Judged => {
  if (http.kind === 'notSent') return unsent(http.reason);
  const raw = http.text === null || http.text === '' ? null : http.text.slice(0, RAW_LIMIT);
  if (http.kind === 'noAnswer') return { fate: lost(http.reason, raw, http.uid), status: null, alert: 'never' };
  const { alert, ...meaning } = judgeAnswer(http.status, http.text, judge);
  return { fate: { ...meaning, raw, uid: http.uid }, status: http.status, alert };
};

/** What a fate tells the log: no secret is among these fields. */
const describe = (fate: Fate, praise: MoneyCall<unknown>['praise']) => {
  switch (fate.kind) {
    case 'done': {
      const { outcome, code } = praise(fate.receipt);
      return { outcome, reason: null, code };
    }
    case 'rejected':
      return { outcome: 'rejected', reason: fate.reason, code: fate.resultCode };
    case 'notSent':
      return { outcome: 'notSent', reason: fate.reason, code: null };
    case 'unclear':
      return { outcome: fate.expectation, reason: fate.reason, code: fate.resultCode };
    default:
      return assertNever(fate);
  }
};

/** Returns the function that sends a prepared call. It never rejects. */
export const createMoneyCall = <Outcome>(
  { http, turn, clocks, telemetry, log, timeouts, environment, now }: MoneyDeps,
  { call, event, path: template, judge, conclude, praise, quote }: MoneyCall<Outcome>,
): ((prepared: PreparedPurchase) => Promise<Outcome>) => {
  const wordOf = ({ fate, status }: Judged): string => {
    if (status === null) return fate.kind === 'notSent' ? 'notSent' : 'noAnswer';
    return answerWord(status, describe(fate, praise).code, false);
  };

  const send = async ({ productId, attempt, body }: PreparedPurchase): Promise<Fate> => {
    const { timeout, limit } = CALLS[call];
    const path = fillPath(template, {
      terminalId: attempt.terminalId,
      operatorId: productId,
      localReference: attempt.reference,
    });
    if (!path.ok) return notSent(path.error);
    let sentAt = now();
    const exchange = async (): Promise<Judged> => {
      const outcome = await http.send({ method: 'POST', path: path.value, body, timeout: timeouts[call] ?? timeout, limit });
      noteUid(outcome, telemetry);
      return judgeExchange(outcome, judge);
    };
    const answer = await turn<Judged>(() => {
      sentAt = now();
      // Whoever was held up may have been given up, and the order may have gone on without this call.
      if (sentAt - attempt.at > SEND_WITHIN) return Promise.resolve(unsent('heldUp'));
      // Refused at the gate it may look like a call in doubt; the read that brings the clocks together again lets it through.
      if (clocks.isAlarming()) return Promise.resolve(unsent('clockSkew'));
      return telemetry.measure({ kind: 'supplierCall', endpoint: call }, exchange, wordOf);
    });
    const ms = now() - sentAt;
    const { fate, status, alert: judged } = answer === 'tooLate' ? unsent('too many calls are waiting') : answer;
    const alert = fate.kind === 'done' ? praise(fate.receipt).alert : judged;
    const fields = {
      product: productId,
      reference: attempt.reference,
      status,
      ...describe(fate, praise),
      message: quote(fate),
      uid: fate.uid,
      ms,
    };
    if (alert === 'always' || (alert === 'inProduction' && environment === 'production')) log.error(event, fields);
    else if (fate.kind === 'done') log.info(event, fields);
    else log.warn(event, fields);
    return fate;
  };

  return async (prepared) => {
    try {
      return conclude(await send(prepared));
    } catch (cause) {
      // A bug of ours, at a moment when the call may be under way: it must be asked after like any other lost one.
      log.error(`${event}Broke`, { product: prepared.productId, reference: prepared.attempt.reference }, cause);
      return conclude(lost('internal error', null, null));
    }
  };
};
