// Puts together what keeps the bot from being flooded, and from flooding Telegram: by itself, or together with the other processes through Redis.
import { createMemoryLimits } from './adapters/limits/memory-limits.ts';
import { createRedisLimits } from './adapters/limits/redis-limits.ts';
import type { RedisConnection } from './adapters/redis/connection.ts';
import { createRedisPauseBoard } from './adapters/redis/pause-board.ts';
import { createRedisTurns } from './adapters/redis/turns.ts';
import type { ChannelOptions } from './adapters/telegram/channel.ts';
import { createLanes } from './adapters/telegram/lanes.ts';
import { paceAnswers, paceBulk } from './adapters/telegram/pace.ts';
import { createPauses } from './adapters/telegram/pauses.ts';
import type { Pauses } from './adapters/telegram/pauses.ts';
import { createAdmitUpdate } from './app/admit-update.ts';
import type { AdmitUpdate } from './app/admit-update.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Log } from './app/ports/log.ts';
import type { Config } from './config.ts';

export type ComposedTraffic = {
  readonly admission: AdmitUpdate;
  readonly pauses: Pauses;
  /** How two channels into the same chats send: what customers have asked for, and what they are told without having asked. */
  readonly answers: ChannelOptions;
  readonly bulk: ChannelOptions;
};

export const composeTraffic = (
  { traffic: { limits, sendPerSecond } }: Pick<Config, 'traffic'>,
  deps: { readonly redis: RedisConnection | null; readonly clock: Clock; readonly log: Log },
): ComposedTraffic => {
  const { redis, clock, log } = deps;
  const lanes = createLanes();
  const answers = sendPerSecond === null ? null : paceAnswers(clock);
  return {
    admission: createAdmitUpdate({
      limits: redis === null ? createMemoryLimits(limits) : createRedisLimits(limits, { redis, clock, log }),
      waitOf: answers?.waitOf,
      clock,
    }),
    pauses: createPauses(clock, redis && createRedisPauseBoard(redis, log)),
    answers: { lanes, ...(answers !== null && { takeTurn: answers.takeTurn }) },
    bulk: {
      lanes,
      ...(sendPerSecond !== null && paceBulk(sendPerSecond, clock, redis && createRedisTurns(redis, log))),
    },
  };
};
