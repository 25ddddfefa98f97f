// One POST over a kept connection with one deadline for all of it. It talks to undici's handlers, which costs about half of its request method.
import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import type { Body } from './bot-api-body.ts';

export type Answer = { readonly status: number; readonly text: string };

export type Post = {
  /** Milliseconds count from the call to the last byte of the answer. Rejects with an error whose `code` says what happened; `TIMED_OUT` is ours. */
  send(path: string, body: Body, milliseconds: number): Promise<Answer>;
  /** Waits for the calls under way and closes the connections. */
  close(): Promise<void>;
};

export const TIMED_OUT = 'TIMED_OUT';

/** `connectTimeout` in milliseconds. */
export const createPost = (origin: string, connectTimeout: number): Post => {
  // One call a connection: with HTTP/2 a single lost connection would leave the outcome of every call on it unknown.
  const pool = new Pool(origin, {
    allowH2: false,
    connect: { timeout: connectTimeout },
    keepAliveTimeout: 30_000,
    // The deadline of each call is the only clock.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  return {
    send: (path, { body, headers }, milliseconds) =>
      new Promise((resolve, reject) => {
        let writer: Dispatcher.DispatchController | null = null;
        let late: Error | null = null;
        let status = 0;
        const chunks: Buffer[] = [];
        const fail = (error: Error): void => {
          clearTimeout(deadline);
          reject(late ?? error);
        };
        const deadline = setTimeout(() => {
          late = Object.assign(new Error('No whole answer in time'), { code: TIMED_OUT });
          if (writer === null) fail(late);
          else writer.abort(late);
        }, milliseconds);

        pool.dispatch(
          { path, method: 'POST', headers, body },
          {
            onRequestStart(controller) {
              writer = controller;
              if (late !== null) controller.abort(late);
            },
            onResponseStart(_controller, code) {
              status = code;
            },
            onResponseData(_controller, chunk) {
              chunks.push(chunk);
            },
            onResponseEnd() {
              clearTimeout(deadline);
              resolve({ status, text: Buffer.concat(chunks).toString() });
            },
            onResponseError: (_controller, error) => fail(error),
          },
        );
      }),
    close: () => pool.close(),
  };
};
