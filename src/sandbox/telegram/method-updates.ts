// Bot API methods about updates: long polling, the webhook, and who is never allowed to do both.
import type { Update, WebhookInfo } from '@grammyjs/types';
import { z } from 'zod';
import { accept, badRequest, conflict, type Answer } from './answer.ts';
import { param, parseValues, type Params } from './params.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Webhook } from './webhook.ts';

const allowedUpdates = param.json(z.array(z.string())).optional();
const getUpdatesParams = z.object({
  offset: param.integer.default(0),
  limit: param.integer.default(100),
  timeout: param.integer.default(0),
  allowed_updates: allowedUpdates,
});
const setWebhookParams = z.object({
  url: z.string().default(''),
  secret_token: z.string().default(''),
  max_connections: param.integer.default(40),
  allowed_updates: allowedUpdates,
  drop_pending_updates: param.flag,
});
const deleteWebhookParams = z.object({ drop_pending_updates: param.flag });

/** Longest wait of one getUpdates, in seconds. */
const mostTimeout = 50;

export const createUpdateMethods = (queue: UpdateQueue, webhook: Webhook) => {
  /** Ends the getUpdates that waits now with a conflict: only one can wait. */
  let interrupt: ((description: string) => void) | undefined;

  /** Resolves when an update arrives, after `milliseconds`, when the caller goes away, or with the reason of an interruption. */
  const waitForUpdate = async (milliseconds: number, signal: AbortSignal): Promise<string | undefined> =>
    await new Promise((resolve) => {
      const finish = (reason?: string): void => {
        clearTimeout(timer);
        unwatch();
        signal.removeEventListener('abort', leave);
        if (interrupt === finish) interrupt = undefined;
        resolve(reason);
      };
      const leave = (): void => finish();
      const timer = setTimeout(leave, milliseconds);
      const unwatch = queue.watch(leave);
      signal.addEventListener('abort', leave);
      interrupt = finish;
    });

  const getUpdates = async ({ values }: Params, signal: AbortSignal): Promise<Answer<Update[]>> => {
    const parsed = parseValues(getUpdatesParams, values);
    if (!parsed.ok) return parsed;
    if (webhook.isSet()) {
      return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    }
    const { offset, timeout, allowed_updates: kinds } = parsed.value;
    const limit = Math.min(Math.max(parsed.value.limit, 1), 100);
    if (kinds !== undefined) queue.allow(kinds);
    interrupt?.('terminated by other getUpdates request; make sure that only one bot instance is running');
    const ready = queue.take(offset, limit);
    if (ready.length > 0 || timeout <= 0) return accept(ready);
    const interruption = await waitForUpdate(Math.min(timeout, mostTimeout) * 1000, signal);
    if (interruption !== undefined) return conflict(interruption);
    // Nobody is there to read the answer: what is handed out now would be lost.
    return signal.aborted ? accept([]) : accept(queue.take(offset, limit));
  };

  const setWebhook = ({ values }: Params): Answer<true> => {
    const parsed = parseValues(setWebhookParams, values);
    if (!parsed.ok) return parsed;
    const {
      url,
      secret_token: secretToken,
      max_connections: connections,
      allowed_updates: kinds,
      drop_pending_updates: drop,
    } = parsed.value;
    if (!/^[\w-]{0,256}$/.test(secretToken)) return badRequest('secret token contains unallowed characters');
    if (kinds !== undefined) queue.allow(kinds);
    if (drop) queue.clear();
    if (url === '') {
      webhook.remove();
      return accept(true);
    }
    // Telegram insists on HTTPS and four ports; the local server talks plain HTTP to this machine as well.
    const target = URL.parse(url);
    const isLocal = target?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname);
    if (target?.protocol !== 'https:' && !isLocal) return badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    interrupt?.('terminated by setWebhook request');
    webhook.set({ url, secretToken, maxConnections: Math.min(Math.max(connections, 1), 100) });
    return accept(true);
  };

  const deleteWebhook = ({ values }: Params): Answer<true> => {
    const parsed = parseValues(deleteWebhookParams, values);
    if (!parsed.ok) return parsed;
    webhook.remove();
    if (parsed.value.drop_pending_updates) queue.clear();
    return accept(true);
  };

  const getWebhookInfo = (): Answer<WebhookInfo> => accept(webhook.info());

  return { getUpdates, setWebhook, deleteWebhook, getWebhookInfo };
};
