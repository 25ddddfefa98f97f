// The benchmark measures what it says: a tiny run of all contenders, and a load that does not overlook a bot that answers wrongly.
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openArena } from '../../bench/arena.ts';
import { runBench } from '../../bench/bench.ts';
import { CONTENDERS } from '../../bench/contender.ts';
import { DIALOGUE } from '../../bench/dialogue.ts';
import { ratiosOfFigures, tableOfFigures } from '../../bench/report.ts';
import { median, percentile, ratioOf } from '../../bench/statistics.ts';
import { createLoad, faultsOf } from '../../bench/world/load.ts';
import { closeServer, listenOnLoopback } from '../../bench/world/read-body.ts';
import { startTelegram } from '../../bench/world/telegram.ts';
import type { Telegram } from '../../bench/world/telegram.ts';
import { startRedisProcess } from '../contracts/redis-process.ts';
import { skipLoudly } from '../skip-loudly.ts';

const redis = await startRedisProcess();
await redis?.stop();
if (redis === null) skipLoudly('redis-server');

describe.skipIf(redis === null)('a run of the benchmark', () => {
  it('plays the same dialogue with every contender and counts what each does for an update', { timeout: 120_000 }, async () => {
    const arena = await openArena();
    const complaints: string[] = [];
    try {
      const { figures, faults } = await runBench(arena, {
        contenders: CONTENDERS,
        settings: {},
        rounds: 1,
        seconds: 0.2,
        warmUpSeconds: 0.1,
        inFlight: 5,
        openPerSecond: 20,
        chats: 2 * DIALOGUE.length,
        profiles: null,
        say: () => undefined,
      });
      expect(faults).toEqual([]);
      expect(figures.map(({ name }) => name)).toEqual(CONTENDERS);
      for (const { cpuOfEachRound, saturated, openWaits, rss, updates } of figures) {
        expect(cpuOfEachRound).toHaveLength(1);
        const measured = [saturated.cpu, saturated.updatesPerSecond, saturated.waits.p50, openWaits.p99, rss, updates];
        expect(measured.filter((value) => !(value > 0))).toEqual([]);
      }
      // On a busy machine the bot answers a tap with a call of its own now and then, and counts a limit in Redis.
      const ofAnUpdate = figures.map(({ name, redisRoundTrips, callsOut }) => [
        name,
        Math.round(redisRoundTrips),
        Math.round(callsOut),
      ]);
      expect(ofAnUpdate).toEqual([
        ['floor', 1, 1],
        ['bot', 2, 1],
        ['grammy', 2, 2],
        ['telegraf', 2, 1],
      ]);
      expect(tableOfFigures(figures, 5, 20).split('\n')[0]).toMatch(/floor.*bot.*grammy.*telegraf/);
      expect(ratiosOfFigures(figures)).toHaveLength(2);
    } finally {
      complaints.push(...(await arena.close()));
    }
    expect(complaints).toEqual([]);
  });
});

describe('the load', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  /** Plays some updates against a webhook of the test's own. */
  const play = async (webhook: (telegram: Telegram) => RequestListener): Promise<readonly string[]> => {
    const telegram = await startTelegram();
    const server: Server = createServer(webhook(telegram));
    closing.push(telegram.close, () => closeServer(server));
    const port = Number(new URL(await listenOnLoopback(server)).port);
    const load = createLoad({
      telegram,
      webhooks: [{ port, path: '/hook', secret: 'secret-of-the-test' }],
      chats: { first: 1, count: 2 },
      screenWithin: 20,
    });
    const stretch = await load.closed({ inFlight: 1, updates: 4 });
    load.close();
    return faultsOf('it', stretch);
  };

  const answering =
    (status: number, body: string): RequestListener =>
    (request, response) => {
      request.resume();
      response.writeHead(status).end(body);
    };

  it('notices updates that are refused', async () => {
    expect(await play(() => answering(503, ''))).toContain('it: status 503 (4 times)');
  });

  it('notices answers behind which nothing happens', async () => {
    const faults = await play(() => answering(200, '{}'));
    expect(faults).toContain('it: no call after step 0 (4 times)');
    expect(faults).toContain('it: step 0 did not show "Which country is it for?" (4 times)');
  });

  it('notices a screen without the button that comes next', async () => {
    const faults = await play((telegram) => (request, response) => {
      request.resume();
      for (const chat of [1, 2]) {
        telegram.carry({
          method: 'sendMessage',
          chat_id: chat,
          text: 'Which country is it for?',
          reply_markup: { inline_keyboard: [] },
        });
      }
      response.writeHead(200).end('{}');
    });
    expect(faults).toContain('it: no button "Spain" before step 1 (2 times)');
  });

  it('takes a screen from the answer to the update, in pieces as well as whole', async () => {
    const faults = await play(() => (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const { message } = JSON.parse(text) as { message: { chat: { id: number } } };
        const call = {
          method: 'sendMessage',
          chat_id: message.chat.id,
          text: 'Which country is it for? 🇪🇸',
          reply_markup: { inline_keyboard: [[{ text: 'Nowhere', callback_data: 'x' }]] },
        };
        const bytes = Buffer.from(JSON.stringify(call));
        // Inside a character.
        response.write(bytes.subarray(0, bytes.indexOf('🇪') + 2));
        response.end(bytes.subarray(bytes.indexOf('🇪') + 2));
      });
    });
    expect(faults).toEqual(['it: no button "Spain" before step 1 (2 times)']);
  });
});

describe('the figures', () => {
  it('are medians and nearest ranks', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
    const sorted = Array.from({ length: 200 }, (_, index) => index + 1);
    expect([percentile(sorted, 0.5), percentile(sorted, 0.99), percentile([7], 0.99)]).toEqual([100, 198, 7]);
  });

  it('compare rounds in pairs, so that a disturbance of both is none', () => {
    expect(ratioOf([2, 20, 2.2], [1, 10, 1])).toEqual({ paired: 2, least: 2 });
  });
});
