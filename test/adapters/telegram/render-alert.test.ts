// Alerts as the operator reads them: what happened, to which order, and a command that the command line takes.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LISTED } from '../../../src/domain/alert.ts';
import type { Alert } from '../../../src/domain/alert.ts';
import { CHANGED_PARTS } from '../../../src/domain/catalog-difference.ts';
import type { CatalogDifference } from '../../../src/domain/catalog-difference.ts';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import { MOST_AN_HOUR, planAlerts } from '../../../src/domain/alert-pace.ts';
import { HOUR, MINUTE, instant } from '../../../src/domain/time.ts';
import { orderId } from '../../contracts/orders.ts';
import { productId } from '../../domain/sample-catalog.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { expectSendable, renderer, textOf } from './render-limits.ts';
import { sampleViews } from './sample-views.ts';

/** 14:05 in the shop's zone. */
const raisedAt = instant(Date.UTC(2026, 7, 9, 12, 5));
const order = orderId(7);

const render = (alert: Alert, language = 'en') =>
  renderer.render({ view: { type: 'alert', alert, raisedAt }, notice: null, language, revision: 0 });
/** The text line by line, without the signs that only steer its direction. */
const linesIn = (alert: Alert, language: string): readonly string[] =>
  textOf(render(alert, language))
    .replace(/[\u200e\u200f\u2066-\u2069]/g, '')
    .split('\n');
const several = (alerts: readonly Alert[], language = 'en') =>
  renderer.render({ view: { type: 'alerts', alerts, raisedAt }, notice: null, language, revision: 0 });
/** What a tap copies. */
const copiedIn = ({ html }: ReturnType<typeof render>): readonly string[] =>
  [...html.matchAll(/<code>(.*?)<\/code>/g)].map(([, text = '']) => text.replaceAll('&quot;', '"'));
const copied = (alert: Alert, language = 'en'): readonly string[] => copiedIn(render(alert, language));

