import { expect, it } from 'vitest';
import { createMemorySessions } from '../../src/adapters/memory/sessions.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/time.ts';
import { describeSessions } from './sessions.contract.ts';

let now = 1_790_000_000_000;
const clock = { now: () => instant(now) };

describeSessions('memory', {
  open: (ttlSeconds) => {
    const close = () => Promise.resolve();
    return Promise.resolve({ ...createMemorySessions({ ttlSeconds, mostChats: 1_000 }, clock), close });
  },
  pass: (milliseconds) => {
    now += milliseconds;
    return Promise.resolve();
  },
});

it('forgets the chat that was saved longest ago when there are too many', async () => {
  const sessions = createMemorySessions({ ttlSeconds: 60, mostChats: 2 }, clock);
  const chats = [1, 2, 3].map((id) => parseChatId(id)).filter((chat) => chat.ok);
  const [first, second, third] = chats.map((chat) => chat.value);
  if (first === undefined || second === undefined || third === undefined) throw new Error('Three chats');
  await sessions.save(first, 0, 'a', 1);
  await sessions.save(second, 0, 'b', 2);
  await sessions.save(first, 1, 'a again', 3);
  await sessions.save(third, 0, 'c', 4);
  expect(await sessions.load(first)).toMatchObject({ value: { data: 'a again' } });
  expect(await sessions.load(second)).toMatchObject({ value: { version: 0 } });
  expect(await sessions.load(third)).toMatchObject({ value: { data: 'c' } });
});
