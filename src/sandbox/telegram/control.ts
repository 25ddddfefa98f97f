// The control desk of the local server: faults, disorder and blocking, for tests in this process and, over HTTP, for others.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { notFound } from './answer.ts';
import type { BotApi } from './bot-api.ts';
import { fault, type Fault, type Faults } from './faults.ts';
import { json, readJson, type Reply } from './http.ts';
import type { People } from './people.ts';
import type { UpdateQueue } from './update-queue.ts';

const order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('fail'), method: z.string(), fault, times: z.int().positive().default(1) }),
  z.object({ do: z.literal('heal') }),
  z.object({ do: z.literal('redeliver'), updateId: z.int().optional() }),
  z.object({ do: z.literal('resendTap') }),
  z.object({ do: z.literal('reorderNext'), count: z.int().positive() }),
  z.object({ do: z.literal('block'), userId: z.int() }),
  z.object({ do: z.literal('unblock'), userId: z.int() }),
]);

export type ControlOptions = { faults: Faults; queue: UpdateQueue; people: People; botApi: BotApi };

export const createControl = ({ faults, queue, people, botApi }: ControlOptions) => {
  const control = {
    /** The next `times` calls of the method (`*`: of any but getUpdates) go wrong in this way. */
    fail: (method: string, how: Fault, times = 1): void => faults.plan(method, how, times),
    /** Forgets the faults that have not happened yet. */
    heal: (): void => faults.clear(),
    /** Delivers an update again under the same `update_id`; without one, the newest. False when there is none. */
    redeliver: (updateId?: number): boolean => queue.redeliver(updateId),
    /** Delivers the newest tap again with a new `update_id`, as a client does that lost its connection. False when there is none. */
    resendTap: (): boolean => queue.resendTap(),
    /** Holds the next `count` updates back and delivers them in reverse order. */
    reorderNext: (count: number): void => queue.reorderNext(count),
    block: (userId: number): void => people.setBlocked(userId, true),
    unblock: (userId: number): void => people.setBlocked(userId, false),
  };

  const obey = (given: z.infer<typeof order>): boolean => {
    switch (given.do) {
      case 'fail':
        control.fail(given.method, given.fault, given.times);
        return true;
      case 'heal':
        control.heal();
        return true;
      case 'redeliver':
        return control.redeliver(given.updateId);
      case 'resendTap':
        return control.resendTap();
      case 'reorderNext':
        control.reorderNext(given.count);
        return true;
      case 'block':
        control.block(given.userId);
        return true;
      case 'unblock':
        control.unblock(given.userId);
        return true;
    }
  };

  /** Answers below /_sim/: POST /_sim/orders obeys one order, GET /_sim/calls shows the books. */
  const handle = async (request: IncomingMessage, path: string): Promise<Reply> => {
    if (request.method === 'GET' && path === 'calls') return json(200, botApi.calls);
    if (request.method !== 'POST' || path !== 'orders') return json(404, notFound);
    const parsed = order.safeParse(await readJson(request));
    if (!parsed.success) return json(400, { error: z.prettifyError(parsed.error) });
    return json(200, { done: obey(parsed.data) });
  };

  return { control, handle };
};

export type Control = ReturnType<typeof createControl>['control'];
