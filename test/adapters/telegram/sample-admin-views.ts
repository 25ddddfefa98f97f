// At least one of every view and notice of those who run the shop, with everything that they may be asked and may confirm.
import { ADMIN_DEEDS } from '../../../src/domain/admin-action.ts';
import { LONGEST_ANNOUNCEMENT } from '../../../src/domain/announcement.ts';
import type { AdminAsking, AdminNotice, AdminTask, AdminView, OrderLine } from '../../../src/domain/dialog/admin.ts';
import { money } from '../../../src/domain/money.ts';
import type { Sales } from '../../../src/domain/operations.ts';
import type { OrderStatus, Ruling } from '../../../src/domain/order.ts';
import type { NamedStop } from '../../../src/domain/stop-scope.ts';
import type { Decision } from '../../../src/domain/top-up.ts';
import { parseToken } from '../../../src/domain/token.ts';
import { parseProductId } from '../../../src/domain/ids.ts';
import { ALICE, EUR, NOON, USD, after, got, orderId } from '../../contracts/orders.ts';
import { cents } from '../../domain/sample-catalog.ts';

type Samples<Union extends { readonly type: string }> = {
  readonly [Type in Union['type']]: readonly [Extract<Union, { type: Type }>, ...Extract<Union, { type: Type }>[]];
};

const STATUSES = {
  placed: 0,
  sending: 0,
  unknown: 0,
  awaitingCode: 0,
  charged: 0,
  delivered: 0,
  rejected: 0,
  needsPerson: 0,
  reverting: 0,
  revertUnknown: 0,
  reverted: 0,
} satisfies Record<OrderStatus, 0>;
const statuses = Object.keys(STATUSES) as OrderStatus[];
const RULINGS: readonly Ruling[] = ['chargedWithCode', 'charged', 'notCharged', 'reverted', 'notReverted'];

const product = got(parseProductId(7_205));
const order = orderId(1);
const deed = orderId(2);
/** Markup, direction overrides and more than fits: what people type may be anything. */
const NASTY = `&"\u202e ${'long '.repeat(60)}`;
const topUp = { customer: ALICE, amount: money(50_001, EUR), reference: 'receipt-17' };
const pending = { ...topUp, id: order, askedBy: '501', askedAt: NOON, expiresAt: after(1) };
const stops: readonly NamedStop[] = [
  { scope: { kind: 'all' }, name: '*', by: '501', why: 'Books', since: NOON },
  { scope: { kind: 'country', country: 192 }, name: 'Cuba', by: '501', why: NASTY, since: NOON },
  { scope: { kind: 'operator', operator: product }, name: NASTY, by: 'bot', why: '-1', since: NOON },
  { scope: { kind: 'product', product }, name: 'Nimbus 25', by: 'bot', why: '-1', since: NOON },
];

const tasks: Samples<AdminTask> = {
  putStop: [
    { type: 'putStop', scope: { kind: 'product', product }, name: 'Nimbus 25', why: NASTY.slice(0, 200) },
    { type: 'putStop', scope: { kind: 'all' }, name: '*', why: 'Books' },
  ],
  liftStop: [{ type: 'liftStop', scope: { kind: 'all' } }, ...stops.map(({ scope }) => ({ type: 'liftStop' as const, scope }))],
  resend: [{ type: 'resend', order }],
  rule: [
    { type: 'rule', order, ruling: 'chargedWithCode', code: NASTY.repeat(10), why: 'Mail' },
    ...RULINGS.map((ruling) => ({ type: 'rule' as const, order, ruling, code: null, why: 'Mail' })),
  ],
  revert: [{ type: 'revert', order, why: 'Asked for' }],
  topUp: [
    { type: 'topUp', topUp, second: true },
    { type: 'topUp', topUp, second: false },
  ],
  announce: [
    { type: 'announce', audience: { language: null }, text: 'x '.repeat(LONGEST_ANNOUNCEMENT / 2).trim(), people: 12_345 },
  ],
  invite: [{ type: 'invite', name: 'Kiosk North' }],
  setCredit: [
    { type: 'setCredit', agent: ALICE, credit: money(50_000, EUR) },
    { type: 'setCredit', agent: ALICE, credit: money(0, USD) },
  ],
  adjust: [
    { type: 'adjust', adjustment: { customer: ALICE, amount: money(-500, EUR), why: NASTY.slice(0, 200) } },
    { type: 'adjust', adjustment: { customer: ALICE, amount: money(50_000, EUR), why: 'Sorry' } },
  ],
  block: [
    { type: 'block', agent: ALICE, block: true },
    { type: 'block', agent: ALICE, block: false },
  ],
};

