// What a scrape is answered with when the ledger is in trouble, and how many different names may come out of the supplier's answers.
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerWord } from '../../../src/adapters/evsb/outcome-word.ts';
import { startMetricsServer } from '../../../src/adapters/http/metrics-server.ts';
import type { HttpServer } from '../../../src/adapters/http/server.ts';
import { createMetrics } from '../../../src/adapters/metrics/metrics.ts';
import type { Figures, ReadFigures } from '../../../src/app/ports/figures.ts';
import { hundredths } from '../../../src/domain/money.ts';
import { scrape, sumOf } from '../../e2e/scrape.ts';
import { eventually } from '../../eventually.ts';

const nothing = { due: 0, age: 0 };
const figures: Figures = {
  orders: { placed: 2, delivered: 7 },
  ages: { placed: 90_000 },
  stuck: { unknown: 1 },
  queues: { orders: { due: 3, age: 1_500 }, messages: nothing, alerts: nothing, announcements: nothing },
  wallets: [{ kind: 'sales', currency: 'EUR', total: hundredths(1_234) }],
};
const ready = () => Promise.resolve({ status: 'starting' } as const);
const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

let server: HttpServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** `tooLate` ends the patience of the scrapes that wait. */
const open = async (readFigures: ReadFigures) => {
  const metrics = createMetrics();
  const waiting: (() => void)[] = [];
  const sleep = () => new Promise<void>((resolve) => void waiting.push(resolve));
  const text = metrics.scrape({ readFigures, readiness: ready, sleep });
  server = await startMetricsServer({ host: '127.0.0.1', port: 0, readiness: ready, scrape: text, log: silentLog });
  const { port } = server;
  return { metrics, scrape: () => scrape(port), waiting, tooLate: () => waiting.splice(0).forEach((end) => end()) };
};

const NAMES = ['orders', 'order_oldest_age_seconds', 'stuck_orders', 'queue_due', 'queue_oldest_due_seconds', 'wallet_total'];

describe('a scrape', () => {
  it('tells figures in seconds and whole units', async () => {
    const { scrape } = await open(() => Promise.resolve(figures));
    const samples = await scrape();
    const figure = (name: string, labels: Record<string, string>) => sumOf(samples, `voucher_bot_${name}`, labels);
    expect(figure('orders', { status: 'delivered' })).toBe(7);
    expect(figure('order_oldest_age_seconds', { status: 'placed' })).toBe(90);
    expect(figure('stuck_orders', { status: 'unknown' })).toBe(1);
    expect(figure('queue_due', { queue: 'orders' })).toBe(3);
    expect(figure('queue_oldest_due_seconds', { queue: 'orders' })).toBe(1.5);
    expect(figure('wallet_total', { account: 'sales', currency: 'EUR' })).toBe(12.34);
    expect(figure('ready', { part: 'process' })).toBe(0);
  });

  it('says that the ledger failed, instead of telling old figures, and recovers', async () => {
    const read = vi.fn<ReadFigures>().mockResolvedValue(figures);
    const { scrape } = await open(read);
    await scrape();
    read.mockRejectedValueOnce(new Error('down'));
    const failed = await scrape();
    expect(sumOf(failed, 'voucher_bot_ledger_scrape_failed')).toBe(1);
    for (const name of NAMES) expect(sumOf(failed, `voucher_bot_${name}`), name).toBeUndefined();
    expect(sumOf(failed, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    const healed = await scrape();
    expect(sumOf(healed, 'voucher_bot_ledger_scrape_failed')).toBe(0);
    expect(sumOf(healed, 'voucher_bot_orders', { status: 'placed' })).toBe(2);
  });

  it('does not hang with a ledger that hangs, and asks it once for all who scrape', async () => {
    let answer: (figures: Figures) => void = () => undefined;
    const read = vi.fn(() => new Promise<Figures>((resolve) => (answer = resolve)));
    const { scrape, waiting, tooLate } = await open(read);
    const scrapes = [scrape(), scrape(), scrape()];
    await eventually(() => expect(waiting).toHaveLength(3));
    tooLate();
    for (const samples of await Promise.all(scrapes)) expect(sumOf(samples, 'voucher_bot_ledger_scrape_failed')).toBe(1);
    expect(read).toHaveBeenCalledTimes(1);
    const later = scrape();
    await eventually(() => expect(waiting).toHaveLength(1));
    answer(figures);
    expect(sumOf(await later, 'voucher_bot_orders', { status: 'delivered' })).toBe(7);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("tells of the supplier's clock while it is wrong, and of nothing when an answer does not say", async () => {
    const { metrics, scrape } = await open(() => Promise.resolve(figures));
    const skew = async () => sumOf(await scrape(), 'voucher_bot_supplier_clock_skew_seconds');
    expect(await skew()).toBe(0);
    metrics.hear({ trouble: 'refused', alarmingSkew: -45_000 });
    expect(await skew()).toBe(-45);
    metrics.hear({ trouble: 'noAnswer', alarmingSkew: null });
    expect(await skew()).toBe(-45);
    metrics.hear({ trouble: null, alarmingSkew: null });
    expect(await skew()).toBe(0);
  });

  it('passes on what work gives and throws, and counts both', async () => {
    const { metrics, scrape } = await open(() => Promise.resolve(figures));
    const { measure } = metrics.telemetry;
    const work = { kind: 'job', queue: 'orders', id: null } as const;
    expect(
      await measure(
        work,
        () => Promise.resolve(5),
        (five) => `got${five}`,
      ),
    ).toBe(5);
    await expect(
      measure(
        work,
        () => Promise.reject(new Error('lost')),
        () => 'never',
      ),
    ).rejects.toThrow('lost');
    const samples = await scrape();
    expect(sumOf(samples, 'voucher_bot_jobs_total', { queue: 'orders', result: 'got5' })).toBe(1);
    expect(sumOf(samples, 'voucher_bot_jobs_total', { queue: 'orders', result: 'failed' })).toBe(1);
    expect(sumOf(samples, 'voucher_bot_job_duration_seconds_count', { queue: 'orders' })).toBe(2);
  });
});

describe("the supplier's answers", () => {
  it('are told apart as far as they are documented', () => {
    expect([
      answerWord(200, '10', true),
      answerWord(200, '-1', false),
      answerWord(200, '900', true),
      answerWord(200, null, true),
      answerWord(200, null, false),
      answerWord(404, null, false),
      answerWord(500, '991', false),
    ]).toEqual(['10', '-1', '900', 'ok', 'unreadable', 'http404', '991']);
  });

  it('come to few words, whatever the supplier sends', () => {
    const words = new Set<string>();
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 999 }),
        fc.option(
          fc.oneof(
            fc.integer({ min: -2, max: 1_000 }).map((code) => ` ${code}`),
            fc.string(),
          ),
        ),
        fc.boolean(),
        (status, code, readable) => {
          words.add(answerWord(status, code, readable));
        },
      ),
      { numRuns: 5_000 },
    );
    expect(words.size).toBeLessThan(60);
    expect(words).toContain('other');
    expect(words).toContain('httpOther');
  });
});
