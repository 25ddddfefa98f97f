// The command menu that Telegram shows, in each language of the shop.
import { MENU } from '../../domain/dialog/event.ts';
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { Language } from '../../domain/dialog/language.ts';
import type { BotApi } from './bot-api.ts';
import type { Localization } from './render-speech.ts';

/** Publishes the menu; the first language is everybody's whose own the shop does not speak. A failure is left to the log of the calls. */
export const publishCommands = async (api: Pick<BotApi, 'call'>, translate: Localization['translate']): Promise<void> => {
  const menu = (language: Language) =>
    MENU.map((command) => ({ command, description: translate(language, `command.${command}`) }));
  for (const [index, language] of LANGUAGES.entries()) {
    await api.call('setMyCommands', { commands: menu(language), ...(index > 0 && { language_code: language }) });
  }
};
