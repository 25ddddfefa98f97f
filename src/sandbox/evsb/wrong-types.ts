// Answers whose JSON is valid and whose types are not what was promised.
import type { Answer } from './answers.ts';
import type { FaultOf } from './faults.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (record: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

/** Details with `additionalData` as a list where the schema has one object. */
const withList = (details: Record<string, unknown>): Record<string, unknown> =>
  'additionalData' in details ? { ...details, additionalData: [details['additionalData']] } : details;

const distortItem = (item: unknown, shape: FaultOf<'wrongTypes'>['shape']): unknown => {
  if (!isRecord(item)) return item;
  switch (shape) {
    case 'numericResultcode':
      return 'resultcode' in item ? { ...item, resultcode: Number(item['resultcode']) } : item;
    case 'noExtraInfo':
      return without(item, 'extraInfo');
    case 'otherAdditionalData':
      return isRecord(item['extraInfo']) ? { ...item, extraInfo: withList(item['extraInfo']) } : withList(item);
    case 'garbled':
      return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, [value]]));
  }
};

/** Every value but `rc` in a list of its own. */
const garble = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, key === 'rc' ? value : [value]]));

/** The same answer in the wrong shape. Data at the root can only be garbled; answers without both stay as they are. */
export const distort = (answer: Answer, shape: FaultOf<'wrongTypes'>['shape']): Answer => {
  if (!isRecord(answer.json)) return answer;
  const hasDataAtRoot = typeof answer.json['message'] === 'string' && answer.json['rc'] === 0;
  if (hasDataAtRoot && shape === 'garbled') return { ...answer, json: garble(answer.json) };
  if (!Array.isArray(answer.json['items'])) return answer;
  const items = answer.json['items'].map((item) => distortItem(item, shape));
  return { ...answer, json: { ...answer.json, items } };
};
