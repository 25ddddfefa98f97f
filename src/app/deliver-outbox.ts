// Brings staged news to the customer: at least once, at Telegram's pace. The same code twice is harmless, no code is not.
import { languageOf } from '../domain/dialog/language.ts';
import type { Recipient } from '../domain/hand-over.ts';
import type { ChatId, MessageId } from '../domain/ids.ts';
import { batchOrderOf } from '../domain/dialog/batch-words.ts';
import type { AsideView } from '../domain/dialog/view.ts';
import { isPrivate } from '../domain/dialog/view.ts';
import type { OrderNews } from '../domain/order.ts';
import { standingOf } from '../domain/order-evolve.ts';
import { assertNever } from '../domain/result.ts';
import { MINUTE, SECOND, later } from '../domain/time.ts';
import type { OrderSecrets } from '../domain/voucher.ts';
import { pauseAfter } from './delivery-pause.ts';
import { linkOrder } from './hand-over-order.ts';
import { createWriteStep } from './order-step.ts';
import { summaryOf } from './place-order.ts';
import type { Channel, ChannelError } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { HandOvers } from './ports/keepsakes.ts';
import type { DueMessage, Ledger, MessageOutcome, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { People } from './ports/people.ts';
import type { Tokens } from './ports/tokens.ts';
import { isHidden } from './show-order.ts';

export type DeliverMessage = (message: DueMessage) => Promise<void>;

/** A message that Telegram still refuses after this many tries, about a day, is given up; its code stays in the customer's list. */
const MAX_TRIES = 300;
/** Between two tries at most. */
const LONGEST_PAUSE = 5 * MINUTE;

/** How long a code waits for a revert that is on its way, in milliseconds; then it looks again. */
const REVERTING_PAUSE = 10 * SECOND;

/** Whether a view hands out what was bought. */
const isGoods = ({ type }: AsideView): boolean => type === 'code' || type === 'receipt';

export const createDeliverMessage = (deps: {
  readonly ledger: Ledger;
  readonly handOvers: HandOvers;
  readonly people: Pick<People, 'member'>;
  readonly tokens: Tokens;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly log: Log;
}): DeliverMessage => {
  const { ledger, channel, clock, log } = deps;
  const write = createWriteStep(deps);

  const isHiddenFromSeller = async ({ terms }: StoredOrder, goods: Pick<OrderSecrets, 'voucher' | 'receipt'>): Promise<boolean> =>
    isHidden(await deps.people.member(terms.customer), goods);

  const handedOverView = (order: StoredOrder): AsideView => ({
    type: 'handOver',
    view: { type: 'handedOver', order: summaryOf(order) },
  });

  /** A seller who never sees codes gets a link to hand on. Each try makes a new one, as the last one may never have arrived. */
  const linkView = async (order: StoredOrder): Promise<AsideView> => {
    const link = await linkOrder(deps, order);
    if (!link.ok) return handedOverView(order);
    return { type: 'handOver', view: { type: 'link', order: summaryOf(order), ...link.value, sold: true } };
  };

  /** Who was given what the news may show; null while that is its buyer's, and for news that show nothing. */
  const recipientOf = async ({ news, orderId }: DueMessage): Promise<Recipient | null> => {
    if (news !== 'code' && news !== 'result') return null;
    const standing = await deps.handOvers.handOverStanding(orderId, clock.now());
    return standing.kind === 'handedOver' ? standing.to : null;
  };

  /** The news as a view of the order as it is now; null when later news overtook it. */
  const viewOf = async (message: DueMessage, order: StoredOrder, recipient: Recipient | null): Promise<AsideView | null> => {
    const { state } = order;
    // While a revert is under way the sale stands as before, and so does what the customer is owed.
    const standing = standingOf(state) ?? state;
    const summary = summaryOf(order);
    switch (message.news) {
      case 'code': {
        if (standingOf(state) === null) return null;
        if (recipient !== null) return handedOverView(order);
        const { voucher, receipt } = await ledger.secrets(order.terms.id);
        if (!isPrivate(message.chat)) return null;
        if (await isHiddenFromSeller(order, { voucher, receipt })) return linkView(order);
        if (voucher !== null) return { type: 'code', order: summary, voucher, shownAgain: false };
        return receipt && { type: 'receipt', order: summary, receipt, shownAgain: false };
      }
      case 'codeLate':
        return standing.status === 'awaitingCode' ? { type: 'codeLate', order: summary } : null;
      case 'rejected':
        return state.status === 'rejected' ? { type: 'rejected', order: summary, reason: state.reason } : null;
      case 'unknown': {
        const nextAskAt = state.status === 'unknown' ? state.askAt : null;
        return nextAskAt === null ? null : { type: 'unknown', order: summary, nextAskAt };
      }
      case 'needsPerson':
        return standing.status === 'needsPerson' ? { type: 'needsPerson', order: summary } : null;
      case 'reverted':
        return state.status === 'reverted' ? { type: 'reverted', order: summary } : null;
      case 'result': {
        if (standingOf(state) === null || !isPrivate(message.chat)) return null;
        const { voucher, receipt, result } = await ledger.secrets(order.terms.id);
        if (recipient === null && (await isHiddenFromSeller(order, { voucher, receipt }))) return null;
        return result && { type: 'result', order: summary, result };
      }
      case 'handedOver':
        return handedOverView(order);
      default:
        return assertNever(message.news);
    }
  };

  const afterFailure = (message: DueMessage, error: ChannelError): MessageOutcome => {
    const givenUp = error.kind === 'blocked' || (error.kind === 'refused' && message.tries >= MAX_TRIES);
    if (givenUp) return { kind: 'undeliverable' };
    return { kind: 'postponed', until: later(clock.now(), pauseAfter(error, message.tries, LONGEST_PAUSE)) };
  };

  const confirmDelivery = async (order: StoredOrder, news: OrderNews, message: MessageId): Promise<StoredOrder> => {
    if (news !== 'code') return order;
    const written = await write(order, { type: 'confirmDelivery', message });
    if (written.ok || written.error !== 'stale') return written.ok ? written.value : order;
    // A question for a draw's result, or a revert, was written meanwhile: the delivery is true of the order as it is now.
    const current = (await ledger.order(order.terms.id)) ?? order;
    const again = await write(current, { type: 'confirmDelivery', message });
    return again.ok ? again.value : current;
  };

  const settledView = async (order: StoredOrder): Promise<AsideView> => {
    const { batch } = order.terms;
    if (batch === undefined) return { type: 'settled', order: summaryOf(order) };
    // Those that were refused have never been stored.
    const orders = (await Promise.all(batch.map(ledger.order))).filter((stored) => stored !== null);
    return { type: 'batchSettled', orders: orders.map((stored) => batchOrderOf(summaryOf(stored))) };
  };

  /**
   * Where the order was confirmed. News of a batch arrive side by side, and an edit that is slow may land on top of a later one: whoever
   * has shown a batch looks again whether it is still like that.
   */
  const showProgress = async (order: StoredOrder, chat: ChatId): Promise<void> => {
    const { language, progress, batch } = order.terms;
    let view = await settledView(order);
    for (let shown = ''; shown !== JSON.stringify(view); view = batch === undefined ? view : await settledView(order)) {
      shown = JSON.stringify(view);
      const edited = await channel.replace(chat, progress, { view, notice: null, language: languageOf(language), revision: 0 });
      if (!edited.ok) return;
    }
  };

  return async (message) => {
    const order = await ledger.order(message.orderId);
    if (order === null) throw new Error(`Message ${message.id} is about an order that is not stored`);
    if (message.news === 'code' && order.state.status === 'reverting') {
      // Its outcome is a moment away: a code that is handed out now might be paid back next.
      return ledger.concludeMessage(message.id, { kind: 'postponed', until: later(clock.now(), REVERTING_PAUSE) });
    }
    const recipient = await recipientOf(message);
    const view = await viewOf(message, order, recipient);
    if (view === null) return ledger.concludeMessage(message.id, { kind: 'overtaken' });
    const { terms } = order;
    const screenful = { notice: null, language: languageOf(terms.language), revision: 0 };
    if (isGoods(view)) await ledger.recordShowing(terms.id, message.chat, clock.now());
    // What comes of a draw is told to whoever has the ticket.
    const chat = message.news === 'result' && recipient !== null ? recipient.chat : message.chat;
    const sent = await channel.send(chat, { ...screenful, view });
    if (!sent.ok) {
      log.warn('newsNotDelivered', { order: terms.id, news: message.news, error: sent.error.kind, tries: message.tries });
      return ledger.concludeMessage(message.id, afterFailure(message, sent.error));
    }
    // The order first: if we die before the message is concluded, the code is shown twice, but the order never says "not delivered".
    const current = await confirmDelivery(order, message.news, sent.value);
    await ledger.concludeMessage(message.id, { kind: 'delivered', message: sent.value });
    log.info('newsDelivered', { order: terms.id, news: message.news, chat: message.chat });
    await showProgress(current, message.chat);
  };
};
