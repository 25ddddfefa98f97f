// Rules of the shop for tests: what is not named is open, and nothing is added.
import type { BasisPoints, MarginRule } from '../../src/domain/margin.ts';
import { hundredths } from '../../src/domain/money.ts';

/** `percent` and `commission` in hundredths of a percent. */
type Given = Omit<Partial<MarginRule>, 'percent' | 'commission'> & { readonly percent?: number; readonly commission?: number };

export const marginRule = ({ percent = 0, commission = 0, ...given }: Given): MarginRule => ({
  product: null,
  country: null,
  role: null,
  fixed: hundredths(0),
  roundUpTo: null,
  ...given,
  percent: percent as BasisPoints,
  commission: commission as BasisPoints,
});

/** Everybody pays a tenth more, agents half of that, and agents get 2 % of it. */
export const SAMPLE_MARGINS: readonly MarginRule[] = [
  marginRule({ percent: 1_000 }),
  marginRule({ role: 'agent', percent: 500, commission: 200 }),
];
