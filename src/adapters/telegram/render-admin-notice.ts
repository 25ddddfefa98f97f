// Notices for those who run the shop: what came of what they did, in a line.
import type { AdminNotice } from '../../domain/dialog/admin.ts';
import { assertNever } from '../../domain/result.ts';
import type { Speech } from './render-speech.ts';

export const adminNoticeText = (notice: AdminNotice, { say, money }: Speech): string => {
  switch (notice.type) {
    case 'orderIsNow':
    case 'notNow':
      return say(`admin.notice.${notice.type}`, { status: say(`admin.status.${notice.status}`) });
    case 'revertEnded':
      return say(`admin.notice.revert.${notice.outcome}`, { code: notice.resultCode ?? '–' });
    case 'decided':
      return say(`admin.notice.decided.${notice.decision}`);
    case 'notEnough':
      return say('admin.notice.notEnough', { amount: money(notice.available) });
    case 'stopPut':
    case 'stoppedBefore':
    case 'stopLifted':
    case 'notStopped':
    case 'noSuchTarget':
    case 'notAReason':
    case 'resent':
    case 'nothingToResend':
    case 'noSuchOrder':
    case 'nothingFound':
    case 'orderChanged':
    case 'notRevertible':
    case 'soldByReceivedAmount':
    case 'notATopUp':
    case 'toppedUp':
    case 'topUpAsked':
    case 'referenceUsed':
    case 'doneBefore':
    case 'tooLong':
    case 'nobodyToTell':
    case 'announced':
    case 'announcementStopped':
    case 'announcementOver':
    case 'notAName':
    case 'agentBlocked':
    case 'agentUnblocked':
    case 'agentGone':
    case 'notACredit':
    case 'creditSet':
    case 'notAnAdjustment':
    case 'adjustmentTooLarge':
    case 'adjusted':
      return say(`admin.notice.${notice.type}`);
    default:
      return assertNever(notice);
  }
};
