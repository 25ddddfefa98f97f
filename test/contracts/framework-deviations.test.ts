// Where the frameworks differ: each difference with the reason why it does not matter. One that is gone fails here, and its entry goes.
import { describe, expect, it } from 'vitest';
import type { CreateFramework } from '../../src/adapters/telegram/framework.ts';
import { createGrammyBot } from '../../src/adapters/telegram/grammy.ts';
import { createTelegrafBot } from '../../src/adapters/telegram/telegraf.ts';
import { TOKEN, refused, serve } from '../adapters/telegram/scripted-bot-api.ts';
import type { Answer } from '../adapters/telegram/scripted-bot-api.ts';

type Deviation = {
  readonly what: string;
  readonly because: string;
  readonly answer: Answer;
  readonly grammy: string;
  readonly telegraf: string;
};

const DEVIATIONS: readonly Deviation[] = [
  {
    what: 'the reason of a failure of Telegram’s own',
    because: 'grammY quotes the answer and Telegraf its status line, and only the log names the reason',
    answer: (request, response) => refused(503, 'Service Unavailable: restart')(request, response),
    grammy: '503: Service Unavailable: restart',
    telegraf: '503: Service Unavailable',
  },
  {
    what: 'the reason of a failure of a proxy on the way',
    because: 'a page instead of JSON is no answer to grammY, and Telegraf does not read it; both calls are made again',
    answer: (_request, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>'),
    grammy: 'no answer',
    telegraf: '502: Bad Gateway',
  },
];

const reasonFor = async (create: CreateFramework, answer: Answer) => {
  const { apiRoot } = await serve(answer);
  const { getUpdates } = create({ token: TOKEN, apiRoot, receive: () => Promise.resolve() });
  return getUpdates({ offset: 0, limit: 1, timeoutSeconds: 0 }, AbortSignal.timeout(5000));
};

describe('Telegraf differs from grammY in', () => {
  it.each(DEVIATIONS)('$what: $because', async ({ answer, grammy, telegraf }) => {
    expect(grammy).not.toBe(telegraf);
    const failed = (reason: string) => ({ ok: false, error: { kind: 'failed', reason } });
    expect(await reasonFor(createGrammyBot, answer)).toEqual(failed(grammy));
    expect(await reasonFor(createTelegrafBot, answer)).toEqual(failed(telegraf));
  });
});
