// Keeps the catalogue: fetched at the start and on a schedule, less what is stopped; the last good copy stays when a fetch fails.
import { MOST_LISTED } from '../domain/alert.ts';
import { composeCatalog, isSold } from '../domain/catalog.ts';
import type { Catalog, ListedProduct, Overlay, Product } from '../domain/catalog.ts';
import { differences } from '../domain/catalog-difference.ts';
import { parseProductId } from '../domain/ids.ts';
import type { ProductId } from '../domain/ids.ts';
import { isMarkedUp } from '../domain/margin.ts';
import type { MarginRule } from '../domain/margin.ts';
import type { Stop } from '../domain/stop.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { Alerts } from './ports/alerts.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Supplier } from './ports/supplier.ts';

export type CatalogKeeper = {
  /** The last good copy, without what is stopped; null before the first. */
  current(): Catalog | null;
  /** When the copy was fetched; null before the first. */
  fetchedAt(): Instant | null;
  /** Fetches once; true when there is a new copy. Tells the operator how it differs from the one before, and what it lacks. */
  refresh(): Promise<boolean>;
  /** From now on exactly these stops keep products from being sold; there are none before the first call. */
  setStops(stops: readonly Stop[]): void;
  /** Refreshes on schedule until `signal` aborts; the first fetch is `refresh`. */
  run(signal: AbortSignal): Promise<void>;
};

const REFRESH_EVERY = 15 * MINUTE;
const RETRY_AFTER = 10 * SECOND;

export const createCatalogKeeper = (deps: {
  readonly supplier: Pick<Supplier, 'portfolio'>;
  readonly overlay: Overlay;
  readonly margins: readonly MarginRule[];
  /** Whether products whose unit nobody has confirmed are sold: in the sandbox only. */
  readonly sellAssumed: boolean;
  readonly alerts: Pick<Alerts, 'raiseAlert'>;
  readonly clock: Clock;
  readonly log: Log;
}): CatalogKeeper => {
  const { overlay, margins, sellAssumed, alerts, clock, log } = deps;
  let stops: readonly Stop[] = [];
  let listed: readonly ListedProduct[] | null = null;
  let catalog: Catalog | null = null;
  let fetchedAt: Instant | null = null;
  /** The list that the operator knows: where an alert could not be stored, what it was about is told with the next one. */
  let told: readonly ListedProduct[] | null = null;

  const isMarked = ({ id, countryId }: Product): boolean => isMarkedUp(margins, { product: id, country: countryId });

  const compose = (list: readonly ListedProduct[]): Catalog => {
    listed = list;
    return (catalog = composeCatalog(list, overlay, sellAssumed, stops, isMarked));
  };

  const isOurs = (product: ProductId): boolean => isSold(overlay[String(product)], sellAssumed);

  /** What the overlay means to sell and the list does not have. */
  const missingFrom = (list: readonly ListedProduct[]): readonly ProductId[] => {
    const there = new Set(list.map(({ id }) => id));
    return Object.keys(overlay).flatMap((key) => {
      const id = parseProductId(Number(key));
      return id.ok && isOurs(id.value) && !there.has(id.value) ? [id.value] : [];
    });
  };

  const tellMissing = async (missing: readonly ProductId[]): Promise<void> => {
    if (missing.length === 0) return;
    const products = missing.slice(0, MOST_LISTED);
    await alerts.raiseAlert({ type: 'productsMissing', products, total: missing.length }, clock.now());
  };

  const tellDifferences = async (before: readonly ListedProduct[], after: readonly ListedProduct[]): Promise<void> => {
    const all = differences(before, after);
    if (all.length === 0) return;
    const count = (kind: string): number => all.filter((difference) => difference.kind === kind).length;
    log.info('catalogChanged', { added: count('added'), removed: count('removed'), changed: count('changed') });
    const ours = all.filter(({ product }) => isOurs(product));
    for (const difference of ours) {
      const parts = difference.kind === 'changed' ? difference.parts.join(' ') : null;
      log.info('soldProductChanged', { product: difference.product, kind: difference.kind, parts });
    }
    if (ours.length === 0) return;
    const first = ours.slice(0, MOST_LISTED);
    await alerts.raiseAlert({ type: 'catalogChanged', differences: first, total: ours.length }, clock.now());
  };

  const tell = async (list: readonly ListedProduct[], missing: readonly ProductId[]): Promise<void> => {
    await tellMissing(missing);
    if (told !== null) await tellDifferences(told, list);
    told = list;
  };

  const refresh = async (): Promise<boolean> => {
    const fetched = await deps.supplier.portfolio();
    if (!fetched.ok) {
      log.error('catalogNotFetched', { error: fetched.error.kind, keepingOld: catalog !== null });
      return false;
    }
    if (fetched.value.length === 0 && catalog !== null) {
      // A supplier that lists nothing at all is more likely to be broken than sold out.
      log.error('catalogEmpty', { keepingOld: true });
      return false;
    }
    const { products, operators } = compose(fetched.value);
    fetchedAt = clock.now();
    const missing = missingFrom(fetched.value);
    log.info('catalogFetched', {
      listed: fetched.value.length,
      sold: products.size,
      operators: operators.length,
      missing: missing.length,
    });
    // The shop goes on without the ledger as far as it can: a catalogue needs none.
    await tell(fetched.value, missing).catch((error: unknown) => log.error('catalogAlertNotRaised', {}, error));
    return true;
  };

  return {
    current: () => catalog,
    fetchedAt: () => fetchedAt,
    refresh,
    setStops: (now) => {
      stops = now;
      if (listed !== null) compose(listed);
    },
    run: async (signal) => {
      let fresh = catalog !== null;
      for (;;) {
        await clock.sleep(fresh ? REFRESH_EVERY : RETRY_AFTER, signal);
        if (signal.aborted) return;
        fresh = await refresh();
      }
    },
  };
};
