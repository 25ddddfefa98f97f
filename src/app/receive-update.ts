// The edge between Telegram and the house: what may be acknowledged, what has to come again, and when a bug is given up on.
import { assertNever, fail, ok } from '../domain/result.ts';
import { MINUTE } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { AdmitUpdate, Refusal, Sender } from './admit-update.ts';
import type { HandleUpdate } from './handle-update.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Telemetry } from './ports/telemetry.ts';
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

const outcomeOf = (handled: Awaited<ReturnType<HandleUpdate>>): string => (handled.ok ? handled.value : handled.error.kind);

type Throwing = { readonly count: number; readonly since: Instant };

export const createReceiveUpdate = (deps: {
  readonly decode: (raw: unknown) => IncomingUpdate;
  readonly admission: AdmitUpdate;
  readonly handle: HandleUpdate;
  readonly channel: Channel;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly log: Log;
}): ReceiveUpdate => {
  const { decode, admission, handle, channel, telemetry, clock, log } = deps;
  const throws = new Map<number, Throwing>();

  const countThrow = (updateId: number): Throwing => {
    const { count, since } = throws.get(updateId) ?? { count: 0, since: clock.now() };
    const throwing = { count: count + 1, since };
    throws.set(updateId, throwing);
    const [oldest] = throws.keys();
    if (throws.size > REMEMBERED_THROWS && oldest !== undefined) throws.delete(oldest);
    return throwing;
  };

  /** An update too many of its sender is done with, and the first of them is answered; one too many for the whole bot has to come again. */
  const refuse = async ({ chat, tapId, speaker }: CustomerUpdate, { by, first }: Refusal): ReturnType<HandleUpdate> => {
    telemetry.note({ kind: 'limited', by });
    if (by === 'bot') return fail({ kind: 'unavailable', reason: 'too many updates at once' });
    if (!first) return ok('refused');
    log.warn('limited', { by, chat });
    const notice = { type: 'tooFast' } as const;
    const { language } = speaker;
    if (tapId !== null) await channel.answerTap(tapId, notice, language);
    else await channel.send(chat, { view: { type: 'notice' }, notice, language, revision: 0 });
    return ok('refused');
  };

  /**
   * What a limit loses, its sender does again: a confirmation that is tapped again is of the same order. News that wait for a customer to
   * return wait for this one update, so that it is handled whatever came with it.
   */
  const handleAdmitted = async (update: CustomerUpdate): ReturnType<HandleUpdate> => {
    if (update.event.type === 'returned') return handle(update);
    const sender = { chat: update.chat, customer: update.speaker.customer };
    const known = admission.refuseKnown(sender);
    if (known !== null) return refuse(update, known);
    const counted = admission.admit(sender);
    const outcome = await handle(update, counted);
    const refusal = await counted;
    return refusal === null ? outcome : refuse(update, refusal);
  };

  /** Nobody is told in a group: it would be one more message of a flood. */
  const receiveGroup = async (sender: Sender): Promise<void> => {
    const refusal = admission.refuseKnown(sender) ?? (await admission.admit(sender));
    if (refusal !== null) {
      telemetry.note({ kind: 'limited', by: refusal.by });
      if (refusal.first) log.warn('limited', { by: refusal.by, chat: sender.chat });
      return;
    }
    await channel.send(sender.chat, { view: { type: 'groupHint' }, notice: null, language: 'en', revision: 0 });
  };

  const receiveCustomer = async (update: CustomerUpdate): Promise<void> => {
    const { updateId, chat, speaker } = update;
    let outcome: Awaited<ReturnType<HandleUpdate>>;
    try {
      outcome = await telemetry.measure(
        { kind: 'update', event: update.event.type, updateId },
        () => handleAdmitted(update),
        outcomeOf,
      );
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
    if (outcome.value === 'refused') return;
    log.info('update', { updateId, chat, event: update.event.type, outcome: outcome.value });
  };

  return async (raw) => {
    const incoming = decode(raw);
    switch (incoming.kind) {
      case 'customer':
        return receiveCustomer(incoming);
      case 'group':
        return receiveGroup(incoming);
      case 'ignored':
        telemetry.note({ kind: 'ignored', reason: incoming.reason });
        log.info('updateIgnored', { updateId: incoming.updateId, reason: incoming.reason });
        return;
      default:
        assertNever(incoming);
    }
  };
};
