// Puts together what customers keep and hand over, for the bot's answers.
import { createAnswerKeepsake } from './app/answer-keepsake.ts';
import type { AnswerKeepsake } from './app/answer-keepsake.ts';
import { createHandOverOrder } from './app/hand-over-order.ts';
import { createKeepDetails } from './app/keep-details.ts';
import type { KeepDetails } from './app/keep-details.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Tokens } from './app/ports/tokens.ts';
import type { ReadForm } from './app/read-form.ts';
import { createShowOrder } from './app/show-order.ts';
import type { ShowOrder } from './app/show-order.ts';
import type { SqlLedger } from './adapters/sql/ledger.ts';
import type { Catalog } from './domain/catalog.ts';
import type { PhoneBook } from './domain/phone.ts';

export type ComposedKeepsakes = {
  readonly orders: ShowOrder;
  readonly details: KeepDetails;
  readonly answerKeepsake: AnswerKeepsake;
};

export const composeKeepsakes = (deps: {
  readonly ledger: SqlLedger;
  readonly tokens: Tokens;
  readonly catalog: () => Catalog | null;
  readonly readForm: ReadForm;
  readonly phones: PhoneBook;
  readonly clock: Clock;
  readonly wakeWorker: () => void;
}): ComposedKeepsakes => {
  const { ledger, readForm } = deps;
  const handOver = createHandOverOrder({ ...deps, handOvers: ledger });
  const details = createKeepDetails({
    ...deps,
    keepsakes: ledger,
    fieldsOf: async (product) => {
      const form = await readForm(product);
      return form.ok ? form.value.fields : null;
    },
  });
  return {
    orders: createShowOrder({ ...deps, handOvers: ledger, people: ledger }),
    details,
    answerKeepsake: createAnswerKeepsake({ handOver, details }),
  };
};
