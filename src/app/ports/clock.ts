// Time, randomness and waiting as parameters, so that everything above them is deterministic.
import type { OrderId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export type Clock = {
  now(): Instant;
  /** Resolves after `milliseconds`, or at once when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Runs `run` once after `milliseconds`, unless the function that it gives is called before. Costs far less than a sleep that is cut short. */
  after(milliseconds: number, run: () => void): () => void;
  newOrderId(): OrderId;
};
