// A batch in the conversation: typed lines become orders with prices, and one tap buys all that can be bought of them.
import type { Catalog, Product } from '../catalog.ts';
import { findOperator } from '../catalog.ts';
import { MOST_TYPED_LINES, accountOf, looksLikeOrder, readOrderLines } from '../one-line.ts';
import type { OrderLine } from '../one-line.ts';
import { accountMask } from '../line-parts.ts';
import type { Phone } from '../phone.ts';
import { phoneWarnings } from '../phone-warnings.ts';
import { isExpired, isSellable, samePrice } from '../quote.ts';
import { assertNever } from '../result.ts';
import type { BatchAction, BatchLine, LineWish, Target } from './batch-words.ts';
import { MOST_BATCH_LINES, batchOrderOf } from './batch-words.ts';
import { completeDraft } from './draft.ts';
import type { LineToPlace, LineToPrice } from './effect.ts';
import type { EffectAnswer, PlaceError } from './event.ts';
import { newDraft } from './state.ts';
import type { CompleteDraft, DialogState, Pending, Screen } from './state.ts';
import { ask, goHome, goTo, showAgain } from './step.ts';
import type { Step, World } from './step.ts';
import type { Notice } from './view.ts';

type BatchScreen = Extract<Screen, { at: 'batch' }>;
type ReadyLine = Extract<BatchLine, { kind: 'ready' }>;
type PendingPrices = Extract<Pending, { for: 'priceLines' }>;
type PendingPlaces = Extract<Pending, { for: 'placeLines' }>;
type Answer<Type extends EffectAnswer['type']> = Extract<EffectAnswer, { type: Type }>;

const targetOf = (product: Product, phone: Phone | null): Target =>
  phone === null
    ? { product: product.id, account: null, warnings: [] }
    : {
        product: product.id,
        account: accountOf(product, phone),
        warnings: phoneWarnings({ countryId: product.countryId, mask: accountMask(product)?.mask ?? null }, phone),
      };

const lineOf = (line: OrderLine): BatchLine => {
  switch (line.kind) {
    case 'ready': {
      const { product, amount: choice, phone, repaired } = line;
      return { kind: 'open', ...targetOf(product, phone), choice, repaired, error: null };
    }
    case 'choose': {
      const candidates = line.candidates.map((product) => targetOf(product, line.phone));
      return { kind: 'choose', choice: line.amount, candidates };
    }
    case 'problem':
      return { ...line, product: line.product?.id ?? null };
    default:
      return assertNever(line);
  }
};

/** What is typed beside a batch takes the places of its lines that can't be bought, then of those with a choice; the rest is added. */
const mended = (lines: readonly BatchLine[], typed: readonly BatchLine[]): readonly BatchLine[] => {
  const places = [...lines.keys()];
  const isBroken = (i: number): boolean => lines[i]?.kind === 'problem' || lines[i]?.kind === 'open';
  const free = [...places.filter(isBroken), ...places.filter((i) => lines[i]?.kind === 'choose')].slice(0, typed.length);
  const kept = lines.map((line, i) => typed[free.indexOf(i)] ?? line);
  return [...kept, ...typed.slice(free.length)];
};

/** Makes a batch of what was typed, or mends one with it. Null for what orders nothing. */
export const typeBatch = (state: DialogState, typed: readonly string[], catalog: Catalog, world: World): Step | null => {
  const { screen } = state;
  const head = typed.slice(0, MOST_TYPED_LINES);
  if (screen.at !== 'batch' && !looksLikeOrder(head, catalog, world.phones)) return null;
  const read = readOrderLines(head, catalog, world.phones).map(lineOf);
  if (read.length === 0) return showAgain(state, world, { type: 'useButtons' });
  const lines = screen.at === 'batch' ? mended(screen.lines, read) : read;
  return lines.length > MOST_BATCH_LINES || typed.length > head.length
    ? showAgain(state, world, { type: 'tooManyLines', most: MOST_BATCH_LINES })
    : askPrices(state, lines, unpriced(lines), world);
};

