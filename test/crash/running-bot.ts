// A bot that runs for a rehearsal, driven alike whether it lives in a process of its own, which may die, or in this one.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { startBot } from '../../src/bot.ts';
import type { Config } from '../../src/config.ts';
import { createJournal } from '../e2e/journal.ts';
import { readCatalogFile } from '../e2e/shop.ts';
import type { VirtualClock } from '../e2e/virtual-clock.ts';
import type { Answer, FromBot, Request, ToBot } from './bot-process.ts';
import { packConfig } from './packed-config.ts';
import { createPortWatch } from './port-watch.ts';
import type { Point, Step } from './port-watch.ts';

export type RunningBot = {
  /** Its time follows the parent's, which was moved before. */
  advance(milliseconds: number): Promise<void>;
  /** Resolves when nothing is being done: with false when the worker naps and has yet to look. True when the bot is dead. */
  rest(): Promise<boolean>;
  isDead(): boolean;
  /** What it logged, for a failure's message. */
  log(): readonly string[];
  /** What it logged as an error, by event. */
  errors(): readonly string[];
  end(): Promise<void>;
};

export type BotProcess = RunningBot & {
  readonly pid: number;
  count(point: Point | null): Promise<void>;
  steps(): Promise<readonly Step[]>;
  /** Settles with the signal that ended the process, or with null and its exit code in the log. */
  readonly died: Promise<NodeJS.Signals | null>;
};

const PROGRAM = fileURLToPath(new URL('bot-process.ts', import.meta.url));
/** A process that has not answered by then is stuck, in milliseconds. A busy machine is slow. */
const PATIENCE = 20_000;

/** Starts a bot in a process of its own. Code that was compiled once is kept in `cacheFolder` for the next start. */
export const startBotProcess = async (config: Config, now: number, cacheFolder: string): Promise<BotProcess> => {
  const child = fork(PROGRAM, [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { NODE_COMPILE_CACHE: cacheFolder },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`No process could be started for ${PROGRAM}`);
  const lines: string[] = [];
  const waiting = new Map<number, (answer: Answer) => void>();
  let requests = 0;
  let isDead = false;
  const died = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => {
      isDead = true;
      lines.push(`(ended: ${code ?? signal ?? 'unknown'})`);
      resolve(signal);
    });
  });
  child.stderr?.on('data', (data: Buffer) => lines.push(data.toString()));
  child.on('message', (message: FromBot) => {
    if ('line' in message) lines.push(message.line);
    else waiting.get(message.id)?.(message);
  });
  // A message on its way to a process that dies at this moment.
  child.on('error', (error) => lines.push(`(${error.message})`));

  /** Null when the process died instead of answering. */
  const ask = async (request: Request): Promise<Answer | null> => {
    const id = (requests += 1);
    if (isDead) return null;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    child.send({ id, request } satisfies ToBot, () => undefined);
    const over = new AbortController();
    const late = wait(PATIENCE, 'late' as const, { signal: over.signal }).catch(() => null);
    const answer = await Promise.race([answered, died.then(() => null), late]);
    over.abort();
    if (answer === 'late') throw new Error(`The bot does not answer ${request.ask}:\n${lines.join('\n')}`);
    if (answer?.problem !== undefined) throw new Error(`${answer.problem}\n${lines.join('\n')}`);
    return answer;
  };

  const bot: BotProcess = {
    pid,
    died,
    count: async (point) => {
      await ask({ ask: 'count', point });
    },
    steps: async () => (await ask({ ask: 'steps' }))?.steps ?? [],
    advance: async (milliseconds) => {
      await ask({ ask: 'advance', milliseconds });
    },
    rest: async () => (await ask({ ask: 'rest' }))?.isQuiet ?? true,
    isDead: () => isDead,
    log: () => lines,
    errors: () => lines.flatMap((line) => /^error (\S+)/.exec(line)?.[1] ?? []),
    end: async () => {
      if (!isDead) process.kill(pid, 'SIGKILL');
      await died;
    },
  };
  try {
    const started = await ask({ ask: 'start', config: packConfig(config), now });
    if (started === null) throw new Error(`The bot ended at its start:\n${lines.join('\n')}`);
    return bot;
  } catch (error) {
    await bot.end();
    throw error;
  }
};

/** Starts a bot in this process, on the clock of the rehearsal. */
export const startBotHere = async (config: Config, clock: VirtualClock): Promise<RunningBot> => {
  const journal = createJournal();
  const watch = createPortWatch(() => {
    throw new Error('Nobody dies in this process');
  });
  const catalogFile = await readCatalogFile(config.catalogFile);
  const bot = await startBot(config, { ...catalogFile, log: journal, clock, observe: watch.observe });
  return {
    advance: () => {
      watch.disturb();
      return Promise.resolve();
    },
    rest: watch.rest,
    isDead: () => false,
    log: () => journal.entries.map(({ level, event, fields }) => `${level} ${event} ${JSON.stringify(fields)}`),
    errors: () => journal.entries.filter(({ level }) => level === 'error').map(({ event }) => event),
    end: bot.stop,
  };
};
