// The agents' corner of the conversation, without a shop around it: what is asked, what is typed, and where the answers go.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentAction, AgentAnswer, AgentQuestion } from '../../../src/domain/dialog/agent.ts';
import type { Effect } from '../../../src/domain/dialog/effect.ts';
import type { DialogEvent } from '../../../src/domain/dialog/event.ts';
import { newDialog } from '../../../src/domain/dialog/state.ts';
import type { DialogState } from '../../../src/domain/dialog/state.ts';
import { transition } from '../../../src/domain/dialog/transition.ts';
import { parseDay } from '../../../src/domain/day.ts';
import { formatAmount, hundredths } from '../../../src/domain/money.ts';
import { ALICE, BOB, EUR, NOON, got, message, orderId } from '../../contracts/orders.ts';
import { phones } from '../phones.ts';
import { sampleCatalog } from '../sample-catalog.ts';

const MESSAGE = message(7);
const day = got(parseDay('2026-11-23'));
const shown: AgentAnswer = { type: 'shown', view: { type: 'clerks', clerks: [] }, notice: { type: 'clerkRemoved' } };

const start = newDialog(NOON);
const asking: DialogState = { ...start, screen: { at: 'agent', asking: { for: 'clerkLimit', clerk: BOB } }, revision: 5 };

const happen = (state: DialogState, event: DialogEvent, catalog: typeof sampleCatalog | null = sampleCatalog) =>
  transition(state, event, {
    now: NOON,
    catalog,
    newOrderId: orderId(1),
    phones,
    speaker: { customer: ALICE, language: 'en' },
    isAdmin: false,
  });

const tap = (state: DialogState, action: AgentAction) =>
  happen(state, { type: 'tappedLasting', action: { type: 'agent', action }, message: MESSAGE });

const type = (state: DialogState, text: string) => happen(state, { type: 'typed', text, lines: [text] });

const questionIn = (effects: readonly Effect[]): AgentQuestion | null => {
  const [effect, ...others] = effects;
  expect(others).toEqual([]);
  return effect?.type === 'ask' && effect.question.type === 'agent' ? effect.question.question : null;
};

