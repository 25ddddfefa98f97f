// At least one of every view and notice of what customers keep and hand over, so that a new one without samples breaks the build.
import type { KeepsakeNotice, KeepsakeView } from '../../../src/domain/dialog/keepsake-words.ts';
import type { HandOverView, OrderSummary } from '../../../src/domain/dialog/view.ts';
import { parseNumberId } from '../../../src/domain/keepsake.ts';
import type { SavedNumber } from '../../../src/domain/keepsake.ts';
import { parseToken } from '../../../src/domain/token.ts';

const token = parseToken('AAAAAAAAAAAAAAAAAAAAAA');
const id = parseNumberId(12);
if (!token.ok || !id.ok) throw new Error('A sample does not parse');

const mum: SavedNumber = { id: id.value, kind: 'phone', name: 'Mum', value: '+5355512345' };

type All<Union extends { readonly type: string }> = {
  readonly [Type in Union['type']]: readonly Extract<Union, { type: Type }>[];
};

export const handOverSamples = (order: OrderSummary): readonly HandOverView[] => {
  const link = { type: 'link', order, token: token.value, expiresAt: order.placedAt, sold: false } as const;
  const samples: All<HandOverView> = { link: [link, { ...link, sold: true }], handedOver: [{ type: 'handedOver', order }] };
  return Object.values(samples).flat();
};

export const keepsakeSamples = ({ id: order }: OrderSummary): readonly KeepsakeView[] => {
  const samples: All<KeepsakeView> = {
    numbers: [
      { type: 'numbers', numbers: [] },
      { type: 'numbers', numbers: [mum, { ...mum, kind: 'account', name: 'Games', value: 'x'.repeat(100) }] },
    ],
    number: [{ type: 'number', number: mum }],
    mayRemember: [{ type: 'mayRemember', order }],
    kept: [
      { type: 'kept', kept: { numbers: 0, details: [], answered: false } },
      { type: 'kept', kept: { numbers: 1, details: [], answered: false } },
      { type: 'kept', kept: { numbers: 50, details: ['document', 'name'], answered: true } },
      { type: 'kept', kept: { numbers: 0, details: [], answered: true } },
    ],
  };
  return Object.values(samples).flat();
};

type What<About extends KeepsakeNotice['about']> = Extract<KeepsakeNotice, { about: About }>['what'];

const link: Record<What<'link'>, true> = {
  unknown: true,
  used: true,
  expired: true,
  takenBack: true,
  own: true,
  notNow: true,
  wasTakenBack: true,
  alreadyGiven: true,
};
const number: Record<What<'number'>, true> = {
  saved: true,
  renamed: true,
  deleted: true,
  full: true,
  gone: true,
  notAName: true,
};
const details: Record<What<'details'>, true> = { remembered: true, notRemembered: true, forgotten: true };

const keysOf = <Key extends string>(record: Record<Key, true>): readonly Key[] => Object.keys(record) as Key[];

export const keepsakeNotices: readonly KeepsakeNotice[] = [
  ...keysOf(link).map((what) => ({ about: 'link', what }) as const),
  ...keysOf(number).map((what) => ({ about: 'number', what }) as const),
  ...keysOf(details).map((what) => ({ about: 'details', what }) as const),
];
