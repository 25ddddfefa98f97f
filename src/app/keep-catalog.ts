// Keeps the catalogue: fetched at the start and on a schedule; the last good copy stays when a fetch fails.
import { composeCatalog } from '../domain/catalog.ts';
import type { Catalog, Overlay } from '../domain/catalog.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Supplier } from './ports/supplier.ts';

export type CatalogKeeper = {
  /** The last good copy; null before the first. */
  current(): Catalog | null;
  /** Fetches once; true when there is a new copy. */
  refresh(): Promise<boolean>;
  /** Refreshes on schedule until `signal` aborts; the first fetch is `refresh`. */
  run(signal: AbortSignal): Promise<void>;
};

const REFRESH_EVERY = 15 * MINUTE;
const RETRY_AFTER = 10 * SECOND;

export const createCatalogKeeper = (deps: {
  readonly supplier: Pick<Supplier, 'portfolio'>;
  readonly overlay: Overlay;
  /** Whether products whose unit nobody has confirmed are sold: in the sandbox only. */
  readonly sellAssumed: boolean;
  readonly clock: Clock;
  readonly log: Log;
}): CatalogKeeper => {
  let catalog: Catalog | null = null;

  const refresh = async (): Promise<boolean> => {
    const listed = await deps.supplier.portfolio();
    if (!listed.ok) {
      deps.log.error('catalogNotFetched', { error: listed.error.kind, keepingOld: catalog !== null });
      return false;
    }
    if (listed.value.length === 0 && catalog !== null) {
      // A supplier that lists nothing at all is more likely to be broken than sold out.
      deps.log.error('catalogEmpty', { keepingOld: true });
      return false;
    }
    catalog = composeCatalog(listed.value, deps.overlay, deps.sellAssumed);
    deps.log.info('catalogFetched', {
      listed: listed.value.length,
      sold: catalog.products.size,
      operators: catalog.operators.length,
    });
    return true;
  };

  return {
    current: () => catalog,
    refresh,
    run: async (signal) => {
      let fresh = catalog !== null;
      for (;;) {
        await deps.clock.sleep(fresh ? REFRESH_EVERY : RETRY_AFTER, signal);
        if (signal.aborted) return;
        fresh = await refresh();
      }
    },
  };
};
