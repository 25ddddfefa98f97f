// The eVSB simulator: a real HTTP server on loopback that behaves as the supplier does, and can be told to fail.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveAdmin } from './admin.ts';
import { openBooks } from './books.ts';
import type { Books } from './books.ts';
import { balanceCurrency } from './catalogue/snapshots.ts';
import { createControl } from './control.ts';
import type { Control } from './control.ts';
import { openDebts } from './debts.ts';
import { serveApi } from './exchange.ts';
import { createFaultPlan } from './faults.ts';
import { createRandom } from './random.ts';
import { openSales } from './sales.ts';
import { createShelf } from './shelf.ts';
import type { Simulation } from './simulation.ts';
import { createSwitchBoard } from './switches.ts';
import type { Switches } from './switches.ts';

/** What the simulator is started with; every switch may be given too, and changed later. */
export type EvsbSimulatorOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  terminalId: number;
  user: string;
  password: string;
  /** Hundredths of the balance currency. */
  openingBalanceX100: number;
  /** The same seed makes the same draws and, for the same references, the same codes. */
  seed?: number;
  /** Epoch milliseconds; the system's clock by default. Waits of faults always take real time. */
  now?: () => number;
} & Partial<Switches>;

export type EvsbSimulator = {
  /** The base address, without a slash at the end. */
  url: string;
  books: Books;
  control: Control;
  /** Stops listening, resets open connections and forgets what was due later. */
  close: () => Promise<void>;
};

/** Starts the simulator on 127.0.0.1. Rejects when the port is taken, or with a zod error when a switch is wrong. */
export const startEvsbSimulator = async (options: EvsbSimulatorOptions): Promise<EvsbSimulator> => {
  const { port = 0, terminalId, user, password, openingBalanceX100, seed = 1, now = Date.now, ...switches } = options;
  const board = createSwitchBoard(switches);
  const random = createRandom(seed);
  const faults = createFaultPlan(random);
  const control = createControl(board, faults);
  const closing = new AbortController();
  const keeper = openBooks(balanceCurrency, openingBalanceX100);

  const simulation: Simulation = {
    terminalId,
    seed,
    openedAt: now(),
    now: () => now() + board.read().clockSkewMs,
    random,
    later: (ms, work) => void sleep(ms, undefined, { signal: closing.signal }).then(work, () => undefined),
    switches: board.read,
    keeper,
    sales: openSales(),
    debts: openDebts(),
    ...createShelf(() => control.snapshot, board.read),
  };
  const front = { simulation, credentials: { user, password }, faults, control, closing: closing.signal };

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const served = path.startsWith('/_sim/')
      ? serveAdmin(request, response, path, keeper.books, control)
      : serveApi(request, response, path, front);
    served.catch((error: unknown) => {
      response.destroy();
      // Whatever waits when the simulator closes is aborted; anything else is a bug and must be loud.
      if (!closing.signal.aborted) process.emitWarning(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    books: keeper.books,
    control,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
