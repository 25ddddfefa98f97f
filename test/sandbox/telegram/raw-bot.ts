// A bot without a framework, for tests that care about the exact call and the exact answer.
import { startTelegramServer, type TelegramServer, type TelegramServerOptions } from '../../../src/sandbox/telegram/server.ts';
import { afterEach } from 'vitest';

export const botToken = '4242:local-token';

export type BotAnswer = {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: { retry_after: number };
};

export type RawBot = (method: string, params?: Record<string, unknown>) => Promise<BotAnswer>;

const running: TelegramServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(async (server) => await server.close()));
});

export const readAnswer = async (response: Response): Promise<BotAnswer> => (await response.json()) as BotAnswer;

/** Starts a server that is closed after the test, and a bot that calls it with JSON. */
export const startRawBot = async (
  options: Partial<TelegramServerOptions> = {},
): Promise<{ server: TelegramServer; bot: RawBot }> => {
  const server = await startTelegramServer({ botToken, ...options });
  running.push(server);
  const bot: RawBot = async (method, params = {}) =>
    await readAnswer(
      await fetch(`${server.url}/bot${botToken}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
      }),
    );
  return { server, bot };
};

/** What the tests read of an update. */
export type SeenUpdate = {
  update_id: number;
  message?: { text?: string; chat: { id: number } };
  callback_query?: { id: string };
};

export const updatesIn = (answer: BotAnswer): SeenUpdate[] => answer.result as SeenUpdate[];
export const textsIn = (answer: BotAnswer): (string | undefined)[] => updatesIn(answer).map((update) => update.message?.text);

/** The smallest PNG there is: one transparent pixel. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
