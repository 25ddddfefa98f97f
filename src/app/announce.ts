// Sends announcements to all their recipients, shows how far they are, and goes on after a restart. The channel keeps Telegram's pace.
import { MINUTE, SECOND, later } from '../domain/time.ts';
import { pauseAfter } from './delivery-pause.ts';
import type { Announcements, Recipient, RecipientOutcome } from './ports/announcements.ts';
import type { Channel, ChannelError } from './ports/channel.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

export type Announcer = {
  /** Sends what is due until `signal` aborts; what it has claimed and not sent by then is given back. */
  run(signal: AbortSignal): Promise<void>;
  /** Shows how far an announcement is, now. */
  showProgress(announcement: number): Promise<void>;
};

/** Claimed at once: what a process that dies leaves behind is sent after its lease, and the last of it maybe twice. */
const BATCH = 20;
const LEASE = 2 * MINUTE;
/** How often the ledger is asked when there is nothing to send. */
const IDLE = SECOND;
/** Between two edits of the progress. */
const PROGRESS_EVERY = 3 * SECOND;
/** A recipient whom Telegram refuses after this many tries is given up. */
const MAX_TRIES = 5;

export const createAnnouncer = (deps: {
  readonly announcements: Announcements;
  readonly channel: Pick<Channel, 'send' | 'replace'>;
  readonly clock: Clock;
  readonly log: Log;
}): Announcer => {
  const { announcements, channel, clock, log } = deps;
  let shownAt = -Infinity;

  const showProgress = async (id: number): Promise<void> => {
    const announcement = await announcements.announcement(id);
    if (announcement === null) return;
    const { chat, language, message, text, progress } = announcement;
    const view = { type: 'admin', view: { type: 'progress', text, progress } } as const;
    const screenful = { view, notice: null, language, revision: 0 };
    const shown = await (message === null ? channel.send(chat, screenful) : channel.replace(chat, message, screenful));
    if (!shown.ok) log.warn('progressNotShown', { announcement: id, error: shown.error.kind });
    else if (shown.value !== message) await announcements.rememberProgress(id, shown.value);
  };

  /** At the end, and every few seconds until then. */
  const showInTime = async (id: number): Promise<void> => {
    const left = (await announcements.announcement(id))?.progress.left;
    if (left !== 0 && clock.now() - shownAt < PROGRESS_EVERY) return;
    shownAt = clock.now();
    await showProgress(id);
    if (left === 0) log.info('announcementOver', { announcement: id });
  };

  const outcomeOf = (error: ChannelError, tries: number): RecipientOutcome => {
    if (error.kind === 'blocked') return { kind: 'blocked' };
    // An account that is no more, or that never wrote to the bot: no later try helps, but an outage of ours may look like it.
    if (error.kind !== 'tooMany' && tries + 1 >= MAX_TRIES) return { kind: 'failed' };
    return { kind: 'postponed', until: later(clock.now(), pauseAfter(error, tries, MINUTE)) };
  };

  const tell = async ({ id, chat, text, tries }: Recipient): Promise<void> => {
    const view = { type: 'admin', view: { type: 'announcement', text } } as const;
    const sent = await channel.send(chat, { view, notice: null, language: 'en', revision: 0 });
    await announcements.concludeRecipient(id, sent.ok ? { kind: 'sent' } : outcomeOf(sent.error, tries));
    if (!sent.ok && sent.error.kind === 'tooMany') await clock.sleep(sent.error.retryAfterSeconds * SECOND);
  };

  /** One after the other. What is stopped meanwhile is claimed no more: at the channel's pace a batch takes a second. */
  const sendBatch = async (signal: AbortSignal): Promise<boolean> => {
    const now = clock.now();
    const batch = await announcements.claimRecipients(now, later(now, LEASE), BATCH);
    for (const recipient of batch) {
      if (signal.aborted) {
        // Given back at once: somebody else may go on.
        await announcements.concludeRecipient(recipient.id, { kind: 'postponed', until: clock.now() });
        continue;
      }
      await tell(recipient);
    }
    for (const id of new Set(batch.map(({ announcement }) => announcement))) await showInTime(id);
    return batch.length > 0;
  };

  return {
    showProgress,
    run: async (signal) => {
      while (!signal.aborted) {
        const sent = await sendBatch(signal).catch((error: unknown) => {
          log.error('announcementFailed', {}, error);
          return false;
        });
        if (!sent) await clock.sleep(IDLE, signal);
      }
    },
  };
};
