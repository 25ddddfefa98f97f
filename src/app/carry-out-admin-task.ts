// Carries out what an admin has confirmed, once, and says what came of it. Who did it is recorded with the change.
import type { Confirmed } from '../domain/admin-action.ts';
import type { AdminAnswer, AdminNotice, AdminTask, AdminView } from '../domain/dialog/admin.ts';
import type { OrderId } from '../domain/ids.ts';
import { invitationUntil } from '../domain/member.ts';
import type { Invitation } from '../domain/member.ts';
import { assertNever } from '../domain/result.ts';
import { SECOND, later } from '../domain/time.ts';
import type { Announcer } from './announce.ts';
import type { OperateStops } from './operate-stops.ts';
import type { Buyer } from './place-order.ts';
import type { Announcements } from './ports/announcements.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Operations } from './ports/operations.ts';
import type { People } from './ports/people.ts';
import type { Tokens } from './ports/tokens.ts';
import type { ReadAdminPage } from './read-admin-page.ts';
import type { RevertOrder, RevertRefusal } from './revert-order.ts';
import type { RuleOnOrder, RulingRefusal } from './rule-on-order.ts';
import { newsToRepeat } from './search-orders.ts';
import type { TopUpWallet } from './top-up-wallet.ts';

export type CarryOutAdminTask = (task: AdminTask, confirmed: Confirmed, admin: Buyer) => Promise<AdminAnswer>;

const shown = (view: AdminView, notice: AdminNotice | null): AdminAnswer => ({ type: 'shown', view, notice });

/** How long an announcement waits for somebody to stop it after all, in milliseconds. */
const SECOND_THOUGHTS = 10 * SECOND;

const refusalNotice = (refusal: RulingRefusal | RevertRefusal): AdminNotice => {
  switch (refusal.kind) {
    case 'noSuchOrder':
    case 'notRevertible':
    case 'soldByReceivedAmount':
      return { type: refusal.kind };
    case 'stale':
      return { type: 'orderChanged' };
    case 'notNow':
      return { type: 'notNow', status: refusal.status };
    default:
      return assertNever(refusal);
  }
};

