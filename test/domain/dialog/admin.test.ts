// Running the shop in the chat: nobody else gets in, and nothing happens that was not shown and confirmed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADMIN_PAGES } from '../../../src/domain/dialog/admin.ts';
import type { AdminAction, AdminAnswer, AdminLastingAction, AdminQuestion, AdminTask } from '../../../src/domain/dialog/admin.ts';
import type { DialogEvent } from '../../../src/domain/dialog/event.ts';
import { newDialog } from '../../../src/domain/dialog/state.ts';
import type { DialogState } from '../../../src/domain/dialog/state.ts';
import type { Step, World } from '../../../src/domain/dialog/step.ts';
import { transition } from '../../../src/domain/dialog/transition.ts';
import type { View } from '../../../src/domain/dialog/view.ts';
import { orderIdFromBytes } from '../../../src/domain/ids.ts';
import type { OrderId } from '../../../src/domain/ids.ts';
import { NOON, orderId } from '../../contracts/orders.ts';
import { phones } from '../phones.ts';
import { FIELDS, sampleCatalog } from '../sample-catalog.ts';
import { customer, message } from './sample-dialog.ts';

let minted = 0;
const worldOf = (isAdmin: boolean, catalog: World['catalog'] = sampleCatalog): World => ({
  now: NOON,
  catalog,
  newOrderId: orderIdFromBytes(
    Uint8Array.from({ length: 12 }, (_, i) => (i === 0 ? (minted += 1) % 32 : i === 1 ? (minted / 32) % 32 : 9)),
  ),
  phones,
  speaker: { customer, language: 'en' },
  isAdmin,
});

const start = newDialog(NOON);
const at = message(77);
const order = orderId(1);
const product = { kind: 'product', product: FIELDS } as const;

const actions: readonly AdminAction[] = [
  { type: 'menu' },
  ...ADMIN_PAGES.map((page) => ({ type: 'open' as const, page })),
  { type: 'agentsPage', page: 1 },
  { type: 'newStop' },
  { type: 'stopTarget', scope: product },
  { type: 'stopTarget', scope: { kind: 'country', country: 999 } },
  { type: 'lift', scope: product },
  { type: 'order', order },
  { type: 'resend', order },
  { type: 'rule', order, ruling: 'chargedWithCode' },
  { type: 'rule', order, ruling: 'notCharged' },
  { type: 'revert', order },
  { type: 'newTopUp' },
  { type: 'audience', audience: { language: null } },
  { type: 'invite' },
  { type: 'agent', agent: customer },
  { type: 'setCredit', agent: customer },
  { type: 'adjust', customer },
  { type: 'adjust', customer: null },
  { type: 'block', agent: customer, block: true },
  { type: 'confirm', deed: order },
];
const lasting: readonly AdminLastingAction[] = [
  { type: 'decideTopUp', topUp: order, yes: true },
  { type: 'stopAnnouncement', announcement: 1 },
];

const tap = ({ revision }: DialogState, action: AdminAction): DialogEvent => ({
  type: 'tappedFlow',
  action: { type: 'admin', action },
  revision,
  message: at,
});
const asked = ({ effects }: Step): readonly AdminQuestion[] =>
  effects.flatMap((effect) => (effect.type === 'ask' && effect.question.type === 'admin' ? [effect.question.question] : []));
const views = ({ effects }: Step): readonly View[] => effects.flatMap((effect) => (effect.type === 'show' ? [effect.view] : []));
const typing = (text: string): DialogEvent => ({ type: 'typed', text: text.replaceAll('\n', ' '), lines: text.split('\n') });
const noticeOf = ({ effects }: Step) =>
  effects.flatMap((effect) => (effect.type === 'show' && effect.notice?.type === 'admin' ? [effect.notice.notice.type] : []))[0];

describe('somebody who does not run the shop', () => {
  const world = worldOf(false);

  it('gets the answer to an unknown command', () => {
    const step = transition(start, { type: 'command', command: 'admin', argument: '' }, world);
    expect(step.effects).toEqual(transition(start, { type: 'unknownCommand' }, world).effects);
    expect(step.state.screen).toEqual(start.screen);
  });

  it.each(actions.map((action) => [action.type, action] as const))('makes up the button %s in vain', (_type, action) => {
    const step = transition(start, tap(start, action), world);
    const forged = { type: 'pickItem', index: 3 } as const;
    expect(step).toEqual(transition(start, { type: 'tappedFlow', action: forged, revision: start.revision, message: at }, world));
  });

  it.each(lasting.map((action) => [action.type, action] as const))('makes up the button %s in vain', (_type, action) => {
    const step = transition(start, { type: 'tappedLasting', action: { type: 'admin', action }, message: at }, world);
    expect(step).toEqual(transition(start, { type: 'staleButton', message: at }, world));
  });

  it('has nothing left of an admin whose rights were taken', () => {
    const confirming = transition(openAs(start), typing('x'), worldOf(true)).state;
    for (const event of [typing('1'), tap(confirming, { type: 'menu' })]) {
      const step = transition(confirming, event, world);
      expect(asked(step)).toEqual([]);
      expect(step.state.screen.at).not.toBe('admin');
      expect(views(step).some(({ type }) => type === 'admin')).toBe(false);
    }
  });
});

