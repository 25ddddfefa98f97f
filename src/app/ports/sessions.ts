// Sessions: the conversation's state per chat, written by compare-and-set so that any replica may take any update.
import type { ChatId } from '../../domain/ids.ts';
import type { DialogState } from '../../domain/dialog/state.ts';
import type { Result } from '../../domain/result.ts';

/** `version` 0 means that nothing is stored. `recentUpdates` are the last update ids that were handled, newest last. */
export type StoredSession = { readonly version: number; readonly data: string | null; readonly recentUpdates: readonly number[] };

/** The store can't be reached: the update must not be acknowledged. */
export type SessionsError = { readonly kind: 'unavailable'; readonly reason: string };

export type Sessions = {
  /** One round trip. */
  load(chat: ChatId): Promise<Result<StoredSession, SessionsError>>;
  /**
   * One round trip: stores `data` and remembers `updateId` when the session is still at `version`.
   * `lost` means that another update of the chat was faster and nothing was written.
   */
  save(chat: ChatId, version: number, data: string, updateId: number): Promise<Result<'saved' | 'lost', SessionsError>>;
};

/** The stored form of a conversation. `decode` gives null for text that no version of the codec wrote. */
export type SessionCodec = {
  encode(state: DialogState): string;
  decode(text: string): DialogState | null;
};
