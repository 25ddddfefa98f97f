// What the buttons of those who run the shop carry: behind `1f:<revision>:ad:` on their screens, behind `1l:ad:` in messages that came by themselves.
import { ADMIN_PAGES } from '../../domain/dialog/admin.ts';
import type { AdminAction, AdminLastingAction } from '../../domain/dialog/admin.ts';
import { isLanguage } from '../../domain/dialog/language.ts';
import { parseCustomerId, parseOrderId } from '../../domain/ids.ts';
import type { Ruling } from '../../domain/order.ts';
import { assertNever } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { formatScope, parseScope } from '../../domain/stop-scope.ts';

/** Short enough for 64 bytes beside an order's number. */
const RULINGS: Readonly<Record<Ruling, string>> = {
  chargedWithCode: 'cc',
  charged: 'ch',
  notCharged: 'nc',
  reverted: 'rv',
  notReverted: 'nr',
};

/** Audiences that are no language. */
const EVERYBODY = 'all';
const AGENTS = 'agents';

/** A customer who is still to be named. */
const ANYBODY = 'any';

export const adminCode = (action: AdminAction): string => {
  switch (action.type) {
    case 'menu':
      return 'me';
    case 'open':
      return `op:${action.page}`;
    case 'agentsPage':
      return `ap:${action.page}`;
    case 'newStop':
      return 'ns';
    case 'stopTarget':
      return `st:${formatScope(action.scope)}`;
    case 'lift':
      return `li:${formatScope(action.scope)}`;
    case 'order':
      return `or:${action.order}`;
    case 'resend':
      return `re:${action.order}`;
    case 'rule':
      return `ru:${action.order}:${RULINGS[action.ruling]}`;
    case 'revert':
      return `rv:${action.order}`;
    case 'newTopUp':
      return 'nt';
    case 'audience':
      return `au:${'group' in action.audience ? AGENTS : (action.audience.language ?? EVERYBODY)}`;
    case 'invite':
      return 'in';
    case 'agent':
      return `ag:${action.agent}`;
    case 'setCredit':
      return `cr:${action.agent}`;
    case 'adjust':
      return `aj:${action.customer ?? ANYBODY}`;
    case 'block':
      return `bl:${action.agent}:${action.block ? '1' : '0'}`;
    case 'confirm':
      return `ok:${action.deed}`;
    default:
      return assertNever(action);
  }
};

export const adminLastingCode = (action: AdminLastingAction): string => {
  switch (action.type) {
    case 'decideTopUp':
      return `tu:${action.topUp}:${action.yes ? '1' : '0'}`;
    case 'stopAnnouncement':
      return `sa:${action.announcement}`;
    default:
      return assertNever(action);
  }
};

const valueOf = <T>(result: Result<T, unknown>): T | null => (result.ok ? result.value : null);

/** A button with a value that has to be readable. */
const having = <T, Action>(value: T | null | undefined, make: (value: T) => Action): Action | null =>
  value === null || value === undefined ? null : make(value);

const readCount = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);

const readRuling = (code: string): Ruling | null => {
  const rulings: readonly Ruling[] = ['chargedWithCode', 'charged', 'notCharged', 'reverted', 'notReverted'];
  return rulings.find((ruling) => RULINGS[ruling] === code) ?? null;
};

/** Null for what no button carries. Whether it is written exactly as `adminCode` writes it is the caller's to check. */
export const readAdmin = ([code = '', ...rest]: readonly string[]): AdminAction | null => {
  const [first = '', second = ''] = rest;
  const order = valueOf(parseOrderId(first));
  const scope = valueOf(parseScope(rest.join(':')));
  const customer = valueOf(parseCustomerId(Number(first)));
  switch (code) {
    case 'me':
      return { type: 'menu' };
    case 'op':
      return having(
        ADMIN_PAGES.find((page) => page === first),
        (page) => ({ type: 'open', page }),
      );
    case 'ap':
      return having(readCount(first), (page) => ({ type: 'agentsPage', page }));
    case 'ns':
      return { type: 'newStop' };
    case 'st':
      return scope && { type: 'stopTarget', scope };
    case 'li':
      return scope && { type: 'lift', scope };
    case 'or':
      return order && { type: 'order', order };
    case 're':
      return order && { type: 'resend', order };
    case 'ru':
      return having(readRuling(second), (ruling) => order && { type: 'rule', order, ruling });
    case 'rv':
      return order && { type: 'revert', order };
    case 'nt':
      return { type: 'newTopUp' };
    case 'au':
      if (first === AGENTS) return { type: 'audience', audience: { group: 'agents' } };
      if (first === EVERYBODY) return { type: 'audience', audience: { language: null } };
      return isLanguage(first) ? { type: 'audience', audience: { language: first } } : null;
    case 'in':
      return { type: 'invite' };
    case 'ag':
      return customer && { type: 'agent', agent: customer };
    case 'cr':
      return customer && { type: 'setCredit', agent: customer };
    case 'aj':
      if (first === ANYBODY) return { type: 'adjust', customer: null };
      return customer && { type: 'adjust', customer };
    case 'bl':
      return customer && { type: 'block', agent: customer, block: second === '1' };
    case 'ok':
      return order && { type: 'confirm', deed: order };
    default:
      return null;
  }
};

export const readAdminLasting = ([code = '', first = '', second = '']: readonly string[]): AdminLastingAction | null => {
  switch (code) {
    case 'tu':
      return having(valueOf(parseOrderId(first)), (topUp) => ({ type: 'decideTopUp', topUp, yes: second === '1' }));
    case 'sa':
      return having(readCount(first), (announcement) => ({ type: 'stopAnnouncement', announcement }));
    default:
      return null;
  }
};