export const createCarryOutAdminTask = (deps: {
  readonly ledger: Pick<Ledger, 'order'>;
  readonly operations: Pick<Operations, 'restage' | 'inviteAgent' | 'blockAgent' | 'setAgentCredit' | 'adjust'>;
  readonly people: Pick<People, 'member'>;
  readonly announcements: Announcements;
  readonly announcer: Pick<Announcer, 'showProgress'>;
  readonly stops: OperateStops;
  readonly topUps: TopUpWallet;
  readonly ruleOnOrder: RuleOnOrder;
  readonly revertOrder: RevertOrder;
  readonly tokens: Tokens;
  readonly readPage: ReadAdminPage;
  /** Called when there is something new to bring to a customer. */
  readonly wakeWorker: () => void;
}): CarryOutAdminTask => {
  const { operations, readPage } = deps;

  const afterOrder = async (order: OrderId, notice: AdminNotice): Promise<AdminAnswer> => {
    deps.wakeWorker();
    return readPage.order(order, notice);
  };

  const rule = async ({ order: id, ruling, code, why }: Extract<AdminTask, { type: 'rule' }>, by: string) => {
    const ruled = await deps.ruleOnOrder({ id, ruling, code, why, by });
    return afterOrder(id, ruled.ok ? { type: 'orderIsNow', status: ruled.value } : refusalNotice(ruled.error));
  };

  const revert = async ({ order: id, why }: Extract<AdminTask, { type: 'revert' }>, by: string) => {
    const reverted = await deps.revertOrder({ id, why, by });
    if (!reverted.ok) return afterOrder(id, refusalNotice(reverted.error));
    const { outcome, resultCode, status, stored } = reverted.value;
    return afterOrder(
      id,
      outcome === 'reverted' || !stored ? { type: 'orderIsNow', status } : { type: 'revertEnded', outcome, resultCode },
    );
  };

  const resend = async (id: OrderId, confirmed: Confirmed): Promise<AdminAnswer> => {
    const order = await deps.ledger.order(id);
    const news = order && newsToRepeat(order.state);
    if (order === null || news === null) return afterOrder(id, { type: 'nothingToResend' });
    const staged = await operations.restage(order, news, confirmed);
    return afterOrder(id, { type: staged === 'staged' ? 'resent' : 'doneBefore' });
  };

  const announce = async (
    { audience, text }: Extract<AdminTask, { type: 'announce' }>,
    confirmed: Confirmed,
    { chat, language }: Buyer,
  ): Promise<AdminAnswer> => {
    const { id, message } = await deps.announcements.announce(
      { audience, text, chat, language },
      confirmed,
      later(confirmed.at, SECOND_THOUGHTS),
    );
    if (message === null) await deps.announcer.showProgress(id);
    return readPage.open('announce', { type: 'announced' });
  };

  /** The link is shown this once: a confirmation that comes again makes no second one. */
  const invite = async (name: string, confirmed: Confirmed): Promise<AdminAnswer> => {
    const { by, at: createdAt } = confirmed;
    const token = deps.tokens.newToken();
    const expiresAt = invitationUntil(createdAt);
    const invitation: Invitation = { for: { kind: 'agent' }, name, by, createdAt, expiresAt };
    const invited = await operations.inviteAgent(deps.tokens.hashOf(token), invitation, confirmed);
    if (invited === 'again') return readPage.open('agents', { type: 'doneBefore' });
    return shown({ type: 'invitation', name, token, expiresAt }, null);
  };

  const block = async ({ agent, block: blocked }: Extract<AdminTask, { type: 'block' }>, confirmed: Confirmed) => {
    const done = await operations.blockAgent(agent, blocked, confirmed);
    const notices = { done: blocked ? 'agentBlocked' : 'agentUnblocked', again: 'doneBefore', unknown: 'agentGone' } as const;
    return readPage.agent(agent, { type: notices[done] });
  };

  const setCredit = async ({ agent, credit }: Extract<AdminTask, { type: 'setCredit' }>, confirmed: Confirmed) => {
    const done = await operations.setAgentCredit(agent, credit, confirmed);
    const notices = { done: 'creditSet', again: 'doneBefore', unknown: 'agentGone' } as const;
    return readPage.agent(agent, { type: notices[done] });
  };

  const adjust = async ({ adjustment }: Extract<AdminTask, { type: 'adjust' }>, confirmed: Confirmed): Promise<AdminAnswer> => {
    const { customer } = adjustment;
    const done = await operations.adjust(adjustment, confirmed);
    const notices = { done: { type: 'adjusted' }, again: { type: 'doneBefore' } } as const;
    const notice = typeof done === 'string' ? notices[done] : ({ type: 'notEnough', available: done.notEnough } as const);
    const member = await deps.people.member(customer);
    return member?.agent === null ? readPage.agent(customer, notice) : readPage.open('topUps', notice);
  };

  return async (task, confirmed, admin) => {
    switch (task.type) {
      case 'putStop': {
        const put = await deps.stops.put(task, confirmed);
        return readPage.open('stops', { type: put === 'put' ? 'stopPut' : 'stoppedBefore' });
      }
      case 'liftStop': {
        const lifted = await deps.stops.lift(task.scope, confirmed);
        return readPage.open('stops', { type: lifted === 'lifted' ? 'stopLifted' : 'notStopped' });
      }
      case 'resend':
        return resend(task.order, confirmed);
      case 'rule':
        return rule(task, confirmed.by);
      case 'revert':
        return revert(task, confirmed.by);
      case 'topUp': {
        const done = await deps.topUps.topUp(task.topUp, confirmed);
        const notices = { done: 'toppedUp', asked: 'topUpAsked', referenceUsed: 'referenceUsed', again: 'doneBefore' } as const;
        return readPage.open('topUps', { type: notices[done] });
      }
      case 'announce':
        return announce(task, confirmed, admin);
      case 'invite':
        return invite(task.name, confirmed);
      case 'setCredit':
        return setCredit(task, confirmed);
      case 'adjust':
        return adjust(task, confirmed);
      case 'block':
        return block(task, confirmed);
      default:
        return assertNever(task);
    }
  };
};
