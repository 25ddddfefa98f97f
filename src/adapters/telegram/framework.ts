// What the bot needs of a Telegram framework, and what every framework's file shares. Each framework is known by one file alone.
import { z } from 'zod';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { GetUpdates, UpdatesError } from './poll-updates.ts';

export const FRAMEWORKS = ['grammy', 'telegraf'] as const;

export type FrameworkName = (typeof FRAMEWORKS)[number];

export type FrameworkOptions = {
  readonly token: string;
  /** Root of the Bot API server, without the token and without a slash at the end. */
  readonly apiRoot: string;
  /** Takes a raw update; rejects when it must come again. */
  readonly receive: (update: unknown) => Promise<void>;
};

export type Framework = {
  /** Asks who the bot is. Has to succeed before the first update is received. */
  readonly me: () => Promise<Result<{ readonly username: string }, UpdatesError>>;
  /** Hands one update through the framework's middleware; rejects with what the inner `receive` rejects with. */
  readonly receive: (update: unknown) => Promise<void>;
  readonly getUpdates: GetUpdates;
  readonly setWebhook: (url: string, secret: string, maxConnections: number) => Promise<Result<true, UpdatesError>>;
  /** Ends the webhook so that polling may begin. What waits at Telegram is kept. */
  readonly deleteWebhook: () => Promise<Result<true, UpdatesError>>;
};

/** Its calls give values that name neither the token nor the address. */
export type CreateFramework = (options: FrameworkOptions) => Framework;

/** The kinds of updates that are asked for; everything else stays at Telegram. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

/** Longer than Telegram is ever asked to wait for an update. */
export const CALL_TIMEOUT_SECONDS = 45;

const updateSchema = z.object({ update_id: z.int() });

/** The least that a framework needs to make a context of an update; the context reads the rest when asked. */
export const hasUpdateId = (value: unknown): boolean => updateSchema.safeParse(value).success;

/** What Telegram refused a call with, in whichever error a framework throws it. */
export type Refusal = { readonly code: number; readonly description: string; readonly retryAfter: number | undefined };

/** Runs a call and turns what it throws into a value. `refusalIn` gives null for an error that is no answer of Telegram's. */
export const settle = async <T>(
  call: () => Promise<T>,
  refusalIn: (error: unknown) => Refusal | null,
): Promise<Result<T, UpdatesError>> => {
  try {
    return ok(await call());
  } catch (error) {
    const refusal = refusalIn(error);
    return fail(refusal === null ? { kind: 'failed', reason: 'no answer' } : errorOf(refusal));
  }
};

const errorOf = ({ code, description, retryAfter }: Refusal): UpdatesError => {
  // A token of the wrong shape is no bot at all: 404.
  if (code === 401 || code === 404) return { kind: 'unauthorized' };
  if (code === 409) return { kind: 'conflict' };
  if (code === 429) return { kind: 'tooMany', retryAfterSeconds: retryAfter ?? 1 };
  return { kind: 'failed', reason: `${code}: ${description}` };
};
