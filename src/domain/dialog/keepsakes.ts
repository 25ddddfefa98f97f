// What customers keep: numbers with names, details that are filled in for them, and the way to have all of it erased.
import type { MessageId, OrderId } from '../ids.ts';
import { parseNumberName } from '../keepsake.ts';
import { assertNever } from '../result.ts';
import { linkMade, linkOpened, linkTakenBack, makeLink } from './hand-over.ts';
import type { KeepsakeAnswer } from './keepsake-answer.ts';
import type { KeepsakeAction, KeepsakeNotice, KeepsakeQuestion, KeepsakeView, Naming } from './keepsake-words.ts';
import type { DialogState, Draft, Pending, Screen } from './state.ts';
import { ask, goTo, homeScreen } from './step.ts';
import type { Step, World } from './step.ts';
import type { View } from './view.ts';

type NamingScreen = Extract<Screen, { at: 'naming' }>;
type PendingKeepsake = Extract<Pending, { for: 'keepsake' }>;

/** `replace`: the message that the answer takes the place of; null for a new one. */
export const askKeepsake = (state: DialogState, question: KeepsakeQuestion, replace: MessageId | null): Step =>
  ask(state, { for: 'keepsake', replace }, { type: 'keepsake', question });

/** An order was placed: what was typed for it may be worth keeping. What the step shows is shown all the same. */
export const noteSale = (step: Step, order: OrderId, { product: id, form }: Draft, world: World): Step => {
  const product = world.catalog?.products.get(id);
  const fields = form?.fields ?? product?.fields ?? [];
  if (product === undefined || fields.length === 0) return step;
  const asked = askKeepsake(step.state, { type: 'noteSale', order, product, fields }, null);
  return { ...asked, effects: [...step.effects, ...asked.effects] };
};

const askName = (state: DialogState, naming: Naming, world: World, notice: KeepsakeNotice | null = null): Step =>
  goTo({ ...state, living: null }, { at: 'naming', naming }, world, notice && { type: 'keepsake', notice });

export const tapKeepsake = (state: DialogState, action: KeepsakeAction, message: MessageId, world: World): Step => {
  switch (action.type) {
    case 'handOver':
      return makeLink(state, action.order);
    case 'takeBack':
      return askKeepsake(state, { type: 'takeLinkBack', order: action.order }, message);
    case 'numbers':
      return askKeepsake(state, { type: 'listNumbers' }, message);
    case 'number':
      return askKeepsake(state, { type: 'findNumber', number: action.number }, message);
    case 'saveNumber':
      return askName(state, { kind: 'order', order: action.order }, world);
    case 'renameNumber':
      return askName(state, { kind: 'number', number: action.number }, world);
    case 'deleteNumber':
      return askKeepsake(state, { type: 'deleteNumber', number: action.number }, message);
    case 'remember':
      return askKeepsake(state, { type: 'consent', remember: action.order }, message);
    case 'doNotRemember':
      return askKeepsake(state, { type: 'consent', remember: null }, message);
    case 'forget':
      return askKeepsake(state, { type: 'forget' }, message);
    default:
      return assertNever(action);
  }
};

export const typeName = (state: DialogState, { naming }: NamingScreen, text: string, world: World): Step => {
  const name = parseNumberName(text);
  return name === null
    ? askName(state, naming, world, { about: 'number', what: 'notAName' })
    : askKeepsake(state, { type: 'nameNumber', naming, name }, null);
};

const leave = (state: DialogState, world: World): DialogState => ({
  ...state,
  screen: homeScreen(world.catalog),
  revision: state.revision + 1,
});

/** What is typed next is no name any more; and what was typed for a purchase goes with everything else that is forgotten. */
const leaveBehind = (state: DialogState, { type }: KeepsakeAnswer, world: World): DialogState =>
  state.screen.at === 'naming' || (type === 'forgotten' && 'draft' in state.screen) ? leave(state, world) : state;

export const keepsakeAnswered = (
  state: DialogState,
  { replace }: PendingKeepsake,
  answer: KeepsakeAnswer,
  world: World,
): Step => {
  const left: DialogState = { ...leaveBehind(state, answer, world), pending: null };
  const show = (view: View, notice: KeepsakeNotice | null): Step => ({
    state: left,
    effects: [{ type: 'show', view, notice: notice && { type: 'keepsake', notice }, replace }],
  });
  const showKept = (view: KeepsakeView, notice: KeepsakeNotice | null = null): Step => show({ type: 'keepsake', view }, notice);
  switch (answer.type) {
    case 'linkMade':
      return linkMade(left, answer);
    case 'linkOpened':
      return linkOpened(left, answer);
    case 'linkTakenBack':
      return linkTakenBack(left, replace, answer);
    case 'numbersRead':
      return showKept({ type: 'numbers', numbers: answer.numbers }, answer.notice);
    case 'numberFound':
      return answer.number === null
        ? show({ type: 'notice' }, { about: 'number', what: 'gone' })
        : showKept({ type: 'number', number: answer.number });
    case 'saleNoted':
      return answer.ask === null ? { state: left, effects: [] } : showKept({ type: 'mayRemember', order: answer.ask });
    case 'consentStored':
      return show({ type: 'notice' }, { about: 'details', what: answer.remembered ? 'remembered' : 'notRemembered' });
    case 'keptRead':
      return showKept({ type: 'kept', kept: answer.kept });
    case 'forgotten':
      return show({ type: 'notice' }, { about: 'details', what: 'forgotten' });
    default:
      return assertNever(answer);
  }
};