const openAs = (state: DialogState): DialogState =>
  transition(state, { type: 'command', command: 'admin', argument: '' }, worldOf(true)).state;

/** What the bot would answer, without a ledger: a confirmation where one has to follow, else the menu. */
const answerTo = (question: AdminQuestion): AdminAnswer => {
  switch (question.type) {
    case 'weighTopUp': {
      const task = { type: 'topUp', topUp: question.topUp, second: false } as const;
      return { type: 'asking', asking: { for: 'confirmation', deed: question.deed, task }, notice: null };
    }
    case 'weighAdjustment': {
      const { adjustment, deed } = question;
      return { type: 'asking', asking: { for: 'confirmation', deed, task: { type: 'adjust', adjustment } }, notice: null };
    }
    case 'weighAnnouncement': {
      const { audience, text, deed } = question;
      return {
        type: 'asking',
        asking: { for: 'confirmation', deed, task: { type: 'announce', audience, text, people: 2 } },
        notice: null,
      };
    }
    default:
      return { type: 'shown', view: { type: 'menu' }, notice: null };
  }
};

type Shown = { readonly deed: OrderId; readonly task: AdminTask };

/** A whole conversation of an admin; `shown` is the confirmation that stands before their eyes, `done` what was carried out. */
const converse = (catalog: World['catalog'] = sampleCatalog) => {
  let state = openAs(start);
  let shown: Shown | null = null;
  const done: { readonly question: AdminQuestion; readonly shown: Shown | null }[] = [];
  const run = (event: DialogEvent): Step => {
    const step = transition(state, event, worldOf(true, catalog));
    state = step.state;
    for (const view of views(step)) {
      const asking = view.type === 'admin' && view.view.type === 'asking' ? view.view.asking : null;
      shown = asking?.for === 'confirmation' ? { deed: asking.deed, task: asking.task } : null;
    }
    for (const question of asked(step)) {
      if (question.type === 'carryOut') done.push({ question, shown });
      return run({ type: 'admin', answer: answerTo(question) });
    }
    return step;
  };
  return {
    done,
    taps: (action: AdminAction) => run(tap(state, action)),
    types: (text: string) => run(typing(text)),
    does: run,
    shown: () => shown,
    state: () => state,
  };
};

