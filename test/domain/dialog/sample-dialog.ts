// Drives the dialogue in tests: answers its questions from a scripted world, offers the buttons of its views, and draws random walks.
import { assertNever, fail, ok } from '../../../src/domain/result.ts';
import type { Result } from '../../../src/domain/result.ts';
import type { Product } from '../../../src/domain/catalog.ts';
import type { BatchAction, LineError } from '../../../src/domain/dialog/batch-words.ts';
import { priceOfPayment } from '../../../src/domain/bill.ts';
import { formOf, sellsItems } from '../../../src/domain/form.ts';
import { phones } from '../phones.ts';
import { atRetail, priceFromCatalog, quoteOf } from '../../../src/domain/quote.ts';
import type { Quote, QuoteError } from '../../../src/domain/quote.ts';
import type { FlowAction } from '../../../src/domain/dialog/action.ts';
import type { Effect, LineToPlace, Question } from '../../../src/domain/dialog/effect.ts';
import type { DialogEvent, EffectAnswer, PlaceError, RecalledOrder } from '../../../src/domain/dialog/event.ts';
import type { KeepsakeAnswer } from '../../../src/domain/dialog/keepsake-answer.ts';
import type { KeepsakeQuestion } from '../../../src/domain/dialog/keepsake-words.ts';
import { newDialog } from '../../../src/domain/dialog/state.ts';
import type { CompleteDraft, DialogState } from '../../../src/domain/dialog/state.ts';
import type { World } from '../../../src/domain/dialog/step.ts';
import { transition } from '../../../src/domain/dialog/transition.ts';
import type { FlowView, OrderSummary, Repeat, View } from '../../../src/domain/dialog/view.ts';
import { viewOf } from '../../../src/domain/dialog/view-of.ts';
import type { DynamicItem } from '../../../src/domain/dynamic-item.ts';
import { orderIdFromBytes } from '../../../src/domain/ids.ts';
import type { CustomerId, MessageId, OrderId, ProductId } from '../../../src/domain/ids.ts';
import type { RetailPrice } from '../../../src/domain/margin.ts';
import { money } from '../../../src/domain/money.ts';
import { instant, later } from '../../../src/domain/time.ts';
import type { Instant } from '../../../src/domain/time.ts';
import { EUR, cents, sampleCatalog } from '../sample-catalog.ts';

export const customer = 42 as CustomerId;
export const message = (id: number): MessageId => id as MessageId;

type Showing = Extract<Effect, { type: 'show' }>;
type FormAnswer = Extract<EffectAnswer, { type: 'formRead' }>['result'];

export const itemOf = (id: string, price: number, fee = 0): DynamicItem => ({
  id,
  description: `Draw ${id}`,
  endsAt: null,
  price: { send: money(price, EUR), receive: money(price, EUR), fee: cents(fee) },
});

/** More than one page of them; the last one has a fee. */
export const sampleItems = [...Array.from({ length: 9 }, (_, i) => itemOf(`D-${i}`, 300 + i)), itemOf('D-9', 300, 50)];

/** Of somebody who keeps nothing. */
const answerKeepsake = (question: KeepsakeQuestion): KeepsakeAnswer => {
  switch (question.type) {
    case 'makeLink':
      return { type: 'linkMade', result: fail('notFound') };
    case 'openLink':
      return { type: 'linkOpened', result: fail('unknown') };
    case 'takeLinkBack':
      return { type: 'linkTakenBack', result: 'notFound' };
    case 'listNumbers':
      return { type: 'numbersRead', numbers: [], notice: null };
    case 'findNumber':
      return { type: 'numberFound', number: null };
    case 'nameNumber':
    case 'deleteNumber':
      return { type: 'numbersRead', numbers: [], notice: { about: 'number', what: 'gone' } };
    case 'noteSale':
      return { type: 'saleNoted', ask: null };
    case 'consent':
      return { type: 'consentStored', remembered: question.remember !== null };
    case 'readKept':
      return { type: 'keptRead', kept: { numbers: 0, details: [], answered: false } };
    case 'forget':
      return { type: 'forgotten' };
    default:
      return assertNever(question);
  }
};

