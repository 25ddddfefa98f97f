// Telegraf, and the only file that knows it: updates come in through it, by polling or by webhook, and leave it raw.
import { Telegraf, TelegramError } from 'telegraf';
import { ALLOWED_UPDATES, CALL_TIMEOUT_SECONDS, hasUpdateId, settle } from './framework.ts';
import type { CreateFramework, Refusal } from './framework.ts';

type Update = Parameters<Telegraf['handleUpdate']>[0];

const isUpdate = (value: unknown): value is Update => hasUpdateId(value);

/** Telegraf declares its polyfill's signal; it uses nothing that a native one lacks. */
type CallOptions = NonNullable<Parameters<Telegraf['telegram']['callApi']>[2]>;

export const createTelegrafBot: CreateFramework = ({ token, apiRoot, receive }) => {
  const bot = new Telegraf(token, {
    // Telegraf would give up on a slow update, which is not durable then.
    handlerTimeout: Infinity,
    // Without the slash it drops the last part of an address with a path. Whatever is sent, a client of our own sends it.
    telegram: { apiRoot: `${apiRoot}/`, webhookReply: false },
  });
  bot.use((context) => receive(context.update));
  // Unless caught, Telegraf prints the update and makes the process end with a failure.
  bot.catch((error) => {
    throw error;
  });

  const { telegram } = bot;
  const ask = <T>(call: (options: CallOptions) => Promise<T>, signal?: AbortSignal) =>
    settle(() => inTime(call, signal), refusalIn);

  return {
    me: () =>
      ask(async (options) => {
        bot.botInfo = await telegram.callApi('getMe', {}, options);
        return { username: bot.botInfo.username };
      }),
    receive: async (update) => {
      // What is no update has no place in a context; the receiver has a name for it.
      if (!isUpdate(update)) return receive(update);
      await bot.handleUpdate(update);
    },
    getUpdates: ({ offset, limit, timeoutSeconds: timeout }, signal) => {
      const query = { offset, limit, timeout, allowed_updates: ALLOWED_UPDATES };
      return ask((options) => telegram.callApi('getUpdates', query, options), signal);
    },
    setWebhook: (url, secret, maxConnections) => {
      const webhook = { url, secret_token: secret, max_connections: maxConnections, allowed_updates: ALLOWED_UPDATES };
      return ask((options) => telegram.callApi('setWebhook', webhook, options));
    },
    deleteWebhook: () => ask((options) => telegram.callApi('deleteWebhook', {}, options)),
  };
};

/** Telegraf waits for an answer for more than eight minutes, which can't be set. */
const inTime = async <T>(call: (options: CallOptions) => Promise<T>, signal?: AbortSignal): Promise<T> => {
  const ending = new AbortController();
  const options = { signal: ending.signal };
  const end = (): void => ending.abort();
  const timer = setTimeout(end, CALL_TIMEOUT_SECONDS * 1000);
  signal?.addEventListener('abort', end);
  if (signal?.aborted === true) end();
  try {
    return await call(options as CallOptions);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
};

const refusalIn = (error: unknown): Refusal | null =>
  error instanceof TelegramError
    ? { code: error.code, description: error.description, retryAfter: error.parameters?.retry_after }
    : null;
