// At least one of every view and notice for agents, so that a new one without samples breaks the build.
import type { AgentHome, AgentNotice, AgentView } from '../../../src/domain/dialog/agent.ts';
import { parseCustomerId } from '../../../src/domain/ids.ts';
import type { Member } from '../../../src/domain/member.ts';
import { money, parseCurrency } from '../../../src/domain/money.ts';
import type { Result } from '../../../src/domain/result.ts';
import { instant } from '../../../src/domain/time.ts';
import { parseToken } from '../../../src/domain/token.ts';

const valueOf = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`A sample does not parse: ${String(result.error)}`);
  return result.value;
};

const EUR = valueOf(parseCurrency('EUR'));
const MXN = valueOf(parseCurrency('MXN'));
/** 2026-08-09 12:05 UTC, 14:05 in Madrid. */
const at = instant(Date.UTC(2026, 7, 9, 12, 5));

const home: AgentHome = {
  name: 'Kiosk North',
  agentName: null,
  float: [
    { available: money(123_456, EUR), credit: null },
    { available: money(-2_500, MXN), credit: money(50_000, MXN) },
  ],
  today: [
    { count: 1, pay: money(1_500, EUR), commission: money(30, EUR) },
    { count: 12, pay: money(240_000, MXN), commission: money(4_800, MXN) },
  ],
  perDay: null,
  hidesCodes: false,
  recent: ['••••4567', '••••.org'],
  at,
};

const clerk: Member = {
  id: valueOf(parseCustomerId(1_002)),
  name: 'Till 1 & Co',
  agent: valueOf(parseCustomerId(1_001)),
  blocked: false,
  hidesCodes: false,
  credit: [],
  perDay: null,
  joinedAt: at,
};

/** As many as there can be, all with names as long as they can be. */
const crowd = Array.from({ length: 50 }, (_, index): Member => {
  return { ...clerk, id: valueOf(parseCustomerId(2 ** 52 - index)), name: `${index}`.padEnd(40, 'W'), blocked: index % 2 === 0 };
});

type Samples<Union extends { readonly type: string }> = {
  readonly [Type in Union['type']]: readonly [
    Extract<Union, { readonly type: Type }>,
    ...Extract<Union, { readonly type: Type }>[],
  ];
};

const views: Samples<AgentView> = {
  home: [
    { type: 'home', home },
    {
      type: 'home',
      home: {
        ...home,
        agentName: 'Kiosk South',
        float: [],
        today: [],
        perDay: { count: 3, amounts: [money(5_000, EUR)] },
        hidesCodes: true,
        recent: [],
      },
    },
    { type: 'home', home: { ...home, name: 'W'.repeat(40), recent: Array.from({ length: 5 }, () => '••••1234') } },
  ],
  clerks: [
    { type: 'clerks', clerks: [] },
    { type: 'clerks', clerks: [clerk, { ...clerk, blocked: true }] },
    { type: 'clerks', clerks: crowd },
  ],
  clerk: [
    { type: 'clerk', clerk },
    { type: 'clerk', clerk: { ...clerk, blocked: true, perDay: { count: 1, amounts: [money(5_000, EUR), money(1, MXN)] } } },
  ],
  removing: [{ type: 'removing', clerk }],
  invitation: [{ type: 'invitation', name: clerk.name, token: valueOf(parseToken('ABCDEFGHIJKLMNOPQRST-A')), expiresAt: at }],
};

type PlainNotice = Exclude<AgentNotice['type'], 'refusedInvitation' | 'whichCurrency' | 'clerksFull' | 'tooManyDays'>;

/** Spelled out so that a new one breaks the build. */
const plain = Object.values({
  notMember: 'notMember',
  blocked: 'blocked',
  agentsOnly: 'agentsOnly',
  joined: 'joined',
  notAName: 'notAName',
  notALimit: 'notALimit',
  notDays: 'notDays',
  daysBackwards: 'daysBackwards',
  clerkGone: 'clerkGone',
  limitSet: 'limitSet',
  limitLifted: 'limitLifted',
  clerkBlocked: 'clerkBlocked',
  clerkUnblocked: 'clerkUnblocked',
  clerkRemoved: 'clerkRemoved',
  codesHidden: 'codesHidden',
  codesShown: 'codesShown',
  statementTooLong: 'statementTooLong',
  fileNotSent: 'fileNotSent',
} satisfies { [Type in PlainNotice]: Type });

export const invitationView = { type: 'agent', view: views.invitation[0] } as const;

const [firstView, ...furtherViews] = Object.values(views)
  .flat()
  .map((view) => ({ type: 'agent' as const, view }));
if (firstView === undefined) throw new Error('There is no sample of a view for agents');
export const sampleAgentViews = [firstView, ...furtherViews] as const;

const notices: readonly AgentNotice[] = [
  ...plain.map((type) => ({ type })),
  ...(['unknown', 'used', 'expired', 'own', 'alreadyMember'] as const).map((why) => ({
    type: 'refusedInvitation' as const,
    why,
  })),
  { type: 'whichCurrency', currencies: [EUR, MXN] },
  { type: 'clerksFull', most: 50 },
  { type: 'tooManyDays', most: 92 },
];

const [firstNotice, ...furtherNotices] = notices.map((notice) => ({ type: 'agent' as const, notice }));
if (firstNotice === undefined) throw new Error('There is no sample of a notice for agents');
export const sampleAgentNotices = [firstNotice, ...furtherNotices] as const;
