// Jobs in lanes: those of one lane run one after the other, in the order of their calls; lanes do not wait for each other.

export type Lanes = {
  /** Runs a job behind the earlier ones of its lane, whatever became of those; settles as the job does. */
  run<T>(lane: string, job: () => Promise<T>): Promise<T>;
  /** Resolves when everything that was under way at the call has settled. */
  settled(): Promise<void>;
};

export const createLanes = (): Lanes => {
  /** The last job of each lane that has one; a lane that has run dry is forgotten. */
  const tails = new Map<string, Promise<void>>();

  return {
    run: (lane, job) => {
      const running = (tails.get(lane) ?? Promise.resolve()).then(job);
      const forget = (): void => {
        if (tails.get(lane) === tail) tails.delete(lane);
      };
      const tail = running.then(forget, forget);
      tails.set(lane, tail);
      return running;
    },
    settled: async () => {
      await Promise.all(tails.values());
    },
  };
};
