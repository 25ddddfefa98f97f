// After a draw: asks the supplier what came of it, and finds the entry that is this order's among those of the product.
import { isEndDate } from '../domain/dynamic-item.ts';
import type { OrderTerms } from '../domain/order.ts';
import type { KeyValue } from '../domain/key-value.ts';
import type { DrawResult } from '../domain/voucher.ts';
import type { WriteStep } from './order-step.ts';
import type { Ledger, StoredOrder } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { DynamicVoucher, Supplier } from './ports/supplier.ts';

export type FollowResult = (order: StoredOrder) => Promise<void>;

/** What of a supplier's text is kept: it ends up in one message. */
const MOST_VALUES = 30;
const MOST_LENGTH = 500;

const kept = (text: string): string => text.toWellFormed().slice(0, MOST_LENGTH);

/** What the supplier may call an order by. */
export type OrderNames = {
  readonly token: string | null;
  readonly code: string | null;
  readonly supplierReference: string | null;
};

const namesOf = ({ token, code, supplierReference }: OrderNames): ReadonlySet<string> =>
  new Set([token, code, supplierReference].filter((name) => name !== null).filter((name) => name !== ''));

/**
 * The entry that names this order, of its own draw if there is one; else the only entry of the draw. Several of the same draw that name
 * others, or nobody, are not told apart by guessing.
 */
export const ownEntry = (
  entries: readonly DynamicVoucher[],
  { dynamic }: Pick<OrderTerms, 'dynamic'>,
  orderNames: OrderNames,
): DynamicVoucher | null => {
  const names = namesOf(orderNames);
  const namesOrder = ({ extra }: DynamicVoucher): boolean => extra.some(({ value }) => names.has(value));
  const ofDraw = entries.filter(({ id }) => id === dynamic?.id);
  const [only, ...others] = ofDraw;
  return ofDraw.find(namesOrder) ?? (others.length === 0 ? only : undefined) ?? entries.find(namesOrder) ?? null;
};

/** Letters and digits are alike: tokens differ in which of them stand where. */
const shapeOf = (text: string): string => text.replace(/[\p{L}\d]/gu, 'x');

/**
 * What a customer may see of an entry, which may name everybody's tickets: where it names their own, and nothing that looks like the
 * token or the reference of somebody else, because a token can be as good as a code. What looks like a code stays: winning numbers do.
 */
export const resultFor = ({ description, extra }: DynamicVoucher, orderNames: OrderNames): DrawResult => {
  const { token, code, supplierReference } = orderNames;
  const names = namesOf(orderNames);
  const ownKeys = new Set(extra.filter(({ value }) => names.has(value)).map(({ key }) => key));
  const secretShapes = [token === code ? null : token, supplierReference].flatMap((name) => (name ? [shapeOf(name)] : []));
  const isPublic = ({ key, value }: KeyValue): boolean =>
    // When it was drawn the customer has been told since the list of items.
    !isEndDate(key) && !ownKeys.has(key) && !secretShapes.includes(shapeOf(value));
  return {
    description: kept(description),
    own: [...ownKeys].slice(0, MOST_VALUES).map(kept),
    extra: extra
      .filter(isPublic)
      .slice(0, MOST_VALUES)
      .map(({ key, value }) => ({ key: kept(key), value: kept(value) })),
  };
};

export const createFollowResult =
  (deps: {
    readonly ledger: Ledger;
    readonly supplier: Pick<Supplier, 'finishedVouchers'>;
    readonly write: WriteStep;
    readonly log: Log;
  }): FollowResult =>
  async (order) => {
    const { ledger, supplier, write, log } = deps;
    const { id, productId } = order.terms;
    const finished = await supplier.finishedVouchers(productId);
    const secrets = await ledger.secrets(id);
    // A lookup that failed says as little as a list without the draw: both count as asked in vain.
    const { token, voucher } = secrets;
    const names = { token, code: voucher?.code ?? null, supplierReference: await ledger.supplierReference(id) };
    const entry = finished.ok ? ownEntry(finished.value, order.terms, names) : null;
    const asked =
      entry === null
        ? await write(order, { type: 'missResult' })
        : await write(order, { type: 'learnResult' }, { secrets: { ...secrets, result: resultFor(entry, names) } });
    if (!asked.ok) return;
    const { state } = asked.value;
    const isOver = 'search' in state && state.search.askAt === null;
    const learnt = entry === null ? 'nothing' : 'result';
    log.info('resultAskedAbout', { order: id, learnt, outcome: finished.ok ? 'answered' : finished.error.kind });
    if (entry === null && isOver) log.warn('resultNeverLearnt', { order: id });
  };
