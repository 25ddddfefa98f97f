// Puts together what keeps the command menus of admins, agents and clerks.
import type { BotApi } from './adapters/telegram/bot-api.ts';
import { createCommandMenus } from './adapters/telegram/commands.ts';
import type { Localization } from './adapters/i18n/localization.ts';
import { createMenuKeeper } from './app/keep-menus.ts';
import type { MenuKeeper } from './app/keep-menus.ts';
import type { Log } from './app/ports/log.ts';
import type { People } from './app/ports/people.ts';
import type { SessionCodec, Sessions } from './app/ports/sessions.ts';
import type { Config } from './config.ts';

type Parts = {
  /** The ledger and the conversations for what goes on in the background, whoever looks at the calls of updates and orders. */
  readonly people: People;
  readonly sessions: Sessions;
  readonly codec: SessionCodec;
  readonly api: BotApi;
  readonly localization: Localization;
  readonly signal: AbortSignal;
  readonly log: Log;
};

export const composeMenus = ({ admins, operator }: Config, { api, localization, ...parts }: Parts): MenuKeeper =>
  createMenuKeeper({
    ...parts,
    menus: createCommandMenus(api, localization.translate),
    admins,
    language: operator.language,
  });
