// Something in every table beside those of the orders, so that tests which look into tables look into all of them.
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { parseChatId, parseProductId } from '../../src/domain/ids.ts';
import type { OrderId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { DAY } from '../../src/domain/time.ts';
import { parseTokenHash } from '../../src/domain/token.ts';
import { BOB, EUR, NOON, after, customer, got } from './orders.ts';

const CAROL = customer(4_003);
const hashOf = (sign: string) => got(parseTokenHash(sign.repeat(64)));
const confirmed = (key: string) => ({ key, by: '501', at: NOON });

/** What is written and must not be readable in the tables. */
export const PERSONAL = ['Kiosk North', 'Grandmother', '34600111222', '99999999R'];

/** `order`: an order that was sold, and its seller. */
export const fillEveryCorner = async (
  ledger: SqlLedger,
  { id, seller }: { readonly id: OrderId; readonly seller: typeof BOB },
): Promise<void> => {
  const invitation = { for: { kind: 'agent' }, name: 'Kiosk North', by: '501', createdAt: NOON, expiresAt: after(DAY) } as const;
  await ledger.inviteAgent(hashOf('a'), invitation, confirmed('k1'));
  got(await ledger.redeem(hashOf('a'), CAROL, NOON));
  await ledger.redeem(hashOf('b'), BOB, NOON);
  const scope = { kind: 'product', product: got(parseProductId(7_999)) } as const;
  await ledger.putStop({ scope, name: 'Nimbus 99', by: '501', why: 'Out of order', since: NOON }, 'k2');
  await ledger.askTopUp({ customer: BOB, amount: money(100, EUR), reference: 'R-1' }, confirmed('k3'), after(DAY));
  const draft = { text: 'We are back.', audience: { language: null }, chat: got(parseChatId(501)), language: 'en' } as const;
  await ledger.announce(draft, confirmed('k4'), NOON);
  await ledger.makeHandOver(hashOf('c'), { order: id, seller, madeAt: NOON, expiresAt: after(DAY) });
  await ledger.openHandOver(hashOf('d'), { customer: CAROL, chat: got(parseChatId(CAROL)) }, NOON);
  await ledger.saveNumber(BOB, { kind: 'phone', name: 'Grandmother', value: '34600111222' }, NOON);
  await ledger.askConsent(BOB, id, NOON);
  await ledger.setConsent(BOB, 'yes', NOON);
  await ledger.rememberDetails(BOB, { documentNumber: '99999999R' }, NOON);
};
