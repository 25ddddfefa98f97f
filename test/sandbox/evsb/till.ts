// A till for these tests: a simulator with a clock that stands still, and signed requests to it over real HTTP.
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { Agent, request } from 'undici';
import { saltedHash } from '../../../src/sandbox/evsb/authentication.ts';
import { startEvsbSimulator } from '../../../src/sandbox/evsb/simulator.ts';
import type { EvsbSimulator, EvsbSimulatorOptions } from '../../../src/sandbox/evsb/simulator.ts';
import type { Family } from '../../../src/sandbox/evsb/catalogue/product.ts';
import type { FaultOrder } from '../../../src/sandbox/evsb/faults.ts';

export const terminalId = 100_001;
export const user = 'demo-channel-01';
export const password = 'Correct-Horse-42';
/** 2025-01-01T12:00:00Z */
export const noon = 1_735_732_800_000;

export type Reply = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  bytes: Buffer;
  text: string;
  json: unknown;
};

export type Till = {
  simulator: EvsbSimulator;
  clock: { ms: number };
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Reply>;
  /** Sends anything, with exactly these headers. Ends early when the signal aborts. */
  send: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    headers: Record<string, string>,
    body?: string,
    signal?: AbortSignal,
  ) => Promise<Reply>;
  signature: () => Record<string, string>;
  buy: (operatorId: number, localReference: number, body: object) => Promise<Reply>;
};

const parse = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};

/** Opens a till that is closed when the test ends. */
export const openTill = async (options: Partial<EvsbSimulatorOptions> = {}): Promise<Till> => {
  const clock = { ms: noon };
  const simulator = await startEvsbSimulator({
    terminalId,
    user,
    password,
    openingBalanceX100: 100_000,
    now: () => clock.ms,
    infoDelayMs: 0,
    ...options,
  });
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    await simulator.close();
  });

  const send: Till['send'] = async (method, path, headers, body, signal) => {
    const response = await request(simulator.url + path, {
      method,
      headers,
      dispatcher,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
    return { status: response.statusCode, headers: response.headers, bytes, text, json: parse(text) };
  };
  const signature = (): Record<string, string> => {
    const salt = String(Math.floor(clock.ms / 1000));
    return { U: user, ST: salt, SH: saltedHash(password, salt), Accept: 'application/json' };
  };
  const post: Till['post'] = (path, body, headers = {}) =>
    send('POST', path, { ...signature(), 'Content-Type': 'application/json', ...headers }, JSON.stringify(body));
  return {
    simulator,
    clock,
    send,
    signature,
    get: (path, headers = {}) => send('GET', path, { ...signature(), ...headers }),
    post,
    buy: (operatorId, localReference, body) =>
      post(`/pre-paid/vouchers/purchase/${terminalId}/${operatorId}/${localReference}`, {
        localDateTime: '2025-01-01T12:00:00',
        ...body,
      }),
  };
};

const trees = {
  voucher: '/pre-paid/vouchers/purchase',
  recharge: '/pre-paid/recharge/purchase',
  supermarket: '/pre-paid/supermarket-vouchers/purchase',
  bill: '/post-paid/bill-payment/payment',
} as const satisfies Record<Family, string>;

/** The address of a purchase below the tree of its family. `rest`: terminal, product and reference. */
export const purchasePath = (family: Family, rest: string): string => `${trees[family]}/${rest}`;

/** Buys a product of any family at noon. */
export const buyAs = (till: Till, family: Family, operatorId: number, localReference: number, body: object): Promise<Reply> =>
  till.post(purchasePath(family, `${terminalId}/${operatorId}/${localReference}`), {
    localDateTime: '2025-01-01T12:00:00',
    ...body,
  });

/** The keys and values of a record, as bills send them. */
export const pairsOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

/** Asks a biller what is owed. */
export const askInvoices = (till: Till, operatorId: number, keys: Readonly<Record<string, string>>): Promise<Reply> =>
  till.post(`/post-paid/bill-payment/get-invoices/${terminalId}/${operatorId}`, pairsOf(keys));

export type BillPayment = { send: number; data: Record<string, string>; invoices?: readonly string[] };

/** Pays a bill at noon. */
export const payBill = (till: Till, operatorId: number, reference: number, { send, data, invoices }: BillPayment) =>
  buyAs(till, 'bill', operatorId, reference, {
    amountToSendX100: send,
    additionalData: pairsOf(data),
    ...(invoices === undefined ? {} : { invoiceNumbers: invoices }),
  });

/** Opens a till whose next calls meet these faults. */
export const tillWith = async (...orders: FaultOrder[]): Promise<Till> => {
  const till = await openTill();
  till.simulator.control.planFaults(...orders);
  return till;
};

/** Buys a voucher of 25.00, which takes 27.00. */
export const sell = (till: Till, reference = 1): Promise<Reply> => till.buy(8201, reference, { amountToSendX100: 2_500 });

/** Asks what became of a reference. */
export const info = (till: Till, reference = 1): Promise<Reply> =>
  till.get(`/util/transaction/info/${terminalId}/${reference}/20250101`);

/** How many vouchers were sold. */
export const sold = (till: Till): number => till.simulator.books.honoured.length;

type Item = Record<string, unknown>;

/** The only item of an answer. Throws when there is not exactly one, which fails the test. */
export const itemOf = (reply: Reply): Item => {
  const { json } = reply;
  if (typeof json === 'object' && json !== null && 'items' in json && Array.isArray(json.items) && json.items.length === 1) {
    const item: unknown = json.items[0];
    if (typeof item === 'object' && item !== null) return { ...item };
  }
  throw new Error(`Not one item: ${reply.status} ${reply.text.slice(0, 200)}`);
};

/** The result code of an answer; undefined when its receipt has none. */
export const codeOf = (reply: Reply): unknown => itemOf(reply)['resultcode'];
