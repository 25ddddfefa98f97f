// Whether the shop can sell right now: its sessions and its ledger answer, and the supplier has been of use lately.
import type { ChatId } from '../domain/ids.ts';
import { MINUTE, SECOND, later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Stops } from './ports/operations.ts';
import type { CheckReadiness, Part, Readiness } from './ports/readiness.ts';
import type { Sessions } from './ports/sessions.ts';
import type { Supplier, SupplierReport } from './ports/supplier.ts';

/** How long a part may take to answer. */
const PATIENCE = 2 * SECOND;
/** How long what was found is told again. */
const FRESH = SECOND;
/** How long a supplier counts as working after it was last seen to. */
const SEEN_LATELY = 5 * MINUTE;
/** The least time between two pings, however often somebody asks. */
const PING_EVERY = 15 * SECOND;
/** No chat has this id: its session is never there, and reading it is a whole round trip all the same. */
const NO_CHAT = 0 as ChatId;

type Found = { readonly at: Instant; readonly readiness: Promise<Readiness> };

export type ReadinessCheck = {
  readonly check: CheckReadiness;
  /** Takes what a call has told of the supplier. */
  hear(report: SupplierReport): void;
};

export const createReadinessCheck = (deps: {
  readonly sessions: Pick<Sessions, 'load'>;
  readonly stops: Pick<Stops, 'stops'>;
  /** Its calls are heard like all others. */
  readonly supplier: Pick<Supplier, 'ping'>;
  /** Whether the process takes work by now. */
  readonly started: () => boolean;
  /** Aborts when the process begins to end. */
  readonly ending: AbortSignal;
  readonly clock: Clock;
}): ReadinessCheck => {
  const { sessions, stops, supplier, ending, clock } = deps;
  let worksSince: Instant | null = null;
  let pinged: { readonly at: Instant; readonly answer: Promise<boolean> } | null = null;
  let found: Found | null = null;

  const ping = (): Promise<boolean> => {
    const now = clock.now();
    if (pinged === null || now < pinged.at || later(pinged.at, PING_EVERY) <= now)
      pinged = { at: now, answer: supplier.ping().then(({ ok }) => ok) };
    return pinged.answer;
  };

  const seenLately = (): boolean => worksSince !== null && later(worksSince, SEEN_LATELY) > clock.now();

  const looks: Readonly<Record<Part, () => Promise<boolean>>> = {
    sessions: async () => (await sessions.load(NO_CHAT)).ok,
    // Every sale reads them.
    database: async () => (await stops.stops(), true),
    supplier: async () => seenLately() || ping(),
  };

  const lookAt = async (part: Part): Promise<'ok' | 'failing'> => {
    const done = new AbortController();
    const inTime = clock.sleep(PATIENCE, done.signal).then(() => false);
    const answers = await Promise.race([looks[part]().catch(() => false), inTime]);
    done.abort();
    return answers ? 'ok' : 'failing';
  };

  const lookAtAll = async (): Promise<Readiness> => {
    const [session, database, seen] = await Promise.all([lookAt('sessions'), lookAt('database'), lookAt('supplier')]);
    const parts = { sessions: session, database, supplier: seen };
    return { status: Object.values(parts).includes('failing') ? 'notReady' : 'ready', parts };
  };

  return {
    hear: ({ trouble }) => {
      worksSince = trouble === null ? clock.now() : worksSince;
    },
    check: async () => {
      if (ending.aborted) return { status: 'stopping' };
      if (!deps.started()) return { status: 'starting' };
      const now = clock.now();
      // A clock that is set back must not make what was found last.
      if (found === null || now < found.at || later(found.at, FRESH) <= now) found = { at: now, readiness: lookAtAll() };
      return found.readiness;
    },
  };
};
