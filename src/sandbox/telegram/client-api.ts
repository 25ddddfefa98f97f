// What the chat page in the browser asks of the server: JSON for deeds, Server-Sent Events for news.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { notFound } from './answer.ts';
import { content, json, readJson, type Reply } from './http.ts';
import type { People } from './people.ts';
import type { Profile } from './view.ts';
import type { World } from './world.ts';

const userId = z.int().positive();
const card = z.object({
  phoneNumber: z.string(),
  firstName: z.string(),
  lastName: z.string().exactOptional(),
  userId: z.int().exactOptional(),
});

const deed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), userId, text: z.string().min(1).max(4096) }),
  z.object({ kind: z.literal('tap'), userId, messageId: z.int(), data: z.string() }),
  z.object({ kind: z.literal('key'), userId, label: z.string() }),
  z.object({ kind: z.literal('contact'), userId, card: card.optional() }),
  z.object({ kind: z.literal('sticker'), userId, emoji: z.string() }),
  z.object({ kind: z.literal('photo'), userId, base64: z.base64().optional() }),
  z.object({ kind: z.literal('block'), userId, blocked: z.boolean() }),
]);

export type Deed = z.infer<typeof deed>;

const newcomer = z.object({ userId, firstName: z.string().trim().min(1).max(64), languageCode: z.string().regex(/^[a-z]{2}$/) });

export type ClientApiOptions = {
  world: World;
  people: People;
  addProfile: (profile: Pick<Profile, 'userId' | 'firstName' | 'languageCode'>) => void;
};

export const createClientApi = ({ world, people, addProfile }: ClientApiOptions) => {
  const act = (done: Deed): { callbackId?: string } => {
    switch (done.kind) {
      case 'text':
        people.sendText(done.userId, done.text);
        return {};
      case 'tap':
        return { callbackId: people.tap(done.userId, done.messageId, done.data) };
      case 'key':
        people.pressKey(done.userId, done.label);
        return {};
      case 'contact':
        people.shareContact(done.userId, done.card);
        return {};
      case 'sticker':
        people.sendSticker(done.userId, done.emoji);
        return {};
      case 'photo':
        people.sendPhoto(done.userId, done.base64 === undefined ? undefined : Buffer.from(done.base64, 'base64'));
        return {};
      case 'block':
        people.setBlocked(done.userId, done.blocked);
        return {};
    }
  };

  /** Streams the news of all chats; the page picks those that it shows. */
  const stream = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 500\n\n');
    const unsubscribe = world.subscribe((event) => {
      response.write(`data: ${JSON.stringify(event)}\n\n`);
    });
    response.on('close', unsubscribe);
  };

  /** Answers a request below /client/; `path` is what follows. Undefined means that the answer is being streamed. */
  const handle = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<Reply | undefined> => {
    const [place, id] = path.split('/');
    if (request.method === 'GET' && place === 'events') {
      stream(response);
      return undefined;
    }
    if (request.method === 'GET' && place === 'files') {
      const file = world.files.get(id ?? '');
      // An upload is shown as a picture or offered as bytes, never as a document that could run on this origin.
      const isPicture = file !== undefined && /^image\/(?:png|jpeg|gif|webp)$/.test(file.mimeType);
      if (file === undefined) return json(404, notFound);
      return content(isPicture ? file.mimeType : 'application/octet-stream', file.bytes);
    }
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json') return json(404, notFound);
    const value = await readJson(request);
    if (place === 'customers') {
      const parsed = newcomer.safeParse(value);
      if (!parsed.success) return json(400, { error: 'A customer needs an id, a name and a language.' });
      if (!world.profiles.has(parsed.data.userId)) addProfile(parsed.data);
      return json(200, world.viewOf(parsed.data.userId));
    }
    const parsed = deed.safeParse(value);
    if (place !== 'deeds' || !parsed.success) return json(400, { error: 'There is no such thing to do.' });
    if (!world.profiles.has(parsed.data.userId)) return json(404, notFound);
    return json(200, act(parsed.data));
  };

  return { handle };
};
