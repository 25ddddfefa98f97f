// The one truth after a crash: what the supplier charged, what the ledger captured, and what stands in the chats.
import { expect } from 'vitest';
import { faultsIn } from '../../src/adapters/sql/audit.ts';
import { hasCode } from '../../src/domain/voucher.ts';
import { codeMessages } from '../e2e/books.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Whether a text to copy is a link, which is no secret. */
const isLink = (text: string): boolean => text.startsWith('https://');

/** Expects `sold` purchases in all three books, nothing set aside, and everything that was bought in a chat, protected. */
export const expectAgreement = async ({ ledger, evsb, customer, friend, order }: Rehearsal, sold: number): Promise<void> => {
  const { honoured } = evsb.books;
  const audit = await ledger.audit();
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

  const chats = [...customer.messages(), ...friend.messages()];
  const shown = codeMessages(chats).filter(({ code }) => !isLink(code));
  expect(shown.filter(({ message }) => !message.protected)).toEqual([]);
  const { terms } = await order();
  if (hasCode(terms.family)) {
    expect(new Set(shown.map(({ code }) => code))).toEqual(new Set(honoured.map(({ code }) => code)));
    return;
  }
  // Whoever asks after a lost answer learns that it was paid, and not what the answer said.
  const told = honoured.map(({ suppliertoken }) => suppliertoken);
  expect(shown.filter(({ code }) => !told.includes(code))).toEqual([]);
  const receipts = chats.filter((message) => message.protected && message.text.includes(terms.id));
  expect(receipts.length > 0).toBe(sold > 0);
};
