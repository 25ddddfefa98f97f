// The updates that wait for the bot: ids, confirmation by offset, and the disorder that real life adds (repeats, wrong order).
import type { Update } from '@grammyjs/types';

export type UpdateBody = Omit<Update, 'update_id'>;

/** A stray update does not obey the offset: it is a repeat or out of order, and is confirmed by having been handed out. */
type Entry = { update: Update; stray: boolean; handedOut: boolean };

const kindOf = (body: UpdateBody): string => Object.keys(body)[0] ?? '';

/** What Telegram sends only when it is asked for by name. */
const notByDefault = ['chat_member', 'message_reaction', 'message_reaction_count'];

const mostHistory = 1000;

export const createUpdateQueue = (firstId: number) => {
  let entries: Entry[] = [];
  let nextId = firstId;
  let allowed: readonly string[] = [];
  let held: { missing: number; updates: Update[] } | undefined;
  const history: Update[] = [];
  const watchers = new Set<() => void>();

  const enqueue = (update: Update, stray: boolean): void => {
    entries.push({ update, stray, handedOut: false });
    for (const watcher of watchers) watcher();
  };

  const isWanted = (kind: string): boolean => (allowed.length === 0 ? !notByDefault.includes(kind) : allowed.includes(kind));

  /** Gives the update its id and queues it; unless forced, a kind that the bot does not want is lost, as in Telegram. */
  const push = (body: UpdateBody, isForced = false): Update | undefined => {
    if (!isForced && !isWanted(kindOf(body))) return undefined;
    const update = { update_id: nextId++, ...body };
    history.push(update);
    if (history.length > mostHistory) history.shift();
    if (held === undefined) {
      enqueue(update, false);
      return update;
    }
    held.updates.unshift(update);
    held.missing--;
    if (held.missing === 0) {
      const reversed = held.updates;
      held = undefined;
      for (const one of reversed) enqueue(one, true);
    }
    return update;
  };

  /**
   * Confirms what the offset confirms and returns up to `limit` updates.
   * A negative offset keeps that many from the end and forgets the rest.
   */
  const take = (offset: number, limit: number): Update[] => {
    if (offset < 0) entries = entries.slice(offset);
    else entries = entries.filter((entry) => (entry.stray ? !entry.handedOut : entry.update.update_id >= offset));
    const batch = entries.slice(0, limit);
    for (const entry of batch) entry.handedOut = true;
    return batch.map((entry) => entry.update);
  };

  return {
    push,
    take,
    pending: (): readonly Update[] => entries.map((entry) => entry.update),
    confirm: (update: Update): void => {
      const index = entries.findIndex((entry) => entry.update === update);
      if (index !== -1) entries.splice(index, 1);
    },
    clear: (): void => {
      entries = [];
    },
    /** An empty list means every kind but those that have to be named. */
    allow: (kinds: readonly string[]): void => {
      allowed = kinds;
    },
    allowedKinds: (): readonly string[] => allowed,
    /** Delivers an old update again under its old id; without an id, the newest one. */
    redeliver: (updateId?: number): boolean => {
      const update = updateId === undefined ? history.at(-1) : history.find((one) => one.update_id === updateId);
      // A copy, because the webhook confirms one delivery at a time.
      if (update !== undefined) enqueue({ ...update }, true);
      return update !== undefined;
    },
    /** Delivers the newest tap again as a client does that lost its connection: the same tap, a new update. */
    resendTap: (): boolean => {
      const tap = history.findLast((update) => update.callback_query !== undefined)?.callback_query;
      return tap !== undefined && push({ callback_query: tap }) !== undefined;
    },
    /** Holds the next `count` updates back and delivers them last first. */
    reorderNext: (count: number): void => {
      held = count > 1 ? { missing: count, updates: [] } : undefined;
    },
    /** Calls back whenever an update was queued, until the returned function is called. */
    watch: (watcher: () => void): (() => void) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
};

export type UpdateQueue = ReturnType<typeof createUpdateQueue>;
