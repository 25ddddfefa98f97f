// One customer who sends far more than a person can, and does not wait for answers.
import { nextUpdateId, textUpdate } from './telegram.ts';
import type { Telegram } from './telegram.ts';
import { openConnection } from './webhook-client.ts';
import type { Connection, WebhookAddress } from './webhook-client.ts';

export type Flood = {
  /** Ends it and resolves, when nothing is under way any more, with how often which status was answered. */
  stop(): Promise<ReadonlyMap<string, number>>;
};

export type FloodOptions = {
  readonly telegram: Telegram;
  readonly webhook: WebhookAddress;
  readonly chat: number;
  readonly perSecond: number;
};

export const startFlood = ({ telegram, webhook, chat: id, perSecond }: FloodOptions): Flood => {
  const chat = telegram.chat(id);
  const rest: Connection[] = [];
  const running = new Set<Promise<void>>();
  const statuses = new Map<string, number>();

  const send = async (): Promise<void> => {
    const connection = rest.pop() ?? openConnection(webhook);
    const update = textUpdate(nextUpdateId(), chat, '/start');
    const status = await connection.post(JSON.stringify(update)).then(
      (answer) => String(answer.status),
      () => 'broken',
    );
    rest.push(connection);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  const sending = setInterval(() => {
    const sent = send();
    running.add(sent);
    void sent.then(() => running.delete(sent));
  }, 1_000 / perSecond);

  return {
    stop: async () => {
      clearInterval(sending);
      await Promise.all(running);
      rest.forEach((connection) => connection.close());
      return statuses;
    },
  };
};
