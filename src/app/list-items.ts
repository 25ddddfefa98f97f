// What a dynamic product sells right now: asked of the supplier each time, and kept only where it can be priced without guessing.
import type { Product } from '../domain/catalog.ts';
import { isEndDate, parseEndDate } from '../domain/dynamic-item.ts';
import type { DynamicItem } from '../domain/dynamic-item.ts';
import { MAX_HUNDREDTHS, money, parseCurrency } from '../domain/money.ts';
import { ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { Recharges } from './ports/families.ts';
import type { Log } from './ports/log.ts';
import type { DynamicVoucher, Supplier, SupplierError } from './ports/supplier.ts';

/** `account`: whose items they are, for top-ups; null where all are offered the same. */
export type ListItems = (product: Product, account: string | null) => Promise<Result<readonly DynamicItem[], SupplierError>>;

/** A list is part of a session while it is shown, so it has an end. */
const MOST_ITEMS = 60;
/** In characters. */
const MOST_DESCRIPTION = 200;
/** A longer id is no id that the purchase could name. */
const MOST_ID = 200;

const isAmount = (amount: number | null): amount is number => amount !== null && amount > 0 && amount <= MAX_HUNDREDTHS;

/** When an item is drawn; null for one that says nothing of it. The offers of a top-up may end as well, but nothing is drawn then. */
const endOf = ({ extra }: DynamicVoucher, { family, timeZone }: Product): Instant | 'unreadable' | null => {
  if (family !== 'voucher') return null;
  const text = extra.find(({ key }) => isEndDate(key))?.value.trim() ?? '';
  return text === '' ? null : (parseEndDate(text, timeZone) ?? 'unreadable');
};

export const createListItems = ({
  supplier,
  log,
}: {
  readonly supplier: Pick<Supplier, 'dynamicVouchers'> & Pick<Recharges, 'rechargeProducts'>;
  readonly log: Log;
}): ListItems => {
  /** Null for an item without a price that can be relied on. */
  const itemOf = (product: Product, voucher: DynamicVoucher): DynamicItem | null => {
    const { id, send, receive, destinationCurrency } = voucher;
    const fee = voucher.fee ?? 0;
    const currency = destinationCurrency === null ? ok(product.destinationCurrency) : parseCurrency(destinationCurrency);
    if (!currency.ok || id.length > MOST_ID || !isAmount(send) || !isAmount(receive) || fee > MAX_HUNDREDTHS) {
      log.warn('dynamicItemLeftOut', { product: product.id });
      return null;
    }
    const end = endOf(voucher, product);
    if (end === 'unreadable') log.warn('endDateUnreadable', { product: product.id });
    const { hundredths } = money(fee, product.saleCurrency);
    return {
      id,
      description: voucher.description.toWellFormed().slice(0, MOST_DESCRIPTION),
      endsAt: end === 'unreadable' ? null : end,
      price: { send: money(send, product.saleCurrency), receive: money(receive, currency.value), fee: hundredths },
    };
  };

  return async (product, account) => {
    const listed = await (account === null
      ? supplier.dynamicVouchers(product.id)
      : supplier.rechargeProducts(product.id, account));
    if (!listed.ok) return listed;
    const items = listed.value.map((voucher) => itemOf(product, voucher)).filter((item) => item !== null);
    if (items.length > MOST_ITEMS) log.warn('dynamicItemsCut', { product: product.id, listed: items.length });
    return ok(items.slice(0, MOST_ITEMS));
  };
};
