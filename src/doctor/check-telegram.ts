// Checks of Telegram by asking: who the bot is, where updates go, and whether the operator's chat is there. Nothing is set, sent or fetched.
import { createBotApi, isBotRefused } from '../adapters/telegram/bot-api.ts';
import type { BotApi } from '../adapters/telegram/bot-api.ts';
import { ALLOWED_UPDATES } from '../adapters/telegram/framework.ts';
import type { ChannelError } from '../app/ports/channel.ts';
import type { Log } from '../app/ports/log.ts';
import type { Config } from '../config.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import { failure, good, notChecked, warning, weigh } from './finding.ts';
import type { Check, Finding } from './finding.ts';

const TIMEOUTS = { connect: 5_000, total: 8_000 };
/** More updates than this that wait mean that the bot does not keep up, or does not run. */
const MANY_PENDING = 100;
/** An error of the webhook that is older than this is history, in milliseconds. */
const RECENT = 60 * MINUTE;

export type TelegramChecks = { readonly checks: readonly Check[]; close(): Promise<void> };

export type TelegramDeps = {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly log: Log;
};

/** `webhookPath` is where the bot takes updates below PUBLIC_URL. */
export const createTelegramChecks = (
  { telegram, operator }: Config,
  webhookPath: string,
  { now, ...deps }: TelegramDeps,
): TelegramChecks => {
  const { apiRoot, token, webhook } = telegram;
  const api = createBotApi({ apiRoot, token: token.reveal(), timeouts: TIMEOUTS, ...deps });
  const wanted = webhook === null ? '' : `${webhook.publicUrl}${webhookPath}`;
  const me = checkToken(api, new URL(apiRoot).host);
  const afterwards = async (check: () => Promise<Finding>): Promise<Finding> =>
    (await me).verdict === 'ok' ? check() : notChecked('the bot token comes first');
  const { chat } = operator;

  return {
    checks: [
      { name: 'bot token', run: () => me },
      { name: 'webhook', run: () => afterwards(() => checkWebhook(api, wanted, now)) },
      ...(chat === null ? [] : [{ name: 'operator chat', run: () => afterwards(() => checkOperatorChat(api, chat)) }]),
    ],
    close: () => api.close(),
  };
};

const saidOf = (error: ChannelError): string => ('reason' in error ? error.reason : error.kind);

const checkToken = async (api: BotApi, host: string): Promise<Finding> => {
  const me = await api.call('getMe', {});
  if (me.ok) return good(`@${me.value.username}`);
  return isBotRefused(me.error)
    ? failure('Telegram does not know BOT_TOKEN; take the token from @BotFather')
    : failure(`${host} did not answer (${saidOf(me.error)}); check the way out to it, and TELEGRAM_API_ROOT`);
};

const checkWebhook = async (api: BotApi, wanted: string, now: () => number): Promise<Finding> => {
  const answer = await api.call('getWebhookInfo', {});
  if (!answer.ok) return failure(`Telegram did not say where updates go (${saidOf(answer.error)}); try again`);
  const info = answer.value;
  const isSet = (info.url ?? '') !== '';
  if (isSet && info.url !== wanted) {
    // Of another address only the host: what stands behind it may be somebody's secret.
    const host = URL.parse(info.url ?? '')?.host ?? 'another address';
    return wanted === ''
      ? failure(`updates go to ${host}, and PUBLIC_URL is not set; end the other installation, then restart this bot`)
      : failure(`updates go to ${host} instead of PUBLIC_URL; end the other installation, then restart this bot`);
  }
  const { pending_update_count: pending, last_error_date: failedAt, last_error_message: failed, allowed_updates: kinds } = info;
  const agoMs = failedAt === undefined ? Infinity : now() - failedAt * SECOND;
  const lacking = ALLOWED_UPDATES.filter((kind) => kinds !== undefined && !kinds.includes(kind));
  const doubts = [
    ...(wanted !== '' && !isSet ? ['not set yet; the bot sets it when it starts'] : []),
    ...(pending > MANY_PENDING ? [`${pending} updates wait; see whether the bot runs and keeps up`] : []),
    ...(isSet && failed !== undefined && agoMs < RECENT
      ? [`${Math.round(agoMs / MINUTE)} min ago: "${failed}"; see whether PUBLIC_URL leads to the bot`]
      : []),
    ...(isSet && lacking.length > 0 ? [`Telegram keeps ${lacking.join(', ')} back; restart the bot`] : []),
  ];
  const fact = wanted === '' ? 'none, as polling needs it' : wanted;
  return weigh(doubts.length > 0 ? fact : `${fact}; ${pending} updates wait`, doubts);
};

/** A chat that has never written to the bot, or has put it out, is not told of anything. */
const checkOperatorChat = async (api: BotApi, chat: number): Promise<Finding> => {
  const found = await api.call('getChat', { chat_id: chat });
  if (found.ok) return good('Telegram knows it');
  return warning(
    `Telegram does not give it to the bot (${saidOf(found.error)}); write to the bot from there, or correct OPERATOR_CHAT_ID`,
  );
};
