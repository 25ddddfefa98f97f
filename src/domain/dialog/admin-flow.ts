// Running the shop in the chat. Whatever moves money, stops sales or reaches people is shown first and confirmed once, as it was shown.
import { MOST_REASON, parseAdjustment, parseCredit, parseCustomerAdjustment } from '../adjustment.ts';
import { LONGEST_ANNOUNCEMENT } from '../announcement.ts';
import type { MessageId, OrderId } from '../ids.ts';
import { parseMemberName } from '../member.ts';
import { assertNever } from '../result.ts';
import type { StopScope } from '../stop.ts';
import { parseTopUp } from '../top-up.ts';
import { findStopTargets, nameOfScope } from './admin-stop-target.ts';
import type {
  AdminAction,
  AdminAnswer,
  AdminAsking,
  AdminLastingAction,
  AdminNotice,
  AdminQuestion,
  AdminTask,
  AdminView,
} from './admin.ts';
import type { DialogState, Screen } from './state.ts';
import { ask, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';

type AdminScreen = Extract<Screen, { at: 'admin' }>;

const NOTHING: AdminAsking = { for: 'nothing' };

const wait = (state: DialogState, asking: AdminAsking, world: World, notice: AdminNotice | null = null): Step =>
  goTo(state, { at: 'admin', asking }, world, notice && { type: 'admin', notice });

export const openAdmin = (state: DialogState, world: World): Step => wait(state, NOTHING, world);

const consult = (state: DialogState, question: AdminQuestion): Step => ask(state, { for: 'admin' }, { type: 'admin', question });

/** Shows a confirmation: nothing of the task has happened yet. Its key makes it happen once, however often it is tapped. */
const confirming = (state: DialogState, task: AdminTask, world: World): Step =>
  wait(state, { for: 'confirmation', deed: world.newOrderId, task }, world);

/**
 * Shows something whose buttons belong to it; shown again later, the menu stands in its place. An invitation gets a message of its own: it
 * comes with a picture, which no edit can bring.
 */
const showPage = (state: DialogState, view: AdminView, notice: AdminNotice | null): Step => {
  const replace = view.type === 'invitation' ? null : state.living;
  return {
    state: { ...state, screen: { at: 'admin', asking: NOTHING }, pending: null, revision: state.revision + 1 },
    effects: [{ type: 'show', view: { type: 'admin', view }, notice: notice && { type: 'admin', notice }, replace }],
  };
};

export const adminAnswered = (state: DialogState, answer: AdminAnswer, world: World): Step =>
  answer.type === 'shown' ? showPage(state, answer.view, answer.notice) : wait(state, answer.asking, world, answer.notice);

const stopTarget = (state: DialogState, scope: StopScope, world: World): Step => {
  const name = nameOfScope(world.catalog, scope);
  return name === null
    ? wait(state, { for: 'stopTarget' }, world, { type: 'noSuchTarget' })
    : wait(state, { for: 'stopReason', scope, name }, world);
};

const confirmed = (state: DialogState, { asking }: AdminScreen, deed: OrderId, world: World): Step =>
  asking.for === 'confirmation' && asking.deed === deed
    ? consult(state, { type: 'carryOut', task: asking.task, deed })
    : showAgain(state, world, { type: 'buttonExpired' });

/** A button of an admin's screen. */
export const tapAdmin = (state: DialogState, screen: AdminScreen, action: AdminAction, world: World): Step => {
  switch (action.type) {
    case 'menu':
      return openAdmin(state, world);
    case 'open':
      return action.page === 'orders'
        ? wait(state, { for: 'orderSearch' }, world)
        : consult(state, { type: 'open', page: action.page });
    case 'agentsPage':
    case 'agent':
    case 'order':
      return consult(state, action);
    case 'setCredit':
      return wait(state, { for: 'credit', agent: action.agent }, world);
    case 'adjust':
      return wait(state, { for: 'adjustment', customer: action.customer }, world);
    case 'newStop':
      return wait(state, { for: 'stopTarget' }, world);
    case 'stopTarget':
      return stopTarget(state, action.scope, world);
    case 'lift':
      return confirming(state, { type: 'liftStop', scope: action.scope }, world);
    case 'resend':
      return confirming(state, { type: 'resend', order: action.order }, world);
    case 'rule': {
      const { order, ruling } = action;
      return ruling === 'chargedWithCode'
        ? wait(state, { for: 'rulingCode', order }, world)
        : wait(state, { for: 'rulingReason', order, ruling, code: null }, world);
    }
    case 'revert':
      return wait(state, { for: 'revertReason', order: action.order }, world);
    case 'newTopUp':
      return wait(state, { for: 'topUp' }, world);
    case 'audience':
      return wait(state, { for: 'announcement', audience: action.audience }, world);
    case 'invite':
      return wait(state, { for: 'agentName' }, world);
    case 'block':
      return confirming(state, action, world);
    case 'confirm':
      return confirmed(state, screen, action.deed, world);
    default:
      return assertNever(action);
  }
};

/** A button of a message that came by itself. A decision takes the place of its request; an announcement goes on counting where it stands. */
export const tapAdminLasting = (state: DialogState, action: AdminLastingAction, message: MessageId): Step =>
  consult({ ...state, living: action.type === 'decideTopUp' ? message : null }, action);

const typeStopTarget = (state: DialogState, text: string, world: World): Step => {
  const [only, ...others] = findStopTargets(world.catalog, text);
  if (only === undefined) return wait(state, { for: 'stopTarget' }, world, { type: 'noSuchTarget' });
  return others.length === 0
    ? wait(state, { for: 'stopReason', ...only }, world)
    : showPage(state, { type: 'stopTargets', targets: [only, ...others] }, null);
};

/** Typed text for what the screen asks for. An announcement keeps its lines. */
export const typeForAdmin = (
  state: DialogState,
  { asking }: AdminScreen,
  { text, lines }: { readonly text: string; readonly lines: readonly string[] },
  world: World,
): Step => {
  const again = (notice: AdminNotice): Step => wait(state, asking, world, notice);
  const withReason = (task: AdminTask): Step =>
    text.length > MOST_REASON ? again({ type: 'notAReason' }) : confirming(state, task, world);
  switch (asking.for) {
    case 'nothing':
    case 'confirmation':
      return showAgain(state, world, { type: 'useButtons' });
    case 'orderSearch':
      return consult(state, { type: 'orders', search: text });
    case 'stopTarget':
      return typeStopTarget(state, text, world);
    case 'stopReason':
      return withReason({ type: 'putStop', scope: asking.scope, name: asking.name, why: text });
    case 'rulingCode':
      return wait(state, { for: 'rulingReason', order: asking.order, ruling: 'chargedWithCode', code: text }, world);
    case 'rulingReason':
      return withReason({ type: 'rule', order: asking.order, ruling: asking.ruling, code: asking.code, why: text });
    case 'revertReason':
      return withReason({ type: 'revert', order: asking.order, why: text });
    case 'topUp': {
      const topUp = parseTopUp(text);
      if (!topUp.ok) return again({ type: 'notATopUp' });
      return consult(state, { type: 'weighTopUp', topUp: topUp.value, deed: world.newOrderId });
    }
    case 'credit': {
      const { agent } = asking;
      const credit = parseCredit(text);
      return credit.ok
        ? confirming(state, { type: 'setCredit', agent, credit: credit.value }, world)
        : again({ type: 'notACredit' });
    }
    case 'adjustment': {
      const { customer } = asking;
      const adjustment = customer === null ? parseCustomerAdjustment(text) : parseAdjustment(text, customer);
      if (!adjustment.ok) return again({ type: 'notAnAdjustment' });
      return consult(state, { type: 'weighAdjustment', adjustment: adjustment.value, asking, deed: world.newOrderId });
    }
    case 'announcement': {
      const { audience } = asking;
      if (text.length > LONGEST_ANNOUNCEMENT) return again({ type: 'tooLong' });
      return consult(state, { type: 'weighAnnouncement', audience, text: lines.join('\n'), deed: world.newOrderId });
    }
    case 'agentName': {
      const name = parseMemberName(text);
      return name.ok ? confirming(state, { type: 'invite', name: name.value }, world) : again({ type: 'notAName' });
    }
    default:
      return assertNever(asking);
  }
};
