// Limits that one process counts by itself, for a machine without Redis.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Limit, Limits, RateLimit, RateLimits } from '../../app/ports/limits.ts';
import { countIn } from './count.ts';

const createLimit = ({ points, seconds }: RateLimit): Limit => {
  const limiter = new RateLimiterMemory({ points, duration: seconds, keyPrefix: '' });
  return { countUpdate: async (id) => (await countIn(limiter, id)).excess };
};

export const createMemoryLimits = ({ user, chat, bot }: RateLimits): Limits => ({
  user: user && createLimit(user),
  chat: chat && createLimit(chat),
  bot: bot && createLimit(bot),
});