const unpriced = (lines: readonly BatchLine[]): readonly number[] =>
  [...lines.keys()].filter((i) => {
    const line = lines[i];
    return line?.kind === 'open' && line.error === null;
  });

const draftOf = ({ product, account, warnings, choice }: LineWish, twin: CompleteDraft['twin']): CompleteDraft => ({
  ...newDraft(product),
  fields: account === null ? {} : { account },
  warnings,
  choice,
  twin,
});

const showBatch = (state: DialogState, lines: readonly BatchLine[], world: World, notice: Notice | null = null): Step => {
  const page = state.screen.at === 'batch' ? state.screen.page : 0;
  return goTo(state, { at: 'batch', lines, page }, world, notice);
};

/** Asks for the prices of the lines at these places. `confirmed`: they are bought if nothing has changed. */
const askPrices = (
  state: DialogState,
  lines: readonly BatchLine[],
  wanted: readonly number[],
  world: World,
  confirmed = false,
): Step => {
  const asked = wanted.flatMap((place): readonly { readonly place: number; readonly line: LineToPrice }[] => {
    const line = lines[place];
    const product =
      line === undefined || !('product' in line) || line.product === null ? undefined : world.catalog?.products.get(line.product);
    if (product === undefined || (line?.kind !== 'ready' && line?.kind !== 'open')) return [];
    const shown = line.kind === 'ready' ? { order: line.order, quote: line.quote } : null;
    return [{ place, line: { product, draft: draftOf(line, null), shown } }];
  });
  if (asked.length === 0) return showBatch(state, lines, world);
  const pending: PendingPrices = { for: 'priceLines', lines, places: asked.map(({ place }) => place), confirmed };
  return ask(state, pending, { type: 'priceLines', lines: asked.map(({ line }) => line) });
};

/** The prices that were asked for. A batch that was confirmed and costs something else than it said is shown once more. */
export const linesPriced = (
  state: DialogState,
  pending: PendingPrices,
  { prices }: Answer<'linesPriced'>,
  world: World,
): Step => {
  const lines = pending.lines.map((line, i): BatchLine => {
    const price = prices[pending.places.indexOf(i)];
    if (price === undefined || (line.kind !== 'ready' && line.kind !== 'open')) return line;
    const { product, account, warnings, choice, repaired } = line;
    const wish = { product, account, warnings, choice, repaired };
    const { order, result } = price;
    if (!result.ok || !isSellable(result.value)) {
      return { ...wish, kind: 'open', error: result.ok ? { kind: 'notSellable' } : result.error };
    }
    const quote = result.value;
    if (line.kind === 'open') return { ...wish, kind: 'ready', order, quote, twin: null, trouble: null };
    return { ...line, quote };
  });
  const moved = pending.lines.some((before, i) => {
    const after = lines[i];
    return before.kind === 'ready' && !(after?.kind === 'ready' && samePrice(before.quote, after.quote));
  });
  if (pending.confirmed && !moved) return place(state, lines, world);
  return showBatch(state, lines, world, moved ? { type: 'batchMoved' } : null);
};

/** The lines that one tap buys, with their places. */
const buyable = (
  lines: readonly BatchLine[],
  { catalog }: World,
): readonly { readonly line: ReadyLine; readonly place: number }[] =>
  lines.flatMap((line, i) => (line.kind === 'ready' && catalog?.products.has(line.product) ? [{ line, place: i }] : []));

const buy = (state: DialogState, { lines }: BatchScreen, world: World): Step => {
  const ready = buyable(lines, world);
  if (ready.length === 0) return showAgain(state, world, { type: 'buttonExpired' });
  const lapsed = ready.filter(({ line }) => isExpired(line.quote, world.now)).map((one) => one.place);
  return lapsed.length > 0 ? askPrices(state, lines, lapsed, world, true) : place(state, lines, world);
};

