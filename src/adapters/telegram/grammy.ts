// grammY, and the only file that knows it: updates come in through it, by polling or by webhook, and leave it raw.
import { Bot, BotError, GrammyError } from 'grammy';
import { z } from 'zod';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { GetUpdates, UpdatesError } from './poll-updates.ts';

/** The kinds of updates that are asked for; everything else stays at Telegram. */
const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

export type GrammyBotOptions = {
  readonly token: string;
  /** Root of the Bot API server, without the token and without a slash at the end. */
  readonly apiRoot: string;
  /** Takes a raw update; rejects when it must come again. */
  readonly receive: (update: unknown) => Promise<void>;
};

export type GrammyBot = {
  /** Asks who the bot is. Has to succeed before the first update is received. */
  readonly me: () => Promise<Result<{ readonly username: string }, UpdatesError>>;
  /** Hands one update through grammY's middleware; rejects with what `receive` rejects with. */
  readonly receive: (update: unknown) => Promise<void>;
  readonly getUpdates: GetUpdates;
  readonly setWebhook: (url: string, secret: string, maxConnections: number) => Promise<Result<true, UpdatesError>>;
  /** Ends the webhook so that polling may begin. What waits at Telegram is kept. */
  readonly deleteWebhook: () => Promise<Result<true, UpdatesError>>;
};

/** The least that grammY needs to make a context of an update; the context reads the rest when asked. */
const updateSchema = z.custom<Parameters<Bot['handleUpdate']>[0]>(
  (value) => z.object({ update_id: z.int() }).safeParse(value).success,
);

/** grammY declares its polyfill's class; it uses nothing that a native signal lacks. */
type GrammySignal = Parameters<Bot['api']['getUpdates']>[1];

/** Longer than Telegram is ever asked to wait for an update. */
const TIMEOUT_SECONDS = 45;

export const createGrammyBot = ({ token, apiRoot, receive }: GrammyBotOptions): GrammyBot => {
  const bot = new Bot(token, { client: { apiRoot, timeoutSeconds: TIMEOUT_SECONDS } });
  bot.use((context) => receive(context.update));

  return {
    me: () =>
      settle(async () => {
        bot.botInfo = await bot.api.getMe();
        return { username: bot.botInfo.username };
      }),
    receive: async (update) => {
      const parsed = updateSchema.safeParse(update);
      // What is no update has no place in a context; the receiver has a name for it.
      if (!parsed.success) return receive(update);
      try {
        await bot.handleUpdate(parsed.data);
      } catch (error) {
        // grammY's wrapper carries the context, and the context the token.
        throw error instanceof BotError ? error.error : error;
      }
    },
    getUpdates: ({ offset, limit, timeoutSeconds }, signal) =>
      settle(() =>
        bot.api.getUpdates({ offset, limit, timeout: timeoutSeconds, allowed_updates: ALLOWED_UPDATES }, signal as GrammySignal),
      ),
    setWebhook: (url, secret, maxConnections) =>
      settle(() =>
        bot.api.setWebhook(url, {
          secret_token: secret,
          max_connections: maxConnections,
          allowed_updates: ALLOWED_UPDATES,
        }),
      ),
    deleteWebhook: () => settle(() => bot.api.deleteWebhook()),
  };
};

/** Runs a call and turns grammY's errors into values that name neither the token nor the address. */
const settle = async <T>(call: () => Promise<T>): Promise<Result<T, UpdatesError>> => {
  try {
    return ok(await call());
  } catch (error) {
    return fail(error instanceof GrammyError ? refusalOf(error) : { kind: 'failed', reason: 'no answer' });
  }
};

const refusalOf = ({ error_code: code, description, parameters }: GrammyError): UpdatesError => {
  // A token of the wrong shape is no bot at all: 404.
  if (code === 401 || code === 404) return { kind: 'unauthorized' };
  if (code === 409) return { kind: 'conflict' };
  if (code === 429) return { kind: 'tooMany', retryAfterSeconds: parameters.retry_after ?? 1 };
  return { kind: 'failed', reason: `${code}: ${description}` };
};
