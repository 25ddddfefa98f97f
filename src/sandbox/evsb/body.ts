// Bodies on the wire: reading a request's, and encoding an answer's (encryption, then compression).
import { createCipheriv, createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';

const requestLimitBytes = 65_536;

/** Reads a request's body as text; null when it is longer than 64 KiB or the client hangs up. */
export const readBody = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (!(chunk instanceof Buffer)) return null;
      bytes += chunk.length;
      if (bytes > requestLimitBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Parses JSON; undefined, which no JSON text means, when it is none. */
export const parseJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};

/** A text of a request: an empty one counts as left out, like null. */
export const orNull = (text: string | null | undefined): string | null => (text === undefined || text === '' ? null : text);

const single = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join(',') : (value ?? ''));

/** True when a client accepts one of the two types of the supplier. No header at all and wildcards are accepted too. */
export const isAcceptable = (accept: string | undefined): boolean =>
  accept === undefined ||
  accept
    .split(',')
    .some((range) =>
      ['application/json', 'application/encrypt', 'application/*', '*/*'].includes(range.split(';', 1)[0]?.trim() ?? ''),
    );

/** The sandbox's own key and initialisation vector: the supplier hands out real ones by contract. */
const encryptionKey = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const encryptionVector = Buffer.from('101112131415161718191a1b1c1d1e1f', 'hex');

const encrypt = (plain: Buffer): Buffer => {
  const cipher = createCipheriv('aes-128-cbc', encryptionKey, encryptionVector);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
};

const compressionThresholdBytes = 1024;

export type EncodedBody = { headers: OutgoingHttpHeaders; bytes: Buffer };

/** Encodes a text as the request's headers ask, with the response headers that tell what was done. */
export const encodeBody = (text: string, request: IncomingMessage): EncodedBody => {
  const plain = Buffer.from(text, 'utf8');
  const hash = createHash('sha256').update(plain).digest('hex');
  const isEncrypted = single(request.headers.accept).trim() === 'application/encrypt';
  const headers: OutgoingHttpHeaders = {
    UID: randomUUID(),
    U: single(request.headers['u']),
    'New-Cache-Hash': hash,
    'Content-Type': isEncrypted ? 'application/encrypt' : 'application/json',
  };
  if (request.method === 'GET' && request.headers['cache-hash'] === hash) return { headers, bytes: Buffer.alloc(0) };

  const bytes = isEncrypted ? encrypt(plain) : plain;
  const isCompressed = bytes.length > compressionThresholdBytes && /\bgzip\b/.test(single(request.headers['accept-encoding']));
  return isCompressed ? { headers: { ...headers, 'Content-Encoding': 'gzip' }, bytes: gzipSync(bytes) } : { headers, bytes };
};
