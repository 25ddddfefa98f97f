// The local stand-in for Telegram: a Bot API server on loopback, the chats behind it, and a page to chat in.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { internalError, notFound, unauthorized } from './answer.ts';
import { createBotApi, type RecordedCall } from './bot-api.ts';
import { createClientApi } from './client-api.ts';
import { createCommandBook } from './commands.ts';
import { createControl, type Control } from './control.ts';
import { createCustomer, type Customer } from './customer.ts';
import { createFaults } from './faults.ts';
import { content, departureOf, isFromHere, json, readBody, write, type Reply } from './http.ts';
import { createEditMethods } from './method-edit.ts';
import { createSendMethods } from './method-send.ts';
import { createUpdateMethods } from './method-updates.ts';
import { readPageFile } from './page-files.ts';
import { readParams } from './params.ts';
import { createPeople } from './people.ts';
import { createUpdateQueue } from './update-queue.ts';
import type { Profile } from './view.ts';
import { createWebhook } from './webhook.ts';
import { createWorld, type World } from './world.ts';

/** `port` 0 takes any free port; `now` is the clock in milliseconds. */
export type TelegramServerOptions = {
  port?: number;
  botToken: string;
  botUsername?: string;
  botName?: string;
  now?: () => number;
};

/** What is not given of a profile is filled in: English, and a phone number from the range that is reserved for fiction. */
export type CustomerProfile = Partial<Omit<Profile, 'userId'>>;

export type TelegramServer = {
  /** Root of the page and of the Bot API: `http://127.0.0.1:<port>`. */
  url: string;
  /** The customer with this id, introduced on first use; a given profile replaces the old one. */
  customer: (userId: number, profile?: CustomerProfile) => Customer;
  /** The bot's calls, oldest first. */
  calls: readonly RecordedCall[];
  control: Control;
  close: () => Promise<void>;
};

const requestTooLarge = { ok: false, error_code: 413, description: 'Request Entity Too Large' };

const fictionalPhone = (userId: number): string => `+120255501${String(userId % 100).padStart(2, '0')}`;

/** Starts the server; rejects when the port is taken. */
export const startTelegramServer = async (options: TelegramServerOptions): Promise<TelegramServer> => {
  const { port = 0, botToken, botUsername = 'local_shop_bot', botName = 'Local shop', now = Date.now } = options;
  const commands = createCommandBook({
    onChange: () => {
      for (const userId of world.profiles.keys()) world.showFrame(userId);
    },
    knowsChat: (chatId) => world.chats.has(chatId),
  });
  const bot = { id: Number.parseInt(botToken, 10) || 1, name: botName, username: botUsername };
  const world: World = createWorld({ bot, now, commandsFor: commands.commandsFor });
  // Ids start at the time, so that a bot that remembers the ids of an earlier run does not take new updates for old ones.
  const queue = createUpdateQueue(Math.floor(now() / 1000));
  const webhook = createWebhook({
    queue,
    now,
    execute: async ({ method, ...values }) =>
      await botApi.call(String(method), { values, uploads: new Map() }, new AbortController().signal),
  });
  const faults = createFaults();
  const botApi = createBotApi({
    world,
    faults,
    methods: {
      ...createSendMethods(world),
      ...createEditMethods(world),
      ...createUpdateMethods(queue, webhook),
      ...commands.methods,
    },
  });
  const people = createPeople(world, queue);
  const { control, handle: handleControl } = createControl({ faults, queue, people, botApi });

  const addProfile = (userId: number, profile: CustomerProfile): void => {
    world.profiles.set(userId, { firstName: 'Ana', languageCode: 'en', phoneNumber: fictionalPhone(userId), ...profile, userId });
  };
  const clientApi = createClientApi({ world, people, addProfile: ({ userId, ...profile }) => addProfile(userId, profile) });

  const handleBotApi = async (
    request: IncomingMessage,
    response: ServerResponse,
    { pathname, searchParams }: URL,
  ): Promise<Reply | undefined> => {
    const [token, method = ''] = pathname.slice('/bot'.length).split('/');
    if (token !== botToken) return json(401, unauthorized);
    const departure = departureOf(response);
    const body = await readBody(request);
    if (body === undefined) return json(413, requestTooLarge);
    const params = readParams(searchParams, request.headers['content-type'] ?? '', body);
    if (!params.ok) return json(params.error_code, params);
    const outcome = await botApi.call(method, params.result, departure);
    if (!outcome.dropped) return json(outcome.answer.ok ? 200 : outcome.answer.error_code, outcome.answer);
    request.socket.resetAndDestroy();
    return undefined;
  };

  const downloadRoot = `/file/bot${botToken}/files/`;

  const download = (id: string): Reply => {
    const file = world.files.get(id);
    return file === undefined ? json(404, notFound) : content('application/octet-stream', file.bytes);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> => {
    if (!isFromHere(request)) return json(403, { error: 'Only this machine may ask.' });
    const address = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = address.pathname;
    if (path.startsWith('/bot')) return await handleBotApi(request, response, address);
    if (path.startsWith(downloadRoot)) return download(path.slice(downloadRoot.length));
    if (path.startsWith('/client/')) return await clientApi.handle(request, response, path.slice('/client/'.length));
    if (path.startsWith('/_sim/')) return await handleControl(request, path.slice('/_sim/'.length));
    const file = path === '/' ? 'index.html' : /^\/page\/(.+)$/.exec(path)?.[1];
    return file === undefined || request.method !== 'GET' ? json(404, notFound) : await readPageFile(file);
  };

  const server = createServer((request, response) => {
    handle(request, response)
      .catch(() => json(500, internalError))
      .then((reply) => {
        if (reply !== undefined) write(response, reply);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    customer: (userId, profile) => {
      if (profile !== undefined || !world.profiles.has(userId)) addProfile(userId, { ...world.profiles.get(userId), ...profile });
      return createCustomer({ userId, world, people, queue });
    },
    calls: botApi.calls,
    control,
    close: async () => {
      webhook.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
