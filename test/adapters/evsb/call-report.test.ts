// What calls tell of the supplier itself: an outage shows on every kind of call, and a refused sale is none.
import { expect, it } from 'vitest';
import { createEvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import type { EvsbSupplier } from '../../../src/adapters/evsb/supplier.ts';
import type { SupplierReport } from '../../../src/app/ports/supplier.ts';
import { silentLog } from '../../app/test-clock.ts';
import { NOON, replyJson, serveHttp, settingsFor, status } from './loopback.ts';
import type { Answer } from './loopback.ts';
import { prepare } from './samples.ts';

const ping = (supplier: EvsbSupplier): Promise<unknown> => supplier.ping();
const purchase = (supplier: EvsbSupplier): Promise<unknown> => supplier.purchase(prepare(supplier));
const receipt =
  (resultcode: string): Answer =>
  (_request, response) =>
    replyJson(response, { rc: -1, items: [{ resultcode, resultmessage: 'no' }] });
const pong =
  (clock: number): Answer =>
  (_request, response) =>
    replyJson(response, { rc: 0, echo: '' }, { Date: new Date(clock).toUTCString() });
const hangUp: Answer = (_request, response) => void response.socket?.destroy();

const heardOf = async (answer: Answer, question: typeof ping): Promise<readonly SupplierReport[]> => {
  const heard: SupplierReport[] = [];
  const server = await serveHttp(answer);
  const deps = {
    now: () => NOON,
    log: silentLog,
    sleep: () => Promise.resolve(),
    heard: (report: SupplierReport) => void heard.push(report),
  };
  const supplier = createEvsbSupplier(settingsFor(server.url), deps);
  await question(supplier);
  await supplier.close();
  await server.close();
  return heard;
};

it.each<[string, Answer, typeof ping, SupplierReport['trouble']]>([
  ['a pong', pong(NOON), ping, null],
  ['a connection that is reset', hangUp, ping, 'noAnswer'],
  ['a purchase whose answer is lost', hangUp, purchase, 'noAnswer'],
  ['a 503', status(503), ping, 'systemError'],
  ['a 502 to a purchase', status(502), purchase, 'systemError'],
  ['a 401', status(401), ping, 'refused'],
  ['a 429', status(429), purchase, 'refused'],
  ['a 404', status(404), ping, null],
  ['a sale that the operator refuses', receipt('11'), purchase, null],
  ['a sale that times out between supplier and operator', receipt('990'), purchase, null],
  ['a sale that ends with a general system error', receipt('991'), purchase, 'systemError'],
])('%s', async (_name, answer, question, trouble) => {
  expect((await heardOf(answer, question)).map((report) => report.trouble)).toEqual([trouble]);
});

it('nobody there is no connection', async () => {
  const heard: SupplierReport[] = [];
  const server = await serveHttp(status(200));
  await server.close();
  const deps = { now: () => NOON, log: silentLog, heard: (report: SupplierReport) => void heard.push(report) };
  const supplier = createEvsbSupplier(settingsFor(server.url), deps);
  await supplier.ping();
  await supplier.close();
  expect(heard).toEqual([{ trouble: 'notReached', alarmingSkew: null }]);
});

it('a clock is told of when signatures are refused for it, in either direction', async () => {
  const skewOf = async (skew: number) => (await heardOf(pong(NOON + skew), ping)).map(({ alarmingSkew }) => alarmingSkew);
  expect(await skewOf(20_000)).toEqual([null]);
  expect(await skewOf(21_000)).toEqual([21_000]);
  expect(await skewOf(-60_000)).toEqual([-60_000]);
});
