// A Bot API server that knows just enough: it keeps each chat's newest keyboard, counts the calls and notes when a chat's first one came.
import { createServer } from 'node:http';
import { openChat } from './chat.ts';
import type { Button, Chat } from './chat.ts';
import { answerJson, closeServer, listenOnLoopback, readBody } from './read-body.ts';

export type Telegram = {
  readonly url: string;
  /** Calls by method: requests, and those that came in the answer to an update. */
  readonly calls: { readonly made: Map<string, number>; readonly carried: Map<string, number> };
  chat(id: number): Chat;
  /** Takes a call that came in the answer to an update. */
  carry(call: unknown): void;
  /** Resolves when the bot of this token has set its webhook. */
  webhookSet(token: string): Promise<void>;
  /** The commands that are there only to be counted start anew. */
  resetCounts(): void;
  close(): Promise<void>;
};

type Params = {
  readonly chat_id?: number | string;
  readonly message_id?: number;
  readonly text?: string;
  readonly reply_markup?: Markup | string;
  readonly callback_query_id?: string;
};
type Markup = { readonly inline_keyboard?: readonly (readonly Button[])[] };

const ME = { id: 100_001, is_bot: true, first_name: 'Voucher shop', username: 'voucher_shop_bot' };
/** Seconds since 1970; the same in every message, because nobody looks at it. */
const DATE = 1_800_000_000;

/** The id that a tap of this chat carries. */
export const tapIdOf = (chat: number, update: number): string => `${chat}.${update}`;

export const startTelegram = async (): Promise<Telegram> => {
  const chats = new Map<number, Chat>();
  const made = new Map<string, number>();
  const carried = new Map<string, number>();
  const webhooks = new Map<string, PromiseWithResolvers<undefined>>();

  const chatOf = (id: number): Chat => {
    const known = chats.get(id);
    if (known !== undefined) return known;
    const chat = openChat(id);
    chats.set(id, chat);
    return chat;
  };
  const webhookOf = (token: string): PromiseWithResolvers<undefined> => {
    const known = webhooks.get(token);
    if (known !== undefined) return known;
    const waiting = Promise.withResolvers<undefined>();
    webhooks.set(token, waiting);
    return waiting;
  };
  const count = (counts: Map<string, number>, method: string): void => void counts.set(method, (counts.get(method) ?? 0) + 1);

  /** What a call does to its chat; gives the result of the answer. */
  const perform = (method: string, params: Params): unknown => {
    if (method === 'getMe') return ME;
    if (params.callback_query_id !== undefined) chatOf(Number(params.callback_query_id.split('.', 1)[0])).noteCall();
    if (params.chat_id === undefined) return true;
    const chat = chatOf(Number(params.chat_id));
    chat.noteCall();
    if (method !== 'sendMessage' && method !== 'editMessageText') return true;
    const { text = '', reply_markup: markup = {} } = params;
    const { inline_keyboard: keyboard = [] } = typeof markup === 'string' ? (JSON.parse(markup) as Markup) : markup;
    const message = method === 'sendMessage' ? ++chat.lastMessage : (params.message_id ?? 0);
    chat.show({ message, text, keyboard });
    return messageIn(chat);
  };

  const server = createServer((request, response) => {
    const [, bot = '', method = ''] = (request.url ?? '').split('/');
    readBody(request, (body) => {
      count(made, method);
      const result = perform(method, body === '' ? {} : (JSON.parse(body) as Params));
      answerJson(response, 200, JSON.stringify({ ok: true, result }));
      if (method === 'setWebhook') webhookOf(bot.slice('bot'.length)).resolve(undefined);
    });
  });
  const url = await listenOnLoopback(server);

  return {
    url,
    calls: { made, carried },
    chat: chatOf,
    carry: (call) => {
      const { method, ...params } = call as Params & { readonly method?: string };
      if (method === undefined) return;
      count(carried, method);
      perform(method, params);
    },
    webhookSet: (token) => webhookOf(token).promise,
    resetCounts: () => {
      made.clear();
      carried.clear();
    },
    close: () => closeServer(server),
  };
};

/** The newest message as Telegram shows it, in answers and in taps. */
export const messageIn = ({ id, shown: { message, text, keyboard } }: Chat) => ({
  message_id: message,
  from: ME,
  chat: { id, first_name: 'Ana', type: 'private' },
  date: DATE,
  text,
  reply_markup: { inline_keyboard: keyboard },
});

let lastUpdate = 1_000;
/** Ids rise over the whole run, whoever the update is for. */
export const nextUpdateId = (): number => ++lastUpdate;

const personOf = (id: number) => ({ id, is_bot: false, first_name: 'Ana', username: `ana_${id}`, language_code: 'en' });

export const textUpdate = (update: number, chat: Chat, text: string) => ({
  update_id: update,
  message: {
    message_id: ++chat.lastMessage,
    from: personOf(chat.id),
    chat: { id: chat.id, first_name: 'Ana', username: `ana_${chat.id}`, type: 'private' },
    date: DATE,
    text,
    ...(text.startsWith('/') && { entities: [{ offset: 0, length: text.length, type: 'bot_command' }] }),
  },
});

export const tapUpdate = (update: number, chat: Chat, data: string) => ({
  update_id: update,
  callback_query: {
    id: tapIdOf(chat.id, update),
    from: personOf(chat.id),
    message: messageIn(chat),
    chat_instance: '-3700000000000000001',
    data,
  },
});
