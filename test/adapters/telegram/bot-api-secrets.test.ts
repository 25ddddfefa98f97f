// Nothing secret leaves the Bot API client: no token, no address and no text of a message in any value, log line or exception.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Answer } from './scripted-bot-api.ts';
import { TEXT, TOKEN, connect, refused, send, serve } from './scripted-bot-api.ts';

describe('secrets', () => {
  const echo: Answer = (request, response) =>
    refused(400, `Bad Request: can't parse entities: tag "${TEXT}" in http://x${request.url ?? ''} at byte 5`)(request, response);

  it.each<[string, Answer]>([
    ['a refusal that quotes everything', echo],
    ['a server error', refused(500, 'Internal Server Error')],
    ['a reset', (request) => void request.socket.resetAndDestroy()],
    ['a page', (_q, response) => void response.end(`<html>${TEXT}${TOKEN}`)],
    ['a pause', refused(429, `Too Many Requests ${TOKEN}`, { retry_after: 60 })],
    ['silence', () => undefined],
  ])('are in no error and no log line of %s', async (_what, answer) => {
    const { apiRoot } = await serve(answer);
    const { api, log } = connect({ apiRoot, timeouts: { total: 100 } });
    const result = await send(api);
    expect(result.ok).toBe(false);
    expect(log.warn).toHaveBeenCalledTimes(1);
    const everything = inspect([result, log.info.mock.calls, log.warn.mock.calls, log.error.mock.calls], {
      depth: Infinity,
      showHidden: true,
      getters: true,
    });
    for (const secret of [TOKEN, 'secret_token', TEXT, '4921']) expect(everything).not.toContain(secret);
  });

  it('are in no exception for an address that is none', () => {
    try {
      connect({ apiRoot: 'not an address' });
      expect.unreachable();
    } catch (error) {
      expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('secret_token');
    }
  });
});
