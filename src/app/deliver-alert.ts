// Brings alerts to the operator's chat: at least once, at Telegram's pace, and never given up. Who unblocks the bot gets them all.
import type { Alert } from '../domain/alert.ts';
import type { Language } from '../domain/dialog/language.ts';
import type { ChatId } from '../domain/ids.ts';
import { MINUTE, later } from '../domain/time.ts';
import { pauseAfter } from './delivery-pause.ts';
import type { Alerts, DueAlert } from './ports/alerts.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';

export type DeliverAlert = (due: DueAlert) => Promise<void>;

/** Between two tries at most: how long an operator who unblocks the bot waits for what they missed. */
const LONGEST_PAUSE = 30 * MINUTE;

export const createDeliverAlert = (deps: {
  readonly alerts: Alerts;
  readonly orders: Pick<Ledger, 'order'>;
  readonly channel: Channel;
  readonly operator: { readonly chat: ChatId; readonly language: Language };
  readonly clock: Clock;
  readonly log: Log;
}): DeliverAlert => {
  const { alerts, channel, clock, log } = deps;
  const { chat, language } = deps.operator;

  /** An order that was settled while nobody could be told needs nobody any more, and what the alert advises would be wrong. */
  const isOver = async (alert: Alert): Promise<boolean> => {
    if (alert.type !== 'personNeeded') return false;
    const state = (await deps.orders.order(alert.order))?.state;
    return state?.status !== 'needsPerson' || state.why !== alert.why;
  };

  return async ({ id, alert, raisedAt, tries }) => {
    if (await isOver(alert)) return alerts.concludeAlert(id, { kind: 'overtaken' });
    const view = { type: 'alert', alert, raisedAt } as const;
    const sent = await channel.send(chat, { view, notice: null, language, revision: 0 });
    if (!sent.ok) {
      log.warn('alertNotDelivered', { alert: alert.type, error: sent.error.kind, tries });
      const until = later(clock.now(), pauseAfter(sent.error, tries, LONGEST_PAUSE));
      return alerts.concludeAlert(id, { kind: 'postponed', until });
    }
    await alerts.concludeAlert(id, { kind: 'delivered', message: sent.value });
    log.info('alertDelivered', { alert: alert.type, chat });
  };
};
