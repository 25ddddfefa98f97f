// A log that remembers: how a test learns what the bot has done, and that nothing went wrong on the way.
import type { Log, LogFields } from '../../src/app/ports/log.ts';
import { eventuallyTrue } from '../eventually.ts';

export type Entry = {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
  readonly cause?: unknown;
};

export type Journal = Log & {
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** The entries of this event that carry all of these fields. */
  find(event: string, fields?: LogFields): readonly Entry[];
  /** Resolves once there are at least `count` such entries; rejects after a while with what there is instead. */
  heard(event: string, fields?: LogFields, count?: number): Promise<void>;
};

export const createJournal = (): Journal => {
  const entries: Entry[] = [];

  const find = (event: string, fields: LogFields = {}): readonly Entry[] =>
    entries.filter(
      (entry) => entry.event === event && Object.entries(fields).every(([name, value]) => entry.fields[name] === value),
    );

  return {
    entries,
    find,
    heard: async (event, fields = {}, count = 1) => {
      await eventuallyTrue(() => find(event, fields).length >= count).catch(() => {
        const lines = entries.map((entry) => `${entry.level} ${entry.event} ${JSON.stringify(entry.fields)}`);
        throw new Error(`Never heard ${count} times of ${event} ${JSON.stringify(fields)}:\n${lines.join('\n')}`);
      });
    },
    info: (event, fields = {}) => void entries.push({ level: 'info', event, fields }),
    warn: (event, fields = {}) => void entries.push({ level: 'warn', event, fields }),
    error: (event, fields = {}, cause) => void entries.push({ level: 'error', event, fields, cause }),
  };
};
