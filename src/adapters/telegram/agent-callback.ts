// What the agents' buttons carry: their part of a lasting button's data, behind `1l:ag:`.
import { parseDay } from '../../domain/day.ts';
import type { Day } from '../../domain/day.ts';
import type { AgentAction, StatementDay } from '../../domain/dialog/agent.ts';
import { parseCustomerId } from '../../domain/ids.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { assertNever } from '../../domain/result.ts';
import type { Days } from '../../domain/typed-days.ts';

const flag = (value: boolean): string => (value ? '1' : '0');

/** `2026-11-01`, or `2026-11-01:2026-11-15` for several days. */
const daysCode = ({ from, to }: Days): string => (from === to ? from : `${from}:${to}`);

export const agentCode = (action: AgentAction): string => {
  switch (action.type) {
    case 'home':
      return 'ho';
    case 'statement':
      return `st:${action.day}`;
    case 'statementFile':
      return `sf:${daysCode(action.days)}:${action.format}`;
    case 'pickDays':
      return 'pd';
    case 'hideCodes':
      return `hc:${flag(action.hide)}`;
    case 'clerks':
      return 'cs';
    case 'inviteClerk':
      return 'ic';
    case 'clerk':
      return `cl:${action.clerk}`;
    case 'limitClerk':
      return `li:${action.clerk}`;
    case 'freeClerk':
      return `fr:${action.clerk}`;
    case 'blockClerk':
      return `bl:${action.clerk}:${flag(action.block)}`;
    case 'removeClerk':
      return `rm:${action.clerk}:${flag(action.sure)}`;
    default:
      return assertNever(action);
  }
};

const readDay = (text: string): Day | null => {
  const day = parseDay(text);
  return day.ok ? day.value : null;
};

const readStatementDay = (text: string): StatementDay | null => (text === 'today' || text === 'yesterday' ? text : readDay(text));

const readFlag = (text: string): boolean | null => (text === '1' ? true : text === '0' ? false : null);

const readClerk = (text: string): CustomerId | null => {
  const clerk = parseCustomerId(Number(text));
  return clerk.ok ? clerk.value : null;
};

/** A file's days and its format, in the two or three parts that `daysCode` and the format make. */
const readFile = (first: string, second: string, third: string | undefined): AgentAction | null => {
  const from = readDay(first);
  const to = third === undefined ? from : readDay(second);
  const format = third ?? second;
  if (from === null || to === null || (format !== 'csv' && format !== 'pdf')) return null;
  return { type: 'statementFile', days: { from, to }, format };
};

/** Null for what no button carries. Whether it is written exactly as `agentCode` writes it is the caller's to check. */
export const readAgent = ([code = '', first = '', second = '', third]: readonly string[]): AgentAction | null => {
  const clerk = readClerk(first);
  switch (code) {
    case 'ho':
      return { type: 'home' };
    case 'st': {
      const asked = readStatementDay(first);
      return asked && { type: 'statement', day: asked };
    }
    case 'sf':
      return readFile(first, second, third);
    case 'pd':
      return { type: 'pickDays' };
    case 'hc': {
      const hide = readFlag(first);
      return hide === null ? null : { type: 'hideCodes', hide };
    }
    case 'cs':
      return { type: 'clerks' };
    case 'ic':
      return { type: 'inviteClerk' };
    case 'cl':
      return clerk && { type: 'clerk', clerk };
    case 'li':
      return clerk && { type: 'limitClerk', clerk };
    case 'fr':
      return clerk && { type: 'freeClerk', clerk };
    case 'bl': {
      const block = readFlag(second);
      return clerk === null || block === null ? null : { type: 'blockClerk', clerk, block };
    }
    case 'rm': {
      const sure = readFlag(second);
      return clerk === null || sure === null ? null : { type: 'removeClerk', clerk, sure };
    }
    default:
      return null;
  }
};
