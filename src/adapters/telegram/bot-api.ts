// Outgoing calls to the Bot API: one client for both frameworks, where waits, time limits and redaction are decided once.
import type { ApiMethods, Opts } from '@grammyjs/types';
import { z } from 'zod';
import type { ChannelError } from '../../app/ports/channel.ts';
import type { Log } from '../../app/ports/log.ts';
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { encodeParams } from './bot-api-body.ts';
import type { Upload } from './bot-api-body.ts';
import type { Pauses } from './pauses.ts';
import { TIMED_OUT, createPost } from './post.ts';

export type Methods = ApiMethods<Upload>;
export type MethodName = keyof Methods;

export type BotApi = {
  /**
   * Calls one method. A refused connection is tried again once, because nothing was sent; a 429 of up to three seconds is waited for once.
   * So is the rest of a pause that a chat was given before; while more of it is left, the answer is `tooMany` without a call.
   * Everything else is answered with a value: `noAnswer` may have arrived and is never repeated, because sends have no idempotency.
   * An edit that changes nothing and the answer to a tap that is too old are successes whose value is `true`.
   * A refusal of the bot itself (its token, a second poller) is `noAnswer` too: it says nothing of the message, which may be sent later.
   */
  call<Name extends MethodName>(
    method: Name,
    params: Opts<Upload>[Name],
  ): Promise<Result<ReturnType<Methods[Name]>, ChannelError>>;
  /** Waits for the calls under way and closes the connections. */
  close(): Promise<void>;
};

export type BotApiOptions = {
  /** Root of the Bot API server, without the token. */
  readonly apiRoot?: string | undefined;
  readonly token: string;
  readonly log: Log;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Each 429 is about its own call unless given. */
  readonly pauses?: Pauses | undefined;
};

/** In milliseconds. `total` is from the call to the last byte of the answer; `files` is the same for calls that upload. */
export type Timeouts = { readonly connect: number; readonly total: number; readonly files: number };

const DEFAULT_TIMEOUTS: Timeouts = { connect: 5000, total: 10_000, files: 30_000 };
/** A customer still waits that long, in seconds; longer pauses are the caller's decision. */
const LONGEST_WAIT = 3;
/** The pause before a call that was not sent is tried again, in milliseconds. */
const RESEND_PAUSE = 250;

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.number(),
    description: z.string(),
    parameters: z.object({ retry_after: z.number().nonnegative().optional() }).optional(),
  }),
]);

/** Errors that come before the first byte was sent: the call can't have had an effect. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Refusals that say that there was nothing left to do. */
const ALREADY_DONE = /message is not modified|query is too old/;

/** Refusals that are about the bot, whatever it asks for: a token that is unknown or malformed, or somebody else in its place. */
const isAboutTheBot = (code: number, description: string): boolean =>
  code === 401 || code === 409 || (code === 404 && description === 'Not Found');

const REFUSED_BOT = 'the bot is refused';

/** Whether a call failed because Telegram does not take the bot: by its token, or for somebody else in its place. */
export const isBotRefused = (error: ChannelError): boolean => error.kind === 'noAnswer' && error.reason.startsWith(REFUSED_BOT);

/** `of`: what failed. `connection` means that nothing was sent; `bot` that the operator has to act. */
type Failure = { readonly error: ChannelError; readonly of: 'connection' | 'bot' | 'call' };

const NO_PAUSES: Pauses = { left: () => 0, note: () => undefined, end: () => undefined };

