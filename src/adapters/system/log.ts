// Log lines through pino: JSON for machines, one readable line for people. Only fields that are named here are written.
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { Log, LogFields } from '../../app/ports/log.ts';
import { prettyLine } from './pretty-line.ts';

export type LogSettings = {
  readonly level: 'info' | 'warn' | 'error' | 'silent';
  /** For people at a terminal. */
  readonly pretty: boolean;
};

/**
 * Ids, codes, counts and times; never a secret or a person's data. A field that is not listed is left out, and its name shows up
 * in `dropped`, so that a forgotten entry is noticed.
 */
const FIELDS: ReadonlySet<string> = new Set([
  'added',
  'admin',
  'agent',
  'alert',
  'amount',
  'announcement',
  'by',
  'call',
  'changed',
  'chat',
  'clerk',
  'code',
  'currency',
  'customer',
  'day',
  'drift',
  'environment',
  'error',
  'event',
  'fee',
  'field',
  'hint',
  'host',
  'keepingOld',
  'kind',
  'learnt',
  'listed',
  'message',
  'method',
  'missing',
  'mode',
  'ms',
  'news',
  'number',
  'operators',
  'order',
  'outcome',
  'parts',
  'port',
  'product',
  'rc',
  'reason',
  'reference',
  'removed',
  'resultCode',
  'role',
  'scope',
  'seconds',
  'setting',
  'skewMs',
  'sold',
  'status',
  'terminal',
  'total',
  'tries',
  'try',
  'uid',
  'updateId',
  'value',
  'view',
  'why',
  'yes',
]);

const allowed = (fields: LogFields): Record<string, unknown> => {
  const entries = Object.entries(fields);
  const dropped = entries.filter(([name]) => !FIELDS.has(name)).map(([name]) => name);
  return {
    ...Object.fromEntries(entries.filter(([name]) => FIELDS.has(name))),
    ...(dropped.length === 0 ? {} : { dropped: dropped.join(' ') }),
  };
};

/** Errors of libraries carry requests and answers in further properties; only these three are safe. */
const described = (cause: unknown): Record<string, unknown> => {
  if (!(cause instanceof Error)) return { name: typeof cause, message: typeof cause === 'string' ? cause : '' };
  const { name, message, stack } = cause;
  return { name, message, stack, ...(cause.cause === undefined ? {} : { cause: described(cause.cause) }) };
};

/** How much is written at once, in bytes, and how long a line waits for others at most, in milliseconds. */
const TOGETHER = 4_096;
const LATEST = 250;

/**
 * One write for many lines: a system call for each is among the dearest things that an update costs. Only a process that is killed
 * outright loses what waits, a quarter of a second of what went well.
 */
const standardOutput = (pretty: boolean): DestinationStream & { flushSync?(): void } =>
  pino.destination(pretty ? { dest: 1 } : { dest: 1, minLength: TOGETHER, periodicFlush: LATEST });

/** Writes to standard output unless told otherwise. */
export const createLog = (
  { level, pretty }: LogSettings,
  destination: DestinationStream & { flushSync?(): void } = standardOutput(pretty),
): Log => {
  const written: DestinationStream = pretty ? { write: (line) => destination.write(prettyLine(line)) } : destination;
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    written,
  );
  return {
    info: (event, fields = {}) => logger.info(allowed(fields), event),
    warn: (event, fields = {}) => logger.warn(allowed(fields), event),
    error: (event, fields = {}, cause) => {
      logger.error({ ...allowed(fields), ...(cause === undefined ? {} : { cause: described(cause) }) }, event);
      // What went wrong must be known even if the process goes down with it.
      destination.flushSync?.();
    },
  };
};