export const sampleAskings: readonly Exclude<AdminAsking, { for: 'nothing' }>[] = [
  { for: 'orderSearch' },
  { for: 'stopTarget' },
  { for: 'stopReason', scope: { kind: 'product', product }, name: 'Nimbus 25' },
  { for: 'rulingCode', order },
  { for: 'rulingReason', order, ruling: 'chargedWithCode', code: '3021 0786' },
  { for: 'revertReason', order },
  { for: 'topUp' },
  { for: 'announcement', audience: { language: null } },
  { for: 'announcement', audience: { language: 'ar' } },
  { for: 'announcement', audience: { group: 'agents' } },
  { for: 'agentName' },
  { for: 'credit', agent: ALICE },
  { for: 'adjustment', customer: ALICE },
  { for: 'adjustment', customer: null },
  ...Object.values(tasks)
    .flat()
    .map((task) => ({ for: 'confirmation' as const, deed, task })),
];

const salesOf = (status: OrderStatus): Sales => ({
  status,
  currency: 'EUR',
  count: 3,
  pay: cents(7_500),
  cost: cents(7_000),
  commission: cents(status === 'delivered' ? 100 : 0),
});

const queue = { due: 3, oldest: NOON };
const idle = { due: 0, oldest: null };
const health = {
  ledger: true,
  sessions: true,
  supplier: { answers: true, skew: 0 },
  catalogAge: 61_000,
  queues: { orders: queue, messages: idle, alerts: queue, announcements: idle },
  stuck: { needsPerson: 2, unknown: 1 },
};

const agent = {
  id: ALICE,
  name: NASTY.slice(0, 40),
  agent: null,
  blocked: false,
  hidesCodes: false,
  credit: [],
  perDay: null,
  joinedAt: NOON,
};

const progress = { id: 7, sent: 10, blocked: 1, failed: 2, left: 5, stopped: false };
const entry = { type: 'purchaseRejected', at: NOON, by: '501', why: NASTY, resultCode: '14' } as const;
const detail = { customer: ALICE, account: '••••2345', history: [entry], rulings: RULINGS, canResend: true, canRevert: true };

