// grammY, and the only file that knows it: updates come in through it, by polling or by webhook, and leave it raw.
import { Bot, BotError, GrammyError } from 'grammy';
import { ALLOWED_UPDATES, CALL_TIMEOUT_SECONDS, hasUpdateId, settle } from './framework.ts';
import type { CreateFramework, Refusal } from './framework.ts';

type Update = Parameters<Bot['handleUpdate']>[0];

const isUpdate = (value: unknown): value is Update => hasUpdateId(value);

/** grammY declares its polyfill's class; it uses nothing that a native signal lacks. */
type GrammySignal = Parameters<Bot['api']['getUpdates']>[1];

export const createGrammyBot: CreateFramework = ({ token, apiRoot, receive }) => {
  const bot = new Bot(token, { client: { apiRoot, timeoutSeconds: CALL_TIMEOUT_SECONDS } });
  bot.use((context) => receive(context.update));

  const ask = <T>(call: () => Promise<T>) => settle(call, refusalIn);

  return {
    me: () =>
      ask(async () => {
        bot.botInfo = await bot.api.getMe();
        return { username: bot.botInfo.username };
      }),
    receive: async (update) => {
      // What is no update has no place in a context; the receiver has a name for it.
      if (!isUpdate(update)) return receive(update);
      try {
        await bot.handleUpdate(update);
      } catch (error) {
        // grammY's wrapper carries the context, and the context the token.
        throw error instanceof BotError ? error.error : error;
      }
    },
    getUpdates: ({ offset, limit, timeoutSeconds }, signal) =>
      ask(() =>
        bot.api.getUpdates({ offset, limit, timeout: timeoutSeconds, allowed_updates: ALLOWED_UPDATES }, signal as GrammySignal),
      ),
    setWebhook: (url, secret, maxConnections) =>
      ask(() =>
        bot.api.setWebhook(url, {
          secret_token: secret,
          max_connections: maxConnections,
          allowed_updates: ALLOWED_UPDATES,
        }),
      ),
    deleteWebhook: () => ask(() => bot.api.deleteWebhook()),
  };
};

const refusalIn = (error: unknown): Refusal | null =>
  error instanceof GrammyError
    ? { code: error.error_code, description: error.description, retryAfter: error.parameters.retry_after }
    : null;