/** A conversation with a shop whose behaviour a test can change as it goes. */
export const openDialog = (opened: World['catalog'] = sampleCatalog) => {
  let catalog = opened;
  const script: {
    now: Instant;
    quoteError: QuoteError | null;
    placeError: PlaceError | null;
    /** Why lines of these products are not bought. */
    lineErrors: ReadonlyMap<ProductId, PlaceError>;
    rateFactor: number;
    /** What the shop makes of every price; null sells at what the supplier takes. */
    retail: RetailPrice | null;
    recalled: RecalledOrder | null;
    repeats: readonly Repeat[];
    keepsake: (question: KeepsakeQuestion) => KeepsakeAnswer;
    items: readonly DynamicItem[] | null;
    /** What the supplier asks for; null: what the overlay says. */
    form: FormAnswer | null;
    /** What it asks for of some products in particular. */
    forms: ReadonlyMap<ProductId, FormAnswer>;
    debt: Extract<EffectAnswer, { type: 'invoicesRead' }>['result'];
  } = {
    now: instant(1_700_000_000_000),
    quoteError: null,
    placeError: null,
    lineErrors: new Map(),
    rateFactor: 1,
    retail: null,
    recalled: null,
    repeats: [],
    keepsake: answerKeepsake,
    items: sampleItems,
    form: null,
    forms: new Map(),
    debt: fail({ kind: 'noQuery' }),
  };
  let state: DialogState = newDialog(script.now);
  let minted = 0;
  const questions: Question[] = [];
  const orders = new Map<OrderId, OrderSummary>();
  const said: Showing[] = [];
  const toasts: string[] = [];

  const sold = (quote: Quote): Quote => (script.retail === null ? quote : atRetail(quote, script.retail));

  const mint = (): OrderId => {
    const bytes = new Uint8Array(12);
    new DataView(bytes.buffer).setUint32(0, minted++);
    return orderIdFromBytes(bytes.map((byte, i) => (i < 4 ? byte & 31 : i)));
  };

  const place = ({ order, product, operatorName, quote, draft }: LineToPlace): Result<OrderSummary, PlaceError> => {
    const error = script.placeError ?? script.lineErrors.get(product.id) ?? null;
    if (error !== null) return fail(error);
    const { pay, receive } = quote;
    const summary = orders.get(order) ?? {
      id: order,
      productName: product.name,
      operatorName,
      family: product.family,
      account: null,
      item: draft.dynamic?.description ?? null,
      pay,
      receive,
      status: 'placed' as const,
      placedAt: script.now,
    };
    orders.set(order, summary);
    return ok(summary);
  };

  const priceLine = (product: Product, draft: CompleteDraft): Result<Quote, LineError> => {
    if (product.fields.some(({ name }) => draft.fields[name] === undefined)) return fail({ kind: 'needsDetails' });
    const priced = answer({ type: 'quote', product, draft });
    return priced.type === 'quoted' ? priced.result : fail({ kind: 'supplierDown' });
  };

  const answer = (question: Question): EffectAnswer => {
    switch (question.type) {
      case 'quote': {
        if (script.quoteError !== null) return { type: 'quoted', result: fail(script.quoteError) };
        const { product, draft } = question;
        const { choice, dynamic, bill } = draft;
        if (sellsItems(product, draft) !== (dynamic !== null)) return { type: 'quoted', result: fail({ kind: 'itemGone' }) };
        if (dynamic !== null) {
          const item = script.items?.find(({ id }) => id === dynamic.id);
          if (item === undefined) return { type: 'quoted', result: fail({ kind: 'itemGone' }) };
          return { type: 'quoted', result: ok(sold(quoteOf(product, choice, item.price, false, script.now))) };
        }
        if (bill !== null) {
          const owed = script.debt.ok ? priceOfPayment(script.debt.value, bill.payment, product) : fail('gone');
          if (!owed.ok || !script.debt.ok) return { type: 'quoted', result: fail({ kind: 'itemGone' }) };
          const paid = { direction: 'direct', amount: owed.value.send.hundredths } as const;
          const { returned } = script.debt.value;
          return { type: 'quoted', result: ok(quoteOf(product, paid, owed.value, false, script.now)), returned };
        }
        const { rate } = product;
        const moved = rate && { ...rate, units: String(Math.round(Number(rate.units) * script.rateFactor)) };
        const price = priceFromCatalog({ ...product, rate: moved }, choice);
        return {
          type: 'quoted',
          result: price.ok ? ok(sold(quoteOf(product, choice, price.value, false, script.now))) : price,
        };
      }
      case 'place':
        return { type: 'placed', result: place(question) };
      case 'priceLines':
        return {
          type: 'linesPriced',
          prices: question.lines.map(({ product, draft, shown }) => ({
            order: shown?.order ?? mint(),
            result: shown !== null && orders.has(shown.order) ? ok(shown.quote) : priceLine(product, draft),
          })),
        };
      case 'placeLines':
        return { type: 'linesPlaced', results: question.lines.map(place) };
      case 'readForm': {
        const { product } = question;
        const asked = script.forms.get(product.id) ?? script.form;
        return { type: 'formRead', result: asked ?? ok({ form: formOf(product, { form: null }), known: {} }) };
      }
      case 'readInvoices':
        return { type: 'invoicesRead', result: script.debt };
      case 'listItems':
        return { type: 'itemsListed', items: script.items };
      case 'recall':
        return { type: 'recalled', order: script.recalled };
      case 'find':
        return { type: 'found', order: orders.get(question.order) ?? null };
      case 'reviveNews':
        return { type: 'newsRevived' };
      case 'listOrders':
        return { type: 'ordersListed', orders: [] };
      case 'showOrder':
        return { type: 'orderShown', found: null };
      case 'admin':
        throw new Error(`A ${question.type} question has its own tests`);
      case 'agent':
        return { type: 'agent', answer: { type: 'shown', view: null, notice: { type: 'notMember' } } };
      case 'recentOrders':
        return { type: 'recentOrdersRead', repeats: script.repeats };
      case 'keepsake':
        return { type: 'keepsake', answer: script.keepsake(question.question) };
      case 'readBalance':
        return { type: 'balanceRead', balances: [] };
      default:
        return assertNever(question);
    }
  };

  const happen = (event: DialogEvent): void => {
    let next: DialogEvent | null = event;
    while (next !== null) {
      const step = transition(state, next, {
        now: script.now,
        catalog,
        newOrderId: mint(),
        phones,
        isAdmin: false,
        speaker: { customer, language: 'en' },
      });
      state = step.state;
      next = null;
      for (const effect of step.effects) {
        if (effect.type === 'show') said.push(effect);
        if (effect.type === 'toast') toasts.push(effect.notice.type);
        if (effect.type === 'ask') {
          questions.push(effect.question);
          next = answer(effect.question);
        }
      }
    }
  };

  return {
    script,
    questions,
    orders,
    said,
    toasts,
    happen,
    state: () => state,
    view: (): FlowView => viewOf(state.screen, catalog),
    last: (): Showing | undefined => said.at(-1),
    type: (text: string) => happen({ type: 'typed', text: text.replaceAll('\n', ' '), lines: text.split('\n') }),
    /** Taps a button of the current screen on the message where the flow lives. */
    tap: (action: FlowAction, on = message(1)) => happen({ type: 'tappedFlow', action, revision: state.revision, message: on }),
    /** The catalogue as it is from now on. */
    sell: (next: World['catalog']) => {
      catalog = next;
    },
    wait: (milliseconds: number) => {
      script.now = later(script.now, milliseconds);
    },
    placed: (): readonly LineToPlace[] =>
      questions.flatMap((question) =>
        question.type === 'placeLines' ? question.lines : question.type === 'place' ? [question] : [],
      ),
  };
};