const place = (state: DialogState, lines: readonly BatchLine[], world: World): Step => {
  const { living } = state;
  if (living === null) throw new Error('A batch was confirmed without a button');
  const asked = buyable(lines, world).flatMap(
    ({ line, place: at }): readonly { readonly at: number; readonly line: LineToPlace }[] => {
      const product = world.catalog?.products.get(line.product);
      const operator = product && world.catalog && findOperator(world.catalog, product.operatorId);
      if (product === undefined || !operator) return [];
      const { order, quote, twin } = line;
      return [{ at, line: { product, operatorName: operator.name, draft: draftOf(line, twin), quote, order } }];
    },
  );
  return ask(
    state,
    { for: 'placeLines', lines, places: asked.map(({ at }) => at) },
    { type: 'placeLines', lines: asked.map(({ line }) => line), progress: living },
  );
};

/** A line that was not bought. Without `error` and `trouble` its price is asked for again. */
const refused = (line: ReadyLine, error: PlaceError): BatchLine => {
  const { product, account, warnings, choice, repaired } = line;
  const open = { kind: 'open', product, account, warnings, choice, repaired } as const;
  switch (error.kind) {
    case 'outOfFunds':
    case 'limitReached':
      return { ...line, trouble: error };
    case 'boughtJustNow':
      return { ...line, twin: error.twin.id, trouble: { kind: 'boughtJustNow', at: error.twin.placedAt } };
    case 'priceMoved':
      return { ...open, error: null };
    case 'blocked':
      return { ...open, error };
    case 'stopped':
    case 'idTaken':
      return { ...open, error: { kind: 'notAvailable' } };
    default:
      return assertNever(error);
  }
};

/**
 * What came of a confirmation. Where the orders were confirmed their progress is shown from now on, so what could not be bought moves
 * below it, as a batch of its own.
 */
export const linesPlaced = (
  state: DialogState,
  pending: PendingPlaces,
  { results }: Answer<'linesPlaced'>,
  world: World,
): Step => {
  const orders = results.flatMap((result) => (result.ok ? [batchOrderOf(result.value)] : []));
  const refusal = (i: number): PlaceError | null => {
    const result = results[pending.places.indexOf(i)];
    return result === undefined || result.ok ? null : result.error;
  };
  const lines = pending.lines.map((line, i): BatchLine => {
    const error = refusal(i);
    return line.kind !== 'ready' || error === null ? line : refused(line, error);
  });
  if (orders.length === 0) return askPrices(state, lines, unpriced(lines), world);
  const left = lines.filter((_, i) => refusal(i) !== null);
  if (left.length === 0) return goTo(state, { at: 'batchPlaced', orders }, world);
  const below = { ...state, screen: { at: 'batch', lines: left, page: 0 } as const, living: null };
  const next = askPrices(below, left, unpriced(left), world);
  const progress = { type: 'show', view: { type: 'batchPlaced', orders }, notice: null, replace: state.living } as const;
  return { ...next, effects: [progress, ...next.effects] };
};

const choose = (state: DialogState, { lines }: BatchScreen, at: number, candidate: number, world: World): Step => {
  const line = lines[at];
  const chosen = line?.kind === 'choose' ? line.candidates[candidate] : undefined;
  if (line?.kind !== 'choose' || chosen === undefined) return showAgain(state, world, { type: 'buttonExpired' });
  const next = lines.with(at, { kind: 'open', ...chosen, choice: line.choice, repaired: null, error: null });
  return askPrices(state, next, [at], world);
};

const buyAlone = (state: DialogState, { lines }: BatchScreen, at: number, world: World): Step => {
  const line = lines[at];
  if (line?.kind !== 'open') return showAgain(state, world, { type: 'buttonExpired' });
  const product = world.catalog?.products.get(line.product);
  return product === undefined
    ? goHome(state, world, { type: 'productGone' })
    : completeDraft(state, product, draftOf(line, null), world);
};

export const tapBatch = (state: DialogState, screen: BatchScreen, action: BatchAction, world: World): Step => {
  switch (action.type) {
    case 'buy':
      return buy(state, screen, world);
    case 'choose':
      return choose(state, screen, action.line, action.candidate, world);
    case 'alone':
      return buyAlone(state, screen, action.line, world);
    default:
      return assertNever(action);
  }
};
