// The text of a message: cleaned of what nobody sees, and read for commands and mentions.
import { COMMANDS, MENU } from '../../domain/dialog/event.ts';
import type { Command } from '../../domain/dialog/event.ts';

/** Telegram's own limit of a message, in UTF-16 units. */
const LONGEST_TEXT = 4096;

/** Text as the shop reads it: one line, composed (NFC), without characters that nobody sees, at most 4096 UTF-16 units. */
export const cleanText = (text: string): string =>
  withoutUnseen(withoutUnseen(text.replace(/\s+/gu, ' ')).normalize('NFC').slice(0, LONGEST_TEXT)).trim();

/** The lines of a text that say something, each as the shop reads text. No more of it than `cleanText` reads. */
export const cleanLines = (text: string): readonly string[] =>
  text
    .slice(0, LONGEST_TEXT)
    .split(/[\r\n\v\f\u0085\u2028\u2029]+/u)
    .map(cleanText)
    .filter((line) => line !== '');

/**
 * Control characters, direction marks (they come along with copied phone numbers), spaces and hyphens of no width, and halves of a cut
 * surrogate pair. The joiner that holds emoji together stays.
 */
const withoutUnseen = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u00AD\u200B\u2060\uFEFF]/gu, '');

/** `/orders@some_bot rest`: the command, null when the shop has none of that name, the bot that it is meant for, and the rest. */
export const commandIn = (
  text: string,
): { readonly command: Command | null; readonly bot: string | null; readonly argument: string } | null => {
  const match = /^\/(\w{1,32})(?:@(\w+))?(?:\s+(.*)|$)/u.exec(text);
  if (match === null) return null;
  const name = match[1]?.toLowerCase();
  return {
    command: COMMANDS.find((command) => command === name) ?? null,
    bot: match[2]?.toLowerCase() ?? null,
    argument: match[3] ?? '',
  };
};

/**
 * Whether a text in a group speaks to this bot. A bare command that only some people know of, or nobody here, is left to the other bots
 * of the group.
 */
export const isAddressed = (text: string, botUsername: string): boolean => {
  const self = botUsername.toLowerCase();
  const found = commandIn(text);
  if (found !== null) return found.bot === null ? MENU.some((command) => command === found.command) : found.bot === self;
  return Array.from(text.matchAll(/(?<![\w@])@(\w+)/gu), (mention) => mention[1]?.toLowerCase()).includes(self);
};
