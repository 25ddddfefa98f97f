// One update from start to finish: load the session, run the conversation, save, and only then speak.
import type { Effect } from '../domain/dialog/effect.ts';
import type { DialogEvent, EffectAnswer } from '../domain/dialog/event.ts';
import { newDialog } from '../domain/dialog/state.ts';
import type { DialogState } from '../domain/dialog/state.ts';
import type { World } from '../domain/dialog/step.ts';
import { transition } from '../domain/dialog/transition.ts';
import type { Notice } from '../domain/dialog/view.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { ChatId, CustomerId, OrderId } from '../domain/ids.ts';
import type { PhoneBook } from '../domain/phone.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import type { AnswerQuestion } from './answer-question.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { SessionCodec, Sessions, SessionsError } from './ports/sessions.ts';
import type { Telemetry } from './ports/telemetry.ts';
import type { CustomerUpdate } from './ports/updates.ts';

/**
 * `refusal` is under way as long as it is not known whether the update may be handled; unless it resolves with null, nothing is done. The session
 * is read meanwhile.
 */
export type HandleUpdate = (
  update: CustomerUpdate,
  refusal?: Promise<object | null>,
) => Promise<Result<'handled' | 'duplicate' | 'refused', SessionsError>>;

/** More answered questions than this in one update are a bug. */
const MAX_STEPS = 8;
/**
 * How often an update that lost the session to another one starts again before it is left for redelivery. Each time somebody else has won,
 * and Telegram has fewer updates under way than this.
 */
const MAX_RACES = 50;
/** An answer that takes longer than this shows the customer that the bot is busy, in milliseconds. */
const BUSY_AFTER = 700;

type Showing = Extract<Effect, { type: 'show' }>;

/** The orders that an answer says were placed, or stood there already. */
const ordersIn = (answer: EffectAnswer): readonly OrderId[] => {
  if (answer.type !== 'placed' && answer.type !== 'linesPlaced') return [];
  const results = answer.type === 'placed' ? [answer.result] : answer.results;
  return results.flatMap((result) => (result.ok ? [result.value.id] : []));
};

/** How an answer ended, in a word. */
const outcomeOf = (answer: EffectAnswer): string => ('result' in answer && !answer.result.ok ? answer.result.error.kind : 'ok');

/** Resolves once the update is durable and its messages were tried. An error means that it is not: Telegram has to deliver it again. */
export const createUpdateHandler = (deps: {
  readonly sessions: Sessions;
  readonly codec: SessionCodec;
  readonly channel: Channel;
  readonly answer: AnswerQuestion;
  readonly catalog: () => Catalog | null;
  readonly phones: PhoneBook;
  /** Who runs the shop. */
  readonly admins: readonly CustomerId[];
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Log;
}): HandleUpdate => {
  const { sessions, codec, channel, phones, telemetry, clock, log } = deps;

  return async (update, refusal) => {
    const { chat, speaker, updateId, tapId } = update;
    const since = telemetry.reading();
    const isAdmin = deps.admins.includes(speaker.customer);
    const tap: { answer: Promise<unknown> | null } = { answer: null };
    const answerTap = (notice: Notice | null, state: DialogState): void => {
      if (tapId !== null) tap.answer ??= channel.answerTap(tapId, notice, state.language ?? speaker.language);
    };

    /** Runs the conversation until nothing is left to ask; collects what there is to show. */
    const converse = async (start: DialogState): Promise<{ state: DialogState; showings: Showing[] }> => {
      // One copy for the whole update: a refresh in the middle must not change the ground under it.
      const catalog = deps.catalog();
      let state = start;
      let event: DialogEvent | null = update.event;
      const showings: Showing[] = [];
      for (let steps = 0; event !== null; steps++) {
        if (steps >= MAX_STEPS) throw new Error(`An update took more than ${MAX_STEPS} steps`);
        const world: World = { now: clock.now(), catalog, newOrderId: clock.newOrderId(), phones, speaker, isAdmin };
        const step = transition(state, event, world);
        state = step.state;
        event = null;
        answerTap(step.effects.find((effect) => effect.type === 'toast')?.notice ?? null, state);
        for (const effect of step.effects) {
          if (effect.type === 'show') showings.push(effect);
          if (effect.type === 'ask') {
            const { question } = effect;
            const buyer = { customer: speaker.customer, chat, language: state.language ?? speaker.language };
            const order = 'order' in question ? question.order : null;
            const work = { kind: 'effect', question: question.type, order } as const;
            const answer = await showingBusy(
              chat,
              telemetry.measure(work, () => deps.answer(question, buyer), outcomeOf),
            );
            for (const confirmed of ordersIn(answer)) log.info('orderConfirmed', { updateId, chat, order: confirmed });
            event = answer;
          }
        }
      }
      return { state, showings };
    };

    const showingBusy = async <T>(where: ChatId, answer: Promise<T>): Promise<T> => {
      const settled = clock.after(BUSY_AFTER, () => void channel.showBusy(where));
      try {
        return await answer;
      } finally {
        settled();
      }
    };

    const speak = async (state: DialogState, showings: readonly Showing[]): Promise<void> => {
      for (const { view, notice, replace } of showings) {
        const screenful = { view, notice, language: state.language ?? speaker.language, revision: state.revision };
        const said = await (replace === null ? channel.send(chat, screenful) : channel.replace(chat, replace, screenful));
        if (!said.ok) log.warn('notSaid', { chat, updateId, view: view.type, error: said.error.kind });
      }
      await tap.answer;
    };

    for (let race = 0; race < MAX_RACES; race++) {
      const loading = sessions.load(chat);
      if (refusal !== undefined && (await refusal) !== null) return ok('refused');
      const loaded = await loading;
      if (!loaded.ok) return loaded;
      const { version, data, recentUpdates } = loaded.value;
      if (recentUpdates.includes(updateId)) {
        answerTap(null, newDialog(clock.now()));
        await tap.answer;
        return ok('duplicate');
      }
      const fresh = newDialog(clock.now());
      const stored = data === null ? fresh : codec.decode(data);
      if (stored === null) log.error('sessionUnreadable', { chat, updateId });
      const { state, showings } = await converse(stored ?? fresh);
      const saved = await sessions.save(chat, version, codec.encode(state), updateId);
      if (!saved.ok) return saved;
      if (saved.value === 'lost') {
        telemetry.note({ kind: 'sessionConflict' });
        continue;
      }
      telemetry.note({ kind: 'screen', from: (stored ?? fresh).screen.at, to: state.screen.at });
      if (showings.length > 0) telemetry.note({ kind: 'firstCall', milliseconds: telemetry.reading() - since });
      const [first, ...others] = showings;
      const apologising =
        stored === null && first !== undefined ? [{ ...first, notice: { type: 'freshStart' } as const }, ...others] : showings;
      await speak(state, apologising);
      return ok('handled');
    }
    return fail({ kind: 'unavailable', reason: `the session was taken ${MAX_RACES} times by other updates` });
  };
};
