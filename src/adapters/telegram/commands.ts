// The command menus that Telegram shows: everybody's in each language of the shop, and that of a chat with more to offer.
import type { CommandMenus, MenuRole } from '../../app/ports/command-menus.ts';
import { MENU } from '../../domain/dialog/event.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { Language } from '../../domain/dialog/language.ts';
import type { BotApi } from './bot-api.ts';
import type { Localization } from './render-speech.ts';

type Translate = Localization['translate'];

const menuOf = (translate: Translate, language: Language, roles: readonly MenuRole[] = []) =>
  [...MENU, ...roles].map((command) => ({ command, description: translate(language, `command.${command}`) }));

/** Publishes the menu; the first language is everybody's whose own the shop does not speak. A failure is left to the log of the calls. */
export const publishCommands = async (api: Pick<BotApi, 'call'>, translate: Translate): Promise<void> => {
  for (const [index, language] of LANGUAGES.entries()) {
    const commands = menuOf(translate, language);
    await api.call('setMyCommands', { commands, ...(index > 0 && { language_code: language }) });
  }
};

/** Menus of single chats go before everybody's, and without a language code before every language's. */
export const createCommandMenus = (api: Pick<BotApi, 'call'>, translate: Translate): CommandMenus => {
  const scopeOf = (chat: number) => ({ type: 'chat', chat_id: chat }) as const;
  return {
    offer: (chat, roles, language) =>
      api.call('setMyCommands', { commands: menuOf(translate, language, roles), scope: scopeOf(chat) }),
    withdraw: (chat) => api.call('deleteMyCommands', { scope: scopeOf(chat) }),
  };
};
