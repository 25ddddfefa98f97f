// How updates reach the bot: who it is, then by webhook where it has a public address, by polling everywhere else.
import type { CheckReadiness } from './app/ports/readiness.ts';
import type { Log } from './app/ports/log.ts';
import { startHttpServer } from './adapters/http/webhook.ts';
import type { Framework } from './adapters/telegram/framework.ts';
import { pollUpdates } from './adapters/telegram/poll-updates.ts';
import type { TapReplies } from './adapters/telegram/tap-replies.ts';
import { WEBHOOK_PATH } from './config.ts';
import type { Config } from './config.ts';

/** How many updates Telegram may have under way at once. */
const WEBHOOK_CONNECTIONS = 40;
/** Pause before Telegram is asked again at the start, in milliseconds. */
const START_PAUSE = 3_000;

type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Asks Telegram who the bot is, for as long as nobody answers; a refused token is final. */
export const introduce = async (framework: Framework, log: Log, sleep: Sleep, signal: AbortSignal): Promise<string> => {
  for (;;) {
    if (signal.aborted) throw new Error('It was told to end');
    const me = await framework.me();
    if (me.ok) return me.value.username;
    if (me.error.kind === 'unauthorized') throw new Error('Telegram does not know this BOT_TOKEN');
    log.warn('telegramNotReached', { error: me.error.kind });
    await sleep(START_PAUSE, signal);
  }
};

export type Updates = {
  /** Settles when no updates can come any more, with what is wrong. */
  readonly failed: Promise<string>;
  /** Resolves when the updates in hand are handled and no more are taken. */
  ended(): Promise<unknown>;
};

/** Rejects when Telegram refuses the token. `signal` ends the polling, and the tries to set the webhook. */
export const takeUpdates = async (
  config: Config,
  parts: {
    readonly framework: Framework;
    readonly receiveWebhook: TapReplies['receive'];
    readonly readiness: CheckReadiness;
    readonly log: Log;
    readonly sleep: Sleep;
  },
  signal: AbortSignal,
): Promise<Updates> => {
  const { framework, receiveWebhook: receive, readiness, log, sleep } = parts;
  const { webhook } = config.telegram;
  if (webhook !== null) {
    const secret = webhook.secret.reveal();
    const server = await startHttpServer({ ...config.http, webhookPath: WEBHOOK_PATH, secret, receive, readiness, log });
    while (!signal.aborted) {
      const set = await framework.setWebhook(`${webhook.publicUrl}${WEBHOOK_PATH}`, secret, WEBHOOK_CONNECTIONS);
      if (set.ok) break;
      if (set.error.kind === 'unauthorized') throw new Error('Telegram does not know this BOT_TOKEN');
      log.error('webhookNotSet', { error: set.error.kind });
      await sleep(START_PAUSE, signal);
    }
    log.info('takingUpdates', { mode: 'webhook', port: server.port });
    return { failed: new Promise(() => undefined), ended: () => server.close() };
  }
  await framework.deleteWebhook();
  const polling = pollUpdates({ getUpdates: framework.getUpdates, handle: framework.receive, log, sleep, signal });
  log.info('takingUpdates', { mode: 'polling' });
  const failed = polling.then((end) =>
    end.ok ? new Promise<string>(() => undefined) : 'Telegram does not know this BOT_TOKEN any more',
  );
  return { failed, ended: () => polling };
};
