// Agents and their clerks: how they come to sell, what they see of it, and what an agent can do about a clerk.
import { createTokens } from '../../../src/adapters/system/tokens.ts';
import { invitationUntil } from '../../../src/domain/member.ts';
import type { Invitation } from '../../../src/domain/member.ts';
import { HOUR, later } from '../../../src/domain/time.ts';
import type { Instant } from '../../../src/domain/time.ts';
import { createVirtualClock } from '../../e2e/virtual-clock.ts';
import { makeAgent } from '../../contracts/orders.ts';
import { SAMPLE_MARGINS } from '../../domain/sample-rules.ts';
import type { Player, Story } from '../play.ts';

const tokens = createTokens();

/** Somebody who runs the shop invites an agent. The payload of the link. */
const invite = async ({ books }: Pick<Player, 'books'>, createdAt: Instant = createVirtualClock().now()): Promise<string> => {
  const token = tokens.newToken();
  const invitation: Invitation = {
    for: { kind: 'agent' },
    name: 'Kiosk Ana',
    by: 'operator',
    createdAt,
    expiresAt: invitationUntil(createdAt),
  };
  await books.invite(tokens.hashOf(token), invitation);
  return `inv_${token}`;
};

const buy = async (buyer: Pick<Player, 'types' | 'taps'>): Promise<void> => {
  await buyer.types('lumbre');
  await buyer.taps('pr:8201');
  await buyer.taps('am:2500');
  await buyer.taps('ok');
};

export const agents: readonly Story[] = [
  {
    name: 'agent-joins',
    shop: { margins: SAMPLE_MARGINS },
    play: async (ana) => {
      ana.note('The shop invites Ana as an agent.');
      await ana.types(`/start ${await invite(ana)}`);
      await buy(ana);
      await ana.hears('code');
      ana.note('Her next customer wants minutes for a telephone.');
      await ana.types('habla cerca');
      await ana.types('10');
      await ana.types('+53 5123 4567');
      await ana.taps('ok');
      await ana.hears('code');
      await ana.types('/agent');
      await ana.taps('ag:hc');
      await ana.taps('ag:ho');
      await ana.taps('ag:st:today');
      await ana.taps('ag:sf:2026-01-12:csv');
      await ana.taps('ag:sf:2026-01-12:pdf');
      await ana.taps('ag:st:2026-01-11');
      await ana.taps('ag:ho');
      await ana.taps('ag:pd');
      await ana.types('last week');
      await ana.types('12.1.2026 - 11.1.2026');
      await ana.types('1.10.2025 - 12.1.2026');
      await ana.types('10.1. - 12.1.2026');
      await ana.taps('ag:sf:2026-01-10:2026-01-12:csv');
      await ana.types('/agent 2026-01-10 2026-01-11');
      await ana.taps('ag:ho');
      await ana.taps('ag:cs');
    },
  },
  {
    name: 'invitation-refused',
    play: async (ana) => {
      await ana.types('/agent');
      await ana.types('/start inv_madeUpByAnaHerselfHereAA');
      ana.note('An invitation that is two days old:');
      await ana.types(`/start ${await invite(ana, later(createVirtualClock().now(), -48 * HOUR))}`);
      const link = await invite(ana);
      const luis = await ana.meets('Luis');
      await luis.types(`/start ${link}`);
      ana.note('Ana opens the same link.');
      await ana.types(`/start ${link}`);
      ana.note('Luis opens another one.');
      await luis.types(`/start ${await invite(ana)}`);
    },
  },
  {
    name: 'agent-and-clerk',
    shop: { margins: SAMPLE_MARGINS },
    prepare: makeAgent,
    play: async (ana) => {
      await ana.types('/agent');
      await ana.taps('ag:cs');
      await ana.taps('ag:ic');
      await ana.types('Luis, who sells on the market on Saturdays and Sundays');
      await ana.types('Luis');
      const link = ana.linkArgument();
      ana.note('She opens the link herself.');
      await ana.types(`/start ${link}`);
      const luis = await ana.meets('Luis');
      await luis.types(`/start ${link}`);
      await ana.types('/agent');
      await ana.taps('ag:cs');
      await ana.taps('ag:cl');
      await ana.taps('ag:li');
      await ana.types('twenty');
      await ana.types('20 EUR');
      ana.note('Luis sells above his limit.');
      await buy(luis);
      await ana.taps('ag:fr');
      await ana.taps('ag:bl');
      ana.note('Luis tries again.');
      await luis.taps('ok');
      await luis.types('/agent');
      await ana.taps('ag:bl');
      await luis.types('/agent');
      await luis.types('/agent 2026-01-12');
      await luis.types('/balance');
      await luis.taps('ag:ho');
      await ana.taps('ag:rm');
      await ana.taps('ag:rm');
      await luis.types('/agent');
    },
  },
];
