// Button data: what is written is read back, fits into a button, and anything else is stale instead of an error.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeButton, encodeFlow, encodeLasting } from '../../../src/adapters/telegram/callback-data.ts';
import type { FlowAction, LastingAction } from '../../../src/domain/dialog/action.ts';
import type { Day } from '../../../src/domain/day.ts';
import { ADMIN_PAGES } from '../../../src/domain/dialog/admin.ts';
import type { AdminAction, AdminLastingAction } from '../../../src/domain/dialog/admin.ts';
import type { AgentAction } from '../../../src/domain/dialog/agent.ts';
import type { BatchAction } from '../../../src/domain/dialog/batch-words.ts';
import type { KeepsakeAction } from '../../../src/domain/dialog/keepsake-words.ts';
import { LANGUAGES } from '../../../src/domain/dialog/language.ts';
import { orderIdFromBytes, parseProductId } from '../../../src/domain/ids.ts';
import type { CustomerId, ProductId } from '../../../src/domain/ids.ts';
import { parseNumberId } from '../../../src/domain/keepsake.ts';
import type { NumberId } from '../../../src/domain/keepsake.ts';
import { hundredths } from '../../../src/domain/money.ts';
import type { Ruling } from '../../../src/domain/order.ts';
import type { StopScope } from '../../../src/domain/stop.ts';

const productOf = (value: number): ProductId => {
  const parsed = parseProductId(value);
  if (!parsed.ok) throw new Error(`${value} is no product id`);
  return parsed.value;
};

const numberOf = (value: number): NumberId => {
  const parsed = parseNumberId(value);
  if (!parsed.ok) throw new Error(`${value} is no number's id`);
  return parsed.value;
};

const order = fc.uint8Array({ minLength: 12, maxLength: 12 }).map(orderIdFromBytes);
const product = fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(productOf);
/** Any UTF-16 unit, halves of surrogate pairs among them. */
const anyUnit = fc.nat(0xffff).map((unit) => String.fromCharCode(unit));
const natural = fc.maxSafeNat();

const clerk = fc.integer({ min: 1, max: 2 ** 52 }).map((value) => value as CustomerId);
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10) as Day);
const agentActions = {
  home: fc.constant({ type: 'home' as const }),
  statement: fc.record({
    type: fc.constant('statement' as const),
    day: fc.oneof(fc.constantFrom('today' as const, 'yesterday' as const), day),
  }),
  statementFile: fc.record({
    type: fc.constant('statementFile' as const),
    days: fc.record({ from: day, to: day }),
    format: fc.constantFrom('csv' as const, 'pdf' as const),
  }),
  pickDays: fc.constant({ type: 'pickDays' as const }),
  hideCodes: fc.record({ type: fc.constant('hideCodes' as const), hide: fc.boolean() }),
  clerks: fc.constant({ type: 'clerks' as const }),
  inviteClerk: fc.constant({ type: 'inviteClerk' as const }),
  clerk: fc.record({ type: fc.constant('clerk' as const), clerk }),
  limitClerk: fc.record({ type: fc.constant('limitClerk' as const), clerk }),
  freeClerk: fc.record({ type: fc.constant('freeClerk' as const), clerk }),
  blockClerk: fc.record({ type: fc.constant('blockClerk' as const), clerk, block: fc.boolean() }),
  removeClerk: fc.record({ type: fc.constant('removeClerk' as const), clerk, sure: fc.boolean() }),
} satisfies { [Type in AgentAction['type']]: fc.Arbitrary<Extract<AgentAction, { type: Type }>> };
const agentAction: fc.Arbitrary<AgentAction> = fc.oneof(...Object.values(agentActions));

const ofOrder = <Type extends string>(type: Type) => fc.record({ type: fc.constant(type), order });
const ofNumber = <Type extends string>(type: Type) =>
  fc.record({ type: fc.constant(type), number: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(numberOf) });
