// What a batch's buttons carry: their part of a flow button's data, behind `bt:`.
import type { BatchAction } from '../../domain/dialog/batch-words.ts';
import { assertNever } from '../../domain/result.ts';

export const batchCode = (action: BatchAction): string => {
  switch (action.type) {
    case 'buy':
      return 'bu';
    case 'choose':
      return `ch:${action.line}:${action.candidate}`;
    case 'alone':
      return `al:${action.line}`;
    default:
      return assertNever(action);
  }
};

const readPlace = (text: string): number | null => (/^\d{1,3}$/.test(text) ? Number(text) : null);

/** Null for what no button carries. Whether it is written exactly as `batchCode` writes it is the caller's to check. */
export const readBatch = ([code = '', first = '', second = '']: readonly string[]): BatchAction | null => {
  const line = readPlace(first);
  const candidate = readPlace(second);
  switch (code) {
    case 'bu':
      return { type: 'buy' };
    case 'ch':
      return line === null || candidate === null ? null : { type: 'choose', line, candidate };
    case 'al':
      return line === null ? null : { type: 'alone', line };
    default:
      return null;
  }
};
