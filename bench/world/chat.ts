// One customer's chat as both ends of the stand-in see it: the load sends from it, the Bot API writes into it.

export type Button = { readonly text: string; readonly callback_data: string };

/** The newest message of the bot. */
export type Shown = { readonly message: number; readonly text: string; readonly keyboard: readonly (readonly Button[])[] };

export type Chat = {
  readonly id: number;
  /** Index in the dialogue of what the customer does next. */
  step: number;
  /** The newest message of either side. */
  lastMessage: number;
  shown: Shown;
  show(shown: Shown): void;
  /** Resolves with whether the newest message of the bot says this, at once or within some milliseconds. */
  says(words: string, within: number): Promise<boolean>;
  /** An update leaves. */
  startWaiting(): void;
  /** A call names the chat, or a tap in it. */
  noteCall(): void;
  /** How long the latest update waited for its first call, in milliseconds; null while there is none. */
  waited(): number | null;
};

export const openChat = (id: number): Chat => {
  let sentAt = 0;
  let waited: number | null = null;
  let changed: (() => void) | null = null;
  const chat: Chat = {
    id,
    step: 0,
    lastMessage: 0,
    shown: { message: 0, text: '', keyboard: [] },
    show: (shown) => {
      chat.shown = shown;
      changed?.();
    },
    says: async (words, within) => {
      const isThere = (): boolean => chat.shown.text.includes(words);
      if (isThere()) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const late = setTimeout(() => resolve(false), within);
      changed = () => {
        if (isThere()) resolve(true);
      };
      const said = await promise;
      clearTimeout(late);
      changed = null;
      return said;
    },
    startWaiting: () => {
      waited = null;
      sentAt = performance.now();
    },
    noteCall: () => {
      waited ??= performance.now() - sentAt;
    },
    waited: () => waited,
  };
  return chat;
};
