// News of orders that go to somebody else: a seller who never sees codes gets a link, the seller hears of the opening, the result follows the code.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../src/adapters/sql/ledger.ts';
import type { SqlLedger } from '../../src/adapters/sql/ledger.ts';
import { createSealer, newSealingKey } from '../../src/adapters/system/sealing.ts';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { createDeliverMessage } from '../../src/app/deliver-outbox.ts';
import type { Channel } from '../../src/app/ports/channel.ts';
import type { View } from '../../src/domain/dialog/view.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { ChatId, CustomerId } from '../../src/domain/ids.ts';
import { fail, ok } from '../../src/domain/result.ts';
import { later } from '../../src/domain/time.ts';
import type { Token } from '../../src/domain/token.ts';
import { noSecrets } from '../../src/domain/voucher.ts';
import type { OrderSecrets } from '../../src/domain/voucher.ts';
import { ALICE, BOB, NOON, after, got, grant, message, orderId, placed, sending, step, termsOf } from '../contracts/orders.ts';
import { createTestClock, silentLog } from './test-clock.ts';

const voucher = { code: 'ABCD-EFGH', account: null, instructions: null, expiration: null, extra: [] };
const result = { description: 'You won', own: ['ABCD-EFGH'], extra: [] };
const dynamic = { id: 'D-1', description: 'A draw', endsAt: NOON };
const terms = termsOf(orderId(1), { dynamic });
const chatOf = (who: CustomerId): ChatId => got(parseChatId(who));
const bob = { customer: BOB, chat: chatOf(BOB) };
const charged = { type: 'settle', settlement: { kind: 'charged', code: 'here', supplierReference: null } } as const;
const tokens = createTokens();

let ledger: SqlLedger;
let clock: ReturnType<typeof createTestClock>;
/** What arrived, and where. */
let said: (readonly [ChatId, View])[];
let shown: ChatId[];
let unreachable: boolean;

beforeEach(async () => {
  ledger = await openLedger({ file: ':memory:', sealer: createSealer(newSealingKey()), log: silentLog });
  clock = createTestClock(NOON);
  [said, shown, unreachable] = [[], [], false];
  await grant(ledger, ALICE, 5_000);
});
afterEach(() => ledger.close());

/** Delivers all that is due, once. */
const deliver = async (): Promise<void> => {
  const channel: Pick<Channel, 'send' | 'replace'> = {
    send: (chat, { view }) => {
      if (unreachable) return Promise.resolve(fail({ kind: 'noAnswer', reason: 'the line is down' }));
      said.push([chat, view]);
      return Promise.resolve(ok(message(77)));
    },
    replace: (_chat, id) => Promise.resolve(ok(id)),
  };
  const unused = (): Promise<never> => Promise.reject(new Error('not used in this test'));
  const deliverMessage = createDeliverMessage({
    ledger: { ...ledger, recordShowing: (_id, chat) => Promise.resolve(void shown.push(chat)) },
    handOvers: ledger,
    people: ledger,
    tokens,
    channel: { answerTap: unused, showBusy: unused, sendDocument: unused, ...channel },
    clock,
    log: silentLog,
  });
  for (const due of await ledger.claimMessages(clock.now(), later(clock.now(), 1_000), 10)) await deliverMessage(due);
};

const sell = async (secrets: Partial<OrderSecrets> = { voucher }): Promise<void> => {
  const sent = await sending(ledger, await placed(ledger, terms), 7);
  got(await ledger.append(sent, { ...step(sent, charged), secrets: { ...noSecrets, ...secrets } }));
};
const learnResult = async (): Promise<void> => {
  const order = await ledger.order(terms.id);
  if (order === null) throw new Error('The order is gone');
  got(await ledger.append(order, { ...step(order, { type: 'learnResult' }), secrets: { ...noSecrets, voucher, result } }));
};
const hideCodes = async (): Promise<void> => {
  const hash = tokens.hashOf('invitation');
  const invitation = { for: { kind: 'agent' }, name: 'Ana', by: 'the shop', createdAt: NOON, expiresAt: after(9) } as const;
  await ledger.invite(hash, invitation);
  got(await ledger.redeem(hash, ALICE, NOON));
  await ledger.setHidesCodes(ALICE, true);
};
const links = (): readonly Token[] =>
  said.flatMap(([, view]) => (view.type === 'handOver' && view.view.type === 'link' ? [view.view.token] : []));
const open = (token: Token | undefined) => ledger.openHandOver(tokens.hashOf(token ?? ''), bob, clock.now());
const typesSaid = () => said.map(([chat, view]) => [chat, view.type === 'handOver' ? view.view.type : view.type]);

describe('a seller who never sees codes', () => {
  it('gets a link that gives the code to its first opener; the order counts as delivered', async () => {
    await hideCodes();
    await sell();
    await deliver();
    expect(said).toMatchObject([[terms.chat, { type: 'handOver', view: { type: 'link', sold: true, order: { id: terms.id } } }]]);
    expect(JSON.stringify(said)).not.toContain(voucher.code);
    expect(shown).toEqual([]);
    expect((await ledger.order(terms.id))?.state.status).toBe('delivered');
    expect(await open(links()[0])).toEqual(ok(terms.id));
  });

  it('gets the proof of a sale without a code where it is no code itself', async () => {
    await hideCodes();
    await sell({ receipt: { authorisation: null, message: null, extra: [] } });
    await deliver();
    expect(typesSaid()).toEqual([[terms.chat, 'receipt']]);
  });

  it('gets a new link when the first one may not have arrived: the last one counts', async () => {
    await hideCodes();
    await sell();
    unreachable = true;
    await deliver();
    unreachable = false;
    clock.advance(60_000);
    await deliver();
    expect(links()).toHaveLength(1);
    expect(await open(links()[0])).toEqual(ok(terms.id));
  });

  it('is not told what came of a draw, which may name the code', async () => {
    await hideCodes();
    await sell();
    await deliver();
    await learnResult();
    await deliver();
    expect(typesSaid()).toEqual([[terms.chat, 'link']]);
  });
});

describe('an order that was handed over', () => {
  const handOver = async (): Promise<void> => {
    const token = tokens.newToken();
    const madeAt = clock.now();
    await ledger.makeHandOver(tokens.hashOf(token), { order: terms.id, seller: ALICE, madeAt, expiresAt: later(madeAt, 9) });
    got(await open(token));
  };

  it('is told to its seller, once', async () => {
    await sell();
    await deliver();
    await handOver();
    await deliver();
    clock.advance(60_000);
    await deliver();
    expect(typesSaid()).toEqual([
      [terms.chat, 'code'],
      [terms.chat, 'handedOver'],
    ]);
  });

  it('is not shown to its seller any more, whoever sends its message again', async () => {
    await sell();
    await handOver();
    await deliver();
    expect(typesSaid()).toEqual([
      [terms.chat, 'handedOver'],
      [terms.chat, 'handedOver'],
    ]);
    expect(shown).toEqual([]);
    expect((await ledger.order(terms.id))?.state.status).toBe('delivered');
  });

  it('has its result told to whoever has the code', async () => {
    await sell();
    await deliver();
    await handOver();
    await deliver();
    await learnResult();
    await deliver();
    expect(typesSaid().at(-1)).toEqual([bob.chat, 'result']);
    expect(typesSaid().filter(([, type]) => type === 'result')).toHaveLength(1);
  });
});
