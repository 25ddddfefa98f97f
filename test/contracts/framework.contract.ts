// What every Telegram framework has to do at its edge: raw updates in, by polling or by webhook, each acknowledged when it is durable.
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import type { CreateFramework } from '../../src/adapters/telegram/framework.ts';
import { eventually } from '../eventually.ts';
import { NO_ANSWER, SHORT, TOKEN, openDesk, typed } from './framework-desk.ts';

const LONG = { offset: 0, limit: 1, timeoutSeconds: 30 };
const ALLOWED = ['message', 'callback_query', 'my_chat_member'];
const nothing = () => Promise.resolve();

export const describeFramework = (name: string, create: CreateFramework): void => {
  describe(`polling with ${name}`, () => {
    it('receives raw updates in order, and what the receiver refused once more', async () => {
      const { ana, desk, texts, poll } = await openDesk(create);
      desk.refusals = 3;
      poll();
      ana.sendText('one');
      ana.sendText('two');
      await eventually(() => expect(texts()).toEqual([typed('one'), typed('two')]));
    });

    it('delivers what was not confirmed to the next run, and repeats under their old id', async () => {
      const { telegram, ana, desk, seen, texts, poll, log } = await openDesk(create);
      desk.refusals = Infinity;
      const first = poll();
      ana.sendText('one');
      await eventually(() => expect(log.error).toHaveBeenCalled());
      expect(await first.stop()).toEqual({ ok: true, value: null });
      desk.refusals = 0;
      poll();
      await eventually(() => expect(texts()).toEqual([typed('one')]));
      telegram.control.redeliver();
      await eventually(() => expect(seen.length).toBe(2));
      expect(seen[1]).toEqual(seen[0]);
    });

    it('confirms everything when it ends', async () => {
      const { ana, framework, texts, poll } = await openDesk(create);
      const run = poll();
      ana.sendText('one');
      await eventually(() => expect(texts()).toEqual([typed('one')]));
      await run.stop();
      expect(await framework.getUpdates(SHORT, AbortSignal.timeout(1000))).toEqual({ ok: true, value: [] });
    });

    it('survives errors and lost answers of getUpdates', async () => {
      const { telegram, ana, texts, poll } = await openDesk(create);
      telegram.control.fail('getUpdates', { kind: 'serverError', when: 'after' });
      telegram.control.fail('getUpdates', { kind: 'drop', when: 'after' });
      telegram.control.fail('getUpdates', { kind: 'tooManyRequests', retryAfterSeconds: 1 });
      ana.sendText('one');
      poll();
      await eventually(() => expect(texts()).toEqual([typed('one')]));
    });

    it('asks for what the bot understands, as often and as long as it is told', async () => {
      const { telegram, framework } = await openDesk(create);
      await framework.getUpdates({ offset: 5, limit: 7, timeoutSeconds: 0 }, AbortSignal.timeout(1000));
      expect(telegram.calls.at(-1)).toMatchObject({
        method: 'getUpdates',
        params: { offset: 5, limit: 7, timeout: 0, allowed_updates: ALLOWED },
      });
    });

    it('ends a waiting question at once', async () => {
      const { framework } = await openDesk(create);
      const begin = performance.now();
      expect(await framework.getUpdates(LONG, AbortSignal.timeout(30))).toEqual(NO_ANSWER);
      expect(await framework.getUpdates(LONG, AbortSignal.abort())).toEqual(NO_ANSWER);
      expect(performance.now() - begin).toBeLessThan(5000);
    });
  });

  describe(`a webhook with ${name}`, () => {
    it('receives raw updates, and what the receiver refused once more', async () => {
      const { telegram, ana, desk, texts, hook } = await openDesk(create);
      await hook();
      desk.refusals = 2;
      ana.sendText('one');
      ana.sendText('two');
      await eventually(() => expect(texts()).toEqual([typed('one'), typed('two')]));
      telegram.control.redeliver();
      await eventually(() => expect(texts()).toEqual([typed('one'), typed('two'), typed('two')]));
    });

    it('is set with its secret and for what the bot understands', async () => {
      const { telegram, hook } = await openDesk(create);
      const url = await hook();
      const { params } = telegram.calls.find(({ method }) => method === 'setWebhook') ?? {};
      expect(params).toEqual({ url, secret_token: 'abc', max_connections: 10, allowed_updates: ALLOWED });
    });

    it('conflicts with polling until it is deleted, which loses nothing', async () => {
      const { ana, framework, desk, texts, poll, hook } = await openDesk(create);
      await hook();
      desk.refusals = Infinity;
      ana.sendText('one');
      const polled = await framework.getUpdates(SHORT, AbortSignal.timeout(1000));
      expect(polled).toEqual({ ok: false, error: { kind: 'conflict' } });
      expect(await framework.deleteWebhook()).toEqual({ ok: true, value: true });
      desk.refusals = 0;
      poll();
      await eventually(() => expect(texts()).toEqual([typed('one')]));
    });
  });

  describe(`an update in ${name}`, () => {
    it('is handed over as it came, what is none as well', async () => {
      const received = vi.fn<(update: unknown) => Promise<void>>(nothing);
      const { framework } = await openDesk(create, received);
      const update = { update_id: 1, from_the_future: { deep: [[]] } };
      for (const one of [update, 'junk', null, { update_id: '1' }]) await framework.receive(one);
      expect(received.mock.calls[0]?.[0]).toBe(update);
      expect(received.mock.calls.slice(1).flat()).toEqual(['junk', null, { update_id: '1' }]);
    });

    it('that is refused rejects with the receiver’s own error, prints nothing and spares the others', async () => {
      const cause = new Error('no state');
      const print = vi.spyOn(console, 'error');
      const { framework } = await openDesk(create, (update) =>
        typeof update === 'object' && update !== null && 'message' in update ? Promise.reject(cause) : nothing(),
      );
      const [refusal, other] = await Promise.allSettled([
        framework.receive({ update_id: 1, message: {} }),
        framework.receive({ update_id: 2 }),
      ]);
      expect(refusal).toEqual({ status: 'rejected', reason: cause });
      expect(other.status).toBe('fulfilled');
      expect(inspect(cause, { depth: Infinity, showHidden: true })).not.toContain(TOKEN);
      expect(print).not.toHaveBeenCalled();
      expect(process.exitCode).toBeUndefined();
    });

    it('that takes long is neither given up nor acknowledged early', async () => {
      let finish = (): void => undefined;
      const { framework } = await openDesk(create, () => new Promise((resolve) => (finish = resolve)));
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        let settled = false;
        const receiving = framework.receive({ update_id: 1 }).finally(() => (settled = true));
        await vi.advanceTimersByTimeAsync(3_600_000);
        expect(settled).toBe(false);
        finish();
        await receiving;
      } finally {
        vi.useRealTimers();
      }
    });
  });
};
