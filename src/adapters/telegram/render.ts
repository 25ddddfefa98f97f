// Views become messages: the one place where data turns into the text, markup and buttons that a customer sees.
import { isRightToLeft, languageOf } from '../../domain/dialog/language.ts';
import type { Notice, View } from '../../domain/dialog/view.ts';
import { assertNever } from '../../domain/result.ts';
import type { Screenful } from '../../app/ports/channel.ts';
import { createButtons } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { renderAgent, renderAgentAsking } from './render-agent.ts';
import { renderAdmin } from './render-admin.ts';
import { renderAlert } from './render-alert.ts';
import { renderAlerts } from './render-alerts.ts';
import { renderAmount } from './render-amount.ts';
import { renderBalance, renderBareNotice, renderGroupHint, renderHelp, renderLanguages } from './render-asides.ts';
import { renderBatch, renderBatchPlaced, renderBatchSettled } from './render-batch.ts';
import { renderClosed, renderCountries, renderOperators, renderProducts } from './render-browse.ts';
import { renderCode } from './render-code.ts';
import { renderField } from './render-field.ts';
import { renderHandOver } from './render-hand-over.ts';
import { cut, italic, paragraphs } from './render-html.ts';
import { renderInvoices } from './render-invoices.ts';
import { renderItems } from './render-items.ts';
import { renderKeepsake, renderNaming } from './render-keepsakes.ts';
import { MOST_NOTICE } from './render-message.ts';
import type { DeepLink, RenderedMessage } from './render-message.ts';
import { noticeText } from './render-notice.ts';
import {
  renderCodeLate,
  renderNeedsPerson,
  renderOrder,
  renderOrders,
  renderRejected,
  renderReverted,
  renderSettled,
  renderUnknown,
} from './render-orders.ts';
import { renderPrice, renderProcessing, renderQuoteFailed } from './render-price.ts';
import { renderReceipt } from './render-receipt.ts';
import { renderResult } from './render-result.ts';
import { speak } from './render-speech.ts';
import type { Localization, Speech } from './render-speech.ts';
import { renderStatementOfDay } from './render-statement-of-day.ts';
import { isolateMessage, isolateText } from './right-to-left.ts';

/** Telegram's limit for the answer to a tap. */
const MOST_TOAST = 200;

export type Renderer = {
  readonly render: (screenful: Screenful) => RenderedMessage;
  /** Plain text of up to 200 characters. */
  readonly renderNotice: (notice: Notice, language: string) => string;
};

/** `botUsername`: without the `@`. Languages are IETF tags; one that the shop does not speak gives English. */
export const createRenderer = (localization: Localization, botUsername: string): Renderer => {
  const deepLink: DeepLink = (payload) => `https://t.me/${botUsername}?start=${payload}`;
  return {
    render: ({ view, notice, language: tag, revision }) => {
      const language = languageOf(tag);
      const speech = speak(localization, language);
      const rendered = renderView(view, speech, createButtons(revision), deepLink);
      const head = notice === null ? null : italic(cut(noticeText(notice, speech), MOST_NOTICE));
      const message = { ...rendered, html: paragraphs(head, rendered.html) };
      return isRightToLeft(language) ? isolateMessage(message) : message;
    },
    renderNotice: (notice, tag) => {
      const language = languageOf(tag);
      const toast = cut(noticeText(notice, speak(localization, language)), MOST_TOAST);
      const whole = isRightToLeft(language) ? isolateText(toast) : toast;
      return whole.length <= MOST_TOAST ? whole : toast;
    },
  };
};

const renderView = (view: View, speech: Speech, buttons: Buttons, deepLink: DeepLink): RenderedMessage => {
  switch (view.type) {
    case 'closed':
      return renderClosed(speech, buttons);
    case 'countries':
      return renderCountries(view, speech, buttons);
    case 'operators':
      return renderOperators(view, speech, buttons);
    case 'products':
      return renderProducts(view, speech, buttons);
    case 'items':
      return renderItems(view, speech, buttons);
    case 'amount':
      return renderAmount(view, speech, buttons);
    case 'field':
      return renderField(view, speech, buttons);
    case 'invoices':
      return renderInvoices(view, speech, buttons);
    case 'quoteFailed':
      return renderQuoteFailed(view, speech, buttons);
    case 'price':
      return renderPrice(view, speech, buttons);
    case 'batch':
      return renderBatch(view, speech, buttons);
    case 'batchPlaced':
      return renderBatchPlaced(view, speech, buttons);
    case 'batchSettled':
      return renderBatchSettled(view, speech, buttons);
    case 'admin':
      return renderAdmin(view.view, speech, buttons, deepLink);
    case 'agentAsking':
      return renderAgentAsking(view, speech, buttons);
    case 'naming':
      return renderNaming(view.naming, speech, buttons);
    case 'keepsake':
      return renderKeepsake(view.view, speech, buttons);
    case 'handOver':
      return renderHandOver(view.view, speech, buttons, deepLink);
    case 'processing':
      return renderProcessing(view, speech, buttons);
    case 'help':
      return renderHelp(speech, buttons);
    case 'languages':
      return renderLanguages(view, speech, buttons);
    case 'balance':
      return renderBalance(view, speech, buttons);
    case 'orders':
      return renderOrders(view, speech, buttons);
    case 'order':
      return renderOrder(view, speech, buttons);
    case 'agent':
      return renderAgent(view.view, speech, buttons, deepLink);
    case 'notice':
      return renderBareNotice(speech, buttons);
    case 'statement':
      return renderStatementOfDay(view, speech, buttons);
    case 'code':
      return renderCode(view, speech, buttons);
    case 'receipt':
      return renderReceipt(view, speech, buttons);
    case 'codeLate':
      return renderCodeLate(view, speech, buttons);
    case 'rejected':
      return renderRejected(view, speech, buttons);
    case 'unknown':
      return renderUnknown(view, speech, buttons);
    case 'needsPerson':
      return renderNeedsPerson(view, speech, buttons);
    case 'reverted':
      return renderReverted(view, speech, buttons);
    case 'result':
      return renderResult(view, speech, buttons);
    case 'settled':
      return renderSettled(view, speech);
    case 'groupHint':
      return renderGroupHint(speech, deepLink('group'));
    case 'alert':
      return renderAlert(view, speech);
    case 'alerts':
      return renderAlerts(view, speech);
    default:
      return assertNever(view);
  }
};
