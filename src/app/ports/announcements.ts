// Announcements: one message for many people, with a row for each of them, so that a restart goes on where the last process ended.
import type { Confirmed } from '../../domain/admin-action.ts';
import type { Audience, Progress } from '../../domain/announcement.ts';
import type { Language } from '../../domain/dialog/language.ts';
import type { ChatId, MessageId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export type AnnouncementDraft = {
  readonly text: string;
  readonly audience: Audience;
  /** Where its progress is shown, and in which language. */
  readonly chat: ChatId;
  readonly language: Language;
};

export type Announcement = AnnouncementDraft & {
  readonly id: number;
  readonly message: MessageId | null;
  readonly progress: Progress;
};

/** One who is to be told, and when. `tries` counts the attempts before this one. */
export type Recipient = {
  readonly id: number;
  readonly announcement: number;
  readonly chat: ChatId;
  readonly text: string;
  readonly tries: number;
};

export type RecipientOutcome =
  { readonly kind: 'sent' | 'blocked' | 'failed' } | { readonly kind: 'postponed'; readonly until: Instant };

export type Announcements = {
  /** How many people an audience has now. */
  countAudience(audience: Audience): Promise<number>;
  /** Writes the announcement with all its recipients, who are due from `startsAt` on. The same key again gives the announcement that it made. */
  announce(draft: AnnouncementDraft, confirmed: Confirmed, startsAt: Instant): Promise<Announcement>;
  /**
   * Takes up to `limit` recipients who are due, and leases them. Nobody gets any while another batch is leased: Telegram's pace is for
   * the whole bot, however many processes it has.
   */
  claimRecipients(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly Recipient[]>;
  concludeRecipient(id: number, outcome: RecipientOutcome): Promise<void>;
  announcement(id: number): Promise<Announcement | null>;
  /** The newest first. */
  announcements(limit: number): Promise<readonly Announcement[]>;
  /** The message that shows the progress. */
  rememberProgress(id: number, message: MessageId): Promise<void>;
  /** Nobody else is told from now on. `over`: it is stopped, or everybody was told. */
  stopAnnouncement(id: number, by: string, at: Instant): Promise<'stopped' | 'over' | 'unknown'>;
};
