// Answers to taps travel in the answer to the webhook call that brought the tap: for most taps that is half of the calls.
import { z } from 'zod';
import type { BotApi } from './bot-api.ts';

export type TapAnswer = { readonly callback_query_id: string; readonly text?: string };

/** A method call as the answer to a webhook call carries it. Telegram does not tell what became of it. */
export type WebhookReply = TapAnswer & { readonly method: 'answerCallbackQuery' };

export type TapReplies = {
  /** Takes the answer to a tap along. False when nothing is under way that could carry it: the call has to be made. */
  carry(answer: TapAnswer): boolean;
  /** Receives an update and gives what its answer carries; null for nothing. Rejects as the inner `receive` does. */
  receive(update: unknown): Promise<WebhookReply | null>;
};

/** Longer than this no tap waits for its answer, in milliseconds: while the supplier is asked, the call is made after all. */
const PATIENCE = 500;

type Carried = { answer: TapAnswer | null; late: boolean };

const tapSchema = z.object({ callback_query: z.object({ id: z.string() }) });

export const createTapReplies = (deps: {
  readonly api: Pick<BotApi, 'call'>;
  readonly receive: (update: unknown) => Promise<void>;
  /** As in the clock's port: gives the function that calls it off. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
}): TapReplies => {
  const taps = new Map<string, Carried>();

  /** A tap that came twice has two entries one after the other: the later one carries. */
  const forget = (id: string, carried: Carried): void => {
    if (taps.get(id) === carried) taps.delete(id);
  };

  const receiveTap = async (update: unknown, id: string): Promise<WebhookReply | null> => {
    const carried: Carried = { answer: null, late: false };
    taps.set(id, carried);
    const inTime = deps.after(PATIENCE, () => {
      carried.late = true;
      forget(id, carried);
      if (carried.answer !== null) void deps.api.call('answerCallbackQuery', carried.answer);
    });
    try {
      await deps.receive(update);
    } finally {
      inTime();
      forget(id, carried);
    }
    return carried.late || carried.answer === null ? null : { method: 'answerCallbackQuery', ...carried.answer };
  };

  return {
    carry: (answer) => {
      const carried = taps.get(answer.callback_query_id);
      if (carried === undefined) return false;
      carried.answer ??= answer;
      return true;
    },
    receive: async (update) => {
      const tap = tapSchema.safeParse(update);
      if (tap.success) return receiveTap(update, tap.data.callback_query.id);
      await deps.receive(update);
      return null;
    },
  };
};
