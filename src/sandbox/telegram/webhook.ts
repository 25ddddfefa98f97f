// Webhook delivery: one update of a chat at a time until the bot answers 2xx, several chats at once, growing pauses between tries.
import type { Update, WebhookInfo } from '@grammyjs/types';
import type { UpdateQueue } from './update-queue.ts';

/** `secretToken` travels as X-Telegram-Bot-Api-Secret-Token. */
export type WebhookConfig = { url: string; secretToken: string; maxConnections: number };

export type WebhookOptions = {
  queue: UpdateQueue;
  now: () => number;
  /** Runs the method call that an answer may carry. */
  execute: (call: Record<string, unknown>) => Promise<unknown>;
};

/** How long the bot may take to answer, in milliseconds. */
const answerTimeout = 60_000;

/** The pause after the n-th failed try, in milliseconds; short, because people wait in front of the page. */
const pauseAfter = (failures: number): number => Math.min(20 * 2 ** (failures - 1), 1000);

const laneOf = (update: Update): string => {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message;
  const chat = message?.chat ?? update.my_chat_member?.chat;
  return chat === undefined ? `update ${update.update_id}` : `chat ${chat.id}`;
};

const methodCallOf = (body: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'method' in value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

export const createWebhook = ({ queue, now, execute }: WebhookOptions) => {
  let config: WebhookConfig | undefined;
  let session = new AbortController();
  let lastError: { at: number; message: string } | undefined;
  const busyLanes = new Set<string>();

  const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> =>
    await new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      signal.addEventListener('abort', finish);
    });

  /** Returns undefined when the bot took the update, else what went wrong. */
  const tryOnce = async (
    { url, secretToken }: WebhookConfig,
    update: Update,
    signal: AbortSignal,
  ): Promise<string | undefined> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secretToken !== '' && { 'x-telegram-bot-api-secret-token': secretToken }),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeout)]),
        redirect: 'manual',
      });
      const body = await response.text();
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      const call = methodCallOf(body);
      if (call !== undefined) await execute(call);
      return undefined;
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'Read timeout expired' : 'Connection failed';
    }
  };

  const deliver = async (target: WebhookConfig, update: Update, signal: AbortSignal): Promise<void> => {
    for (let failures = 1; !signal.aborted; failures++) {
      const failure = await tryOnce(target, update, signal);
      if (failure === undefined) {
        queue.confirm(update);
        return;
      }
      // A webhook that was replaced meanwhile is not to blame.
      if (session.signal !== signal) return;
      lastError = { at: now(), message: failure };
      await pause(pauseAfter(failures), signal);
    }
  };

  const pump = (): void => {
    if (config === undefined) return;
    const { signal } = session;
    for (const update of queue.pending()) {
      const lane = laneOf(update);
      if (busyLanes.has(lane) || busyLanes.size >= config.maxConnections) continue;
      busyLanes.add(lane);
      void deliver(config, update, signal).then(() => {
        if (signal.aborted) return;
        busyLanes.delete(lane);
        pump();
      });
    }
  };

  const stop = (): void => {
    session.abort();
    session = new AbortController();
    busyLanes.clear();
    config = undefined;
  };

  const unwatch = queue.watch(pump);

  return {
    isSet: (): boolean => config !== undefined,
    set: (next: WebhookConfig): void => {
      stop();
      lastError = undefined;
      config = next;
      pump();
    },
    remove: stop,
    info: (): WebhookInfo => ({
      url: config?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.pending().length,
      ...(config !== undefined && { max_connections: config.maxConnections }),
      ...(lastError !== undefined && { last_error_date: Math.floor(lastError.at / 1000), last_error_message: lastError.message }),
    }),
    close: (): void => {
      unwatch();
      stop();
    },
  };
};

export type Webhook = ReturnType<typeof createWebhook>;