describe.each(LANGUAGES)('an alert in %s', (language) => {
  it.each(['outcomeNeverLearnt', 'paidWithoutCode', 'revertNeverLearnt'] as const)(
    'of %s names order, time and ways out',
    (why) => {
      const alert = { type: 'personNeeded', order, why } as const;
      const text = textOf(render(alert, language));
      expect(text).toContain('14:05');
      const [number, ...commands] = copied(alert, language);
      expect(number).toBe(order);
      expect(commands.length).toBeGreaterThan(0);
      for (const command of commands)
        expect(command).toMatch(
          new RegExp(`^npm run (?:settle -- ${order} [a-z-]+|revert -- ${order}) --by \\p{Lu}+ --why "\\p{Lu}+"$`, 'u'),
        );
    },
  );

  it('of an unreadable order names it and the log', () => {
    const alert = { type: 'orderUnreadable', order } as const;
    expect(copied(alert, language)).toEqual([order]);
    expect(textOf(render(alert, language))).toContain('orderUnreadable');
  });

  it('of books that differ names the day, the count, the drift and the command', () => {
    const alert = { type: 'booksDiffer', terminalId: 31, day: '2026-08-08', differences: 12, drift: -1_234 } as const;
    const text = textOf(render(alert, language));
    expect(text).toContain('12 ');
    expect(text).toContain('-12.34');
    expect(copied(alert, language)).toEqual(['2026-08-08', 'npm run reconcile -- --date 2026-08-08']);
    expect(textOf(render({ ...alert, drift: null }, language))).not.toContain('12.34');
    expect(textOf(render({ ...alert, drift: 0 }, language))).not.toContain('0.00');
    expect(textOf(render({ ...alert, differences: 0 }, language))).not.toContain('0 ');
  });

  it('of a changed list names each product, what is the matter with it, and how many there are', () => {
    const differences: readonly CatalogDifference[] = [
      { kind: 'added', product: productId(8101) },
      { kind: 'removed', product: productId(8102) },
      { kind: 'changed', product: productId(8103), parts: CHANGED_PARTS },
    ];
    const linesOf = (total: number) => linesIn({ type: 'catalogChanged', differences, total }, language);
    const about = linesOf(3).filter((line) => /^810\d: /.test(line));
    expect(about.map((line) => line.slice(0, 4))).toEqual(['8101', '8102', '8103']);
    expect(new Set(about.map((line) => line.slice(6))).size).toBe(3);
    expect(about[2]?.split(' · ')).toHaveLength(CHANGED_PARTS.length);
    expect(linesOf(3)).not.toContain('…');
    expect(linesOf(12)).toContain('…');
    expect(linesOf(12)[2]).toMatch(/: 12$/);
  });

  it('of missing products names them and how many there are', () => {
    const alert = { type: 'productsMissing', products: [productId(8101), productId(8102)], total: 34 } as const;
    const shown = linesIn(alert, language);
    expect(shown).toEqual(expect.arrayContaining(['8101', '8102', '…']));
    expect(shown[2]).toMatch(/: 34$/);
    expect(linesIn({ ...alert, total: 2 }, language)).not.toContain('…');
  });

  it('of a failing supplier says since when, and what is the matter', () => {
    const troubles = (['notReached', 'noAnswer', 'refused', 'systemError'] as const).map((trouble) => {
      const shown = textOf(
        render({ type: 'supplierFailing', since: instant(raisedAt - 5 * MINUTE), trouble, follows: null }, language),
      );
      expect(shown).toContain('14:00');
      return shown;
    });
    expect(new Set(troubles).size).toBe(4);
    expect(textOf(render({ type: 'supplierBack', since: instant(raisedAt - HOUR), follows: raisedAt }, language))).toContain(
      '13:05',
    );
  });

  it('of clocks that differ says by how many seconds, in which direction, and what sets them', () => {
    const [slow, fast] = [25_400, -61_000].map((skew) => textOf(render({ type: 'clockSkew', skew }, language)));
    expect(copied({ type: 'clockSkew', skew: 25_400 }, language)).toEqual(['25']);
    expect(copied({ type: 'clockSkew', skew: -61_000 }, language)).toEqual(['61']);
    expect(slow).toContain('NTP');
    expect(slow?.replace('25', '')).not.toBe(fast?.replace('61', ''));
  });

  it('of orders that take too long counts them by what they wait for, and names the first', () => {
    const alert = {
      type: 'ordersStuck',
      orders: [orderId(1), orderId(2)],
      counts: { unknown: 31, awaitingCode: 0, revertUnknown: 2 },
      follows: null,
    } as const;
    const shown = linesIn(alert, language);
    expect(shown.filter((line) => line.includes(' × ')).map((line) => line.split(' × ')[0])).toEqual(['31', '2']);
    expect(copied(alert, language)).toEqual([orderId(1), orderId(2)]);
    expect(shown).toContain('…');
  });

  it('of several orders that need a person names each once, and the commands with a word in the place of the number', () => {
    const alerts = [1, 2, 3].map((n) => ({
      type: 'personNeeded' as const,
      order: orderId(n),
      why: 'outcomeNeverLearnt' as const,
    }));
    const shown = several(alerts, language);
    const [first, second, third, ...commands] = copiedIn(shown);
    expect([first, second, third]).toEqual([orderId(1), orderId(2), orderId(3)]);
    expect(commands).toHaveLength(3);
    for (const command of commands) expect(command).toMatch(/^npm run settle -- \p{Lu}+ [a-z-]+ --by \p{Lu}+ --why "\p{Lu}+"$/u);
    expect(textOf(shown)).toContain('× 3');
    expect(textOf(shown)).toContain('14:05');
  });

  it('of many kinds together names all their numbers under their titles', () => {
    const shown = several(
      [
        { type: 'personNeeded', order: orderId(1), why: 'paidWithoutCode' },
        { type: 'workFails', order: orderId(2) },
        { type: 'workFails', order: orderId(3) },
        { type: 'productsMissing', products: [productId(8101)], total: 1 },
        { type: 'lowBalance', balance: 1, limit: 2, day: '2026-08-08' },
        { type: 'clockSkew', skew: 25_000 },
      ],
      language,
    );
    expect(copiedIn(shown)).toEqual([orderId(1), orderId(2), orderId(3), '8101', '2026-08-08']);
    for (const sign of ['🚨', '🛠', '🗂', '🪫', '🕒', '× 6', '× 2']) expect(textOf(shown)).toContain(sign);
  });

  it('has no buttons and no protection: it may be forwarded to whoever settles it', () => {
    expect(render({ type: 'orderUnreadable', order }, language)).toMatchObject({ keyboard: [], protect: false, qr: null });
  });
});

