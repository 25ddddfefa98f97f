// Top-ups by hand: small ones at once, large ones when a second person has said yes. One reference happens once.
import type { Confirmed } from '../domain/admin-action.ts';
import type { Language } from '../domain/dialog/language.ts';
import { parseChatId } from '../domain/ids.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import { later } from '../domain/time.ts';
import { TOP_UP_PATIENCE, needsSecond } from '../domain/top-up.ts';
import type { Decision, TopUp } from '../domain/top-up.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { TopUps } from './ports/top-ups.ts';

export type TopUpWallet = {
  readonly limits: readonly Money[];
  /** `asked`: it waits for a second person, and the others have been told. `again`: the confirmation was used before. */
  topUp(topUp: TopUp, confirmed: Confirmed): Promise<'done' | 'asked' | 'referenceUsed' | 'again'>;
  decide(id: string, yes: boolean, by: string): Promise<Decision>;
};

export const createTopUpWallet = (deps: {
  readonly topUps: TopUps;
  readonly channel: Pick<Channel, 'send'>;
  readonly admins: readonly CustomerId[];
  /** Above these, and in every other currency, a second person has to confirm. */
  readonly limits: readonly Money[];
  /** Of the messages to admins who have not asked for anything. */
  readonly language: Language;
  readonly clock: Clock;
  readonly log: Log;
}): TopUpWallet => {
  const { topUps, channel, admins, limits, language, clock, log } = deps;

  /** Nobody's answer is needed for the request to stand: whoever is not reached finds it on the page of top-ups. */
  const tellOthers = async (id: string, askedBy: string): Promise<void> => {
    const topUp = await topUps.pendingTopUp(id);
    if (topUp === null) throw new Error(`Top-up ${id} was asked for and is not there`);
    for (const admin of admins) {
      const chat = parseChatId(admin);
      if (String(admin) === askedBy || !chat.ok) continue;
      const view = { type: 'admin', view: { type: 'topUpAsked', topUp } } as const;
      const sent = await channel.send(chat.value, { view, notice: null, language, revision: 0 });
      if (!sent.ok) log.warn('topUpNotTold', { admin, error: sent.error.kind });
    }
  };

  return {
    limits,

    topUp: async (topUp, confirmed) => {
      const { key, by, at } = confirmed;
      if (!needsSecond(topUp, limits)) {
        const done = await topUps.topUp(topUp, confirmed);
        log.info('toppedUp', { customer: topUp.customer, by, outcome: done });
        return done;
      }
      const asked = await topUps.askTopUp(topUp, confirmed, later(at, TOP_UP_PATIENCE));
      log.info('topUpAsked', { customer: topUp.customer, by, outcome: asked });
      if (asked === 'asked') await tellOthers(key, by);
      return asked;
    },

    decide: async (id, yes, by) => {
      const decision = await topUps.decideTopUp(id, yes, by, clock.now());
      log.info('topUpDecided', { by, yes, outcome: decision });
      return decision;
    },
  };
};
