// The dashboard and the alerting rules, checked against what a bot that has sold something really tells: no name in them may be a guess.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { tapWhenThere } from '../e2e/buttons.ts';
import { buy, confirm } from '../e2e/buy.ts';
import { sumOf, scrape } from '../e2e/scrape.ts';
import type { Sample } from '../e2e/scrape.ts';
import { openShop } from '../e2e/shop.ts';
import type { Shop } from '../e2e/shop.ts';
import { eventually } from '../eventually.ts';

const rule = z.strictObject({
  alert: z.string().regex(/^VoucherBot[A-Z]\w+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+m$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({ summary: z.string().min(10), hint: z.string().min(10) }),
});
const ruleFile = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule).min(1) })) });
const panel = z.object({
  id: z.number(),
  title: z.string().min(1),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).default([]),
});
const dashboard = z.object({ title: z.string(), panels: z.array(panel) });

const { groups } = ruleFile.parse(parse(await readFile('ops/alert-rules.yaml', 'utf8')));
const rules = groups.flatMap((group) => group.rules);
const { panels } = dashboard.parse(JSON.parse(await readFile('ops/grafana-dashboard.json', 'utf8')));

/** A query as it is written, and the text around it that names labels. */
const queries = [
  ...rules.map(({ alert, expr, annotations }) => ({ name: alert, expr, told: `${annotations.summary} ${annotations.hint}` })),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr, legendFormat }) => ({ name: title, expr, told: legendFormat }))),
];

/** Prometheus itself says which process a sample is of. */
const FROM_PROMETHEUS = ['instance', 'job'];

/**
 * The metrics of a query with the labels that it picks them by; the labels that are left on what comes out, null where all of them are; and the
 * labels that the text beside it shows.
 */
const namesIn = ({ expr, told }: (typeof queries)[number]) => {
  const withoutText = expr.replaceAll(/"[^"]*"/g, '""');
  const picked = [...withoutText.matchAll(/\b((?:voucher_bot|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
  const groupings = [...withoutText.matchAll(/\bby \(([^)]*)\)/g)].map(([, list = '']) => list.split(/,\s*/));
  return {
    picked: picked.map(([, metric = '', matchers = '']) => ({
      metric,
      labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    })),
    left: groupings.length === 0 ? null : [...new Set(groupings.flat())],
    shown: [...told.matchAll(/\{\{\s*(?:\$labels\.)?([a-z]\w*)\s*\}\}/g)].map(([, label = '']) => label),
  };
};

let shop: Shop;
let samples: readonly Sample[];
beforeAll(async () => {
  shop = await openShop({ settings: { METRICS_PORT: '0', RATE_LIMIT_USER: '30/60' } });
  const ana = shop.telegram.customer(1001);
  await buy(ana);
  // A code that is late, so that an order is under way; and then too much at once.
  ana.sendText('fonda');
  await tapWhenThere(ana, 'am:15000');
  await confirm(ana);
  await shop.journal.heard('orderSettled', { status: 'awaitingCode' });
  for (let words = 0; words < 40; words++) ana.sendText('nothing that is sold');
  await eventually(async () => {
    samples = await scrape(shop.bot.metricsPort);
    expect(sumOf(samples, 'voucher_bot_limited_updates_total')).toBeGreaterThan(0);
  });
});
afterAll(() => shop.close());

describe('dashboard and rules', () => {
  it.each(queries)('$name asks for what there is: $expr', (query) => {
    const { picked, left, shown } = namesIn(query);
    expect(picked.length).toBeGreaterThan(0);
    for (const { metric, labels } of picked) {
      const real = samples.filter(({ name }) => name === metric).flatMap((sample) => Object.keys(sample.labels));
      expect(samples.map(({ name }) => name)).toContain(metric);
      for (const label of [...labels, ...(left ?? [])]) {
        if (!FROM_PROMETHEUS.includes(label)) expect(real, `labels of ${metric}`).toContain(label);
      }
    }
    // What is grouped away can't be shown.
    for (const label of shown) expect(left ?? FROM_PROMETHEUS).toContain(label);
    for (const [open, close] of ['()', '{}', '[]']) {
      expect(query.expr.split(open ?? '').length, query.expr).toBe(query.expr.split(close ?? '').length);
    }
  });

  it('shows or watches every metric of the bot', () => {
    const used = new Set(queries.flatMap((query) => namesIn(query).picked.map(({ metric }) => metric)));
    const families = new Set(samples.map(({ name }) => name).filter((name) => name.startsWith('voucher_bot_')));
    const base = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '');
    const usedFamilies = new Set([...used].map(base));
    const unused = [...new Set([...families].map(base))].filter((name) => !usedFamilies.has(name));
    expect(unused).toEqual([]);
  });

  it('sends the operator to headings that the operations guide has', async () => {
    const guide = await readFile('docs/operations.md', 'utf8');
    const headings = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
    for (const { alert, annotations } of rules) {
      const named = [...annotations.hint.matchAll(/"([^"]+)"/g)].map(([, heading]) => heading);
      expect(named.length, alert).toBeGreaterThan(0);
      for (const heading of named) expect(headings, alert).toContain(heading);
    }
  });

  it('has no panel on top of another, and each of its names once', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}:${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
