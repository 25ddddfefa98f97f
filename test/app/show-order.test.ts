// What /orders hands out: the code of a sale that stands, in private, to its buyer until it was handed over, then to whoever has it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import type { Buyer } from '../../src/app/place-order.ts';
import { createShowOrder } from '../../src/app/show-order.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { ChatId, CustomerId } from '../../src/domain/ids.ts';
import { later } from '../../src/domain/time.ts';
import { noSecrets } from '../../src/domain/voucher.ts';
import type { Voucher } from '../../src/domain/voucher.ts';
import {
  ALICE,
  BOB,
  BODY,
  NOON,
  after,
  attempt,
  customer,
  got,
  grant,
  orderId,
  placed,
  sending,
  step,
  termsOf,
} from '../contracts/orders.ts';
import type { WrittenCommand } from '../contracts/orders.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const voucher: Voucher = { code: 'ABCD-EFGH', account: null, instructions: null, expiration: null, extra: [] };
const terms = termsOf(orderId(1));
const chatOf = (who: CustomerId): ChatId => got(parseChatId(who));
const buyer = { customer: ALICE, chat: terms.chat, language: 'en' } as const;

let ledger: SqlLedger;
let shown: ChatId[];

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  shown = [];
  await grant(ledger, ALICE, 5_000);
});
afterEach(() => ledger.close());

/** An order whose answer brought a code, after these commands. */
const openAfter = async (...commands: readonly WrittenCommand[]): Promise<void> => {
  let order = await sending(ledger, await placed(ledger, terms), 7);
  for (const command of commands) {
    const written = { ...step(order, command), secrets: { ...noSecrets, voucher } };
    order = got(await ledger.append(order, command.type === 'intendRevert' ? { ...written, body: BODY } : written));
  }
};

const ordersOf = () => {
  const recording = { ...ledger, recordShowing: (_id: unknown, chat: ChatId) => Promise.resolve(void shown.push(chat)) };
  return createShowOrder({ ledger: recording, handOvers: ledger, people: ledger, clock: createTestClock() });
};
const show = (asking: Buyer = buyer) => ordersOf().show(terms.id, asking);

const settle = (code: 'here' | 'missing') =>
  ({ type: 'settle', settlement: { kind: 'charged', code, supplierReference: null } }) as const;
const unclear = { type: 'settle', settlement: { kind: 'unclear', expectation: 'open', resultCode: null } } as const;
const rejected = { type: 'settle', settlement: { kind: 'rejected', reason: 'unavailable', resultCode: '16' } } as const;
const intendRevert = { type: 'intendRevert', attempt: attempt(8), by: 'operator', why: 'the wrong card' } as const;
const undone = {
  type: 'settleRevert',
  attempt: attempt(8),
  settlement: { kind: 'reverted', supplierReference: null },
} as const;

describe('an order that is shown', () => {
  it('comes with the code of a sale that stands, and the showing is recorded', async () => {
    await openAfter(settle('here'));
    expect(await show()).toMatchObject({ order: { id: terms.id, status: 'charged' }, voucher, receipt: null });
    expect(shown).toEqual([terms.chat]);
  });

  it.each<[string, readonly WrittenCommand[]]>([
    ['nobody knows whether it was sold', [unclear]],
    [
      'nobody ever learnt whether it was sold',
      [unclear, ...Array.from({ length: 8 }, () => ({ type: 'learnNothing' }) as const)],
    ],
    ['the money went back before the charge came to light', [unclear, rejected, settle('here')]],
    ['the sale was undone', [settle('here'), intendRevert, undone]],
  ])('comes without the code that lies sealed when %s', async (_name, commands) => {
    await openAfter(...commands);
    expect((await ledger.secrets(terms.id)).voucher).toEqual(voucher);
    expect(await show()).toMatchObject({ order: { id: terms.id }, voucher: null, receipt: null });
    expect(shown).toEqual([]);
  });

  it('is nothing to anybody else, and comes without its code in a group', async () => {
    await openAfter(settle('here'));
    expect(await show({ ...buyer, customer: BOB })).toBeNull();
    expect(await show({ ...buyer, chat: -100_123 as ChatId })).toMatchObject({ voucher: null });
    expect(shown).toEqual([]);
  });
});

