// The floor: the least that a bot with sessions can do. node:http, one pipelined get and set in Redis, one undici call an update, and nothing else.
import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { Agent } from 'undici';
import { readPlan } from './plan.ts';
import { priceRequest } from './price.ts';
import type { PriceAnswer } from './price.ts';
import { HELD, amounts, brands, home, price, products } from './screens.ts';
import type { PlainSession, Screen } from './screens.ts';

type Update = {
  readonly update_id: number;
  readonly message?: { readonly chat: { readonly id: number } };
  readonly callback_query?: {
    readonly id: string;
    readonly data: string;
    readonly message: { readonly message_id: number; readonly chat: { readonly id: number } };
  };
};

const plan = readPlan();
const redis = new Redis(plan.redis);
const agent = new Agent({ keepAliveTimeout: 30_000 });
const secret = Buffer.from(plan.secret);
const DAYS_30 = 30 * 24 * 60 * 60;

const request = async (
  origin: string,
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string>,
  body: string | null,
) => (await agent.request({ origin, method, path, headers, body })).body.text();

const call = (method: string, params: object): Promise<string> => {
  const headers = { 'content-type': 'application/json' };
  return request(plan.telegram, 'POST', `/bot${plan.token}/${method}`, headers, JSON.stringify(params));
};

const quote = async (): Promise<Screen> => {
  const { path, headers } = priceRequest('8201', 2_500);
  const answer = JSON.parse(await request(plan.supplier, 'GET', path, headers, null)) as PriceAnswer;
  const [{ totalAmountX100, destinationAmountX100 }] = answer.items;
  return price(totalAmountX100, destinationAmountX100, new Date(Date.now() + HELD));
};

const screenOf = (data: string): Screen | Promise<Screen> => {
  switch (data.slice(0, 2)) {
    case 'co':
      return brands();
    case 'op':
      return products();
    case 'pr':
    case 'bk':
      return amounts();
    case 'am':
      return quote();
    default:
      return home('Cancelled.\n\n');
  }
};

const bodyOf = ({ text, rows }: Screen) => ({
  text,
  parse_mode: 'HTML',
  reply_markup: { inline_keyboard: rows.map((row) => row.map(([label, data]) => ({ text: label, callback_data: data }))) },
});

/** Gives the text of the answer to the update. */
const receive = async (update: Update): Promise<string> => {
  const { message, callback_query: tap } = update;
  const chat = message?.chat.id ?? tap?.message.chat.id ?? 0;
  const session: PlainSession = { screen: 'home', country: '724', brand: '8201', product: '8201', amount: 2_500 };
  const key = `floor:${chat}`;
  await redis.pipeline().get(key).set(key, JSON.stringify(session), 'EX', DAYS_30).exec();
  if (tap === undefined) {
    await call('sendMessage', { chat_id: chat, ...bodyOf(home()) });
    return '{}';
  }
  const screen = await screenOf(tap.data);
  await call('editMessageText', { chat_id: chat, message_id: tap.message.message_id, ...bodyOf(screen) });
  return JSON.stringify({ method: 'answerCallbackQuery', callback_query_id: tap.id });
};

const server = createServer((incoming, response) => {
  const given = Buffer.from(String(incoming.headers['x-telegram-bot-api-secret-token']));
  const isKnown = given.length === secret.length && timingSafeEqual(given, secret);
  if (!isKnown || incoming.url !== plan.path) {
    response.writeHead(isKnown ? 404 : 401).end();
    return;
  }
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    receive(JSON.parse(Buffer.concat(chunks).toString()) as Update).then(
      (json) => response.setHeader('content-type', 'application/json').end(json),
      () => response.writeHead(503).end(),
    );
  });
});
server.listen(plan.port, '127.0.0.1', () => void call('setWebhook', { url: 'https://bot.example' }));