const keepsakeActions = {
  handOver: ofOrder('handOver'),
  takeBack: ofOrder('takeBack'),
  saveNumber: ofOrder('saveNumber'),
  remember: ofOrder('remember'),
  numbers: fc.constant({ type: 'numbers' as const }),
  number: ofNumber('number'),
  renameNumber: ofNumber('renameNumber'),
  deleteNumber: ofNumber('deleteNumber'),
  doNotRemember: fc.constant({ type: 'doNotRemember' as const }),
  forget: fc.constant({ type: 'forget' as const }),
} satisfies { [Type in KeepsakeAction['type']]: fc.Arbitrary<Extract<KeepsakeAction, { type: Type }>> };
const keepsakeAction: fc.Arbitrary<KeepsakeAction> = fc.oneof(...Object.values(keepsakeActions));

const scope: fc.Arbitrary<StopScope> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  fc.record({ kind: fc.constant('country' as const), country: fc.integer({ min: 1, max: 9_999_999_999 }) }),
  fc.record({ kind: fc.constant('operator' as const), operator: product }),
  fc.record({ kind: fc.constant('product' as const), product }),
);
const adminActions = {
  menu: fc.constant({ type: 'menu' as const }),
  open: fc.record({ type: fc.constant('open' as const), page: fc.constantFrom(...ADMIN_PAGES) }),
  agentsPage: fc.record({ type: fc.constant('agentsPage' as const), page: fc.nat(999_999_999) }),
  newStop: fc.constant({ type: 'newStop' as const }),
  stopTarget: fc.record({ type: fc.constant('stopTarget' as const), scope }),
  lift: fc.record({ type: fc.constant('lift' as const), scope }),
  order: ofOrder('order'),
  resend: ofOrder('resend'),
  rule: fc.record({
    type: fc.constant('rule' as const),
    order,
    ruling: fc.constantFrom<Ruling[]>('chargedWithCode', 'charged', 'notCharged', 'reverted', 'notReverted'),
  }),
  revert: ofOrder('revert'),
  newTopUp: fc.constant({ type: 'newTopUp' as const }),
  audience: fc.record({
    type: fc.constant('audience' as const),
    audience: fc.oneof(fc.record({ language: fc.constantFrom(null, ...LANGUAGES) }), fc.constant({ group: 'agents' as const })),
  }),
  invite: fc.constant({ type: 'invite' as const }),
  agent: fc.record({ type: fc.constant('agent' as const), agent: clerk }),
  setCredit: fc.record({ type: fc.constant('setCredit' as const), agent: clerk }),
  adjust: fc.record({ type: fc.constant('adjust' as const), customer: fc.option(clerk) }),
  block: fc.record({ type: fc.constant('block' as const), agent: clerk, block: fc.boolean() }),
  confirm: fc.record({ type: fc.constant('confirm' as const), deed: order }),
} satisfies { [Type in AdminAction['type']]: fc.Arbitrary<Extract<AdminAction, { type: Type }>> };
const adminLastingActions = {
  decideTopUp: fc.record({ type: fc.constant('decideTopUp' as const), topUp: order, yes: fc.boolean() }),
  stopAnnouncement: fc.record({ type: fc.constant('stopAnnouncement' as const), announcement: fc.nat(999_999_999) }),
} satisfies { [Type in AdminLastingAction['type']]: fc.Arbitrary<Extract<AdminLastingAction, { type: Type }>> };
const adminAction: fc.Arbitrary<AdminAction> = fc.oneof(...Object.values(adminActions));
const adminLastingAction: fc.Arbitrary<AdminLastingAction> = fc.oneof(...Object.values(adminLastingActions));

const place = fc.nat(999);
const batchActions = {
  buy: fc.constant({ type: 'buy' as const }),
  choose: fc.record({ type: fc.constant('choose' as const), line: place, candidate: place }),
  alone: fc.record({ type: fc.constant('alone' as const), line: place }),
} satisfies { [Type in BatchAction['type']]: fc.Arbitrary<Extract<BatchAction, { type: Type }>> };
const batchAction: fc.Arbitrary<BatchAction> = fc.oneof(...Object.values(batchActions));

