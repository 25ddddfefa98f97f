// One HTTP exchange with eVSB, and the exact knowledge of how far it got: not sent, answered, or sent without a whole answer.
import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import type { AuthHeaders } from './auth.ts';
import { decodeBody } from './body.ts';

/** What moves money is a POST, and so is the query of a bill. `timeout` in milliseconds covers everything, `limit` is in bytes. */
export type HttpRequest = { readonly path: string; readonly timeout: number; readonly limit: number } & (
  { readonly method: 'GET' } | { readonly method: 'POST'; readonly body: string }
);

/** `uid`: the supplier's id of the request. `skew`: their clock minus ours, in milliseconds, to the second. */
export type HttpOutcome =
  /** No byte of the request was written. */
  | { readonly kind: 'notSent'; readonly reason: string }
  /** A whole answer. `text` is null when its body can't be decoded. */
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly text: string | null;
      readonly uid: string | null;
      readonly skew: number | null;
    }
  /** Sent, or perhaps sent. `text` is what arrived of an answer. */
  | { readonly kind: 'noAnswer'; readonly reason: string; readonly text: string | null; readonly uid: string | null };

export type HttpOptions = {
  readonly baseUrl: string;
  /** In milliseconds; covers the TLS handshake. */
  readonly connectTimeout: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly sign: (now: number) => AuthHeaders;
  readonly now: () => number;
};

export type Http = { send(request: HttpRequest): Promise<HttpOutcome>; close(): Promise<void> };

type Head = {
  readonly status: number;
  readonly encoding: string | null;
  readonly uid: string | null;
  readonly skew: number | null;
};

type Ending = { readonly head: Head | null; readonly bytes: Buffer } & (
  { readonly kind: 'complete' } | { readonly kind: 'broken'; readonly written: boolean; readonly reason: string }
);

/** The error's code, never its message: messages quote addresses and headers. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

const headerOf = (headers: Readonly<Record<string, string | string[] | undefined>>, name: string): string | null => {
  const value = headers[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? null;
};

const readHead = (status: number, headers: Readonly<Record<string, string | string[] | undefined>>, now: number): Head => {
  const skew = Date.parse(headerOf(headers, 'date') ?? '') - now;
  return {
    status,
    encoding: headerOf(headers, 'content-encoding'),
    // Written to every log line, so an absurdly long one is cut.
    uid: headerOf(headers, 'uid')?.slice(0, 80) ?? null,
    skew: Number.isNaN(skew) ? null : skew,
  };
};

/**
 * Runs one exchange. It talks to undici's handler interface because `onRequestStart` is the proof that matters:
 * undici calls it on a connected socket right before the first byte, so a failure without it means that nothing was sent.
 */
const exchange = (
  pool: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { timeout, limit }: HttpRequest,
  now: () => number,
): Promise<Ending> =>
  new Promise((resolve) => {
    let writer: Dispatcher.DispatchController | null = null;
    let abandoned: Error | null = null;
    let head: Head | null = null;
    let size = 0;
    const chunks: Buffer[] = [];

    const settle = (ending: { kind: 'complete' } | { kind: 'broken'; reason: string }): void => {
      clearTimeout(deadline);
      const bytes = Buffer.concat(chunks);
      resolve(ending.kind === 'complete' ? { ...ending, head, bytes } : { ...ending, written: writer !== null, head, bytes });
    };
    const abandon = (reason: string): void => {
      abandoned = new Error(reason);
      if (writer === null) settle({ kind: 'broken', reason });
      else writer.abort(abandoned);
    };
    const deadline = setTimeout(() => abandon('timeout'), timeout);

    pool.dispatch(options, {
      onRequestStart(controller) {
        // Too late to begin; or undici is about to write the request a second time. Aborting here writes nothing.
        if (abandoned !== null || writer !== null) controller.abort(abandoned ?? new Error('resent'));
        else writer = controller;
      },
      onResponseStart(_controller, status, headers) {
        if (status >= 200) head = readHead(status, headers, now());
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > limit) abandon('too large');
        else chunks.push(chunk);
      },
      onResponseEnd: () => settle({ kind: 'complete' }),
      onResponseError: (_controller, error) => settle({ kind: 'broken', reason: abandoned?.message ?? reasonOf(error) }),
    });
  });

/**
 * Connects to one eVSB host. Certificates are verified, redirects are not followed, nothing is ever sent twice.
 * `send` never rejects. `close` waits for the exchanges in flight, and may be called again.
 */
export const createHttp = ({ baseUrl, connectTimeout, headers, sign, now }: HttpOptions): Http => {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const createPool = (): Pool =>
    new Pool(origin, {
      // HTTP/2 clients may repeat a request after GOAWAY; a purchase must not depend on their judgement.
      allowH2: false,
      pipelining: 1,
      connect: { timeout: connectTimeout },
      // The deadline of each exchange is the only clock.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const reads = createPool();
  // What moves money gets a connection of its own. On a kept-alive one that the server just closed it would be lost,
  // and nobody could tell whether it had been read: an order in doubt to save one handshake.
  const posts = createPool();
  let closing: Promise<void> | null = null;

  return {
    async send(request) {
      const isPost = request.method === 'POST';
      const ending = await exchange(
        isPost ? posts : reads,
        {
          method: request.method,
          path: prefix + request.path,
          reset: isPost,
          headers: {
            ...sign(now()),
            Accept: 'application/json',
            ...headers,
            ...(isPost ? { 'Content-Type': 'application/json' } : {}),
          },
          body: isPost ? request.body : null,
        },
        request,
        now,
      );
      const { head } = ending;
      if (ending.kind === 'broken' && !ending.written) return { kind: 'notSent', reason: ending.reason };
      const text =
        head === null ? null : await decodeBody(ending.bytes, head.encoding, request.limit, ending.kind === 'complete');
      if (ending.kind === 'broken') return { kind: 'noAnswer', reason: ending.reason, text, uid: head?.uid ?? null };
      if (head === null) return { kind: 'noAnswer', reason: 'no head', text, uid: null };
      return { kind: 'answered', status: head.status, text, uid: head.uid, skew: head.skew };
    },
    close() {
      closing ??= Promise.all([reads.close(), posts.close()]).then(() => undefined);
      return closing;
    },
  };
};
