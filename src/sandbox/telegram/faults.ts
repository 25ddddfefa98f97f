// Faults on order: what an operator rehearses and what tests need, for the next calls of a method.
import { z } from 'zod';

/** `when: 'after'` means that the call took effect and only its answer is bad or lost. Milliseconds and seconds as named. */
export const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tooManyRequests'), retryAfterSeconds: z.int().min(0) }),
  z.object({ kind: z.literal('serverError'), when: z.enum(['before', 'after']) }),
  z.object({ kind: z.literal('drop'), when: z.enum(['before', 'after']) }),
  z.object({ kind: z.literal('delay'), milliseconds: z.number().min(0) }),
]);

export type Fault = z.infer<typeof fault>;

export const createFaults = () => {
  let planned: { method: string; fault: Fault; times: number }[] = [];

  return {
    /** Orders a fault for the next `times` calls of a method; `*` stands for every method but getUpdates. */
    plan: (method: string, ordered: Fault, times = 1): void => {
      planned.push({ method: method.toLowerCase(), fault: ordered, times });
    },
    /** Takes the fault that is next in line for this call, if any. */
    next: (method: string): Fault | undefined => {
      const name = method.toLowerCase();
      const entry = planned.find((one) => one.method === name || (one.method === '*' && name !== 'getupdates'));
      if (entry === undefined) return undefined;
      entry.times--;
      if (entry.times <= 0) planned = planned.filter((one) => one !== entry);
      return entry.fault;
    },
    clear: (): void => {
      planned = [];
    },
  };
};

export type Faults = ReturnType<typeof createFaults>;
