// Traces through OpenTelemetry: every piece of work is a span of whatever started it, sent in batches to a collector that may as well be away.
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Log } from '../../app/ports/log.ts';
import type { Telemetry, Work } from '../../app/ports/telemetry.ts';
import { describeWork } from './describe-work.ts';

export type Traces = {
  readonly telemetry: Telemetry;
  /** Sends what is still held, for a few seconds at most. Spans that end afterwards are dropped. */
  close(): Promise<void>;
};

const SERVICE = 'voucher-shop';
/** Spans that wait for the collector at most: about as many megabytes as thousands. What is more is dropped. */
const MOST_WAITING = 4_096;
const BATCH = { maxExportBatchSize: 512, maxQueueSize: MOST_WAITING, scheduledDelayMillis: 5_000, exportTimeoutMillis: 10_000 };
/** How long the end waits for the collector, in milliseconds. */
const FLUSH_WITHIN = 3_000;

/** Says once that the collector takes nothing, and once that it does again: an outage of what only looks on is no flood of log lines. */
const complaining = (exporter: SpanExporter, log: Log): SpanExporter => {
  let works = true;
  return {
    shutdown: () => exporter.shutdown(),
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const worked = result.error === undefined;
        if (works && !worked) log.warn('tracesNotExported', { reason: result.error?.name ?? null });
        if (!works && worked) log.info('tracesExported');
        works = worked;
        done(result);
      }),
  };
};

/** The worker looks for due rows twice a second: outside of any work that would be nothing but noise. */
const isNoise = (work: Work): boolean => work.kind === 'databasePhase';

/**
 * `endpoint` is the collector's base address, as OTEL_EXPORTER_OTLP_ENDPOINT gives it. Headers, time limits, compression, the service's name and
 * further attributes are read from the environment, as the libraries document it.
 */
export const openTraces = (endpoint: string, log: Log): Traces => {
  const exporter = complaining(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }), log);
  const processor = new BatchSpanProcessor({ exporter, ...BATCH });
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': SERVICE }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }));
  const tracer = new TracerProvider({ resource, spanProcessors: [processor] }).getTracer(SERVICE);
  // Ours alone: what is global could be another bot's of the same process.
  const contexts = new AsyncLocalStorageContextManager().enable();

  const finish = (span: Span, outcome: string, failed: boolean): void => {
    span.setAttribute('outcome', outcome);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };

  return {
    telemetry: {
      measure: async (work, run, outcomeOf) => {
        const around = contexts.active();
        if (isNoise(work) && trace.getSpan(around) === undefined) return run();
        const { name, kind, attributes } = describeWork(work);
        // A job is nobody's part: what it is about is in its attributes.
        const parent = work.kind === 'job' ? ROOT_CONTEXT : around;
        const span = tracer.startSpan(name, { kind, attributes }, parent);
        try {
          const value = await contexts.with(trace.setSpan(parent, span), run);
          finish(span, outcomeOf(value), false);
          return value;
        } catch (error) {
          // Its message may quote what nobody should read; the log has it.
          finish(span, 'failed', true);
          throw error;
        }
      },
      note: (fact) => {
        if (fact.kind === 'supplierUid') trace.getSpan(contexts.active())?.setAttribute('supplier.uid', fact.uid);
        if (fact.kind === 'sessionConflict') trace.getSpan(contexts.active())?.addEvent('session conflict');
      },
      reading: () => performance.now(),
    },
    close: async () => {
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FLUSH_WITHIN);
      });
      // The complaint about a collector that is away has been made.
      await Promise.race([processor.shutdown().catch(() => undefined), tooLate]);
      clearTimeout(timer);
      contexts.disable();
    },
  };
};
