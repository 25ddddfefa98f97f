// Telegram's side of a webhook: kept-alive connections on which one update at a time is sent. Bare sockets, so that the load leaves the processor alone.
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export type Answer = { readonly status: number; readonly body: string };

export type Connection = {
  /** Sends one update and resolves with the answer. Rejects when the connection breaks before it is whole. */
  post(json: string): Promise<Answer>;
  close(): void;
};

export type WebhookAddress = { readonly port: number; readonly path: string; readonly secret: string };

const HEAD_END = '\r\n\r\n';

export const openConnection = ({ port, path, secret }: WebhookAddress): Connection => {
  let socket: Socket | null = null;
  let received = '';
  let waiting: PromiseWithResolvers<Answer> | null = null;

  const end = (error: Error): void => {
    socket?.destroy();
    socket = null;
    waiting?.reject(error);
    waiting = null;
  };
  const open = (): Socket => {
    const opened = connect({ port, host: '127.0.0.1', noDelay: true });
    // A character a byte, because the lengths of the protocol count bytes.
    opened.setEncoding('latin1');
    opened.on('data', (chunk: string) => {
      received += chunk;
      const answer = readAnswer(received);
      if (answer === null) return;
      received = '';
      const { resolve } = waiting ?? {};
      waiting = null;
      resolve?.(answer);
    });
    opened.on('error', end);
    opened.on('close', () => {
      if (socket === opened) end(new Error('The webhook closed the connection'));
    });
    return opened;
  };
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    'Accept-Encoding: gzip, deflate',
    `X-Telegram-Bot-Api-Secret-Token: ${secret}`,
    'Connection: keep-alive',
    'Content-Length: ',
  ].join('\r\n');

  return {
    post: (json) => {
      socket ??= open();
      received = '';
      waiting = Promise.withResolvers<Answer>();
      socket.write(`${head}${Buffer.byteLength(json)}${HEAD_END}${json}`);
      return waiting.promise;
    },
    close: () => socket?.destroy(),
  };
};

/** A whole answer, or null while a part of it is missing. */
const readAnswer = (text: string): Answer | null => {
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd);
  const rest = text.slice(headEnd + HEAD_END.length);
  const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  const body = length === undefined ? unchunk(rest) : rest.length >= Number(length) ? rest : null;
  return body === null ? null : { status, body: Buffer.from(body, 'latin1').toString() };
};

/** The chunks without their lengths, or null while the last one is missing. */
const unchunk = (text: string): string | null => {
  let body = '';
  for (let at = 0; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const start = lineEnd + 2;
    const end = start + parseInt(text.slice(at, lineEnd), 16);
    if (text.length < end + 2) return null;
    if (end === start) return body;
    body += text.slice(start, end);
    at = end + 2;
  }
};