describe('what is asked of the shop', () => {
  const actions: readonly AgentAction[] = [
    { type: 'home' },
    { type: 'statement', day: 'today' },
    { type: 'statement', day },
    { type: 'hideCodes', hide: true },
    { type: 'clerks' },
    { type: 'clerk', clerk: BOB },
    { type: 'freeClerk', clerk: BOB },
    { type: 'blockClerk', clerk: BOB, block: true },
    { type: 'removeClerk', clerk: BOB, sure: false },
  ];

  it.each(actions)('$type, and its answer takes the place of the message that was tapped', (action) => {
    const asked = tap(start, action);
    expect(questionIn(asked.effects)).toEqual(action);
    const answered = happen(asked.state, { type: 'agent', answer: shown });
    expect(answered.effects).toEqual([
      {
        type: 'show',
        view: { type: 'agent', view: { type: 'clerks', clerks: [] } },
        notice: { type: 'agent', notice: { type: 'clerkRemoved' } },
        replace: MESSAGE,
      },
    ]);
    expect(answered.state).toEqual(start);
  });

  it('a statement, which takes the place of the message that was tapped', () => {
    const asked = tap(start, { type: 'statement', day });
    const statement = { from: day, to: day, currencies: [] };
    expect(happen(asked.state, { type: 'agent', answer: { type: 'statement', statement } })).toEqual({
      state: start,
      effects: [{ type: 'show', view: { type: 'statement', statement }, notice: null, replace: MESSAGE }],
    });
  });

  it('a file, which comes by itself', () => {
    const file = { type: 'statementFile', days: { from: day, to: day }, format: 'pdf' } as const;
    const asked = tap(start, file);
    expect(questionIn(asked.effects)).toEqual(file);
    expect(happen(asked.state, { type: 'agent', answer: { type: 'sent' } })).toEqual({ state: start, effects: [] });
  });

  it('the overview by a command, as a new message', () => {
    const asked = happen(start, { type: 'command', command: 'agent', argument: '' });
    expect(questionIn(asked.effects)).toEqual({ type: 'home' });
    expect(happen(asked.state, { type: 'agent', answer: shown }).effects).toMatchObject([{ replace: null }]);
  });

  it('a statement by a command, and whatever is on the screen stays there', () => {
    const asked = happen(start, { type: 'command', command: 'agent', argument: '1.11. - 23.11.2026' });
    expect(questionIn(asked.effects)).toEqual({ type: 'statementOfDays', days: { from: '2026-11-01', to: day } });
    const statement = { from: day, to: day, currencies: [] };
    const answered = happen(asked.state, { type: 'agent', answer: { type: 'statement', statement } });
    expect(answered.state).toEqual(start);
    expect(answered.effects).toMatchObject([{ view: { type: 'statement' }, replace: null }]);
  });

  it('for days by a command that has none', () => {
    const asked = happen(start, { type: 'command', command: 'agent', argument: 'of last week' });
    expect(questionIn(asked.effects)).toEqual({ type: 'statementOfDays', days: null });
    const answer: AgentAnswer = { type: 'again', asking: { for: 'days' }, notice: { type: 'notDays' } };
    const answered = happen(asked.state, { type: 'agent', answer });
    expect(answered.state).toMatchObject({ screen: { at: 'agent', asking: { for: 'days' } }, revision: start.revision + 1 });
    expect(answered.effects).toMatchObject([{ view: { type: 'agentAsking' }, notice: { notice: { type: 'notDays' } } }]);
  });

  it('to accept an invitation, whatever stands in its link', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        const asked = happen(start, { type: 'command', command: 'start', argument: `inv_${token}` });
        expect(questionIn(asked.effects)).toEqual({ type: 'acceptInvitation', token });
      }),
    );
  });

  it('nothing by another link, which opens the shop', () => {
    const opened = happen(start, { type: 'command', command: 'start', argument: 'group' });
    expect(questionIn(opened.effects)).toBeNull();
  });

  it('and a refusal is shown beside the flow', () => {
    const asked = tap(start, { type: 'clerks' });
    const refused: AgentAnswer = { type: 'shown', view: null, notice: { type: 'notMember' } };
    expect(happen(asked.state, { type: 'agent', answer: refused }).effects).toEqual([
      { type: 'show', view: { type: 'notice' }, notice: { type: 'agent', notice: { type: 'notMember' } }, replace: null },
    ]);
  });

  it('never without a question', () => {
    expect(() => happen(start, { type: 'agent', answer: shown })).toThrow('Nobody asked');
  });
});

