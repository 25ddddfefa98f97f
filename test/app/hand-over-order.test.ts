// Links that hand an order over: who may make one, what an opening gives, and that a link outlives whatever goes wrong on the way.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { createHandOverOrder } from '../../src/app/hand-over-order.ts';
import type { HandOverOrder } from '../../src/app/hand-over-order.ts';
import type { Buyer } from '../../src/app/place-order.ts';
import { HAND_OVER_LASTS, handOverArgument } from '../../src/domain/hand-over.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { ChatId, CustomerId } from '../../src/domain/ids.ts';
import { later } from '../../src/domain/time.ts';
import type { Token } from '../../src/domain/token.ts';
import { noSecrets } from '../../src/domain/voucher.ts';
import type { Receipt, Voucher } from '../../src/domain/voucher.ts';
import { ALICE, BOB, BODY, attempt, customer, got, grant, orderId, placed, sending, step, termsOf } from '../contracts/orders.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const voucher: Voucher = { code: 'ABCD-EFGH', account: null, instructions: null, expiration: null, extra: [] };
const receipt: Receipt = { authorisation: 'AUT-1', message: null, extra: [] };
const terms = termsOf(orderId(1));
const as = (who: CustomerId): Buyer => ({ customer: who, chat: got(parseChatId(who)), language: 'en' });
const [alice, bob, carol] = [as(ALICE), as(BOB), as(customer(4_003))];
const charged = { type: 'settle', settlement: { kind: 'charged', code: 'here', supplierReference: null } } as const;

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
let handOver: HandOverOrder;
let woken: number;

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock();
  woken = 0;
  const wakeWorker = (): void => {
    woken += 1;
  };
  handOver = createHandOverOrder({ ledger, handOvers: ledger, tokens: createTokens(), clock, wakeWorker });
  await grant(ledger, ALICE, 5_000);
});
afterEach(() => ledger.close());

const sell = async (goods: { readonly voucher: Voucher | null; readonly receipt: Receipt | null }) => {
  const sent = await sending(ledger, await placed(ledger, terms), 7);
  return got(await ledger.append(sent, { ...step(sent, charged), secrets: { ...noSecrets, ...goods } }));
};
const sellCode = () => sell({ voucher, receipt: null });
const made = async (): Promise<Token> => got((await handOver.make(terms.id, alice)).result).token;
const open = async (token: Token, opener: Buyer) => (await handOver.open(handOverArgument(token), opener)).result;
const refused = (error: string) => ({ ok: false, error });

describe('a link', () => {
  it.each([
    ['a code', { voucher, receipt: null }],
    ['a receipt', { voucher: null, receipt }],
  ])('gives %s to whoever opens it first, and wakes whoever tells the seller', async (_what, goods) => {
    await sell(goods);
    const link = got((await handOver.make(terms.id, alice)).result);
    expect(link).toMatchObject({ order: { id: terms.id }, expiresAt: later(clock.now(), HAND_OVER_LASTS) });
    expect(woken).toBe(0);
    expect(await open(link.token, bob)).toMatchObject({ ok: true, value: { order: { hands: 'received' }, ...goods } });
    expect(woken).toBe(1);
    expect(await open(link.token, carol)).toEqual(refused('used'));
  });

  it('does not hold the code, and what is stored does not hold the link', async () => {
    await sellCode();
    const token = await made();
    expect(handOverArgument(token)).toMatch(/^ho_[\w-]{22}$/);
    expect(await ledger.handOverOf(createTokens().hashOf(handOverArgument(token)))).toBeNull();
    expect(await ledger.handOverOf(createTokens().hashOf(token))).toMatchObject({ order: terms.id });
  });

  it('is not used up by its seller, and is good until it runs out', async () => {
    await sellCode();
    const token = await made();
    expect(await open(token, alice)).toEqual(refused('own'));
    clock.advance(HAND_OVER_LASTS - 1);
    expect(await open(token, alice)).toEqual(refused('own'));
    expect((await open(token, bob)).ok).toBe(true);
    expect(await open(token, alice)).toEqual(refused('used'));
  });

  it('that ran out or was taken back gives nothing; nor does anything else', async () => {
    await sellCode();
    const expired = await made();
    clock.advance(HAND_OVER_LASTS);
    expect(await open(expired, bob)).toEqual(refused('expired'));
    const takenBack = await made();
    expect(await handOver.takeBack(terms.id, bob)).toMatchObject({ result: 'notFound' });
    expect(await handOver.takeBack(terms.id, alice)).toMatchObject({ result: 'wasTakenBack' });
    expect(await open(takenBack, bob)).toEqual(refused('takenBack'));
    for (const argument of ['ho_', 'ho_short', `ho_${'A'.repeat(22)}`, `ho_${'A'.repeat(500)}`, terms.id]) {
      expect((await handOver.open(argument, bob)).result).toEqual(refused('unknown'));
    }
  });

  it('shows the order again to whoever has it, as if the first answer had got lost', async () => {
    await sellCode();
    const token = await made();
    for (let times = 0; times < 2; times += 1) expect(await open(token, bob)).toMatchObject({ ok: true, value: { voucher } });
  });

  it('stays good while the sale may be undone, and is worth nothing afterwards', async () => {
    const sold = await sellCode();
    const token = await made();
    const intend = step(sold, { type: 'intendRevert', attempt: attempt(8), by: 'operator', why: 'the wrong card' });
    const reverting = got(await ledger.append(sold, { ...intend, body: BODY }));
    expect(await open(token, bob)).toEqual(refused('notNow'));
    expect((await handOver.make(terms.id, alice)).result).toEqual(refused('notNow'));
    const settlement = { kind: 'refused', resultCode: '7' } as const;
    const back = got(await ledger.append(reverting, step(reverting, { type: 'settleRevert', attempt: attempt(8), settlement })));
    expect(back.state.status).toBe('charged');
    expect((await open(token, bob)).ok).toBe(true);
  });

  it('is opened in a private chat only', async () => {
    await sellCode();
    const token = await made();
    expect(await open(token, { ...bob, chat: -100_123 as ChatId })).toEqual(refused('notNow'));
    expect((await open(token, bob)).ok).toBe(true);
  });
});

describe('making a link', () => {
  it('is for the buyer alone, once there is something to hand over, until it is handed over', async () => {
    expect((await handOver.make(terms.id, alice)).result).toEqual(refused('notFound'));
    const waiting = await placed(ledger, terms);
    expect((await handOver.make(terms.id, alice)).result).toEqual(refused('notNow'));
    const sent = await sending(ledger, waiting, 7);
    got(await ledger.append(sent, { ...step(sent, charged), secrets: { ...noSecrets, voucher } }));
    expect((await handOver.make(terms.id, bob)).result).toEqual(refused('notFound'));
    await open(await made(), bob);
    expect((await handOver.make(terms.id, alice)).result).toEqual(refused('alreadyGiven'));
    expect((await handOver.make(terms.id, bob)).result).toEqual(refused('notFound'));
    expect(await handOver.takeBack(terms.id, alice)).toMatchObject({ result: 'alreadyGiven' });
  });
});