describe('an order that was handed over', () => {
  const bob: Buyer = { customer: BOB, chat: chatOf(BOB), language: 'en' };
  const handOver = async (id = terms.id): Promise<void> => {
    const tokens = createTokens();
    const hash = tokens.hashOf(tokens.newToken());
    const at = createTestClock().now();
    await ledger.makeHandOver(hash, { order: id, seller: ALICE, madeAt: at, expiresAt: later(at, 1_000) });
    got(await ledger.openHandOver(hash, bob, at));
  };

  it('is shown to its recipient as often as they like, and to its buyer without what it brought', async () => {
    await openAfter(settle('here'));
    await handOver();
    for (let times = 1; times <= 2; times += 1) {
      expect(await show(bob)).toMatchObject({ order: { hands: 'received' }, voucher });
      expect(shown).toHaveLength(times);
    }
    expect(await show()).toMatchObject({ order: { hands: 'handedOver' }, voucher: null, receipt: null });
    expect(shown).toEqual([bob.chat, bob.chat]);
  });

  it('is nothing to anybody else, and comes without its code in a group or when it was undone', async () => {
    await openAfter(settle('here'), intendRevert);
    await handOver();
    expect(await show({ ...bob, customer: customer(9) })).toBeNull();
    expect(await show({ ...bob, chat: -100_123 as ChatId })).toMatchObject({ voucher: null });
    const order = await ledger.order(terms.id);
    if (order === null) throw new Error('The order is gone');
    got(await ledger.append(order, step(order, undone)));
    expect(await show(bob)).toMatchObject({ order: { status: 'reverted' }, voucher: null });
    expect(shown).toEqual([]);
  });

  it('stands on both lists, the newest order first', async () => {
    await openAfter(settle('here'));
    await placed(ledger, termsOf(orderId(2), { placedAt: after(5) }));
    await grant(ledger, BOB, 5_000);
    await placed(ledger, termsOf(orderId(3), { customer: BOB, payer: BOB, placedAt: after(2) }));
    await handOver();
    const handsOf = async (who: Buyer) => (await ordersOf().list(who.customer)).map(({ id, hands }) => [id, hands]);
    expect(await handsOf(buyer)).toEqual([
      [orderId(2), undefined],
      [terms.id, 'handedOver'],
    ]);
    expect(await handsOf(bob)).toEqual([
      [orderId(3), undefined],
      [terms.id, 'received'],
    ]);
  });
});

describe('a seller who never sees codes', () => {
  const hideCodes = async (): Promise<void> => {
    const hash = createTokens().hashOf('invitation');
    const invitation = { for: { kind: 'agent' }, name: 'Ana', by: 'the shop', createdAt: NOON, expiresAt: after(9) } as const;
    await ledger.invite(hash, invitation);
    got(await ledger.redeem(hash, ALICE, NOON));
    await ledger.setHidesCodes(ALICE, true);
  };

  it('is shown the order without its code', async () => {
    await openAfter(settle('here'));
    await hideCodes();
    expect(await show()).toMatchObject({ order: { id: terms.id }, voucher: null });
    expect(shown).toEqual([]);
  });

  it.each([
    ['a proof that may be a code itself', 'AUT-1', null],
    ['a bare receipt', null, { authorisation: null, message: null, extra: [] }],
  ])('sees of %s only what is no code', async (_what, authorisation, seen) => {
    const receipt = { authorisation, message: null, extra: [] };
    const order = await sending(ledger, await placed(ledger, terms), 7);
    got(await ledger.append(order, { ...step(order, settle('here')), secrets: { ...noSecrets, receipt } }));
    await hideCodes();
    expect(await show()).toMatchObject({ receipt: seen });
  });
});
