// Puts together what agents and clerks use in the chat beside selling.
import { createAcceptInvitation } from './app/accept-invitation.ts';
import { createReadAgentHome } from './app/agent-home.ts';
import { createAnswerAgent } from './app/answer-agent.ts';
import type { AnswerAgent } from './app/answer-agent.ts';
import { createInviteMember } from './app/invite-member.ts';
import { createMakeStatement } from './app/make-statement.ts';
import { createManageClerks } from './app/manage-clerks.ts';
import type { Channel } from './app/ports/channel.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Log } from './app/ports/log.ts';
import type { Tokens } from './app/ports/tokens.ts';
import { createStatementPrinter } from './adapters/documents/statement-printer.ts';
import type { Localization } from './adapters/i18n/localization.ts';
import { createStatementWords } from './adapters/i18n/statement-words.ts';
import type { SqlLedger } from './adapters/sql/ledger.ts';
import type { Config } from './config.ts';

type Parts = {
  readonly ledger: SqlLedger;
  readonly tokens: Tokens;
  readonly channel: Channel;
  readonly localization: Localization;
  /** What statements call the shop. */
  readonly shopName: string;
  readonly clock: Clock;
  readonly log: Log;
};

export const composeAgents = (config: Pick<Config, 'timeZone' | 'startingBalance'>, parts: Parts): AnswerAgent => {
  const { ledger, localization, shopName } = parts;
  const { timeZone, startingBalance } = config;
  const deps = { ...parts, timeZone, startingBalance, people: ledger };
  const printer = createStatementPrinter({ shopName, timeZone }, createStatementWords(localization.translate));
  return createAnswerAgent({
    ...deps,
    acceptInvitation: createAcceptInvitation(deps),
    readHome: createReadAgentHome({ ...deps, sales: ledger }),
    manageClerks: createManageClerks({ ...deps, inviteMember: createInviteMember(deps) }),
    makeStatement: createMakeStatement({ ...deps, statements: ledger, printer }),
  });
};
