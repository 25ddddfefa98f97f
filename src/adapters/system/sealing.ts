// Seals text at rest with AES-256-GCM. A sealed value is: format (1 byte), key id (1 byte), nonce (12), tag (16), ciphertext.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { secret } from './secret.ts';
import type { Secret } from './secret.ts';

const FORMAT = 1;
const HEADER_LENGTH = 2;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const KEY_LENGTH = 32;

/** Reads 32 bytes of base64 or hex; the error says nothing of the text. */
const keyBytes = (text: string): Buffer => {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === KEY_LENGTH && /^[A-Za-z0-9+/]{43}=?$/.test(text)) return bytes;
  throw new Error(`A sealing key is ${KEY_LENGTH} bytes, written in base64 or hex`);
};

/** A fresh random key, in base64. */
export const newSealingKey = (): Secret => secret(randomBytes(KEY_LENGTH).toString('base64'));

type Key = { readonly bytes: Buffer; readonly header: Buffer };

const readKey = (sealingKey: Secret): Key => {
  const bytes = keyBytes(sealingKey.reveal());
  // The second byte tells values of different keys apart; two keys share it once in 256 times.
  return { bytes, header: Buffer.of(FORMAT, createHash('sha256').update(bytes).digest().readUInt8()) };
};

const associated = ({ header }: Key, context: string): Buffer => Buffer.concat([header, Buffer.from(context)]);

const openWith = (key: Key, sealed: Buffer, context: string): string => {
  const nonceEnd = HEADER_LENGTH + NONCE_LENGTH;
  const tagEnd = nonceEnd + TAG_LENGTH;
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(HEADER_LENGTH, nonceEnd), {
    authTagLength: TAG_LENGTH,
  })
    .setAAD(associated(key, context))
    .setAuthTag(sealed.subarray(nonceEnd, tagEnd));
  const start = decipher.update(sealed.subarray(tagEnd), undefined, 'utf8');
  return start + decipher.final('utf8');
};

/**
 * Seals with `current`; opens what `current` or `old` sealed. Throws when a key is not 32 bytes. `context` is authenticated with
 * the text, and has to be the same at opening.
 */
export const createSealer = (current: Secret, old?: Secret) => {
  const key = readKey(current);
  const readable = old === undefined ? [key] : [key, readKey(old)];

  return {
    seal: (text: string, context: string): Uint8Array => {
      const nonce = randomBytes(NONCE_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_LENGTH }).setAAD(
        associated(key, context),
      );
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([key.header, nonce, cipher.getAuthTag(), ciphertext]);
    },

    /** Throws when the value was sealed with another key or context, or has been changed. */
    open: (sealed: Uint8Array, context: string): string => {
      const bytes = Buffer.from(sealed);
      if (bytes.length < HEADER_LENGTH + NONCE_LENGTH + TAG_LENGTH || bytes[0] !== FORMAT) throw new Error('Not a sealed value');
      const candidates = readable.filter(({ header }) => header[1] === bytes[1]);
      if (candidates.length === 0) throw new Error('Sealed with another key');
      const causes: unknown[] = [];
      for (const candidate of candidates) {
        try {
          return openWith(candidate, bytes, context);
        } catch (error) {
          causes.push(error);
        }
      }
      throw new Error('A sealed value does not open: another key, another place, or changed', { cause: causes[0] });
    },
  };
};
