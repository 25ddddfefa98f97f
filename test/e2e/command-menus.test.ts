// The command menu of each chat: everybody's says nothing of the shop's staff, whose own comes and goes with what they are.
import { afterEach, describe, expect, it } from 'vitest';
import { createTokens } from '../../src/adapters/system/tokens.ts';
import { startBot } from '../../src/bot.ts';
import { MENU } from '../../src/domain/dialog/event.ts';
import { LANGUAGES } from '../../src/domain/dialog/language.ts';
import { parseCustomerId } from '../../src/domain/ids.ts';
import { invitationUntil } from '../../src/domain/member.ts';
import { instant } from '../../src/domain/time.ts';
import { createNarrator, linkIn } from '../../src/demo/narrator.ts';
import { startSandbox } from '../../src/sandbox.ts';
import type { Customer } from '../../src/sandbox/telegram/customer.ts';
import { got } from '../contracts/orders.ts';
import { createJournal } from './journal.ts';
import { openShop, readCatalogFile, readSettings } from './shop.ts';
import type { Shop } from './shop.ts';
import ru from '../../locales/ru.json' with { type: 'json' };
import es from '../../locales/es.json' with { type: 'json' };

const OLGA = 3_001;
const tokens = createTokens();

let shop: Pick<Shop, 'close'> | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const open = async (settings: Readonly<Record<string, string>> = { ADMIN_IDS: String(OLGA) }): Promise<Shop> => {
  const opened = await openShop({ settings });
  shop = opened;
  return opened;
};

/** Resolves when the customer is offered exactly these beside everybody's commands. */
const offered = (customer: Customer, more: readonly string[]) =>
  customer.waitFor(() => {
    const names = customer.menu().map(({ command }) => command);
    return JSON.stringify(names) === JSON.stringify([...MENU, ...more]) ? customer.menu() : null;
  });

const wordsFor = (menu: ReturnType<Customer['menu']>, name: string): string | undefined =>
  menu.find(({ command }) => command === name)?.description;

/** The link of an agent's invitation. */
const invite = async ({ bot }: Shop): Promise<string> => {
  const token = tokens.newToken();
  const createdAt = instant(Date.now());
  const invitation = {
    for: { kind: 'agent' },
    name: 'Kiosk',
    by: 'operator',
    createdAt,
    expiresAt: invitationUntil(createdAt),
  } as const;
  await bot.ledger.invite(tokens.hashOf(token), invitation);
  return `https://t.me/voucher_shop_bot?start=inv_${token}`;
};

