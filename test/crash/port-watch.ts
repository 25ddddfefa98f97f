// Stands between the use cases and their ports: counts the steps, knows when nothing is going on, and ends the process at a chosen step.
import { setTimeout as wait } from 'node:timers/promises';
import type { Observe } from '../../src/bot.ts';

/** The nth call of a port's method since the counting began, from 1. */
export type Step = { readonly port: Parameters<Observe>[0]; readonly method: string; readonly nth: number };

/** `before`: the call is not made. `after`: it has ended, and its caller has not heard of it. */
export type Point = Step & { readonly when: 'before' | 'after' };

export type PortWatch = {
  readonly observe: Observe;
  /** Counts from now on, and dies at the point if one is given. */
  count(point: Point | null): void;
  /** What was waited for since the counting began, in the order of the calls. Claims that found nothing are no steps. */
  steps(): readonly Step[];
  /**
   * Resolves when nothing is being done: with true when the worker has found nothing to do since the last change, with false when it
   * naps and has yet to look.
   */
  rest(): Promise<boolean>;
  /** Something changed from outside: the worker has to look again. */
  disturb(): void;
};

/** How the worker asks for what is due. */
const isClaim = (method: string): boolean => method.startsWith('claim');
/** Orders and messages at least. */
const FEWEST_CLAIMS = 2;
/** Between two looks, in milliseconds. */
const LOOK_AGAIN = 5;
/** So many looks in a row that see nothing going on are a nap. */
const NAP = 8;

export const createPortWatch = (die: () => void): PortWatch => {
  const claims = new Set<string>();
  /** The claims that found nothing since the last change. */
  const idle = new Set<string>();
  const counts = new Map<string, number>();
  const counted: (Step & { isStep: boolean })[] = [];
  let counting = false;
  let target: Point | null = null;
  let inFlight = 0;
  let changes = 0;

  const disturb = (): void => {
    changes += 1;
    idle.clear();
  };

  const watch = (port: Step['port'], method: string, call: () => unknown): unknown => {
    const nth = (counts.get(`${port}.${method}`) ?? 0) + 1;
    const isTarget = (when: Point['when']): boolean =>
      target?.port === port && target.method === method && target.nth === nth && target.when === when;
    const step = { port, method, nth, isStep: false };
    if (counting) {
      counts.set(`${port}.${method}`, nth);
      counted.push(step);
      if (isTarget('before')) die();
    }
    const wasCounting = counting;
    const changesBefore = changes;
    const result = call();
    if (!(result instanceof Promise)) return result;
    inFlight += 1;
    step.isStep = true;
    return result
      .then((value: unknown) => {
        if (isClaim(method)) {
          claims.add(method);
          const foundNothing = Array.isArray(value) && value.length === 0;
          step.isStep = !foundNothing;
          if (!foundNothing) disturb();
          else if (changes === changesBefore) idle.add(method);
        } else if (port === 'ledger') disturb();
        return value;
      })
      .finally(() => {
        inFlight -= 1;
        if (wasCounting && isTarget('after')) die();
      });
  };

  return {
    observe: (name, port) =>
      new Proxy(port, {
        get: (target_, key, receiver) => {
          const value: unknown = Reflect.get(target_, key, receiver);
          if (typeof value !== 'function' || typeof key !== 'string') return value;
          return (...args: unknown[]): unknown => watch(name, key, () => Reflect.apply(value, port, args));
        },
      }),
    count: (point) => {
      counting = true;
      target = point;
    },
    steps: () => counted.filter(({ isStep }) => isStep).map(({ port, method, nth }) => ({ port, method, nth })),
    rest: async () => {
      for (let still = 0; still < NAP; still = inFlight > 0 ? 0 : still + 1) {
        if (inFlight === 0 && claims.size >= FEWEST_CLAIMS && [...claims].every((claim) => idle.has(claim))) return true;
        await wait(LOOK_AGAIN);
      }
      return false;
    },
    disturb,
  };
};
