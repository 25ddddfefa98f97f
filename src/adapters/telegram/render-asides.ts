// What the bot says beside the flow: help, languages, balance, a bare notice, and the hint for groups.
import { LANGUAGES } from '../../domain/dialog/language.ts';
import type { AsideView } from '../../domain/dialog/view.ts';
import { grid, ordersAndShopRow, shopRow } from './keyboard.ts';
import type { Buttons } from './keyboard.ts';
import { bold, escape, lines, paragraphs } from './render-html.ts';
import { message } from './render-message.ts';
import type { RenderedMessage } from './render-message.ts';
import type { Speech } from './render-speech.ts';

type View<Type extends AsideView['type']> = Extract<AsideView, { type: Type }>;

export const renderHelp = (speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say } = speech;
  return message(
    paragraphs(bold(say('help.title')), escape(say('help.text')), escape(say('help.promise')), escape(say('help.commands'))),
    ordersAndShopRow(speech, buttons),
  );
};

export const renderLanguages = ({ current }: View<'languages'>, { say, nameOf }: Speech, { lasting }: Buttons): RenderedMessage =>
  message(
    escape(say('languages.ask')),
    ...grid(
      LANGUAGES.map((language) => {
        const name = nameOf(language);
        return lasting(language === current ? say('languages.current', { name }) : name, { type: 'setLanguage', language });
      }),
    ),
  );

export const renderBalance = ({ balances }: View<'balance'>, speech: Speech, buttons: Buttons): RenderedMessage => {
  const { say, money } = speech;
  const html =
    balances.length === 0
      ? escape(say('balance.empty'))
      : lines(escape(say('balance.title')), ...balances.map((balance) => bold(money(balance))));
  return message(html, shopRow(speech, buttons));
};

/** The notice itself stands above, as on every view. */
export const renderBareNotice = (speech: Speech, buttons: Buttons): RenderedMessage =>
  message(escape(speech.say('notice.hint')), shopRow(speech, buttons));

/** `privateChat` is the address that opens the private chat with the bot. */
export const renderGroupHint = ({ say }: Speech, privateChat: string): RenderedMessage =>
  message(escape(say('groupHint.text')), [{ text: say('button.openPrivate'), url: privateChat }]);
