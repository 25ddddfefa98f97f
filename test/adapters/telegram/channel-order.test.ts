// Edits of one message keep their order, even when the first is slow or fails; edits of others do not wait for them. Messages take turns.
import { expect, it, vi } from 'vitest';
import type { Screenful } from '../../../src/app/ports/channel.ts';
import type { View } from '../../../src/domain/dialog/view.ts';
import { parseChatId, parseMessageId } from '../../../src/domain/ids.ts';
import type { Result } from '../../../src/domain/result.ts';
import { createChannel } from '../../../src/adapters/telegram/channel.ts';
import { createLanes } from '../../../src/adapters/telegram/lanes.ts';
import { renderer } from './render-limits.ts';
import { codeView } from './sample-views.ts';
import { accepted, connect, refused, serve } from './scripted-bot-api.ts';
import type { Answer } from './scripted-bot-api.ts';

const valueOf = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`Not a success: ${JSON.stringify(result.error)}`);
  return result.value;
};
const chat = valueOf(parseChatId(7));
const message = (id: number) => valueOf(parseMessageId(id));
const screenful = (view: View): Screenful => ({ view, notice: null, language: 'en', revision: 1 });
const earlier = screenful({ type: 'help' });
const settled = screenful({ type: 'settled', order: codeView.order });

let release = (): void => undefined;

/** An answer that comes when the test says so. */
const held =
  (answer: Answer): Answer =>
  (request, response) =>
    void (release = () => answer(request, response));

/** The text and the message of each edit, in the order of their arrival. */
const editsOf = (calls: Awaited<ReturnType<typeof serve>>['calls']) =>
  calls.map(({ body }) => JSON.parse(body.toString()) as { message_id: number; text: string });

it.each([
  ['slow', accepted(true)],
  ['refused', refused(400, 'Bad Request: chat not found')],
])('an edit waits for an earlier one of its message that is %s', async (_what, answer) => {
  const { apiRoot, calls } = await serve(held(answer), accepted(true));
  const channel = createChannel(connect({ apiRoot }).api, renderer);
  const first = channel.replace(chat, message(5), earlier);
  const second = channel.replace(chat, message(5), settled);
  const elsewhere = channel.replace(chat, message(6), settled);
  expect(await elsewhere).toEqual({ ok: true, value: 6 });
  expect(editsOf(calls).map((edit) => edit.message_id)).toEqual([5, 6]);
  release();
  await first;
  expect(await second).toEqual({ ok: true, value: 5 });
  const edits = editsOf(calls).filter((edit) => edit.message_id === 5);
  expect(edits).toHaveLength(2);
  expect(edits[1]?.text).toContain(codeView.order.productName);
});

it('an edit is not held up by one that broke', async () => {
  const { apiRoot } = await serve(accepted(true));
  const render = vi.fn(renderer.render).mockImplementationOnce(() => {
    throw new Error('a bug');
  });
  const channel = createChannel(connect({ apiRoot }).api, { ...renderer, render });
  const broken = channel.replace(chat, message(5), earlier);
  const next = channel.replace(chat, message(5), settled);
  await expect(broken).rejects.toThrow('a bug');
  expect(await next).toEqual({ ok: true, value: 5 });
});

it('an edit by another channel into the same chats waits as well, for its turn too', async () => {
  const { apiRoot, calls } = await serve(accepted(true));
  const { api } = connect({ apiRoot });
  const lanes = createLanes();
  const turn = Promise.withResolvers<undefined>();
  const news = createChannel(api, renderer, { lanes, takeTurn: () => turn.promise });
  const answers = createChannel(api, renderer, { lanes });
  const first = news.replace(chat, message(5), settled);
  const second = answers.replace(chat, message(5), earlier);
  expect((await answers.replace(chat, message(6), earlier)).ok).toBe(true);
  expect(editsOf(calls).map((edit) => edit.message_id)).toEqual([6]);
  turn.resolve(undefined);
  await Promise.all([first, second]);
  expect(editsOf(calls).map((edit) => edit.message_id)).toEqual([6, 5, 5]);
  expect(editsOf(calls)[1]?.text).toContain(codeView.order.productName);
});

it('each message takes one turn, the image of its code along with it; answers to taps take none', async () => {
  const { apiRoot, calls } = await serve(accepted({ message_id: 9 }));
  const turns: number[] = [];
  const takeTurn = (to: number) => Promise.resolve(void turns.push(to));
  const channel = createChannel(connect({ apiRoot }).api, renderer, { takeTurn });
  await channel.send(chat, screenful(codeView));
  await channel.replace(chat, message(5), earlier);
  await channel.sendDocument(chat, { fileName: 'a.pdf', bytes: Uint8Array.of(1), caption: null, language: 'en' });
  expect(turns).toEqual([7, 7, 7]);
  await channel.answerTap('tap', null, 'en');
  await channel.showBusy(chat);
  expect(turns).toHaveLength(3);
  expect(calls.map(({ path }) => path.split('/').at(-1))).toEqual([
    'sendMessage',
    'sendPhoto',
    'editMessageText',
    'sendDocument',
    'answerCallbackQuery',
    'sendChatAction',
  ]);
});
