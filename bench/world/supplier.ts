// The supplier, reduced to what browsing asks of it: answers that the simulator gave once, replayed without a look at the signature.
import { createServer } from 'node:http';
import { createSigner } from '../../src/adapters/evsb/auth.ts';
import { startEvsbSimulator } from '../../src/sandbox/evsb/simulator.ts';
import { answerJson, closeServer, listenOnLoopback } from './read-body.ts';

export type Supplier = { readonly url: string; readonly prices: () => number; close(): Promise<void> };

export const TERMINAL = 100_001;
export const ACCOUNT = { user: 'bench-user', password: 'bench-password' };
/** The price that the dialogue asks for. */
export const PRICE_PATH = `/util/prices/direct/${TERMINAL}/8201/2500`;

const REPLAYED = ['/product/portfolio', '/external-point-of-sale/by-file/balances', PRICE_PATH];

const record = async (): Promise<ReadonlyMap<string, string>> => {
  const simulator = await startEvsbSimulator({ terminalId: TERMINAL, ...ACCOUNT, openingBalanceX100: 500_000 });
  const sign = createSigner(ACCOUNT.user, ACCOUNT.password);
  const answers = new Map<string, string>();
  for (const path of REPLAYED) {
    const response = await fetch(simulator.url + path, { headers: { ...sign(Date.now()), Accept: 'application/json' } });
    if (response.status !== 200) throw new Error(`The simulator answered ${path} with ${response.status}`);
    answers.set(path, await response.text());
  }
  await simulator.close();
  return answers;
};

export const startSupplier = async (): Promise<Supplier> => {
  const answers = await record();
  let prices = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    request.resume();
    if (path === PRICE_PATH) prices += 1;
    const answer = path.startsWith('/ping') ? JSON.stringify({ rc: 0, echo: 'echo', ts: Date.now() }) : answers.get(path);
    if (answer === undefined) answerJson(response, 404, '{"status":404,"error":"Not Found"}');
    else answerJson(response, 200, answer);
  });
  const url = await listenOnLoopback(server);
  return { url, prices: () => prices, close: () => closeServer(server) };
};
