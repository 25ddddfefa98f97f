// What every Telegram framework has to make of its calls: values for what goes wrong, which give nothing away, within a time limit.
import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import type { CreateFramework } from '../../src/adapters/telegram/framework.ts';
import { TOKEN as SECRET_TOKEN, json, refused, serve } from '../adapters/telegram/scripted-bot-api.ts';
import { NO_ANSWER, SHORT, openDesk } from './framework-desk.ts';

const nothing = () => Promise.resolve();

export const describeFrameworkCalls = (name: string, create: CreateFramework): void => {
  describe(`a call with ${name}`, () => {
    it.each([
      ['401', refused(401, 'Unauthorized'), { kind: 'unauthorized' }],
      ['404', refused(404, 'Not Found'), { kind: 'unauthorized' }],
      ['409', refused(409, 'Conflict: terminated by other getUpdates request'), { kind: 'conflict' }],
      ['429', refused(429, 'Too Many Requests: retry after 7', { retry_after: 7 }), { kind: 'tooMany', retryAfterSeconds: 7 }],
      ['429 without a time', refused(429, 'Too Many Requests'), { kind: 'tooMany', retryAfterSeconds: 1 }],
      ['400', refused(400, 'Bad Request: bad webhook'), { kind: 'failed', reason: '400: Bad Request: bad webhook' }],
      ['something else', json(200, []), { kind: 'failed' }],
    ])('that is answered by %s gives an error of its kind', async (_name, answer, error) => {
      const { apiRoot } = await serve(answer);
      const { getUpdates, setWebhook, deleteWebhook, me } = create({ token: SECRET_TOKEN, apiRoot, receive: nothing });
      const calls = [
        getUpdates(SHORT, AbortSignal.timeout(5000)),
        setWebhook('https://a.example', 'b', 1),
        deleteWebhook(),
        me(),
      ];
      for (const result of await Promise.all(calls)) expect(result).toMatchObject({ ok: false, error });
    });

    it('goes below the path of the server’s address', async () => {
      const { apiRoot, calls } = await serve(json(200, { ok: true, result: true }));
      await create({ token: SECRET_TOKEN, apiRoot: `${apiRoot}/bots/local`, receive: nothing }).deleteWebhook();
      expect(calls.map(({ path }) => path)).toEqual([`/bots/local/bot${SECRET_TOKEN}/deleteWebhook`]);
    });

    it('that nobody answers ends after 45 s', async () => {
      const { apiRoot, calls } = await serve(() => undefined);
      const { me } = create({ token: SECRET_TOKEN, apiRoot, receive: nothing });
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        let settled = false;
        const asking = me().finally(() => (settled = true));
        while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
        await vi.advanceTimersByTimeAsync(44_000);
        expect(settled).toBe(false);
        await vi.advanceTimersByTimeAsync(1000);
        expect(await asking).toEqual(NO_ANSWER);
      } finally {
        vi.useRealTimers();
      }
    });

    it('leaves neither a timer nor a listener behind', async () => {
      const { apiRoot } = await serve(json(200, { ok: true, result: [] }));
      const { getUpdates } = create({ token: SECRET_TOKEN, apiRoot, receive: nothing });
      const { signal } = new AbortController();
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        expect(await getUpdates(SHORT, signal)).toEqual({ ok: true, value: [] });
        expect(vi.getTimerCount()).toBe(0);
        expect(getEventListeners(signal, 'abort')).toEqual([]);
      } finally {
        vi.useRealTimers();
      }
    });

    it('that fails names neither token nor address', async () => {
      const { telegram } = await openDesk(create);
      const scripted = await serve(
        (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
        (_request, response) => void response.writeHead(302, { location: '/nowhere' }).end(),
        (request) => void request.socket.destroy(),
      );
      const { me } = create({ token: SECRET_TOKEN, apiRoot: scripted.apiRoot, receive: nothing });
      const failures = [
        await me(),
        await me(),
        await me(),
        await create({ token: '1:wrong', apiRoot: telegram.url, receive: nothing }).me(),
        await create({ token: SECRET_TOKEN, apiRoot: 'http://127.0.0.1:1', receive: nothing }).me(),
      ];
      expect(failures.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
      expect(failures[3]).toEqual({ ok: false, error: { kind: 'unauthorized' } });
      expect(inspect(failures, { depth: Infinity, showHidden: true })).not.toMatch(/wrong|secret|127/);
    });
  });
};
