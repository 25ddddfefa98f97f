// A counter of how each kind of work ended, and a histogram of how long it took.
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Work } from '../../app/ports/telemetry.ts';
import { assertNever } from '../../domain/result.ts';

/** Upper bounds in seconds. What happens in this process takes milliseconds; what others are asked for may take as long as they are waited for. */
export const OWN = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const OUTSIDE = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90];

/** `label` names the work, `result` how it ended. */
const KINDS = {
  update: { name: 'update', what: 'Updates', label: 'kind', result: 'outcome', buckets: OWN },
  effect: { name: 'effect', what: 'Questions of the dialogue to the shop', label: 'question', result: 'outcome', buckets: OWN },
  telegramCall: { name: 'telegram_call', what: 'Calls of the Bot API', label: 'method', result: 'result', buckets: OUTSIDE },
  supplierCall: {
    name: 'supplier_call',
    what: 'Exchanges with the supplier',
    label: 'endpoint',
    result: 'result',
    buckets: OUTSIDE,
  },
  databasePhase: { name: 'database_phase', what: 'Operations of the ledger', label: 'phase', result: 'result', buckets: OWN },
  job: { name: 'job', what: 'Work in the background', label: 'queue', result: 'result', buckets: OUTSIDE },
} as const satisfies Record<Work['kind'], object>;

const nameOf = (work: Work): string => {
  switch (work.kind) {
    case 'update':
      return work.event;
    case 'effect':
      return work.question;
    case 'telegramCall':
      return work.method;
    case 'supplierCall':
      return work.endpoint;
    case 'databasePhase':
      return work.phase;
    case 'job':
      return work.queue;
    default:
      return assertNever(work);
  }
};

const createInstruments = (registers: Registry[], { name, what, label, result, buckets }: (typeof KINDS)[Work['kind']]) => ({
  ended: new Counter({
    name: `voucher_bot_${name}s_total`,
    help: `${what}, by how they ended`,
    labelNames: [label, result],
    registers,
  }),
  took: new Histogram({
    name: `voucher_bot_${name}_duration_seconds`,
    help: `${what}: how long they took`,
    labelNames: [label],
    buckets,
    registers,
  }),
  label,
  result,
});

export type TimedWork = {
  ended(work: Work, outcome: string, milliseconds: number): void;
  /** An update that was over before it began. */
  ignored(reason: string): void;
};

export const createTimedWork = (registry: Registry): TimedWork => {
  const create = (kind: Work['kind']) => createInstruments([registry], KINDS[kind]);
  const update = create('update');
  const instruments: Readonly<Record<Work['kind'], ReturnType<typeof createInstruments>>> = {
    update,
    effect: create('effect'),
    telegramCall: create('telegramCall'),
    supplierCall: create('supplierCall'),
    databasePhase: create('databasePhase'),
    job: create('job'),
  };
  return {
    ended: (work, outcome, milliseconds) => {
      const { ended, took, label, result } = instruments[work.kind];
      const name = nameOf(work);
      took.observe({ [label]: name }, milliseconds / 1_000);
      ended.inc({ [label]: name, [result]: outcome });
    },
    ignored: (reason) => update.ended.inc({ kind: 'ignored', outcome: reason }),
  };
};
