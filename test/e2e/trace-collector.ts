// A collector of traces for a test: takes OTLP over HTTP as JSON, the way a real one does, and keeps the spans.
import { z } from 'zod';
import { serveHttp } from '../adapters/evsb/loopback.ts';
import type { Answer } from '../adapters/evsb/loopback.ts';

const value = z.union([
  z.object({ stringValue: z.string() }).transform((one) => one.stringValue),
  z.object({ intValue: z.union([z.number(), z.string()]) }).transform((one) => Number(one.intValue)),
  z.object({ doubleValue: z.number() }).transform((one) => one.doubleValue),
]);
const attributes = z
  .array(z.object({ key: z.string(), value }))
  .transform((entries) => Object.fromEntries(entries.map((entry) => [entry.key, entry.value])));
const span = z.object({
  traceId: z.string().length(32),
  spanId: z.string().length(16),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.int(),
  attributes,
  status: z.object({ code: z.int().optional() }),
});
const traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

export type CollectedSpan = z.output<typeof span>;

const accept: Answer = (_request, response) => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');

/** `answer` says what it answers, `{}` unless given. */
export const startCollector = async (answer: Answer = accept) => {
  const server = await serveHttp(answer);
  const received = () => server.requests.map(({ body }) => traces.parse(JSON.parse(body)));
  const spans = (): readonly CollectedSpan[] =>
    received().flatMap(({ resourceSpans }) => resourceSpans.flatMap((each) => each.scopeSpans.flatMap((scope) => scope.spans)));
  return {
    url: server.url,
    requests: server.requests,
    spans,
    /** The span that it is a part of. */
    parentOf: (child: CollectedSpan) => spans().find(({ spanId }) => spanId === child.parentSpanId),
    /** All that arrived, as it was sent. */
    text: () => server.requests.map(({ body }) => body).join('\n'),
    close: () => server.close(),
  };
};
