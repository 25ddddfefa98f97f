// How long to leave a message alone that could not be delivered: as long as Telegram says, else a little longer with every try.
import { assertNever } from '../domain/result.ts';
import { SECOND } from '../domain/time.ts';
import type { ChannelError } from './ports/channel.ts';

/** Milliseconds. `tries` counts the attempts before the one that failed; `longest` bounds the pauses that we choose ourselves. */
export const pauseAfter = (error: ChannelError, tries: number, longest: number): number => {
  switch (error.kind) {
    case 'tooMany':
      return error.retryAfterSeconds * SECOND;
    case 'blocked':
    case 'refused':
    case 'noAnswer':
      return Math.min(longest, SECOND * 2 ** tries);
    default:
      return assertNever(error);
  }
};
