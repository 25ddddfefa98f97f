// A chat as it happens: the events that the chat page draws, in the order in which its customer sees them.
import type { ChatEvent } from '../../src/sandbox/telegram/view.ts';

export type ChatWatch = {
  /** What has arrived so far, oldest first; of this chat only. */
  readonly events: readonly ChatEvent[];
  close(): Promise<void>;
};

/** Resolves once nothing can be missed any more. `url` is the root of the local Telegram server. */
export const watchChat = async (url: string, chatId: number): Promise<ChatWatch> => {
  const ending = new AbortController();
  const response = await fetch(`${url}/client/events`, { signal: ending.signal });
  const events: ChatEvent[] = [];

  const read = async (): Promise<void> => {
    if (response.body === null) throw new Error('The stream of chat events has no body');
    let text = '';
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + piece).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        if (!block.startsWith('data: ')) continue;
        const event = JSON.parse(block.slice('data: '.length)) as ChatEvent;
        if (event.chatId === chatId) events.push(event);
      }
    }
  };

  const reading = read().catch((error: unknown) => {
    if (!ending.signal.aborted) throw error;
  });
  return {
    events,
    close: () => {
      ending.abort();
      return reading;
    },
  };
};
