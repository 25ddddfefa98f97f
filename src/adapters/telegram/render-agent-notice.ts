// Notices for agents and clerks: short plain texts above what they asked for.
import type { AgentNotice } from '../../domain/dialog/agent.ts';
import { assertNever } from '../../domain/result.ts';
import type { Speech } from './render-speech.ts';

/** How a limit is typed. The letters are the currency's in every language. */
export const LIMIT_EXAMPLE = '50 EUR';

/** How the days of a statement are typed, in every language alike. */
export const DAYS_EXAMPLE = '2026-11-01 2026-11-15';

export const agentNoticeText = (notice: AgentNotice, { say }: Speech): string => {
  switch (notice.type) {
    case 'refusedInvitation':
      return say(`agent.refused.${notice.why}`);
    case 'whichCurrency':
      return say('agent.notice.whichCurrency', { currencies: notice.currencies.join(', ') });
    case 'clerksFull':
      return say('agent.notice.clerksFull', { most: notice.most });
    case 'notALimit':
      return say('agent.notice.notALimit', { example: LIMIT_EXAMPLE });
    case 'notDays':
      return say('agent.notice.notDays', { example: DAYS_EXAMPLE });
    case 'tooManyDays':
      return say('agent.notice.tooManyDays', { most: notice.most });
    case 'notMember':
    case 'blocked':
    case 'agentsOnly':
    case 'joined':
    case 'notAName':
    case 'daysBackwards':
    case 'clerkGone':
    case 'limitSet':
    case 'limitLifted':
    case 'clerkBlocked':
    case 'clerkUnblocked':
    case 'clerkRemoved':
    case 'codesHidden':
    case 'codesShown':
    case 'statementTooLong':
    case 'fileNotSent':
      return say(`agent.notice.${notice.type}`);
    default:
      return assertNever(notice);
  }
};