/** The flow buttons that a view offers. */
export const buttonsOf = (view: View): readonly FlowAction[] => {
  const exits: readonly FlowAction[] = [{ type: 'back' }, { type: 'cancel' }];
  const pages = (list: { readonly page: number; readonly pages: number }): readonly FlowAction[] =>
    list.pages > 1 ? [{ type: 'turnPage', page: (list.page + 1) % list.pages }] : [];
  switch (view.type) {
    case 'closed':
      return [{ type: 'retry' }];
    case 'countries':
      return [...view.list.items.map((country) => ({ type: 'pickCountry', country: country.id }) as const), ...pages(view.list)];
    case 'operators':
      return [
        ...view.list.items.map((operator) => ({ type: 'pickOperator', operator: operator.id }) as const),
        ...pages(view.list),
        ...exits,
      ];
    case 'products':
      return [
        ...view.list.items.map((product) => ({ type: 'pickProduct', product: product.id }) as const),
        ...pages(view.list),
        ...exits,
      ];
    case 'items': {
      const items = view.list?.items.map(({ index }) => ({ type: 'pickItem', index }) as const) ?? [];
      return [...(items.length === 0 ? [{ type: 'retry' } as const] : items), ...(view.list ? pages(view.list) : []), ...exits];
    }
    case 'amount': {
      const amounts = view.choices.items.map(({ amount }) => ({ type: 'pickAmount', amount }) as const);
      return [...amounts, ...pages(view.choices), ...(view.canSwitch ? [{ type: 'switchDirection' } as const] : []), ...exits];
    }
    case 'field': {
      const options = view.field.options?.map((_, index) => ({ type: 'pickOption', index }) as const) ?? [];
      return [...options, ...view.suggestions.map((_, index) => ({ type: 'pickSuggestion', index }) as const), ...exits];
    }
    case 'invoices': {
      const choices = view.list.items.filter(({ payable }) => payable);
      return [
        ...choices.map(({ index }) => ({ type: 'toggleInvoice', index }) as const),
        ...pages(view.list),
        ...(view.payable && view.sum !== null ? [{ type: 'payDebt' } as const] : []),
        ...exits,
      ];
    }
    case 'processing':
      return exits;
    case 'batch': {
      const taps = view.list.items.flatMap((line): readonly BatchAction[] => {
        const at = line.number - 1;
        if (line.kind === 'open' && line.error?.kind === 'needsDetails') return [{ type: 'alone', line: at }];
        return line.kind === 'choose'
          ? line.candidates.map((_, candidate) => ({ type: 'choose', line: at, candidate }) as const)
          : [];
      });
      const buy: readonly BatchAction[] = view.buy === null ? [] : [{ type: 'buy' }];
      return [...[...taps, ...buy].map((action) => ({ type: 'batch', action }) as const), ...pages(view.list), ...exits];
    }
    case 'quoteFailed':
      return [{ type: 'retry' }, ...exits];
    case 'price':
      return [...(view.sellable ? [{ type: 'confirm', order: view.order } as const] : []), ...exits];
    default:
      return [];
  }
};
