// Edits of one message keep their order, even when the first is slow or fails; edits of others do not wait for them.
import { expect, it, vi } from 'vitest';
import type { Screenful } from '../../../src/app/ports/channel.ts';
import type { View } from '../../../src/domain/dialog/view.ts';
import { parseChatId, parseMessageId } from '../../../src/domain/ids.ts';
import type { Result } from '../../../src/domain/result.ts';
import { createChannel } from '../../../src/adapters/telegram/channel.ts';
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