it('only names commands that there are', () => {
  const named = (['outcomeNeverLearnt', 'paidWithoutCode'] as const)
    .flatMap((why) => copied({ type: 'personNeeded', order, why }))
    .concat(copied({ type: 'booksDiffer', terminalId: 31, day: '2026-08-08', differences: 1, drift: 0 }))
    .flatMap((command) => /^npm run (\S+)/.exec(command)?.[1] ?? []);
  expect([...new Set(named)].sort()).toEqual(['reconcile', 'revert', 'settle']);
  for (const command of named) expect(manifest.scripts).toHaveProperty(command);
});

it('only names rulings that the command line knows', () => {
  const { stderr: usage } = spawnSync(process.execPath, ['src/settle.ts'], { encoding: 'utf8' });
  const rulings = (['outcomeNeverLearnt', 'paidWithoutCode', 'revertNeverLearnt'] as const)
    .flatMap((why) => copied({ type: 'personNeeded', order, why }))
    .flatMap((command) => /^npm run settle -- \w+ (\S+)/.exec(command)?.[1] ?? []);
  expect(new Set(rulings).size).toBe(5);
  for (const ruling of rulings) expect(usage).toMatch(new RegExp(`(?<![\\w-])${ruling}(?![\\w-])`));
});

it('can be sent whatever an unreadable row calls itself, and whatever the numbers are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6_000 }),
    fc.constantFrom('', ' ', '</code><b>', '\ud800', '&amp;', 'x'.repeat(9_000)),
  );
  const alerts = fc.oneof(
    fc.record({ type: fc.constantFrom('orderUnreadable' as const, 'workFails' as const), order: text }),
    fc.record({
      type: fc.constant('booksDiffer' as const),
      terminalId: fc.constant(31),
      day: fc.constant('2026-08-08'),
      differences: fc.nat(Number.MAX_SAFE_INTEGER),
      drift: fc.option(fc.maxSafeInteger()),
    }),
    fc.record({
      type: fc.constant('catalogChanged' as const),
      differences: fc.array(
        fc.record({
          kind: fc.constant('changed' as const),
          product: fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(productId),
          parts: fc.subarray([...CHANGED_PARTS]),
        }),
        { maxLength: MOST_LISTED },
      ),
      total: fc.nat(),
    }),
  );
  fc.assert(
    fc.property(alerts, fc.constantFrom(...LANGUAGES), (alert, language) => {
      const message = render(alert, language);
      expectSendable(message);
      expect(message.html.match(/<(?!\/?(?:b|code)>)/g)).toBeNull();
    }),
  );
});

it('can be sent in one message of an hour, however many are left and of however many kinds', () => {
  const told = Array.from({ length: MOST_AN_HOUR - 1 }, () => ({ at: raisedAt, kinds: [] }));
  const unreadable = fc.array(
    fc.record({
      type: fc.constantFrom('orderUnreadable' as const, 'workFails' as const),
      order: fc.string({ unit: 'binary', minLength: 20, maxLength: 60 }),
    }),
    { minLength: 110, maxLength: 130 },
  );
  const stuck = fc.array(
    fc.nat({ max: 9_999 }).map((from) => ({
      type: 'ordersStuck' as const,
      orders: Array.from({ length: MOST_LISTED }, (_, index) => orderId(from * MOST_LISTED + index)),
      counts: { unknown: 99_999, awaitingCode: 0, revertUnknown: 0 },
      follows: null,
    })),
    { minLength: 40, maxLength: 50 },
  );
  const ofEachKind = sampleViews.flatMap((view) => (view.type === 'alert' ? [view.alert] : []));
  fc.assert(
    fc.property(fc.oneof(unreadable, stuck), fc.constantFrom(...LANGUAGES), (many, language) => {
      const due = [...ofEachKind, ...many].map((alert) => ({ alert }));
      const [summary = []] = planAlerts(due, told, raisedAt).messages;
      expect(summary.length).toBeGreaterThan(ofEachKind.length);
      const message = several(
        summary.map(({ alert }) => alert),
        language,
      );
      expectSendable(message);
      expect(message.html.match(/<(?!\/?(?:b|code)>)/g)).toBeNull();
    }),
  );
});
