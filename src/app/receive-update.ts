// The edge between Telegram and the house: what may be acknowledged, what has to come again, and when a bug is given up on.
import { assertNever } from '../domain/result.ts';
import { MINUTE } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { HandleUpdate } from './handle-update.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { CustomerUpdate, IncomingUpdate } from './ports/updates.ts';

/** Resolves when the update may be acknowledged; rejects when Telegram has to deliver it again. */
export type ReceiveUpdate = (raw: unknown) => Promise<void>;

/**
 * An update that throws this often, for this long, is a bug and no outage: it is acknowledged with an apology, so that the chat can go on.
 */
const MAX_THROWS = 3;
const THROWING_FOR = MINUTE;
/** How many failing updates are remembered; the oldest is forgotten first. */
const REMEMBERED_THROWS = 1_000;

type Throwing = { readonly count: number; readonly since: Instant };

export const createReceiveUpdate = (deps: {
  readonly decode: (raw: unknown) => IncomingUpdate;
  readonly handle: HandleUpdate;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly log: Log;
}): ReceiveUpdate => {
  const { decode, handle, channel, clock, log } = deps;
  const throws = new Map<number, Throwing>();

  const countThrow = (updateId: number): Throwing => {
    const { count, since } = throws.get(updateId) ?? { count: 0, since: clock.now() };
    const throwing = { count: count + 1, since };
    throws.set(updateId, throwing);
    const [oldest] = throws.keys();
    if (throws.size > REMEMBERED_THROWS && oldest !== undefined) throws.delete(oldest);
    return throwing;
  };

  const receiveCustomer = async (update: CustomerUpdate): Promise<void> => {
    const { updateId, chat, speaker } = update;
    let outcome: Awaited<ReturnType<HandleUpdate>>;
    try {
      outcome = await handle(update);
    } catch (error) {
      const { count, since } = countThrow(updateId);
      log.error('updateFailed', { updateId, chat, tries: count }, error);
      if (count < MAX_THROWS || clock.now() < since + THROWING_FOR) throw error;
      throws.delete(updateId);
      const screenful = {
        view: { type: 'notice' },
        notice: { type: 'trouble' },
        language: speaker.language,
        revision: 0,
      } as const;
      await channel.send(chat, screenful);
      return;
    }
    if (!outcome.ok) throw new Error(`The update could not be made durable: ${outcome.error.reason}`);
    throws.delete(updateId);
    log.info('update', { updateId, chat, event: update.event.type, outcome: outcome.value });
  };

  return async (raw) => {
    const incoming = decode(raw);
    switch (incoming.kind) {
      case 'customer':
        return receiveCustomer(incoming);
      case 'group':
        await channel.send(incoming.chat, { view: { type: 'groupHint' }, notice: null, language: 'en', revision: 0 });
        return;
      case 'ignored':
        log.info('updateIgnored', { updateId: incoming.updateId, reason: incoming.reason });
        return;
      default:
        assertNever(incoming);
    }
  };
};
