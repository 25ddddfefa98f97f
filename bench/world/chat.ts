// One customer's chat as both ends of the stand-in see it: the load sends from it, the Bot API writes into it.

export type Button = { readonly text: string; readonly callback_data: string };

export type Chat = {
  readonly id: number;
  /** Index in the dialogue of what the customer does next. */
  step: number;
  /** The newest message of the bot. */
  message: number;
  text: string;
  keyboard: readonly (readonly Button[])[];
  /** When the update under way was sent, on the clock of `performance.now()`. */
  sentAt: number;
  /** How long that update waited for the first call that names its chat or its tap; null until then. Milliseconds. */
  waited: number | null;
};

export const openChat = (id: number): Chat => ({ id, step: 0, message: 0, text: '', keyboard: [], sentAt: 0, waited: null });
