// A bot in a process of its own, to be killed with -9 at a chosen step: the production composition on a clock that its parent moves.
import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { startBot } from '../../src/bot.ts';
import type { Log } from '../../src/app/ports/log.ts';
import { parseCatalogFile } from '../../src/adapters/codec/catalog-file.ts';
import { createClock } from '../../src/adapters/system/clock.ts';
import { createVirtualClock } from '../e2e/virtual-clock.ts';
import { unpackConfig } from './packed-config.ts';
import { createPortWatch } from './port-watch.ts';
import type { Point, Step } from './port-watch.ts';

/** What the parent asks for; each request is answered once, when it is done. */
export type Request =
  | { readonly ask: 'start'; readonly config: string; readonly now: number }
  | { readonly ask: 'count'; readonly point: Point | null }
  | { readonly ask: 'advance'; readonly milliseconds: number }
  | { readonly ask: 'rest' }
  | { readonly ask: 'steps' };

export type ToBot = { readonly id: number; readonly request: Request };
export type Answer = { readonly steps?: readonly Step[]; readonly isQuiet?: boolean; readonly problem?: string };
export type FromBot = ({ readonly id: number } & Answer) | { readonly line: string };

/**
 * Pauses up to this long pass by themselves, in milliseconds: those of the polling. The worker's naps end only when it is woken or the
 * time is moved, so that the same purchase always takes the same steps.
 */
const PASSING = 400;

const tell = (message: FromBot): void => {
  process.send?.(message);
};

const say =
  (level: string) =>
  (event: string, fields: object = {}, cause?: unknown): void =>
    tell({ line: `${level} ${event} ${JSON.stringify(fields)}${cause instanceof Error ? ` ${cause.stack ?? ''}` : ''}` });
const log: Log = { info: say('info'), warn: say('warn'), error: say('error') };

const clock = createVirtualClock({ passing: PASSING });
const watch = createPortWatch(() => {
  process.kill(process.pid, 'SIGKILL');
});

const carryOut = async (request: Request): Promise<Answer> => {
  switch (request.ask) {
    case 'start': {
      clock.advance(request.now - clock.now());
      const config = unpackConfig(request.config);
      const catalogFile = parseCatalogFile(await readFile(config.catalogFile, 'utf8'));
      if (!catalogFile.ok) throw new Error(catalogFile.error.join('\n'));
      const { newOrderId } = createClock();
      await startBot(config, { ...catalogFile.value, log, clock: { ...clock, newOrderId }, observe: watch.observe });
      flushCompileCache();
      return {};
    }
    case 'count':
      watch.count(request.point);
      return {};
    case 'advance':
      watch.disturb();
      clock.advance(request.milliseconds);
      return {};
    case 'rest':
      return { isQuiet: await watch.rest() };
    case 'steps':
      return { steps: watch.steps() };
  }
};

// Nobody is left behind when the parent is gone.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', ({ id, request }: ToBot) => {
  carryOut(request).then(
    (answer) => tell({ id, ...answer }),
    (error: unknown) => tell({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