const viewsOf = (line: OrderLine): Samples<AdminView> => ({
  menu: [{ type: 'menu' }],
  balance: [
    { type: 'balance', balance: cents(497_300), currency: null, limit: cents(20_000) },
    { type: 'balance', balance: cents(497_300), currency: 'USD', limit: null },
    { type: 'balance', balance: null, currency: 'USD', limit: null },
  ],
  today: [
    { type: 'today', day: '2026-01-12', sales: statuses.map(salesOf) },
    { type: 'today', day: '2026-01-12', sales: [] },
  ],
  health: [
    { type: 'health', health },
    {
      type: 'health',
      health: {
        ledger: false,
        sessions: false,
        supplier: { answers: true, skew: -90_000 },
        catalogAge: null,
        queues: null,
        stuck: {},
      },
    },
  ],
  stops: [
    { type: 'stops', stops },
    { type: 'stops', stops: [] },
  ],
  stopTargets: [{ type: 'stopTargets', targets: stops }],
  orders: [{ type: 'orders', orders: statuses.map((status) => ({ ...line, status })) }],
  order: [
    { type: 'order', found: { order: line, ...detail, history: Array.from({ length: 60 }, () => entry) } },
    {
      type: 'order',
      found: { order: line, ...detail, account: null, history: [], rulings: [], canResend: false, canRevert: false },
    },
  ],
  topUps: [
    { type: 'topUps', pending: [pending, pending], limits: [money(50_000, EUR), money(50_000, USD)] },
    { type: 'topUps', pending: [], limits: [] },
  ],
  topUpAsked: [{ type: 'topUpAsked', topUp: pending }],
  agents: [
    { type: 'agents', agents: [agent, { ...agent, blocked: true }], page: 1, pages: 3 },
    { type: 'agents', agents: [], page: 0, pages: 1 },
  ],
  agent: [
    {
      type: 'agent',
      agent,
      float: [
        { available: money(-2_500, EUR), credit: money(50_000, EUR) },
        { available: money(100, USD), credit: null },
      ],
      today: [{ count: 1, pay: money(2_500, EUR), commission: money(50, EUR) }],
    },
    { type: 'agent', agent: { ...agent, blocked: true }, float: [], today: [] },
  ],
  invitation: [{ type: 'invitation', name: 'Kiosk North', token: got(parseToken('abcdefghijklmnopqrstuA')), expiresAt: NOON }],
  announce: [
    { type: 'announce', recent: [] },
    { type: 'announce', recent: [progress, { ...progress, left: 0 }, { ...progress, left: 0, stopped: true }] },
  ],
  progress: [
    { type: 'progress', text: NASTY, progress },
    { type: 'progress', text: 'Hi', progress: { ...progress, left: 0 } },
    { type: 'progress', text: 'Hi', progress: { ...progress, left: 0, stopped: true } },
  ],
  announcement: [{ type: 'announcement', text: 'x '.repeat(LONGEST_ANNOUNCEMENT / 2).trim() }],
  actions: [
    {
      type: 'actions',
      actions: ADMIN_DEEDS.map((each) => ({
        key: each,
        by: '501',
        at: NOON,
        deed: each,
        target: NASTY,
        before: null,
        after: { why: NASTY },
      })),
    },
    { type: 'actions', actions: [] },
  ],
  asking: [{ type: 'asking', asking: { for: 'topUp' } }, ...sampleAskings.map((asking) => ({ type: 'asking' as const, asking }))],
});

export const sampleAdminViews = (line: OrderLine): readonly AdminView[] => Object.values(viewsOf(line)).flat();

const DECISIONS = {
  done: 0,
  refused: 0,
  referenceUsed: 0,
  decided: 0,
  expired: 0,
  ownRequest: 0,
  unknown: 0,
} satisfies Record<Decision, 0>;

/** The notices that are no more than their type. */
const PLAIN = {
  stopPut: 0,
  stoppedBefore: 0,
  stopLifted: 0,
  notStopped: 0,
  noSuchTarget: 0,
  notAReason: 0,
  resent: 0,
  nothingToResend: 0,
  noSuchOrder: 0,
  nothingFound: 0,
  orderChanged: 0,
  notRevertible: 0,
  soldByReceivedAmount: 0,
  notATopUp: 0,
  toppedUp: 0,
  topUpAsked: 0,
  referenceUsed: 0,
  doneBefore: 0,
  tooLong: 0,
  nobodyToTell: 0,
  announced: 0,
  announcementStopped: 0,
  announcementOver: 0,
  notAName: 0,
  agentBlocked: 0,
  agentUnblocked: 0,
  agentGone: 0,
  notACredit: 0,
  creditSet: 0,
  notAnAdjustment: 0,
  adjustmentTooLarge: 0,
  adjusted: 0,
} satisfies Record<Exclude<AdminNotice['type'], 'orderIsNow' | 'notNow' | 'revertEnded' | 'decided' | 'notEnough'>, 0>;

export const sampleAdminNotices: readonly AdminNotice[] = [
  ...statuses.flatMap((status) => [{ type: 'orderIsNow', status } as const, { type: 'notNow', status } as const]),
  ...(['refused', 'notSent', 'unclear'] as const).map((outcome) => ({
    type: 'revertEnded' as const,
    outcome,
    resultCode: '923',
  })),
  ...(Object.keys(DECISIONS) as Decision[]).map((decision) => ({ type: 'decided' as const, decision })),
  { type: 'notEnough', available: money(2_500, EUR) },
  ...(Object.keys(PLAIN) as (keyof typeof PLAIN)[]).map((type) => ({ type })),
];