describe('what is typed', () => {
  it('is a name after a tap that asks for one', () => {
    const asked = tap(start, { type: 'inviteClerk' });
    expect(asked.state.screen).toEqual({ at: 'agent', asking: { for: 'clerkName' } });
    expect(asked.effects).toMatchObject([{ view: { type: 'agentAsking', asking: { for: 'clerkName' } }, replace: null }]);
    expect(questionIn(type(asked.state, '  Till \n 1 ').effects)).toEqual({ type: 'inviteClerk', name: 'Till 1' });
  });

  it('is days after a tap that asks for some', () => {
    const asked = tap(start, { type: 'pickDays' });
    expect(asked.state.screen).toEqual({ at: 'agent', asking: { for: 'days' } });
    expect(asked.effects).toMatchObject([{ view: { type: 'agentAsking', asking: { for: 'days' } }, replace: null }]);
    const days = { from: '2026-11-01', to: day };
    expect(questionIn(type(asked.state, '2026-11-01 2026-11-23').effects)).toEqual({ type: 'statementOfDays', days });
    expect(questionIn(type(asked.state, 'last week').effects)).toEqual({ type: 'statementOfDays', days: null });
  });

  it('is asked for again when it is no name', () => {
    const asked = tap(start, { type: 'inviteClerk' });
    const again = type(asked.state, 'x'.repeat(41));
    expect(again.state.screen).toEqual(asked.state.screen);
    expect(again.effects).toMatchObject([{ type: 'show', notice: { type: 'agent', notice: { type: 'notAName' } } }]);
  });

  it.each([
    ['50', 5_000, null],
    ['50.5', 5_050, null],
    ['1.000,50', 100_050, null],
    ['50 EUR', 5_000, 'EUR'],
    ['50eur', 5_000, 'EUR'],
    ['EUR 50', 5_000, 'EUR'],
    ['٢٥', 2_500, null],
  ])('is a limit: %j', (text, amount, currency) => {
    expect(questionIn(type(asking, text).effects)).toEqual({ type: 'limitClerk', clerk: BOB, amount, currency });
  });

  it.each(['', 'fifty', '0', '0.00 EUR', '-5', 'EUR 50 EUR', 'EUR', '50 EURO', '50 E', '5 0 0 0 0 0 0 0 0 0 0 0', '5.5.5'])(
    'is asked for again when it is no limit: %j',
    (text) => {
      const again = type(asking, text);
      expect(again.state.screen).toEqual(asking.screen);
      expect(again.effects).toMatchObject([{ type: 'show', notice: { type: 'agent', notice: { type: 'notALimit' } } }]);
    },
  );

  it('is any amount, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (value) => {
        const amount = hundredths(value);
        const asked = { type: 'limitClerk', clerk: BOB, amount };
        expect(questionIn(type(asking, formatAmount(amount)).effects)).toEqual({ ...asked, currency: null });
        expect(questionIn(type(asking, `${formatAmount(amount)} ${EUR}`).effects)).toEqual({ ...asked, currency: EUR });
      }),
    );
  });

  it('is understood while the shop is closed', () => {
    const typed = happen(asking, { type: 'typed', text: '50', lines: ['50'] }, null);
    expect(questionIn(typed.effects)).toMatchObject({ type: 'limitClerk' });
  });

  it('ends with the answer: what is typed next is looked for in the shop', () => {
    const asked = type(asking, '50');
    const answered = happen(asked.state, { type: 'agent', answer: shown });
    expect(answered.state.screen.at).not.toBe('agent');
    expect(answered.state.revision).toBeGreaterThan(asking.revision);
    expect(questionIn(type(answered.state, '60').effects)).toBeNull();
  });

  it('is asked for once more when the shop needs to know more', () => {
    const asked = type(asking, '50');
    const again: AgentAnswer = {
      type: 'again',
      asking: { for: 'clerkLimit', clerk: BOB },
      notice: { type: 'whichCurrency', currencies: [EUR] },
    };
    const answered = happen(asked.state, { type: 'agent', answer: again });
    expect(answered.state.screen).toEqual(asking.screen);
    expect(answered.effects).toMatchObject([
      { view: { type: 'agentAsking' }, notice: { notice: { type: 'whichCurrency' } }, replace: null },
    ]);
  });
});

describe('the way out of what is asked', () => {
  it.each<readonly [string, DialogEvent]>([
    [
      'another button of the agents',
      { type: 'tappedLasting', action: { type: 'agent', action: { type: 'clerks' } }, message: MESSAGE },
    ],
    ['cancelling', { type: 'tappedFlow', action: { type: 'cancel' }, revision: 5, message: MESSAGE }],
    ['the command to cancel', { type: 'command', command: 'cancel', argument: '' }],
    ['the overview', { type: 'command', command: 'agent', argument: '' }],
    ['the shop', { type: 'tappedLasting', action: { type: 'shop' }, message: MESSAGE }],
    ['an invitation', { type: 'command', command: 'start', argument: 'inv_x' }],
  ])('is %s', (_way, event) => {
    const left = happen(asking, event);
    expect(left.state.screen.at).not.toBe('agent');
    expect(left.state.revision).toBeGreaterThan(asking.revision);
  });

  it('shows the overview where the question was', () => {
    const cancelled = happen(asking, { type: 'tappedFlow', action: { type: 'cancel' }, revision: 5, message: MESSAGE });
    expect(questionIn(cancelled.effects)).toEqual({ type: 'home' });
    expect(happen(cancelled.state, { type: 'agent', answer: shown }).effects).toMatchObject([{ replace: MESSAGE }]);
  });

  it('is not a sticker, nor a contact', () => {
    expect(happen(asking, { type: 'sentMedia' }).state.screen).toEqual(asking.screen);
    expect(happen(asking, { type: 'sharedContact', phone: '+34600111222', owner: ALICE }).state.screen).toEqual(asking.screen);
  });
});
