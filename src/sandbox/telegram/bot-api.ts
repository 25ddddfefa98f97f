// The Bot API as a whole: finds the method, applies ordered faults, runs it and keeps a record of the call.
import type { Chat as WireChat, File as WireFile, UserFromGetMe } from '@grammyjs/types';
import { setTimeout as sleep } from 'node:timers/promises';
import { accept, badRequest, internalError, notFound, tooManyRequests, type Answer } from './answer.ts';
import type { Faults } from './faults.ts';
import type { Params } from './params.ts';
import type { World } from './world.ts';

/** One call of the bot, as the books show it; an upload is named and measured instead of repeated. `at` is in milliseconds. */
export type RecordedCall = { method: string; params: Record<string, unknown>; ok: boolean; description?: string; at: number };

export type Method = (params: Params, signal: AbortSignal) => Answer<unknown> | Promise<Answer<unknown>>;

/** `dropped`: the connection has to be cut instead of answered. */
export type Outcome = { dropped: true } | { dropped: false; answer: Answer<unknown> };

export type BotApiOptions = { world: World; faults: Faults; methods: Record<string, Method> };

/** Settings of the bot's profile and menu that have no effect here; bots call them at the start. */
const tolerated = [
  'setChatMenuButton',
  'setMyName',
  'setMyShortDescription',
  'setMyDescription',
  'setMyDefaultAdministratorRights',
];

const mostCalls = 10_000;

export const createBotApi = ({ world, faults, methods }: BotApiOptions) => {
  const calls: RecordedCall[] = [];

  const getMe = (): Answer<UserFromGetMe> =>
    accept({
      ...world.botUser(),
      is_bot: true,
      username: world.bot.username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    });

  const getChat = ({ values }: Params): Answer<WireChat> => {
    const chat = world.chats.get(Number(values['chat_id']));
    return chat === undefined ? badRequest('chat not found') : accept(world.wireChat(chat));
  };

  const getFile = ({ values }: Params): Answer<WireFile> => {
    const file = typeof values['file_id'] === 'string' ? world.files.get(values['file_id']) : undefined;
    if (file === undefined) return badRequest('invalid file_id');
    return accept({ file_id: file.id, file_unique_id: file.id, file_size: file.bytes.length, file_path: `files/${file.id}` });
  };

  const all = new Map<string, Method>(
    Object.entries({
      ...methods,
      getMe,
      getChat,
      getFile,
      ...Object.fromEntries(tolerated.map((name) => [name, () => accept(true)])),
    }).map(([name, method]) => [name.toLowerCase(), method]),
  );

  const record = (method: string, { values, uploads }: Params, answer: Answer<unknown>): void => {
    const files = [...uploads].map(([field, { name, bytes }]) => [field, { file: name, size: bytes.length }]);
    const params = { ...values, ...(Object.fromEntries(files) as Record<string, unknown>) };
    calls.push({ method, params, ok: answer.ok, ...(!answer.ok && { description: answer.description }), at: world.now() });
    if (calls.length > mostCalls) calls.shift();
    world.pulse();
  };

  const run = (name: string, params: Params, signal: AbortSignal): Answer<unknown> | Promise<Answer<unknown>> =>
    all.get(name.toLowerCase())?.(params, signal) ?? notFound;

  /** Runs one call; method names are not case sensitive. */
  const call = async (name: string, params: Params, signal: AbortSignal): Promise<Outcome> => {
    const fault = faults.next(name);
    if (fault?.kind === 'delay') await sleep(fault.milliseconds, undefined, { signal }).catch(() => undefined);
    const isBefore = fault?.kind === 'tooManyRequests' || (fault !== undefined && 'when' in fault && fault.when === 'before');
    const refusal = fault?.kind === 'tooManyRequests' ? tooManyRequests(fault.retryAfterSeconds) : internalError;
    const running = isBefore ? refusal : run(name, params, signal);
    // No pause between the effect and its record: who sees the effect finds it in the books.
    const answer = running instanceof Promise ? await running : running;
    record(name, params, answer);
    if (fault?.kind === 'drop') return { dropped: true };
    return { dropped: false, answer: fault?.kind === 'serverError' ? internalError : answer };
  };

  return { call, calls };
};

export type BotApi = ReturnType<typeof createBotApi>;
