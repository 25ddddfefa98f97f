// Whose turn it is: a cap on the calls that one terminal has in flight, shared out between purchases and reads.
import pLimit from 'p-limit';

/** Runs a job when its turn comes; `tooLate` when it did not come in time, and then the job never runs. */
export type Turn = <T>(job: () => Promise<T>) => Promise<T | 'tooLate'>;

/**
 * Purchases, and reverts with them, get three fifths of the turns and reads the rest, at least one each. With one common queue a few reads of a slow catalogue
 * would hold back purchases whose customers are waiting, and purchases that hang for 90 s would stop every quote.
 * A wait is bounded by `patience` milliseconds because an order in flight is given up on after a while, and must not be sent after that.
 */
export const createTurns = (concurrency: number, patience: number): { readonly sale: Turn; readonly read: Turn } => {
  const createTurn = (share: number): Turn => {
    const limit = pLimit(share);
    return (job) =>
      new Promise((resolve, reject) => {
        let waiting = true;
        const timer = setTimeout(() => {
          waiting = false;
          resolve('tooLate');
        }, patience);
        void limit(async () => {
          if (!waiting) return;
          clearTimeout(timer);
          await job().then(resolve, reject);
        });
      });
  };
  if (concurrency < 2) {
    const only = createTurn(1);
    return { sale: only, read: only };
  }
  const sales = Math.min(Math.ceil(concurrency * 0.6), concurrency - 1);
  return { sale: createTurn(sales), read: createTurn(concurrency - sales) };
};
