// What every store of sessions has to do, whatever it is made of.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { REMEMBERED_UPDATES } from '../../src/domain/dialog/state.ts';
import type { Sessions } from '../../src/app/ports/sessions.ts';
import { parseChatId } from '../../src/domain/ids.ts';
import type { ChatId } from '../../src/domain/ids.ts';

/** Sessions, and the end of what they are kept in. */
export type OpenedSessions = Sessions & { close(): Promise<void> };

/** A store of its own for each test. `pass` lets time go by, as far as the store can tell. */
export type SessionsHarness = {
  open(ttlSeconds: number): Promise<OpenedSessions>;
  pass(milliseconds: number): Promise<void>;
};

const chatOf = (id: number): ChatId => {
  const chat = parseChatId(id);
  if (!chat.ok) throw new Error(`Not a chat: ${id}`);
  return chat.value;
};

export const describeSessions = (name: string, harness: SessionsHarness): void => {
  describe(`sessions in ${name}`, () => {
    const opened: OpenedSessions[] = [];
    const start = async (ttlSeconds = 60): Promise<Sessions> => {
      const sessions = await harness.open(ttlSeconds);
      opened.push(sessions);
      return sessions;
    };
    afterEach(async () => {
      for (const sessions of opened.splice(0)) await sessions.close();
    });

    it('finds version 0 where nothing is stored', async () => {
      const sessions = await start();
      expect(await sessions.load(chatOf(1))).toEqual({ ok: true, value: { version: 0, data: null, recentUpdates: [] } });
    });

    it('gives back what was saved, of the right chat', async () => {
      const sessions = await start();
      expect(await sessions.save(chatOf(1), 0, '{"a":"ñ €"}', 700)).toEqual({ ok: true, value: 'saved' });
      expect(await sessions.save(chatOf(-100_200_300_400_5), 0, 'group', 2 ** 40)).toEqual({ ok: true, value: 'saved' });
      expect(await sessions.load(chatOf(1))).toEqual({
        ok: true,
        value: { version: 1, data: '{"a":"ñ €"}', recentUpdates: [700] },
      });
      expect(await sessions.load(chatOf(-100_200_300_400_5))).toMatchObject({
        value: { data: 'group', recentUpdates: [2 ** 40] },
      });
    });

    it.each([0, 1, 3])('writes nothing at version %i when the session is at 2', async (version) => {
      const sessions = await start();
      await sessions.save(chatOf(1), 0, 'first', 1);
      await sessions.save(chatOf(1), 1, 'second', 2);
      expect(await sessions.save(chatOf(1), version, 'late', 3)).toEqual({ ok: true, value: 'lost' });
      expect(await sessions.load(chatOf(1))).toMatchObject({ value: { version: 2, data: 'second', recentUpdates: [1, 2] } });
    });

    it('lets exactly one of fifty saves at one version win', async () => {
      const sessions = await start();
      const saves = await Promise.all(
        Array.from({ length: 50 }, (_, index) => sessions.save(chatOf(1), 0, `data ${index}`, index)),
      );
      const winners = saves.flatMap((save, index) => (save.ok && save.value === 'saved' ? [index] : []));
      expect(winners).toHaveLength(1);
      const [winner] = winners;
      expect(await sessions.load(chatOf(1))).toMatchObject({
        value: { version: 1, data: `data ${winner}`, recentUpdates: [winner] },
      });
    });

    it('remembers the last update ids, the newest last, whatever their order', async () => {
      const sessions = await start();
      const ids = Array.from({ length: REMEMBERED_UPDATES + 5 }, (_, index) => (index % 2 === 0 ? 900_000_000 + index : index));
      for (const [version, id] of ids.entries()) await sessions.save(chatOf(1), version, 'data', id);
      expect(await sessions.load(chatOf(1))).toMatchObject({ value: { recentUpdates: ids.slice(-REMEMBERED_UPDATES) } });
    });

    it('carries 100 kB', async () => {
      const sessions = await start();
      const data = 'ñ'.repeat(50_000);
      await sessions.save(chatOf(1), 0, data, 1);
      expect(await sessions.load(chatOf(1))).toMatchObject({ value: { data } });
    });

    it('forgets a session after its time to live, which counts from the last save', async () => {
      const sessions = await start(0.8);
      await sessions.save(chatOf(1), 0, 'data', 1);
      await harness.pass(500);
      await sessions.save(chatOf(1), 1, 'data', 2);
      await harness.pass(500);
      expect(await sessions.load(chatOf(1))).toMatchObject({ value: { version: 2 } });
      await vi.waitFor(
        async () => {
          await harness.pass(50);
          expect(await sessions.load(chatOf(1))).toEqual({ ok: true, value: { version: 0, data: null, recentUpdates: [] } });
        },
        { timeout: 2_000, interval: 1 },
      );
      expect(await sessions.save(chatOf(1), 0, 'anew', 3)).toEqual({ ok: true, value: 'saved' });
    });
  });
};
