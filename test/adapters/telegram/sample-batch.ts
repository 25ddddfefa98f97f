// Samples of a batch: each kind of line, each thing that may be wrong with one, and a page of lines that are as long as lines can be.
import type { Product } from '../../../src/domain/catalog.ts';
import type { BatchViewLine, LineError, LineTrouble } from '../../../src/domain/dialog/batch-words.ts';
import { pageOf } from '../../../src/domain/dialog/view.ts';
import type { OrderSummary, View } from '../../../src/domain/dialog/view.ts';
import { money } from '../../../src/domain/money.ts';
import type { Currency } from '../../../src/domain/money.ts';
import type { LineProblem } from '../../../src/domain/one-line.ts';
import type { Quote } from '../../../src/domain/quote.ts';

const EUR = 'EUR' as Currency;
const USD = 'USD' as Currency;

type BatchView = Extract<View, { type: 'batch' }>;
type Parts = { readonly product: Product; readonly quote: Quote; readonly order: OrderSummary };

const PROBLEMS = [
  'noPhone',
  'noAmount',
  'unknownProduct',
  'badAmount',
  'badPhone',
  'notForPhone',
] satisfies readonly LineProblem[];

export const batchSamples = ({ product, quote, order }: Parts) => {
  const ready = {
    kind: 'ready',
    product,
    account: '525512345678',
    warnings: [],
    choice: quote.choice,
    repaired: null,
    order: order.id,
    quote,
    twin: null,
    trouble: null,
  } as const;
  const troubles: readonly LineTrouble[] = [
    { kind: 'outOfFunds', available: money(100, EUR) },
    { kind: 'limitReached', problem: { kind: 'tooMany', most: 3 }, opensAt: order.placedAt },
    {
      kind: 'limitReached',
      problem: { kind: 'tooMuch', most: money(5_000, EUR), left: money(0, EUR) },
      opensAt: order.placedAt,
    },
    { kind: 'boughtJustNow', at: order.placedAt },
  ];
  const errors: readonly (LineError | null)[] = [
    null,
    { kind: 'aboveCeiling', most: money(10_000, EUR) },
    { kind: 'itemGone' },
    { kind: 'needsDetails' },
    { kind: 'notSellable' },
    { kind: 'blocked' },
  ];
  const { account, choice, warnings, repaired } = ready;
  const lines: readonly BatchViewLine[] = [
    { ...ready, number: 1 },
    ...troubles.map((trouble, i) => ({ ...ready, number: i + 2, trouble })),
    { ...ready, number: 6, warnings: ['otherCountry', 'maskDoesNotFit'], quote: { ...quote, estimated: true } },
    { number: 7, kind: 'choose', account, choice, candidates: [product, product] },
    { number: 8, kind: 'choose', account: null, choice, candidates: [] },
    { number: 9, kind: 'gone' },
    ...errors.map((error, i) => ({ number: i + 10, kind: 'open' as const, product, account, choice, warnings, repaired, error })),
  ];
  const problems: readonly BatchViewLine[] = PROBLEMS.map((problem, i) => ({
    number: i + 1,
    kind: 'problem',
    text: 'alondra 25 juan',
    problem,
    example: i % 2 === 0 ? product : null,
  }));
  const long = 'W'.repeat(300);
  const longest: BatchViewLine = {
    ...ready,
    number: 20,
    product: { ...product, name: long, brand: long, countryName: long, countryId: 9999 },
    warnings: ['maskDoesNotFit'],
    repaired: { from: long, to: long },
  };
  const sum = { count: 2, pay: [money(5_000, EUR), money(100, USD)], commission: [money(150, EUR)], heldUntil: order.placedAt };
  const view = (shown: readonly BatchViewLine[], page: number, buy: BatchView['buy']): BatchView => ({
    type: 'batch',
    list: pageOf(shown, page),
    total: shown.length,
    buy,
  });
  const orders = (['placed', 'delivered', 'rejected'] as const).map((status, i) => ({
    ...order,
    status,
    account: i === 0 ? '525512345678' : null,
  }));
  return {
    batch: [
      view(lines, 0, sum),
      view(lines, 1, { ...sum, count: 1, commission: [] }),
      view(problems, 0, null),
      view(
        Array.from({ length: 20 }, () => longest),
        1,
        sum,
      ),
    ],
    batchPlaced: [
      { type: 'batchPlaced', orders },
      { type: 'batchPlaced', orders: Array.from({ length: 20 }, () => ({ ...order, productName: long, account: long })) },
    ],
    batchSettled: [{ type: 'batchSettled', orders }],
  } satisfies { readonly [Type in 'batch' | 'batchPlaced' | 'batchSettled']: readonly Extract<View, { type: Type }>[] };
};