export const createBotApi = ({
  apiRoot = 'https://api.telegram.org',
  token,
  log,
  sleep,
  timeouts,
  pauses = NO_PAUSES,
}: BotApiOptions): BotApi => {
  const limits = { ...DEFAULT_TIMEOUTS, ...timeouts };
  const root = new URL(apiRoot);
  const prefix = `${root.pathname.replace(/\/$/, '')}/bot${token}/`;
  const post = createPost(root.origin, limits.connect);

  const attempt = async (method: string, params: object): Promise<Result<unknown, Failure>> => {
    const body = encodeParams(params);
    try {
      const { status, text } = await post.send(prefix + method, body, body.uploads ? limits.files : limits.total);
      return readAnswer(status, text, token);
    } catch (error) {
      return fail(failureOf(error));
    }
  };

  /** Only what is sent to a chat pauses and waits for pauses: calls about the bot, such as that of its commands, have limits of their own. */
  const attemptIn = async (chat: number | null, method: string, params: object): Promise<Result<unknown, Failure>> => {
    const result = await attempt(method, params);
    if (chat !== null && !result.ok && result.error.error.kind === 'tooMany') {
      pauses.note(chat, result.error.error.retryAfterSeconds);
    }
    return result;
  };

  const callOnce = async (method: string, params: object): Promise<Result<unknown, Failure>> => {
    const chat = chatOf(params);
    const left = chat === null ? 0 : pauses.left(chat);
    if (left > LONGEST_WAIT * 1000) return fail(tooMany(Math.ceil(left / 1000)));
    if (left > 0) await sleep(left);
    let result = await attemptIn(chat, method, params);
    const wait = result.ok ? null : waitBeforeRepeat(result.error);
    if (wait !== null) {
      await sleep(wait);
      result = await attemptIn(chat, method, params);
    }
    if (chat !== null && result.ok && (left > 0 || wait !== null)) pauses.end(chat);
    return result;
  };

  return {
    call: async (method, params) => {
      const result = await callOnce(method, params);
      if (!result.ok) {
        const { error, of } = result.error;
        const fields = { method, ...describe(error) };
        if (of === 'bot') log.error('telegram.botRefused', fields);
        else log.warn('telegram.callFailed', fields);
        return fail(error);
      }
      // The shape of a result is Telegram's promise; what is used of it is parsed where it is used.
      return ok(result.value as ReturnType<Methods[typeof method]>);
    },
    close: post.close,
  };
};

/** Milliseconds after which the call may be repeated; null when it must not be. */
const waitBeforeRepeat = ({ error, of }: Failure): number | null => {
  if (of === 'connection') return RESEND_PAUSE;
  return error.kind === 'tooMany' && error.retryAfterSeconds <= LONGEST_WAIT ? error.retryAfterSeconds * 1000 : null;
};

/** The chat that a call sends something to; null where it is about none. */
const chatOf = (params: object): number | null =>
  'chat_id' in params && typeof params.chat_id === 'number' ? params.chat_id : null;

const tooMany = (retryAfterSeconds: number): Failure => ({ error: { kind: 'tooMany', retryAfterSeconds }, of: 'call' });

const noAnswer = (reason: string, of: Failure['of'] = 'call'): Failure => ({ error: { kind: 'noAnswer', reason }, of });

/** The library's error stays here: it may name the address. */
const failureOf = (error: unknown): Failure => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === TIMED_OUT) return noAnswer('timed out');
  return NOT_SENT.has(code) ? noAnswer(`not sent: ${code}`, 'connection') : noAnswer(`connection lost: ${code}`);
};

const readAnswer = (status: number, text: string, token: string): Result<unknown, Failure> => {
  const answer = answerSchema.safeParse(parseJson(text));
  if (!answer.success) return fail(noAnswer(`unreadable answer, status ${status}`));
  if (answer.data.ok) return ok(answer.data.result);
  const { error_code: code, description, parameters } = answer.data;
  if (code === 429) return fail(tooMany(parameters?.retry_after ?? 1));
  if (code === 403) return fail({ error: { kind: 'blocked' }, of: 'call' });
  if (isAboutTheBot(code, description)) return fail(noAnswer(`${REFUSED_BOT}, status ${code}`, 'bot'));
  if (code >= 500) return fail(noAnswer(`server error ${code}`));
  if (code === 400 && ALREADY_DONE.test(description)) return ok(true);
  return fail({ error: { kind: 'refused', reason: redact(`${code}: ${description}`, token) }, of: 'call' });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Telegram quotes what it can't parse, which may be part of a message or an address; the complaint is enough. */
const redact = (description: string, token: string): string =>
  description
    .replaceAll(token, '…')
    .replace(/(?<!\w)(["']).*?\1(?!\w)/gs, '$1…$1')
    .slice(0, 200);

const describe = (error: ChannelError): Record<string, string | number> =>
  error.kind === 'tooMany' ? { kind: error.kind, seconds: error.retryAfterSeconds } : { ...error };
