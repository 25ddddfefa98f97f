// How rate-limiter-flexible answers, as the port puts it.
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Excess } from '../../app/ports/limits.ts';

export type Counted = {
  /** Null: within the limit. */
  readonly excess: Excess | null;
  /** Milliseconds until the window ends. */
  readonly endsIn: number;
};

/** The library rejects with its result where a limit is passed, and with an error where it could not count: that one is thrown. */
export const countIn = async (limiter: RateLimiterAbstract, id: number, points = 1): Promise<Counted> => {
  try {
    const { msBeforeNext: endsIn } = await limiter.consume(id, points);
    return { excess: null, endsIn };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const { consumedPoints, msBeforeNext: endsIn } = refusal;
    return { excess: { first: consumedPoints - points <= limiter.points, endsIn }, endsIn };
  }
};
