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
    opened.setEncoding('utf8');
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

/** A whole answer, or null while a part of it is missing. The bodies are ASCII or short enough to come in one piece with their end. */
const readAnswer = (text: string): Answer | null => {
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd);
  const body = text.slice(headEnd + HEAD_END.length);
  const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return Buffer.byteLength(body) >= Number(length) ? { status, body } : null;
  if (!/^transfer-encoding: *chunked/im.test(head)) return { status, body: '' };
  return body.endsWith(`0${HEAD_END}`) ? { status, body: unchunk(body) } : null;
};

const unchunk = (text: string): string => {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts).toString();
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
};
