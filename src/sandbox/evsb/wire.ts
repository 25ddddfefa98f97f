// Puts an answer on the wire, or what a fault makes of it after the request was processed.
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { frameworkError } from './answers.ts';
import type { Answer } from './answers.ts';
import { encodeBody } from './body.ts';
import type { SeenRequest } from './books.ts';
import type { Fault } from './faults.ts';
import { distort } from './wrong-types.ts';

/** One request and its response, with what writing needs. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  /** The entry in the books, which learns the status before the first byte leaves. */
  seen: SeenRequest;
  /** Aborts when the simulator closes. */
  closing: AbortSignal;
};

/** Closes the connection with a TCP reset: the client sees an error, not an end. */
export const reset = ({ request }: Exchange): void => {
  request.socket.resetAndDestroy();
};

const writeHead = ({ response, seen }: Exchange, status: number, headers: OutgoingHttpHeaders): void => {
  seen.status = status;
  response.writeHead(status, headers);
};

/** Writes a text as the body of an answer, encoded as the request asked. */
const writeText = (status: number, text: string, exchange: Exchange): void => {
  const { headers, bytes } = encodeBody(text, exchange.request);
  writeHead(exchange, status, { ...headers, 'Content-Length': bytes.length });
  exchange.response.end(bytes);
};

/** Writes an answer as it is. */
const writeAnswer = (answer: Answer, exchange: Exchange): void => {
  writeText(answer.status, JSON.stringify(answer.json), exchange);
};

/** Writes the web framework's error for a status. */
export const writeError = (status: number, exchange: Exchange): void => {
  writeAnswer(frameworkError(status, exchange.seen.path, exchange.seen.at), exchange);
};

/** What the body is padded with: JSON allows blanks around a value. */
const blanks = Buffer.alloc(65_536, ' ');

async function* drip(
  bytes: Buffer,
  fault: { chunkBytes: number; intervalMs: number },
  closing: AbortSignal,
): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += fault.chunkBytes) {
    yield bytes.subarray(start, start + fault.chunkBytes);
    await sleep(fault.intervalMs, undefined, { signal: closing });
  }
}

function* pad(bytes: Buffer, totalBytes: number): Generator<Buffer> {
  yield bytes;
  for (let left = totalBytes - bytes.length; left > 0; left -= blanks.length) yield blanks.subarray(0, left);
}

/** Sends chunks as fast as the client reads them. A client that hangs up ends it, as does closing the simulator. */
const stream = async (chunks: Iterable<Buffer> | AsyncIterable<Buffer>, { response, closing }: Exchange): Promise<void> => {
  try {
    await pipeline(Readable.from(chunks, { highWaterMark: 1 }), response, { signal: closing });
  } catch {
    response.destroy();
  }
};

/** Writes an answer, or what the fault of the call leaves of it. Faults of earlier stages leave it as it is. */
export const writeThroughFault = async (answer: Answer, fault: Fault | null, exchange: Exchange): Promise<void> => {
  const text = JSON.stringify(answer.json);
  const plainHeaders = { 'Content-Type': 'application/json' };
  switch (fault?.kind) {
    case 'dropAfter':
      reset(exchange);
      return;
    case 'status500After':
      writeError(500, exchange);
      return;
    case 'late406':
      writeError(406, exchange);
      return;
    case 'html502': {
      const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
      writeHead(exchange, 502, { 'Content-Type': 'text/html', 'Content-Length': page.length });
      exchange.response.end(page);
      return;
    }
    case 'empty200':
      writeText(200, '', exchange);
      return;
    case 'truncatedJson':
      writeText(200, text.slice(0, text.length / 2), exchange);
      return;
    case 'cutBody':
      writeHead(exchange, 200, { ...plainHeaders, 'Content-Length': text.length });
      exchange.response.write(text.slice(0, text.length / 2), () => reset(exchange));
      return;
    case 'slowDrip': {
      const { headers, bytes } = encodeBody(text, exchange.request);
      writeHead(exchange, answer.status, { ...headers, 'Content-Length': bytes.length });
      return stream(drip(bytes, fault, exchange.closing), exchange);
    }
    case 'endlessBody':
      writeHead(exchange, 200, plainHeaders);
      return stream(pad(Buffer.from('{"rc":0,"items":['), Infinity), exchange);
    case 'hugeBody':
      writeHead(exchange, answer.status, plainHeaders);
      return stream(pad(Buffer.from(text), fault.bytes), exchange);
    case 'wrongTypes':
      writeAnswer(distort(answer, fault.shape), exchange);
      return;
    default:
      writeAnswer(answer, exchange);
  }
};
