// Brings alerts to the operator's chat: at least once, together where many are due, at a pace that people bear, and never given up.
import type { Alert } from '../domain/alert.ts';
import { MOST_AN_HOUR, planAlerts } from '../domain/alert-pace.ts';
import type { AsideView } from '../domain/dialog/view.ts';
import type { Language } from '../domain/dialog/language.ts';
import type { ChatId, OrderId } from '../domain/ids.ts';
import { stuckSince } from '../domain/stuck-order.ts';
import { HOUR, MINUTE, later } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import { pauseAfter } from './delivery-pause.ts';
import type { AlertOutcome, Alerts, DueAlert } from './ports/alerts.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';

/** Alerts that go out in one message. */
export type AlertMessage = { readonly alerts: readonly DueAlert[]; readonly kind: Alert['type'] | 'several' };

export type DeliverAlerts = {
  /** Leases what is due and says what may be told of it now; what may not is put off. Nothing while a message is still on its way. */
  claim(now: Instant, leaseUntil: Instant): Promise<readonly AlertMessage[]>;
  deliver(message: AlertMessage): Promise<void>;
  giveBack(message: AlertMessage): Promise<void>;
};

/** Alerts that are looked at together; those after them are due again soon. */
const MOST_AT_ONCE = 500;
/** Between two tries at most: how long an operator who unblocks the bot waits for what they missed. */
const LONGEST_PAUSE = 30 * MINUTE;

/** One that stands alone says all that it knows; several are listed. */
const viewOf = (alerts: readonly DueAlert[]): AsideView | null => {
  const [first, ...others] = alerts;
  if (first === undefined) return null;
  const { alert, raisedAt } = first;
  return others.length === 0
    ? { type: 'alert', alert, raisedAt }
    : { type: 'alerts', alerts: alerts.map((each) => each.alert), raisedAt };
};

const messageOf = (alerts: readonly DueAlert[]): AlertMessage => {
  const types = new Set(alerts.map(({ alert }) => alert.type));
  const [type] = types;
  return { alerts, kind: type === undefined || types.size > 1 ? 'several' : type };
};

export const createDeliverAlerts = (deps: {
  readonly alerts: Alerts;
  readonly orders: Pick<Ledger, 'order'>;
  readonly channel: Channel;
  readonly operator: { readonly chat: ChatId; readonly language: Language };
  readonly clock: Clock;
  readonly log: Log;
}): DeliverAlerts => {
  const { alerts, channel, clock, log } = deps;
  const { chat, language } = deps.operator;
  /** What is on its way counts against the pace, and nobody has noted it yet. */
  let onTheirWay = 0;
  /** The operator reads them in their order. */
  let before: Promise<unknown> = Promise.resolve();

  const conclude = async (concluded: readonly DueAlert[], outcome: AlertOutcome): Promise<void> => {
    if (concluded.length > 0)
      await alerts.concludeAlerts(
        concluded.map(({ id }) => id),
        outcome,
      );
  };

  const stillNeeds = async (alert: Extract<Alert, { type: 'personNeeded' }>): Promise<boolean> => {
    const state = (await deps.orders.order(alert.order))?.state;
    return state?.status === 'needsPerson' && state.why === alert.why;
  };

  const isStillStuck = async (order: OrderId, now: Instant): Promise<boolean> => {
    const stored = await deps.orders.order(order);
    return stored !== null && stuckSince(stored.state, now) !== null;
  };

  /** What went its way while nobody could be told needs nobody any more, and what the alert advises would be wrong. */
  const isOver = async (alert: Alert, now: Instant): Promise<boolean> => {
    if (alert.type === 'personNeeded') return !(await stillNeeds(alert));
    if (alert.type !== 'ordersStuck') return false;
    const stuck = await Promise.all(alert.orders.map((order) => isStillStuck(order, now)));
    return !stuck.includes(true);
  };

  const tell = async (message: AlertMessage): Promise<void> => {
    const view = viewOf(message.alerts);
    if (view === null) return;
    const total = message.alerts.length;
    const sent = await channel.send(chat, { view, notice: null, language, revision: 0 });
    const now = clock.now();
    if (!sent.ok) {
      const tries = Math.min(...message.alerts.map((each) => each.tries));
      log.warn('alertNotDelivered', { alert: message.kind, total, error: sent.error.kind, tries });
      const until = later(now, pauseAfter(sent.error, tries, LONGEST_PAUSE));
      return conclude(message.alerts, { kind: 'postponed', until });
    }
    await conclude(message.alerts, { kind: 'delivered', message: sent.value, at: now });
    log.info('alertDelivered', { alert: message.kind, total, chat });
  };

  return {
    claim: async (now, leaseUntil) => {
      if (onTheirWay > 0) return [];
      const due = await alerts.claimAlerts(now, leaseUntil, MOST_AT_ONCE);
      if (due.length === 0) return [];
      const over = new Set<DueAlert>();
      for (const each of due) if (await isOver(each.alert, now)) over.add(each);
      await conclude([...over], { kind: 'overtaken' });
      const told = await alerts.toldSince(later(now, -HOUR));
      const plan = planAlerts(
        due.filter((each) => !over.has(each)),
        told,
        now,
      );
      for (const { items, until } of plan.held) await conclude(items, { kind: 'held', until });
      onTheirWay = plan.messages.length;
      return plan.messages.map(messageOf);
    },
    deliver: (message) => {
      const telling = before.then(() => tell(message)).finally(() => (onTheirWay -= 1));
      before = telling.catch(() => undefined);
      return telling;
    },
    giveBack: ({ alerts: given }) => conclude(given, { kind: 'postponed', until: clock.now() }),
  };
};

/** As many messages as a claim can bring, and longer than they take one after the other; then another worker may have them. */
export const ALERTS_IN_HAND = { most: MOST_AN_HOUR, lease: 5 * MINUTE };
