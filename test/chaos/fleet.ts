// Several bots in real processes, which are killed with -9, or asked to end, and started again.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import type { BotPlan, Jump, Ready } from './bot-process.ts';

const PROGRAM = fileURLToPath(new URL('bot-process.ts', import.meta.url));

/** A process that is not ready by then, in milliseconds, never will be. */
const START_WITHIN = 60_000;
/** The bot's own limit for its end is below this. Milliseconds. */
const END_WITHIN = 40_000;
/** How much of a process's log is kept for a failure's message, in characters. */
const KEPT = 20_000;

export type Fleet = {
  /** `purchasesCutOff`: purchases that a worker found in flight after its colleague had been killed. `errors` by event. */
  readonly counts: { kills: number; purchasesCutOff: number; errors: Record<string, number> };
  /** Kills a process with -9 and starts it again after `pause` milliseconds; does nothing while none of these is ready. */
  killOne(which: (name: string) => boolean, random: () => number, pause: number): Promise<void>;
  /** Asks a process to end, with SIGTERM, and starts it again. Resolves when it works; rejects when it did not end well. */
  restart(name: string): Promise<void>;
  /** Resolves when every process works. */
  allReady(): Promise<void>;
  jump(milliseconds: number): void;
  /** Asks every process to end, with SIGTERM. Resolves with the complaints about those that did not end well. */
  end(): Promise<readonly string[]>;
};

type Bot = {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  process: ChildProcess;
  ready: Promise<void>;
  isReady: boolean;
  log: string;
};

export type FleetOptions = {
  readonly bots: readonly { readonly name: string; readonly settings: Readonly<Record<string, string>> }[];
  readonly plan: (settings: Readonly<Record<string, string>>) => BotPlan;
  /** Receives every line that a bot logs. */
  readonly onLine?: (bot: string, line: string) => void;
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** With SIGTERM. Resolves with the complaint about one that did not end well. */
const askToEnd = async ({ name, process: child, log }: Bot): Promise<string[]> => {
  const ended = hasEnded(child) ? Promise.resolve() : once(child, 'exit');
  child.kill('SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), wait(END_WITHIN, false, { ref: false })]);
  if (!inTime) child.kill('SIGKILL');
  const how = inTime ? `ended with ${child.exitCode ?? child.signalCode}` : `did not end within ${END_WITHIN} ms`;
  return inTime && child.exitCode === 0 ? [] : [`${name} ${how} after SIGTERM:\n${log}`];
};

export const launchFleet = ({ bots: wanted, plan, onLine }: FleetOptions): Fleet => {
  const counts: Fleet['counts'] = { kills: 0, purchasesCutOff: 0, errors: {} };
  let ending = false;

  const hear = (bot: Bot, text: string): void => {
    bot.log = (bot.log + text).slice(-KEPT);
    for (const line of text.split('\n').filter(Boolean)) {
      onLine?.(bot.name, line);
      if (line.includes('"msg":"workerLost"')) counts.purchasesCutOff += 1;
      const event = /"level":"error".*"msg":"([\w.]+)"/.exec(line)?.[1];
      if (event !== undefined) counts.errors[event] = (counts.errors[event] ?? 0) + 1;
    }
  };

  const launch = (bot: Pick<Bot, 'name' | 'settings'>): Bot => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', PROGRAM, JSON.stringify(plan(bot.settings))],
      { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: {} },
    );
    const launched: Bot = {
      name: bot.name,
      settings: bot.settings,
      process: child,
      ready: Promise.resolve(),
      isReady: false,
      log: '',
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => hear(launched, text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => hear(launched, text));
    // A message to a process that is being killed fails; the one after it knows the time.
    child.on('error', () => undefined);
    const readiness = Promise.withResolvers<undefined>();
    const late = setTimeout(() => readiness.reject(new Error(`${bot.name} did not start:\n${launched.log}`)), START_WITHIN);
    child.once('message', (message: Ready) => {
      clearTimeout(late);
      launched.isReady = message.ready;
      readiness.resolve(undefined);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      if (!ending && signal !== 'SIGKILL')
        readiness.reject(new Error(`${bot.name} ended with ${code ?? signal}:\n${launched.log}`));
    });
    launched.ready = readiness.promise;
    launched.ready.catch(() => undefined);
    return launched;
  };

  const bots = wanted.map(launch);

  return {
    counts,
    killOne: async (which, random, pause) => {
      const candidates = bots.filter(({ name, isReady }) => isReady && which(name));
      const bot = candidates[Math.floor(random() * candidates.length)];
      if (bot === undefined) return;
      const ended = once(bot.process, 'exit');
      bot.isReady = false;
      bot.process.kill('SIGKILL');
      await ended;
      counts.kills += 1;
      await wait(pause);
      bots[bots.indexOf(bot)] = launch(bot);
    },
    restart: async (name) => {
      const bot = bots.find((each) => each.name === name);
      if (bot === undefined) throw new Error(`There is no ${name}`);
      const [complaint] = await askToEnd(bot);
      if (complaint !== undefined) throw new Error(complaint);
      const again = launch(bot);
      bots[bots.indexOf(bot)] = again;
      await again.ready;
    },
    allReady: async () => {
      await Promise.all(bots.map(({ ready }) => ready));
    },
    jump: (milliseconds) => {
      for (const bot of bots) bot.process.send({ jump: milliseconds } satisfies Jump, () => undefined);
    },
    end: async () => {
      ending = true;
      return (await Promise.all(bots.map(askToEnd))).flat();
    },
  };
};
