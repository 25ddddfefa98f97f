// A Redis of the campaign's own: emptied and killed in the middle without taking anybody else's sessions with it.
import { setTimeout as wait } from 'node:timers/promises';
import { startRedisProcess } from '../contracts/redis-process.ts';

export type CampaignRedis = {
  readonly url: string;
  empty(): Promise<void>;
  /** Kills it with -9 and starts it anew, empty, after `milliseconds`. */
  restart(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
};

/** Null where this machine has no `redis-server`. */
export const startCampaignRedis = async (): Promise<CampaignRedis | null> => {
  const server = await startRedisProcess();
  if (server === null) return null;
  return {
    url: server.url,
    empty: async () => {
      await server.ask((redis) => redis.flushall());
    },
    restart: async (milliseconds) => {
      await server.kill();
      await wait(milliseconds);
      await server.restart();
    },
    stop: server.stop,
  };
};
