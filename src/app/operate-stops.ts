// Stops: put and lifted by those who run the shop, and brought to the catalogue of every process within seconds.
import type { Confirmed } from '../domain/admin-action.ts';
import type { NamedStop } from '../domain/stop-scope.ts';
import type { StopScope } from '../domain/stop.ts';
import { SECOND } from '../domain/time.ts';
import type { CatalogKeeper } from './keep-catalog.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Stops } from './ports/operations.ts';

export type OperateStops = {
  put(stop: Pick<NamedStop, 'scope' | 'name' | 'why'>, confirmed: Confirmed): Promise<'put' | 'existed'>;
  lift(scope: StopScope, confirmed: Confirmed): Promise<'lifted' | 'notThere'>;
  /** Reads the stops once and hands them to the catalogue. Throws when the ledger does. */
  refresh(): Promise<void>;
  /** Refreshes until `signal` aborts: another process, or the bot itself, may have put one. */
  run(signal: AbortSignal): Promise<void>;
};

/** For how long a process may offer what another one has stopped; placing an order looks into the ledger again. */
const REFRESH_EVERY = 15 * SECOND;

export const createOperateStops = (deps: {
  readonly stops: Stops;
  readonly catalog: Pick<CatalogKeeper, 'setStops'>;
  readonly clock: Clock;
  readonly log: Log;
}): OperateStops => {
  const { stops, catalog, clock, log } = deps;

  const refresh = async (): Promise<void> => catalog.setStops(await stops.stops());

  return {
    put: async ({ scope, name, why }, { key, by, at }) => {
      const put = await stops.putStop({ scope, name, why, by, since: at }, key);
      log.info('stopPut', { scope: scope.kind, by, outcome: put });
      await refresh();
      return put;
    },

    lift: async (scope, confirmed) => {
      const lifted = await stops.liftStop(scope, confirmed);
      log.info('stopLifted', { scope: scope.kind, by: confirmed.by, outcome: lifted });
      await refresh();
      return lifted;
    },

    refresh,

    run: async (signal) => {
      while (!signal.aborted) {
        await refresh().catch((error: unknown) => log.error('stopsNotRead', {}, error));
        await clock.sleep(REFRESH_EVERY, signal);
      }
    },
  };
};
