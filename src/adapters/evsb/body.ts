// The text of an answer's body: bounded, decompressed by what the answer says of itself, read as UTF-8.
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';

const inflate = promisify(gunzip);

/**
 * Returns null when the body can't be decoded: damaged, larger than `limit` bytes once decompressed, or of an unknown encoding.
 * An incomplete body gives as much text as arrived.
 */
export const decodeBody = async (
  bytes: Buffer,
  encoding: string | null,
  limit: number,
  complete: boolean,
): Promise<string | null> => {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return new TextDecoder().decode(bytes);
    case 'gzip':
    case 'x-gzip':
      try {
        const finishFlush = complete ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
        return new TextDecoder().decode(await inflate(bytes, { maxOutputLength: limit, finishFlush }));
      } catch {
        return null;
      }
    default:
      return null;
  }
};
