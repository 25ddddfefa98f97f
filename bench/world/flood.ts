// One customer who sends far more than a person can, and does not wait for answers.
import type { Connections } from './load.ts';
import { nextUpdateId, textUpdate } from './telegram.ts';
import type { Telegram } from './telegram.ts';
import { openConnection } from './webhook-client.ts';
import type { Connection, WebhookAddress } from './webhook-client.ts';

export type Flood = {
  /** Ends it and resolves, when nothing is under way any more, with how often which status was answered. What waits for a connection is not sent any more. */
  stop(): Promise<ReadonlyMap<string, number>>;
};

export type FloodOptions = {
  readonly telegram: Telegram;
  readonly webhook: WebhookAddress;
  readonly chat: number;
  readonly perSecond: number;
  /** Shared with everybody else. */
  readonly connections: Connections;
};

export const startFlood = ({ telegram, webhook, chat: id, perSecond, connections }: FloodOptions): Flood => {
  const chat = telegram.chat(id);
  const rest: Connection[] = [];
  const running = new Set<Promise<void>>();
  const statuses = new Map<string, number>();

  let stopped = false;

  const send = async (): Promise<void> => {
    const update = JSON.stringify(textUpdate(nextUpdateId(), chat, '/start'));
    const status = await connections(async () => {
      if (stopped) return 'not sent';
      const connection = rest.pop() ?? openConnection(webhook);
      const answer = await connection.post(update).catch(() => null);
      rest.push(connection);
      return answer === null ? 'broken' : String(answer.status);
    });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  const sending = setInterval(() => {
    const sent = send();
    running.add(sent);
    void sent.then(() => running.delete(sent));
  }, 1_000 / perSecond);

  return {
    stop: async () => {
      stopped = true;
      clearInterval(sending);
      await Promise.all(running);
      rest.forEach((connection) => connection.close());
      return statuses;
    },
  };
};
