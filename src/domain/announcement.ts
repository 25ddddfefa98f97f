// Announcements: to whom one message of the shop goes.
import type { Language } from './dialog/language.ts';

/** Everybody who ever ordered, or only those whose last order was in one language; or the agents and their clerks, but for the blocked ones. */
export type Audience = { readonly language: Language | null } | { readonly group: 'agents' };

/** What fits into one message of Telegram with room for the shop's own words, in UTF-16 units. */
export const LONGEST_ANNOUNCEMENT = 3_000;

/** How many have been told, could not be, and are still to be told. */
export type Progress = {
  readonly id: number;
  readonly sent: number;
  readonly blocked: number;
  readonly failed: number;
  readonly left: number;
  readonly stopped: boolean;
};
