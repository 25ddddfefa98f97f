// What a piece of work is called in a trace: names that are few, and ids among the attributes.
import { SpanKind } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import type { Work } from '../../app/ports/telemetry.ts';
import { assertNever } from '../../domain/result.ts';

export type WorkSpan = { readonly name: string; readonly kind: SpanKind; readonly attributes: Attributes };

const orderAttribute = (order: string | null): Attributes => (order === null ? {} : { 'order.id': order });

export const describeWork = (work: Work): WorkSpan => {
  switch (work.kind) {
    case 'update': {
      const attributes = { 'update.id': work.updateId, 'update.event': work.event };
      return { name: `update ${work.event}`, kind: SpanKind.SERVER, attributes };
    }
    case 'effect': {
      const attributes = { 'effect.question': work.question, ...orderAttribute(work.order) };
      return { name: `effect ${work.question}`, kind: SpanKind.INTERNAL, attributes };
    }
    case 'telegramCall':
      return { name: `telegram ${work.method}`, kind: SpanKind.CLIENT, attributes: { 'telegram.method': work.method } };
    case 'supplierCall':
      return { name: `supplier ${work.endpoint}`, kind: SpanKind.CLIENT, attributes: { 'supplier.endpoint': work.endpoint } };
    case 'databasePhase':
      return { name: `database ${work.phase}`, kind: SpanKind.CLIENT, attributes: { 'database.phase': work.phase } };
    case 'job': {
      const attributes = { 'job.queue': work.queue, ...orderAttribute(work.id) };
      return { name: `job ${work.queue}`, kind: SpanKind.CONSUMER, attributes };
    }
    default:
      return assertNever(work);
  }
};
