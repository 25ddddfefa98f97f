// Traces beside the work: they change nothing of it, hold no more than they may, and complain once.
import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTraces } from '../../../src/adapters/otel/traces.ts';
import type { Traces } from '../../../src/adapters/otel/traces.ts';
import type { Work } from '../../../src/app/ports/telemetry.ts';
import { startCollector } from '../../e2e/trace-collector.ts';
import { createJournal } from '../../e2e/journal.ts';
import { eventuallyTrue } from '../../eventually.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of endings.splice(0).reverse()) await end();
});

const open = async (answer?: Parameters<typeof startCollector>[0]) => {
  const collector = await startCollector(answer);
  endings.push(() => collector.close());
  const journal = createJournal();
  const traces = openTraces(collector.url, journal);
  endings.push(() => traces.close());
  return { collector, journal, traces };
};

const call = (endpoint: string): Work => ({ kind: 'supplierCall', endpoint });
const ok = (): string => 'ok';
/** As many as go out without waiting for more. */
const BATCH = 512;
const measureMany = async ({ telemetry }: Traces, count: number): Promise<void> => {
  for (let made = 0; made < count; made += 1) await telemetry.measure(call('ping'), () => Promise.resolve(), ok);
};

describe('a piece of work', () => {
  it('gives what it gives, and its outcome stands in its span', async () => {
    const { collector, traces } = await open();
    const value = await traces.telemetry.measure(
      call('prices'),
      () => Promise.resolve(7),
      (seven) => `${seven} times`,
    );
    expect(value).toBe(7);
    await traces.close();
    expect(collector.spans()).toMatchObject([
      { name: 'supplier prices', attributes: { 'supplier.endpoint': 'prices', outcome: '7 times' }, status: {} },
    ]);
  });

  it('that fails passes its error on, and nothing of what the error says is traced', async () => {
    const { collector, traces } = await open();
    const failing = traces.telemetry.measure(call('prices'), () => Promise.reject(new Error('no access for hunter2')), ok);
    await expect(failing).rejects.toThrow('hunter2');
    await traces.close();
    expect(collector.spans()).toMatchObject([{ attributes: { outcome: 'failed' }, status: { code: 2 } }]);
    expect(collector.text()).not.toContain('hunter2');
  });

  it('is part of what started it, also when many are under way at once; a job is part of nothing', async () => {
    const { collector, traces } = await open();
    const { telemetry } = traces;
    const update = (updateId: number): Promise<void> =>
      telemetry.measure(
        { kind: 'update', event: 'typed', updateId },
        async () => {
          await wait(updateId % 3);
          await telemetry.measure(
            { kind: 'effect', question: 'quote', order: null },
            async () => {
              await wait(1);
              await telemetry.measure(call(`call${updateId}`), () => wait(1), ok);
              telemetry.note({ kind: 'supplierUid', uid: `U-${updateId}` });
            },
            ok,
          );
          await telemetry.measure({ kind: 'job', queue: 'orders', id: `ORDER-${updateId}` }, () => wait(1), ok);
        },
        ok,
      );
    await Promise.all(Array.from({ length: 20 }, (_, index) => update(index)));
    await traces.close();
    for (let index = 0; index < 20; index += 1) {
      const made = collector.spans().find(({ name }) => name === `supplier call${index}`);
      const effect = made && collector.parentOf(made);
      const root = effect && collector.parentOf(effect);
      expect(effect?.attributes['supplier.uid']).toBe(`U-${index}`);
      expect(root?.attributes['update.id']).toBe(index);
      expect(made?.traceId).toBe(root?.traceId);
      const job = collector.spans().find(({ attributes }) => attributes['order.id'] === `ORDER-${index}`);
      expect(job?.parentSpanId).toBeUndefined();
      expect(job?.traceId).not.toBe(root?.traceId);
    }
  });

  it('in the database is traced as a part of other work, not by itself', async () => {
    const { collector, traces } = await open();
    const { telemetry } = traces;
    const phase = { kind: 'databasePhase', phase: 'claimOrders' } as const;
    await telemetry.measure(phase, () => Promise.resolve(), ok);
    await telemetry.measure(
      { kind: 'job', queue: 'orders', id: null },
      () => telemetry.measure(phase, () => Promise.resolve(), ok),
      ok,
    );
    await traces.close();
    expect(collector.spans().map(({ name }) => name)).toEqual(['database claimOrders', 'job orders']);
  });
});

describe('a collector', () => {
  it('that refuses is complained of once, and praised once when it takes them again', async () => {
    let refuses = true;
    const { collector, journal, traces } = await open((_request, response) => {
      response.writeHead(refuses ? 400 : 200, { 'Content-Type': 'application/json' }).end('{}');
    });
    for (let batch = 1; batch <= 3; batch += 1) {
      await measureMany(traces, BATCH);
      await eventuallyTrue(() => collector.requests.length === batch);
    }
    await journal.heard('tracesNotExported');
    refuses = false;
    await measureMany(traces, BATCH);
    await journal.heard('tracesExported');
    expect(journal.find('tracesNotExported')).toHaveLength(1);
    expect(journal.find('tracesExported')).toHaveLength(1);
  });

  it('that is not there is complained of once', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '200');
    const { collector, journal, traces } = await open();
    await collector.close();
    await measureMany(traces, BATCH);
    await journal.heard('tracesNotExported');
    await measureMany(traces, 2 * BATCH);
    await traces.close();
    expect(journal.find('tracesNotExported')).toHaveLength(1);
  });

  it('that never answers is not waited for, and no more is kept for it than may be', async () => {
    const { collector, traces } = await open(() => undefined);
    await measureMany(traces, 20_000);
    const before = performance.now();
    await traces.close();
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(collector.spans().length).toBeLessThanOrEqual(4_096 + BATCH);
    expect(collector.spans().length).toBeGreaterThan(BATCH);
  });

  it('gets the headers, the name and the attributes that the environment says', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-tenant=lumen');
    vi.stubEnv('OTEL_SERVICE_NAME', 'shop-of-lumen');
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=rehearsal');
    const { collector, traces } = await open();
    await measureMany(traces, 1);
    await traces.close();
    expect(collector.requests.map(({ headers }) => headers['x-tenant'])).toEqual(['lumen']);
    for (const said of ['shop-of-lumen', 'rehearsal']) expect(collector.text()).toContain(said);
  });
});

it('is not even loaded unless there is somewhere to send to', () => {
  const loadedWith = (endpoint: string | null): string => {
    const script = `
      const loaded = [];
      require('node:module').registerHooks({
        resolve: (name, context, next) => (/opentelemetry.(sdk-trace|exporter)/.test(name) && loaded.push(name), next(name, context)),
      });
      const log = { info() {}, warn() {}, error() {} };
      import('./src/compose-telemetry.ts')
        .then(({ composeTelemetry }) => composeTelemetry({ metrics: null, tracesEndpoint: ${JSON.stringify(endpoint)} }, log))
        .then(() => console.log(loaded.length > 0));
    `;
    return spawnSync(process.execPath, ['--no-warnings', '-e', script], { encoding: 'utf8' }).stdout.trim();
  };
  expect(loadedWith(null)).toBe('false');
  expect(loadedWith('http://127.0.0.1:4318')).toBe('true');
});