/** One arbitrary a type, so that a new action breaks the build here until it is covered. */
const flowActions = {
  pickCountry: fc.record({ type: fc.constant('pickCountry' as const), country: natural }),
  pickOperator: fc.record({ type: fc.constant('pickOperator' as const), operator: product }),
  pickProduct: fc.record({ type: fc.constant('pickProduct' as const), product }),
  pickItem: fc.record({ type: fc.constant('pickItem' as const), index: natural }),
  pickAmount: fc.record({ type: fc.constant('pickAmount' as const), amount: natural.map(hundredths) }),
  pickOption: fc.record({ type: fc.constant('pickOption' as const), index: natural }),
  pickSuggestion: fc.record({ type: fc.constant('pickSuggestion' as const), index: natural }),
  toggleInvoice: fc.record({ type: fc.constant('toggleInvoice' as const), index: natural }),
  payDebt: fc.constant({ type: 'payDebt' as const }),
  switchDirection: fc.constant({ type: 'switchDirection' as const }),
  admin: fc.record({ type: fc.constant('admin' as const), action: adminAction }),
  batch: fc.record({ type: fc.constant('batch' as const), action: batchAction }),
  turnPage: fc.record({ type: fc.constant('turnPage' as const), page: natural }),
  retry: fc.constant({ type: 'retry' as const }),
  confirm: fc.record({ type: fc.constant('confirm' as const), order }),
  back: fc.constant({ type: 'back' as const }),
  cancel: fc.constant({ type: 'cancel' as const }),
} satisfies { [Type in FlowAction['type']]: fc.Arbitrary<Extract<FlowAction, { type: Type }>> };

const lastingActions = {
  shop: fc.constant({ type: 'shop' as const }),
  orders: fc.constant({ type: 'orders' as const }),
  help: fc.constant({ type: 'help' as const }),
  showOrder: fc.record({ type: fc.constant('showOrder' as const), order }),
  buyAgain: fc.record({ type: fc.constant('buyAgain' as const), order }),
  admin: fc.record({ type: fc.constant('admin' as const), action: adminLastingAction }),
  agent: fc.record({ type: fc.constant('agent' as const), action: agentAction }),
  keepsake: fc.record({ type: fc.constant('keepsake' as const), action: keepsakeAction }),
  setLanguage: fc.record({ type: fc.constant('setLanguage' as const), language: fc.constantFrom(...LANGUAGES) }),
} satisfies { [Type in LastingAction['type']]: fc.Arbitrary<Extract<LastingAction, { type: Type }>> };

const flowAction: fc.Arbitrary<FlowAction> = fc.oneof(...Object.values(flowActions));
const lastingAction: fc.Arbitrary<LastingAction> = fc.oneof(...Object.values(lastingActions));
const written = fc.oneof(
  fc.tuple(flowAction, natural).map(([action, revision]) => encodeFlow(action, revision)),
  lastingAction.map(encodeLasting),
);

