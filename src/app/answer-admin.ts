// Answers what those who run the shop ask in the chat. The conversation has let nobody else through; this asks once more.
import type { AdminAnswer, AdminNotice, AdminQuestion } from '../domain/dialog/admin.ts';
import type { CustomerId } from '../domain/ids.ts';
import { assertNever } from '../domain/result.ts';
import { needsSecond } from '../domain/top-up.ts';
import type { Announcer } from './announce.ts';
import type { CarryOutAdminTask } from './carry-out-admin-task.ts';
import type { Buyer } from './place-order.ts';
import type { Announcements } from './ports/announcements.ts';
import type { Clock } from './ports/clock.ts';
import type { ReadAdminPage } from './read-admin-page.ts';
import type { TopUpWallet } from './top-up-wallet.ts';

export type AnswerAdmin = (question: AdminQuestion, admin: Buyer) => Promise<AdminAnswer>;

type Weighing<Type extends AdminQuestion['type']> = Extract<AdminQuestion, { type: Type }>;

export const createAnswerAdmin = (deps: {
  readonly admins: readonly CustomerId[];
  readonly readPage: ReadAdminPage;
  readonly carryOut: CarryOutAdminTask;
  readonly topUps: TopUpWallet;
  readonly announcements: Pick<Announcements, 'countAudience' | 'stopAnnouncement'>;
  readonly announcer: Pick<Announcer, 'showProgress'>;
  readonly clock: Clock;
}): AnswerAdmin => {
  const { readPage, topUps, announcements, clock } = deps;

  /** What is given beyond a top-up's limit has to be one, so that a second person says yes to it. */
  const weighAdjustment = ({ adjustment, asking, deed }: Weighing<'weighAdjustment'>): AdminAnswer =>
    adjustment.amount.hundredths > 0 && needsSecond(adjustment, topUps.limits)
      ? { type: 'asking', asking, notice: { type: 'adjustmentTooLarge' } }
      : { type: 'asking', asking: { for: 'confirmation', deed, task: { type: 'adjust', adjustment } }, notice: null };

  const weighAnnouncement = async ({ audience, text, deed }: Weighing<'weighAnnouncement'>): Promise<AdminAnswer> => {
    const people = await announcements.countAudience(audience);
    if (people === 0) return readPage.open('announce', { type: 'nobodyToTell' });
    const task = { type: 'announce', audience, text, people } as const;
    return { type: 'asking', asking: { for: 'confirmation', deed, task }, notice: null };
  };

  const stopAnnouncement = async (id: number, by: string): Promise<AdminAnswer> => {
    const stopped = await announcements.stopAnnouncement(id, by, clock.now());
    if (stopped === 'stopped') await deps.announcer.showProgress(id);
    const notice: AdminNotice = { type: stopped === 'stopped' ? 'announcementStopped' : 'announcementOver' };
    return readPage.open('announce', notice);
  };

  return async (question, admin) => {
    if (!deps.admins.includes(admin.customer)) throw new Error('Somebody who does not run the shop asked as if they did');
    const by = String(admin.customer);
    switch (question.type) {
      case 'open':
        return question.page === 'health' ? readPage.health(admin.chat) : readPage.open(question.page, null);
      case 'agentsPage':
        return readPage.agents(question.page);
      case 'agent':
        return readPage.agent(question.agent, null);
      case 'orders':
        return readPage.orders(question.search);
      case 'order':
        return readPage.order(question.order, null);
      case 'weighTopUp': {
        const { topUp, deed } = question;
        const task = { type: 'topUp', topUp, second: needsSecond(topUp, topUps.limits) } as const;
        return { type: 'asking', asking: { for: 'confirmation', deed, task }, notice: null };
      }
      case 'weighAdjustment':
        return weighAdjustment(question);
      case 'weighAnnouncement':
        return weighAnnouncement(question);
      case 'carryOut':
        return deps.carryOut(question.task, { key: question.deed, by, at: clock.now() }, admin);
      case 'decideTopUp': {
        const decision = await topUps.decide(question.topUp, question.yes, by);
        return readPage.open('topUps', { type: 'decided', decision });
      }
      case 'stopAnnouncement':
        return stopAnnouncement(question.announcement, by);
      default:
        return assertNever(question);
    }
  };
};
