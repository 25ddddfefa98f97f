// What is counted while the bot works: each piece of work and each fact lands in a few numbers that live in this process.
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Fact, Telemetry } from '../../app/ports/telemetry.ts';
import { assertNever } from '../../domain/result.ts';
import { OWN, createTimedWork } from './timed-work.ts';

/** Counts into the registry. Names must be few: whatever comes from outside has been made one of a closed set before. */
export const createWorkMetrics = (registry: Registry): Telemetry => {
  const work = createTimedWork(registry);
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name: `voucher_bot_${name}`, help, labelNames, registers: [registry] });
  const screens = counter('screens_total', 'Updates by the screen before and the screen after them', ['from', 'to']);
  const quotes = counter('quotes_total', 'Prices asked for, by direction and outcome', ['direction', 'outcome']);
  const limited = counter('limited_updates_total', 'Updates refused because there were too many, by whose limit', ['by']);
  const conflicts = counter('session_conflicts_total', 'Updates that started again because another one had saved the session');
  const firstCall = new Histogram({
    name: 'voucher_bot_time_to_first_call_seconds',
    help: "From a customer's update to the first message that answers it",
    buckets: OWN,
    registers: [registry],
  });

  const note = (fact: Fact): void => {
    switch (fact.kind) {
      case 'ignored':
        work.ignored(fact.reason);
        break;
      case 'screen':
        screens.inc({ from: fact.from, to: fact.to });
        break;
      case 'quote':
        quotes.inc({ direction: fact.direction, outcome: fact.outcome });
        break;
      case 'firstCall':
        firstCall.observe(fact.milliseconds / 1_000);
        break;
      case 'sessionConflict':
        conflicts.inc();
        break;
      case 'limited':
        limited.inc({ by: fact.by });
        break;
      case 'supplierUid':
        // One a call: for traces.
        break;
      default:
        assertNever(fact);
    }
  };

  return {
    measure: async (piece, run, outcomeOf) => {
      const startedAt = performance.now();
      let outcome = 'failed';
      try {
        const value = await run();
        outcome = outcomeOf(value);
        return value;
      } finally {
        work.ended(piece, outcome, performance.now() - startedAt);
      }
    },
    note,
    reading: () => performance.now(),
  };
};
