// The command menu of a single chat, for those who have more commands than everybody.
import type { ChatId } from '../../domain/ids.ts';
import type { Language } from '../../domain/dialog/language.ts';
import type { Result } from '../../domain/result.ts';
import type { ChannelError } from './channel.ts';

/** Who has a command more, by its name. */
export type MenuRole = 'agent' | 'admin';

export type CommandMenus = {
  /** Offers everybody's commands and those of these roles, in this language whatever the language of the app. Stays until it is replaced. */
  offer(chat: ChatId, roles: readonly MenuRole[], language: Language): Promise<Result<true, ChannelError>>;
  /** Takes that away: what everybody is offered shows again. */
  withdraw(chat: ChatId): Promise<Result<true, ChannelError>>;
};
