// One signed ping whose answer counts whatever it says: even a refusal tells the supplier's time, and that somebody is there.
import { createSigner } from './auth.ts';
import { CALLS, WAITS } from './calls.ts';
import { createHttp } from './http.ts';
import type { HttpOutcome } from './http.ts';
import type { EvsbSettings } from './settings.ts';

/** `ms`: how long the answer took, or its absence was waited for. The skew is to the second, as the header that tells it is. */
export type ClockReading = { readonly outcome: HttpOutcome; readonly ms: number };

/** Asks once, repeats nothing, and never rejects. `now` in epoch milliseconds. */
export const readClock = async (settings: EvsbSettings, now: () => number): Promise<ClockReading> => {
  const http = createHttp({
    baseUrl: settings.baseUrl,
    connectTimeout: settings.timeouts?.connect ?? WAITS.connect,
    headers: {
      ...(settings.realIp === undefined ? {} : { 'X-Real-Ip': settings.realIp }),
      ...(settings.agent === undefined ? {} : { Agent: settings.agent }),
    },
    sign: createSigner(settings.user, settings.password),
    now,
  });
  const { timeout, limit } = CALLS.ping;
  const startedAt = now();
  const outcome = await http.send({ method: 'GET', path: '/ping', timeout: settings.timeouts?.ping ?? timeout, limit });
  const ms = now() - startedAt;
  await http.close();
  return { outcome, ms };
};
