// Sessions that a test keeps waiting or lets fail: an update that needs them is in hand for as long.
import type { Observe } from '../../src/bot.ts';
import type { Sessions } from '../../src/app/ports/sessions.ts';
import { fail } from '../../src/domain/result.ts';

export type HeldSessions = {
  /** For `startBot`: stands before the real ones. */
  readonly observe: Observe;
  /** Keeps whoever loads this chat's session waiting until `release`. */
  hold(chat: number): void;
  /** Resolves when somebody waits. */
  held(): Promise<void>;
  release(): void;
  /** From now on no session can be reached. */
  fail(): void;
};

export const createHeldSessions = (): HeldSessions => {
  let heldChat: number | null = null;
  let failing = false;
  let waiting = Promise.withResolvers<undefined>();
  let released = Promise.withResolvers<undefined>();

  const standBefore =
    (load: Sessions['load']): Sessions['load'] =>
    async (chat) => {
      if (failing) return fail({ kind: 'unavailable', reason: 'the test lets it fail' });
      if (chat === heldChat) {
        waiting.resolve(undefined);
        await released.promise;
      }
      return load(chat);
    };

  return {
    observe: (name, port) =>
      name === 'sessions' && 'load' in port ? { ...port, load: standBefore(port.load as Sessions['load']) } : port,
    hold: (chat) => {
      waiting = Promise.withResolvers();
      released = Promise.withResolvers();
      heldChat = chat;
    },
    held: () => waiting.promise,
    release: () => {
      heldChat = null;
      released.resolve(undefined);
    },
    fail: () => {
      failing = true;
    },
  };
};
