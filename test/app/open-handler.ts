// The update handler over in-process sessions, a chat that writes down what it is told, and orders that are only counted.
import { createSessionCodec } from '../../src/adapters/codec/session-codec.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createMemorySessions } from '../../src/adapters/memory/sessions.ts';
import type { AnswerQuestion } from '../../src/app/answer-question.ts';
import { createUpdateHandler } from '../../src/app/handle-update.ts';
import type { Channel, Screenful } from '../../src/app/ports/channel.ts';
import type { Sessions } from '../../src/app/ports/sessions.ts';
import type { CustomerUpdate } from '../../src/app/ports/updates.ts';
import { silent } from '../../src/app/telemetry.ts';
import type { FlowAction } from '../../src/domain/dialog/action.ts';
import type { CustomerEvent } from '../../src/domain/dialog/event.ts';
import { newDialog } from '../../src/domain/dialog/state.ts';
import type { OrderSummary } from '../../src/domain/dialog/view.ts';
import type { ChatId, CustomerId, MessageId } from '../../src/domain/ids.ts';
import { formOf } from '../../src/domain/form.ts';
import { priceFromCatalog, quoteOf } from '../../src/domain/quote.ts';
import { ok } from '../../src/domain/result.ts';
import { phones } from '../domain/phones.ts';
import { LIST, cents, sampleCatalog } from '../domain/sample-catalog.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const sessionCodec = createSessionCodec(createSealer(newSealingKey()));

export const chat = 42 as ChatId;
export const message = 7 as MessageId;

type HandlerOptions = {
  readonly wrap?: (sessions: Sessions) => Sessions;
  /** What an answer waits for before it is given. */
  readonly pause?: () => Promise<void>;
};

export const openHandler = ({ wrap = (sessions) => sessions, pause = () => Promise.resolve() }: HandlerOptions = {}) => {
  const clock = createTestClock();
  const sessions = wrap(createMemorySessions({ ttlSeconds: 3_600, mostChats: 10 }, clock));
  const said: (Screenful & { readonly replace: MessageId | null })[] = [];
  const taps: (string | null)[] = [];
  let busy = 0;
  const channel: Channel = {
    send: (_chat, screenful) => Promise.resolve((said.push({ ...screenful, replace: null }), ok(message))),
    replace: (_chat, replace, screenful) => Promise.resolve((said.push({ ...screenful, replace }), ok(replace))),
    answerTap: (_tap, notice) => Promise.resolve((taps.push(notice?.type ?? null), ok(null))),
    sendDocument: () => Promise.reject(new Error('not used')),
    showBusy: () => Promise.resolve((busy++, ok(null))),
  };
  const orders = new Map<string, OrderSummary>();
  const answer: AnswerQuestion = async (question) => {
    await pause();
    if (question.type === 'quote') {
      const price = priceFromCatalog(question.product, question.draft.choice);
      return {
        type: 'quoted',
        result: price.ok ? ok(quoteOf(question.product, question.draft.choice, price.value, false, clock.now())) : price,
      };
    }
    if (question.type === 'place') {
      const { pay, receive } = question.quote;
      const { name: productName } = question.product;
      const known = orders.get(question.order);
      const { order: id, operatorName } = question;
      const status = 'placed' as const;
      const { family } = question.product;
      const summary = known ?? {
        id,
        productName,
        operatorName,
        family,
        account: null,
        item: null,
        pay,
        receive,
        status,
        placedAt: clock.now(),
      };
      orders.set(id, summary);
      return { type: 'placed', result: ok(summary) };
    }
    if (question.type === 'readForm') {
      return { type: 'formRead', result: ok({ form: formOf(question.product, { form: null }), known: {} }) };
    }
    if (question.type === 'find') return { type: 'found', order: orders.get(question.order) ?? null };
    if (question.type === 'recentOrders') return { type: 'recentOrdersRead', repeats: [] };
    if (question.type === 'keepsake') return { type: 'keepsake', answer: { type: 'saleNoted', ask: null } };
    return { type: 'balanceRead', balances: [] };
  };
  const handle = createUpdateHandler({
    sessions,
    codec: sessionCodec,
    channel,
    answer,
    catalog: () => sampleCatalog,
    phones,
    admins: [],
    telemetry: silent,
    clock,
    log: silentLog,
  });
  let updateId = 100;
  const update = (event: CustomerEvent): CustomerUpdate => ({
    updateId: ++updateId,
    chat,
    speaker: { customer: 42 as CustomerId, language: 'en' },
    tapId: event.type === 'tappedFlow' ? `tap-${updateId}` : null,
    event,
  });
  const state = async () => {
    const loaded = await sessions.load(chat);
    return (loaded.ok && loaded.value.data !== null && sessionCodec.decode(loaded.value.data)) || newDialog(clock.now());
  };
  const tap = async (action: FlowAction): Promise<CustomerUpdate> =>
    update({ type: 'tappedFlow', action, revision: (await state()).revision, message });
  /** Walks to the price card of a list product; the updates on the way. */
  const walkToPrice = async (): Promise<CustomerUpdate[]> => {
    const way: CustomerUpdate[] = [update({ type: 'command', command: 'start', argument: '' })];
    await handle(way[0] ?? update({ type: 'sentMedia' }));
    const actions: FlowAction[] = [
      { type: 'pickCountry', country: 724 },
      { type: 'pickOperator', operator: LIST },
      { type: 'pickAmount', amount: cents(2_500) },
    ];
    for (const action of actions) {
      const next = await tap(action);
      way.push(next);
      await handle(next);
    }
    return way;
  };
  const confirmation = async (): Promise<CustomerUpdate> => {
    const { screen } = await state();
    if (screen.at !== 'price') throw new Error(`at ${screen.at}`);
    return tap({ type: 'confirm', order: screen.order });
  };
  return { handle, update, tap, state, walkToPrice, confirmation, said, taps, orders, sessions, clock, busy: () => busy };
};
