// Talks to the server: one stream of news for the whole page, and a request for everything that a customer does.
import type { ChatEvent, ChatView } from '../view.ts';

export type Newcomer = { userId: number; firstName: string; languageCode: string };

/** What a customer can do; the server knows the same kinds. */
export type Deed =
  | { kind: 'text'; text: string }
  | { kind: 'tap'; messageId: number; data: string }
  | { kind: 'key'; label: string }
  | { kind: 'contact'; card?: { phoneNumber: string; firstName: string } }
  | { kind: 'sticker'; emoji: string }
  | { kind: 'photo'; base64?: string }
  | { kind: 'block'; blocked: boolean };

const post = async (path: string, body: unknown): Promise<Response> =>
  await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The chat of a customer; somebody whom the server does not know yet is introduced, the known keep their name. */
export const loadChat = async (newcomer: Newcomer): Promise<ChatView> => {
  const response = await post('/client/customers', newcomer);
  return (await response.json()) as ChatView;
};

/** Does something as a customer; false when it did not reach the server. */
export const act = async (userId: number, deed: Deed): Promise<boolean> => {
  try {
    return (await post('/client/deeds', { userId, ...deed })).ok;
  } catch {
    return false;
  }
};

export const fileAddress = (fileId: string): string => `/client/files/${encodeURIComponent(fileId)}`;

export type NewsHandlers = { onEvent: (event: ChatEvent) => void; onOpen: () => void; onLost: () => void };

/** Listens until the page is left; the browser connects again by itself, and `onOpen` is called every time. */
export const listen = ({ onEvent, onOpen, onLost }: NewsHandlers): void => {
  const source = new EventSource('/client/events');
  source.addEventListener('open', onOpen);
  source.addEventListener('error', onLost);
  source.addEventListener('message', (message: MessageEvent<string>) => onEvent(JSON.parse(message.data) as ChatEvent));
};
