// The ways in which a connection can break once a request was written, and what each leaves of the answer.
import type { Socket } from 'node:net';

export const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nUID: uid-1\r\n';

/** What a server does to the socket of a request, and what the outcome says of it. */
type Break = [(socket: Socket) => void, { reason?: string; raw?: string | null; uid?: string | null }];

/** `text` is the answer that would have come. A break whose reason is `timeout` lasts until the client gives up. */
export const brokenConnections = (text: string): Record<string, Break> => ({
  'reset before an answer': [(socket) => socket.resetAndDestroy(), { reason: 'ECONNRESET', raw: null }],
  'closed before an answer': [(socket) => socket.end(), { reason: 'UND_ERR_SOCKET', raw: null }],
  'reset amid the head': [(socket) => socket.write('HTTP/1.1 200 OK\r\nUID', () => socket.resetAndDestroy()), { raw: null }],
  'closed after the head': [(socket) => socket.end(`${head}Content-Length: 400\r\n\r\n`), { raw: null, uid: 'uid-1' }],
  'closed amid the body': [
    (socket) => socket.end(`${head}Content-Length: 400\r\n\r\n${text.slice(0, 200)}`),
    { raw: text.slice(0, 200), uid: 'uid-1' },
  ],
  'closed amid a chunked body': [
    (socket) => socket.end(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"rc"\r\n`),
    { raw: '{"rc"' },
  ],
  'answered by something that is no HTTP': [(socket) => socket.end('SSH-2.0-OpenSSH\r\n'), { raw: null }],
  'never answered': [() => undefined, { reason: 'timeout', raw: null }],
  'answered in drips': [
    (socket) => {
      socket.write(`${head}Content-Length: 4000\r\n\r\n`);
      const drip = setInterval(() => socket.write(' '), 5);
      socket.on('close', () => clearInterval(drip));
    },
    { reason: 'timeout', uid: 'uid-1' },
  ],
  'answered without an end': [
    (socket) => {
      socket.write(`${head}\r\n`);
      const pour = () => {
        while (socket.writable && socket.write('x'.repeat(65_536)));
      };
      socket.on('drain', pour);
      pour();
    },
    { reason: 'too large', uid: 'uid-1' },
  ],
});
