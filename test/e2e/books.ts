// The one truth of a shop: what the supplier charged, what the ledger captured, and what the customer can read.
import { expect } from 'vitest';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import type { Customer, SeenMessage } from '../../src/sandbox/telegram/customer.ts';
import type { Shop } from './shop.ts';

/** The messages that show a code: the ones with a button that copies it. */
export const codeMessages = (
  messages: readonly SeenMessage[],
): readonly { readonly message: SeenMessage; readonly code: string }[] =>
  messages.flatMap((message) =>
    message.buttons.flat().flatMap(({ copyText }) => (copyText === undefined ? [] : [{ message, code: copyText }])),
  );

/**
 * Expects `sold` purchases in all three books, for the same references, with nothing reserved any more, and the codes of exactly these
 * in the customer's chat, each protected.
 */
export const expectBooksToAgree = async (
  { bot, evsb }: Pick<Shop, 'evsb'> & { readonly bot: { readonly ledger: Pick<Shop['bot']['ledger'], 'audit'> } },
  customer: Customer,
  sold: number,
): Promise<void> => {
  const { honoured } = evsb.books;
  const audit = await bot.ledger.audit();
  expect(honoured).toHaveLength(sold);
  expect(audit.charged.map(({ terminalId, productId, reference }) => ({ terminalId, productId, reference }))).toEqual(
    honoured.map(({ terminalId, operatorId, localReference }) => ({
      terminalId,
      productId: operatorId,
      reference: localReference,
    })),
  );
  expect(faultsIn(audit)).toEqual([]);
  expect(Object.values(audit.reservedTotal).filter((sum) => sum !== 0)).toEqual([]);

  const shown = codeMessages(customer.messages());
  expect(new Set(shown.map(({ code }) => code))).toEqual(new Set(honoured.map(({ code }) => code)));
  expect(shown.filter(({ message }) => !message.protected)).toEqual([]);
};