describe('the command menu', () => {
  it('of everybody names neither what agents have nor what admins have, in any language', async () => {
    const { telegram } = await open();
    for (const languageCode of LANGUAGES) {
      const names = telegram.customer(500, { languageCode }).menu();
      expect(names.map(({ command }) => command)).toEqual(MENU);
    }
  });

  it('of an admin is there when the bot starts', async () => {
    const sandbox = await startSandbox(readSettings({ ADMIN_IDS: String(OLGA), OPERATOR_LANGUAGE: 'es' }));
    const olga = sandbox.telegram.customer(OLGA);
    olga.sendText('Hello?');
    const bot = await startBot(sandbox.config, { ...(await readCatalogFile(sandbox.config.catalogFile)), log: createJournal() });
    shop = { close: () => bot.stop().then(sandbox.close) };
    expect(wordsFor(await offered(olga, ['admin']), 'admin')).toBe(es['command.admin']);
  });

  it('of an admin who never wrote to the bot comes with their first word', async () => {
    const { telegram, journal } = await open();
    const olga = telegram.customer(OLGA);
    await journal.heard('menuNotShown');
    olga.sendText('/start');
    await offered(olga, ['admin']);
    expect(telegram.customer(500).menu()).toHaveLength(MENU.length);
  });

  it('of an agent speaks the language that they chose, and is theirs as long as they may sell', async () => {
    const opened = await open();
    const customer = (id: number) => opened.telegram.customer(id, { languageCode: 'en' });
    const [olga, amir, cleo] = [customer(OLGA), customer(3_002), customer(3_003)] as const;
    const narrate = (who: Customer) => createNarrator(who, '', []);
    const [admin, agent, clerk] = [narrate(olga), narrate(amir), narrate(cleo)] as const;

    await agent.opens(await invite(opened), /Welcome/);
    await offered(amir, ['agent']);
    await agent.says('/agent', /Float/);
    await agent.taps(/Clerks/, /clerks/);
    await agent.taps(/Invite a clerk/, /name/);
    await clerk.opens(linkIn(await agent.says('Cleo', /start=inv_/)), /Welcome/);
    await offered(cleo, ['agent']);

    await clerk.says('/language', /./);
    await clerk.taps(/Русский/, /[а-я]/);
    await cleo.waitFor(() => wordsFor(cleo.menu(), 'agent') === ru['command.agent']);
    await clerk.says('/agent', /[а-я]/);

    await admin.says('/admin', /The shop/);
    await offered(olga, ['admin']);
    await admin.taps(/Agents/, /Agents/);
    await admin.taps(/Kiosk/, /Kiosk/);
    await admin.taps(/Block/, /Block this agent/);
    await admin.taps(/Confirm/, /blocked/);
    await offered(amir, []);
    await offered(cleo, []);
    await admin.taps(/sell again/, /Let this agent/);
    await admin.taps(/Confirm/, /may sell again/);
    await offered(amir, ['agent']);
    expect(wordsFor(await offered(cleo, ['agent']), 'start')).toBe(ru['command.start']);

    await agent.says('/agent', /Float/);
    await agent.taps(/Clerks/, /clerks/);
    await agent.taps(/Cleo/, /Cleo/);
    await agent.taps(/Block/, /./);
    await offered(cleo, []);
    await agent.taps(/sell again/, /./);
    await offered(cleo, ['agent']);
    await agent.taps(/Remove/, /./);
    await agent.taps(/Yes, remove/, /./);
    await offered(cleo, []);
    await offered(amir, ['agent']);
  });

  it('that somebody has no right to any more goes away when they use it', async () => {
    const { telegram, config } = await open();
    const left = telegram.customer(3_004);
    left.sendText('/start');
    await left.waitFor((messages) => messages.some(({ from }) => from === 'bot'));
    const commands = [...MENU, 'admin'].map((command) => ({ command, description: 'x' }));
    await fetch(`${config.telegram.apiRoot}/bot${config.telegram.token.reveal()}/setMyCommands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ commands, scope: { type: 'chat', chat_id: 3_004 } }),
    });
    await offered(left, ['admin']);
    left.sendText('/admin');
    expect(await offered(left, [])).toHaveLength(MENU.length);
  });

  it('costs a customer nothing who browses, buys or chooses a language', async () => {
    const { telegram, close } = await open({});
    const ana = telegram.customer(3_005);
    const anas = createNarrator(ana, '', []);
    await anas.says('/start', /./);
    await anas.says('/language', /./);
    await anas.taps(/Русский/, /[а-я]/);
    await anas.says('/start', /[а-я]/);
    // What goes on in the background is over then.
    await close();
    shop = null;
    expect(telegram.calls.filter(({ method, params }) => /MyCommands/.test(method) && params['scope'] !== undefined)).toEqual([]);
  });

  it('that Telegram does not take keeps nobody from joining', async () => {
    const opened = await open();
    const amir = opened.telegram.customer(3_002);
    await opened.journal.heard('menuNotShown');
    opened.telegram.control.fail('setMyCommands', { kind: 'serverError', when: 'before' }, 1);
    await createNarrator(amir, '', []).opens(await invite(opened), /Welcome/);
    expect(await opened.bot.ledger.member(got(parseCustomerId(amir.userId)))).toMatchObject({ agent: null });
    amir.sendText('/agent');
    await offered(amir, ['agent']);
  });
});
