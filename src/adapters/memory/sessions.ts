// Sessions in this process, for one machine without Redis: the same rules, and they are forgotten when the process ends.
import type { ChatId } from '../../domain/ids.ts';
import { ok } from '../../domain/result.ts';
import { SECOND, later } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../app/ports/clock.ts';
import { REMEMBERED_UPDATES } from '../../domain/dialog/state.ts';
import type { Sessions, StoredSession } from '../../app/ports/sessions.ts';

export type MemorySessionsSettings = {
  /** How long a session outlives its last save. */
  readonly ttlSeconds: number;
  /** Above this many chats the one that was saved longest ago is forgotten. */
  readonly mostChats: number;
};

const nothing: StoredSession = { version: 0, data: null, recentUpdates: [] };

export const createMemorySessions = ({ ttlSeconds, mostChats }: MemorySessionsSettings, clock: Pick<Clock, 'now'>): Sessions => {
  /** In the order of their last save, so that whatever has to go stands at the front. */
  const chats = new Map<ChatId, StoredSession & { readonly expiresAt: Instant }>();

  const forgetExpired = (): void => {
    const now = clock.now();
    for (const [chat, { expiresAt }] of chats) {
      if (expiresAt > now) return;
      chats.delete(chat);
    }
  };

  const read = (chat: ChatId): StoredSession => {
    forgetExpired();
    return chats.get(chat) ?? nothing;
  };

  return {
    load: (chat) => {
      const { version, data, recentUpdates } = read(chat);
      return Promise.resolve(ok({ version, data, recentUpdates }));
    },

    save: (chat, version, data, updateId) => {
      const stored = read(chat);
      if (stored.version !== version) return Promise.resolve(ok('lost'));
      const recentUpdates = [...stored.recentUpdates, updateId].slice(-REMEMBERED_UPDATES);
      chats.delete(chat);
      chats.set(chat, { version: version + 1, data, recentUpdates, expiresAt: later(clock.now(), ttlSeconds * SECOND) });
      const [oldest] = chats.keys();
      if (chats.size > mostChats && oldest !== undefined) chats.delete(oldest);
      return Promise.resolve(ok('saved'));
    },
  };
};
