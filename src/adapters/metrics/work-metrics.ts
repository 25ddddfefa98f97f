// What is counted while the bot works: each piece of work and each fact lands in a few numbers that live in this process.
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Fact, Telemetry, Work } from '../../app/ports/telemetry.ts';
import { assertNever } from '../../domain/result.ts';

/** Upper bounds in seconds. What happens in this process takes milliseconds; what others are asked for may take as long as they are waited for. */
const OWN = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const OUTSIDE = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90];

type Instruments = {
  readonly ended: Counter<string>;
  readonly took: Histogram<string>;
  readonly label: string;
  readonly result: string;
};

/** A counter of how work ended, and a histogram of how long it took. */
const timed = (
  registers: Registry[],
  { name, what, label, result, buckets }: Readonly<Record<'name' | 'what' | 'label' | 'result', string>> & { buckets: number[] },
): Instruments => ({
  ended: new Counter({
    name: `voucher_bot_${name}s_total`,
    help: `${what}, by how it ended`,
    labelNames: [label, result],
    registers,
  }),
  took: new Histogram({
    name: `voucher_bot_${name}_duration_seconds`,
    help: `${what}: time`,
    labelNames: [label],
    buckets,
    registers,
  }),
  label,
  result,
});

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

/** Counts into the registry. Names must be few: whatever comes from outside has been made one of a closed set before. */
export const createWorkMetrics = (registry: Registry): Telemetry => {
  const registers = [registry];
  const instruments: Readonly<Record<Work['kind'], Instruments>> = {
    update: timed(registers, { name: 'update', what: 'Updates', label: 'kind', result: 'outcome', buckets: OWN }),
    effect: timed(registers, {
      name: 'effect',
      what: 'Questions of the dialogue to the shop',
      label: 'question',
      result: 'outcome',
      buckets: OWN,
    }),
    telegramCall: timed(registers, {
      name: 'telegram_call',
      what: 'Calls of the Bot API',
      label: 'method',
      result: 'result',
      buckets: OUTSIDE,
    }),
    supplierCall: timed(registers, {
      name: 'supplier_call',
      what: 'Exchanges with the supplier',
      label: 'endpoint',
      result: 'result',
      buckets: OUTSIDE,
    }),
    databasePhase: timed(registers, {
      name: 'database_phase',
      what: 'Operations of the ledger',
      label: 'phase',
      result: 'result',
      buckets: OWN,
    }),
    job: timed(registers, { name: 'job', what: 'Work in the background', label: 'queue', result: 'result', buckets: OUTSIDE }),
  };
  const counter = (name: string, help: string, labelNames: string[] = []): Counter<string> =>
    new Counter({ name: `voucher_bot_${name}`, help, labelNames, registers });
  const firstCall = new Histogram({
    name: 'voucher_bot_time_to_first_call_seconds',
    help: "From a customer's update to the first message that answers it",
    buckets: OWN,
    registers,
  });
  const screens = counter('screens_total', 'Updates by the screen before and the screen after them', ['from', 'to']);
  const quotes = counter('quotes_total', 'Prices asked for, by direction and outcome', ['direction', 'outcome']);
  const limited = counter('limited_updates_total', 'Updates refused because there were too many, by whose limit', ['by']);
  const conflicts = counter('session_conflicts_total', 'Updates that started again because another one had saved the session');

  const count = (fact: Fact): void => {
    switch (fact.kind) {
      case 'ignored':
        return instruments.update.ended.inc({ kind: 'ignored', outcome: fact.reason });
      case 'screen':
        return screens.inc({ from: fact.from, to: fact.to });
      case 'quote':
        return quotes.inc({ direction: fact.direction, outcome: fact.outcome });
      case 'firstCall':
        return firstCall.observe(fact.milliseconds / 1_000);
      case 'sessionConflict':
        return conflicts.inc();
      case 'limited':
        return limited.inc({ by: fact.by });
      case 'supplierUid':
        return undefined;
      default:
        assertNever(fact);
    }
  };

  return {
    measure: async (work, run, outcomeOf) => {
      const { ended, took, label, result } = instruments[work.kind];
      const name = nameOf(work);
      const startedAt = performance.now();
      let outcome = 'failed';
      try {
        const value = await run();
        outcome = outcomeOf(value);
        return value;
      } finally {
        took.observe({ [label]: name }, (performance.now() - startedAt) / 1_000);
        ended.inc({ [label]: name, [result]: outcome });
      }
    },
    note: count,
    reading: () => performance.now(),
  };
};
