// The HTTP ground that every part of the local server stands on: who may ask, reading bodies, writing answers.
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The largest body in bytes; Telegram takes 50 MB of upload, nobody needs that here. */
const mostBody = 20 * 1024 * 1024;

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

const isLoopback = (address: string): boolean => loopbackNames.includes(URL.parse(address)?.hostname ?? '');

/**
 * Tells whether the request is from this machine and not from a foreign page in a browser here: the Host must be loopback, so that no
 * rebound name gets through, and a page of another origin must not post.
 */
export const isFromHere = (request: IncomingMessage): boolean => {
  const { host, origin } = request.headers;
  if (host === undefined || !isLoopback(`http://${host}`)) return false;
  return request.method === 'GET' || origin === undefined || origin === `http://${host}`;
};

/** Reads the whole body; undefined when it is larger than is reasonable. */
export const readBody = async (request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Reads the body as JSON; undefined when it is none. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const body = await readBody(request);
  try {
    return body === undefined ? undefined : (JSON.parse(body.toString()) as unknown);
  } catch {
    return undefined;
  }
};

/** An answer, before it is written. */
export type Reply = { status: number; contentType: string; body: Uint8Array | string };

export const json = (status: number, value: unknown): Reply => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

export const content = (contentType: string, body: Uint8Array | string): Reply => ({ status: 200, contentType, body });

export const write = (response: ServerResponse, { status, contentType, body }: Reply): void => {
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
  });
  response.end(body);
};

/** A signal that fires when the other side goes away before it got its answer. */
export const departureOf = (response: ServerResponse): AbortSignal => {
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  return controller.signal;
};
