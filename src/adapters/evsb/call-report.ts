// What an exchange tells of the supplier itself, whatever was asked: that it works, or what is the matter with it.
import type { SupplierReport } from '../../app/ports/supplier.ts';
import type { Telemetry } from '../../app/ports/telemetry.ts';
import { ALARMING } from './clock-watch.ts';
import type { Http, HttpOutcome, HttpRequest } from './http.ts';
import { parseJson, statusOf } from './wire.ts';

/** No access, whoever is asking and for what. */
const REFUSING: ReadonlySet<number> = new Set([401, 403, 429]);
/** The supplier's own errors; the other codes speak of the order, or of the operator behind it. */
const SYSTEM_ERRORS: ReadonlySet<string | null> = new Set(['991', '998']);

const troubleIn = ({ method }: HttpRequest, outcome: HttpOutcome): SupplierReport['trouble'] => {
  if (outcome.kind === 'notSent') return 'notReached';
  if (outcome.kind === 'noAnswer') return 'noAnswer';
  if (REFUSING.has(outcome.status)) return 'refused';
  if (outcome.status >= 500) return 'systemError';
  // The answers to reads may be large, and have no such codes.
  if (method === 'GET') return null;
  const json = parseJson(outcome.text ?? '');
  return json.ok && SYSTEM_ERRORS.has(statusOf(json.value).resultCode) ? 'systemError' : null;
};

/** For traces: under which name the supplier's people find the exchange. */
export const noteUid = (outcome: HttpOutcome, telemetry: Pick<Telemetry, 'note'>): void => {
  if (outcome.kind !== 'notSent' && outcome.uid !== null) telemetry.note({ kind: 'supplierUid', uid: outcome.uid });
};

/** `heard` is told of every exchange once it is over. */
export const reporting = (http: Http, heard: (report: SupplierReport) => void): Http => ({
  ...http,
  send: async (request) => {
    const outcome = await http.send(request);
    const skew = outcome.kind === 'answered' ? outcome.skew : null;
    const alarmingSkew = skew !== null && Math.abs(skew) > ALARMING ? skew : null;
    heard({ trouble: troubleIn(request, outcome), alarmingSkew });
    return outcome;
  },
});