describe('somebody who runs the shop', () => {
  it('has the menu without a catalogue too', () => {
    const admin = converse(null);
    expect(views(admin.taps({ type: 'open', page: 'topUps' }))).toEqual([{ type: 'admin', view: { type: 'menu' } }]);
    expect(views(admin.taps({ type: 'newTopUp' }))).toMatchObject([{ view: { asking: { for: 'topUp' } } }]);
    expect(admin.types('42 10 EUR a')).toMatchObject({ state: { screen: { asking: { for: 'confirmation' } } } });
  });

  it.each([
    ['a stop', [{ type: 'stopTarget', scope: product }], ['Out of order'], 'putStop'],
    ['a lifted stop', [{ type: 'lift', scope: product }], [], 'liftStop'],
    ['a message again', [{ type: 'resend', order }], [], 'resend'],
    ['a ruling with its code', [{ type: 'rule', order, ruling: 'chargedWithCode' }], ['CODE-1', 'They mailed it'], 'rule'],
    ['a ruling', [{ type: 'rule', order, ruling: 'notCharged' }], ['They mailed it'], 'rule'],
    ['a revert', [{ type: 'revert', order }], ['Wrong number'], 'revert'],
    ['a top-up', [{ type: 'newTopUp' }], ['42 100.00 eur receipt-17'], 'topUp'],
    ['an announcement', [{ type: 'audience', audience: { language: 'es' } }], ['Hola'], 'announce'],
    ['an invitation', [{ type: 'invite' }], ['Kiosk North'], 'invite'],
    ['a credit', [{ type: 'setCredit', agent: customer }], ['100 USD'], 'setCredit'],
    ['an adjustment', [{ type: 'adjust', customer }], ['-5.00 EUR Paid in twice'], 'adjust'],
    ["somebody's adjustment", [{ type: 'adjust', customer: null }], ['42 +5 EUR Sorry'], 'adjust'],
    ['a block', [{ type: 'block', agent: customer, block: true }], [], 'block'],
  ] satisfies [string, AdminAction[], string[], string][])(
    'confirms %s, and it is carried out once',
    (_name, taps, texts, type) => {
      const admin = converse();
      for (const action of taps) admin.taps(action);
      for (const text of texts) admin.types(text);
      expect(admin.done).toEqual([]);
      const confirmation = admin.shown();
      expect(confirmation).toMatchObject({ task: { type } });
      const { revision } = admin.state();
      const deed = confirmation?.deed ?? order;
      admin.taps({ type: 'confirm', deed: orderIdFromBytes(new Uint8Array(12).fill(31)) });
      expect(admin.done).toEqual([]);
      admin.does({ type: 'tappedFlow', action: { type: 'admin', action: { type: 'confirm', deed } }, revision, message: at });
      expect(admin.done).toMatchObject([{ question: { type: 'carryOut', deed, task: confirmation?.task } }]);
      admin.does({ type: 'tappedFlow', action: { type: 'admin', action: { type: 'confirm', deed } }, revision, message: at });
      admin.taps({ type: 'confirm', deed });
      expect(admin.done).toHaveLength(1);
    },
  );

  it.each([
    ['a reason that is too long', [{ type: 'stopTarget', scope: product }], 'x'.repeat(201), 'notAReason'],
    ['a stop of nothing', [{ type: 'newStop' }], 'unicorns', 'noSuchTarget'],
    ['a stop of a product that there is none', [{ type: 'newStop' }], '99999', 'noSuchTarget'],
    ['a top-up in words', [{ type: 'newTopUp' }], 'a lot', 'notATopUp'],
    ['a top-up of nothing', [{ type: 'newTopUp' }], '42 0.00 EUR a', 'notATopUp'],
    ['a top-up of more than a thousand, maybe', [{ type: 'newTopUp' }], '42 1.234 EUR a', 'notATopUp'],
    ['an announcement that is too long', [{ type: 'audience', audience: { language: null } }], 'x'.repeat(3_001), 'tooLong'],
    ['a name that is too long', [{ type: 'invite' }], 'x'.repeat(41), 'notAName'],
    ['a credit in words', [{ type: 'setCredit', agent: customer }], 'a lot', 'notACredit'],
    ['an adjustment without a reason', [{ type: 'adjust', customer }], '-5.00 EUR', 'notAnAdjustment'],
    ['an adjustment of nobody', [{ type: 'adjust', customer: null }], '-5.00 EUR Paid in twice', 'notAnAdjustment'],
  ] satisfies [string, AdminAction[], string, string][])('is asked again for %s', (_name, taps, text, notice) => {
    const admin = converse();
    for (const action of taps) admin.taps(action);
    expect(noticeOf(admin.types(text))).toBe(notice);
    expect(admin.shown()).toBeNull();
  });

  it.each([
    ['*', { kind: 'all' }],
    ['all', { kind: 'all' }],
    [`${FIELDS}`, product],
    [`product: ${FIELDS}`, product],
  ])('stops what is written as %s', (text, scope) => {
    const admin = converse();
    admin.taps({ type: 'newStop' });
    admin.types(text);
    admin.types('Because');
    expect(admin.shown()).toMatchObject({ task: { type: 'putStop', scope, why: 'Because' } });
  });

  it('carries out nothing but what was shown last, and no confirmation twice, whatever is tapped and typed', () => {
    const deedOf = fc.constantFrom('shown', 'other');
    const deed = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...actions) },
      { weight: 2, arbitrary: deedOf },
      {
        weight: 2,
        arbitrary: fc.constantFrom('42 10 EUR a', '10 EUR a', '*', 'Because', '4242', 'x'.repeat(300)).map((text) => ({ text })),
      },
      { weight: 1, arbitrary: fc.constantFrom(...lasting).map((last) => ({ last })) },
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const admin = converse();
        for (const one of deeds) {
          if (one === 'shown') admin.taps({ type: 'confirm', deed: admin.shown()?.deed ?? order });
          else if (one === 'other') admin.taps({ type: 'confirm', deed: order });
          else if ('text' in one) admin.types(one.text);
          else if ('last' in one) admin.does({ type: 'tappedLasting', action: { type: 'admin', action: one.last }, message: at });
          else admin.taps(one);
        }
        const keys = admin.done.map(({ question }) => (question.type === 'carryOut' ? question.deed : null));
        expect(new Set(keys).size).toBe(keys.length);
        for (const { question, shown } of admin.done) expect(question).toEqual({ type: 'carryOut', ...shown });
      }),
    );
  });

  it('announces in lines as they were typed', () => {
    const admin = converse();
    admin.taps({ type: 'audience', audience: { language: null } });
    admin.types('Closed on Sunday.\nCodes arrive as ever.');
    expect(admin.shown()).toMatchObject({ task: { text: 'Closed on Sunday.\nCodes arrive as ever.' } });
  });

  it('gives up what is being typed with /cancel', () => {
    const admin = converse();
    admin.taps({ type: 'newTopUp' });
    const step = admin.does({ type: 'command', command: 'cancel', argument: '' });
    expect(views(step)).toEqual([{ type: 'admin', view: { type: 'menu' } }]);
    expect(admin.state().screen).toEqual({ at: 'admin', asking: { for: 'nothing' } });
  });

  it('keeps what came of it before their eyes when the confirmation is tapped twice', () => {
    const admin = converse();
    admin.taps({ type: 'resend', order });
    const { revision } = admin.state();
    const confirm = { type: 'confirm', deed: admin.shown()?.deed ?? order } as const;
    admin.taps(confirm);
    const again = { type: 'tappedFlow', action: { type: 'admin', action: confirm }, revision, message: at } as const;
    expect(admin.does(again).effects).toEqual([]);
  });
});