describe('button data', () => {
  it('is compact and readable', () => {
    expect(encodeFlow({ type: 'pickCountry', country: 724 }, 40)).toBe('1f:14:co:724');
    expect(encodeLasting({ type: 'showOrder', order: orderIdFromBytes(Uint8Array.from({ length: 12 }, (_, i) => i + 10)) })).toBe(
      '1l:so:ABCDEFGHJKMN',
    );
  });

  it.each([
    ['2026-11-01', '2026-11-01', '1l:ag:sf:2026-11-01:csv'],
    ['2026-11-01', '2026-11-15', '1l:ag:sf:2026-11-01:2026-11-15:csv'],
  ])('names a day of a file once: %s to %s', (from, to, data) => {
    const days = { from: from as Day, to: to as Day };
    expect(encodeLasting({ type: 'agent', action: { type: 'statementFile', days, format: 'csv' } })).toBe(data);
  });

  it('reads back every flow action with its revision', () => {
    fc.assert(
      fc.property(flowAction, natural, (action, revision) => {
        expect(decodeButton(encodeFlow(action, revision))).toEqual({ kind: 'flow', action, revision });
      }),
    );
  });

  it('reads back every lasting action', () => {
    fc.assert(
      fc.property(lastingAction, (action) => {
        expect(decodeButton(encodeLasting(action))).toEqual({ kind: 'lasting', action });
      }),
    );
  });

  it('fits into a button: 1 to 64 bytes', () => {
    fc.assert(
      fc.property(written, (data) => {
        expect(Buffer.byteLength(data)).toBeGreaterThan(0);
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      }),
    );
  });

  it('gives every action a code of its own', () => {
    fc.assert(
      fc.property(flowAction, flowAction, (a, b) => {
        fc.pre(a.type !== b.type);
        expect(encodeFlow(a, 1).split(':')[2]).not.toBe(encodeFlow(b, 1).split(':')[2]);
      }),
    );
  });

  it('takes any text without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyUnit }), fc.stringMatching(/^1[fl](:[a-z0-9]{0,4}){0,4}$/)), (text) => {
        expect(['flow', 'lasting', 'stale']).toContain(decodeButton(text).kind);
      }),
    );
  });

  it('accepts one written form only, so that changed data is stale or another valid action, never a half-read one', () => {
    fc.assert(
      fc.property(written, fc.nat(63), fc.string({ maxLength: 2 }), (data, at, change) => {
        const changed = data.slice(0, at) + change + data.slice(at + 1);
        const button = decodeButton(changed);
        if (button.kind === 'flow') expect(encodeFlow(button.action, button.revision)).toBe(changed);
        else if (button.kind === 'lasting') expect(encodeLasting(button.action)).toBe(changed);
        else expect(button).toEqual({ kind: 'stale' });
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['an older version', '0f:1:ba'],
    ['a newer version', '2f:1:bk'],
    ['an unknown code', '1f:1:zz'],
    ['a file of the same day twice', '1l:ag:sf:2026-11-01:2026-11-01:csv'],
    ['a file of a day that there is none', '1l:ag:sf:2026-11-01:2026-11-31:csv'],
    ['a file without a format', '1l:ag:sf:2026-11-01:2026-11-15'],
    ['a file of three days', '1l:ag:sf:2026-11-01:2026-11-15:2026-11-16:csv'],
    ['a ruling that there is none', '1f:1:ad:ru:ABCDEFGHJKMN:xx'],
    ['a scope that there is none', '1f:1:ad:li:shop:1'],
    ['an adjustment of nobody', '1f:1:ad:aj:'],
    ['the credit of anybody', '1f:1:ad:cr:any'],
    ['a page that there is none', '1f:1:ad:op:safe'],
    ['a decision that is neither yes nor no', '1l:ad:tu:ABCDEFGHJKMN:2'],
    ['a flow action without its argument', '1f:1:co'],
    ['an argument where there is none', '1f:1:ca:1'],
    ['too many parts', '1f:1:co:724:1'],
    ['a revision below zero', '1f:-1:bk'],
    ['a revision with a leading zero', '1f:01:bk'],
    ['a revision in capitals', '1f:A:bk'],
    ['a revision beyond safe integers', '1f:zzzzzzzzzzzz:bk'],
    ['a product of id 0', '1f:1:pr:0'],
    ['a product beyond int32', '1f:1:pr:2147483648'],
    ['a fraction', '1f:1:am:1.5'],
    ['an exponent', '1f:1:am:1e3'],
    ['an order id with a letter that is none of the alphabet', '1l:so:ABCDEFGHIJKL'],
    ['an order id in small letters', '1l:so:abcdefghjkmn'],
    ['a language that the shop does not speak', '1l:la:xx'],
    ['a lasting code in a flow', '1f:1:so:ABCDEFGHJKMN'],
  ])('is stale for %s', (_what, data) => {
    expect(decodeButton(data)).toEqual({ kind: 'stale' });
  });
});
