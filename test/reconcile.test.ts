// The operator's command, as a process of its own on the ledger of the running bot.
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayLater, dayOf } from '../src/domain/day.ts';
import { settingsFor } from './adapters/evsb/loopback.ts';
import { TERMINAL, ZONE, openReconcileShop } from './app/reconcile-shop.ts';
import type { ReconcileShop } from './app/reconcile-shop.ts';

const SCRIPT = join(import.meta.dirname, '..', 'src', 'reconcile.ts');

type Ended = { readonly code: number; readonly out: string; readonly err: string };

let shop: ReconcileShop;
let today: ReturnType<typeof dayOf>;

beforeEach(async () => {
  // The command has the system's clock, so the supplier has it too.
  shop = await openReconcileShop(Date.now());
  today = dayOf(shop.clock.now(), ZONE);
});
afterEach(() => shop.close());

const run = async (args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ended> => {
  const { user, password } = settingsFor('');
  shop.clock.advance(Date.now() - shop.clock.now());
  const env = {
    BOT_TOKEN: '12345:abcdefghijklmnopqrstuvwxyz',
    EVSB_BASE_URL: shop.simulator.url,
    EVSB_USER: user,
    EVSB_PASSWORD: password,
    EVSB_TERMINAL_ID: String(TERMINAL),
    EVSB_ENVIRONMENT: 'sandbox',
    EVSB_TIME_ZONE: ZONE,
    EVSB_BALANCE_CURRENCY: 'USD',
    ENCRYPTION_KEY: shop.key.reveal(),
    CATALOG_FILE: 'catalog.json',
    DATABASE_FILE: shop.file,
    ...settings,
  };
  return new Promise((resolve) => {
    const options = { env, cwd: tmpdir(), timeout: 60_000 };
    execFile(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, ...args], options, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
  });
};

describe('npm run reconcile', () => {
  it('ends with 0 when all agrees, to the cent', async () => {
    await shop.sell();
    const { code, out, err } = await run(['--date', today]);
    expect(err).toBe('');
    expect(out).toContain(`${today}, terminal ${TERMINAL}: 1 agreed, 0 differ, 0 open\nBalance: USD 10000.00 at `);
    expect(out).toContain('Sales less reverts come to USD 25.00; the drift is USD 0.00.');
    expect(out).toContain(`${today} agrees.`);
    expect(code).toBe(0);
  });

  it('ends with 1 when something differs, and names it', async () => {
    const id = await shop.sell();
    await shop.sellBehindTheBack();
    shop.tamper(`update order_events set data = '{"supplierReference":"FORGED"}' where type = 'purchaseCharged'`);
    const { code, out, err } = await run(['--date', today]);
    const sale = shop.simulator.books.honoured[0]?.supplierreference ?? '';
    expect(out).toContain(': 0 agreed, 1 differ, 0 open');
    expect(out).toMatch(new RegExp(`otherReference +${id} +1 +charged FORGED +charged ${sale}\\n`));
    expect(out).toContain('otherReference: charged under another reference of the supplier.');
    expect(out).toContain('the drift is USD 15.00.');
    expect(err).toBe(`${today} does not agree; nothing was changed.\n`);
    expect(code).toBe(1);
  });

  it('replaces the result of the time before', async () => {
    await shop.sell();
    expect((await run(['--date', today])).code).toBe(0);
    await shop.sell();
    expect(await run([`--date=${today}`])).toMatchObject({ code: 0, out: expect.stringContaining(': 2 agreed') as string });
    expect(await shop.ledger.reconciliationOf(TERMINAL, today)).toMatchObject({ agreed: 2 });
  });

  it('says why the balance was not compared', async () => {
    const { code, out } = await run(['--date', today], { EVSB_BALANCE_CURRENCY: '' });
    expect(out).toContain('Balance: not checked, because EVSB_BALANCE_CURRENCY is not set.');
    expect(code).toBe(0);
  });

  it.each([[[]], [['--date']], [['--date', '2026-02-30']], [['2026-01-31']], [['--date', '2026-01-31', '--force']]])(
    'ends with 2 and its usage after %j',
    async (args) => {
      const { code, out, err } = await run(args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('Usage: npm run reconcile -- --date');
    },
  );

  it('ends with 2 for a day that has not begun, and for settings that are wrong', async () => {
    expect(await run(['--date', dayLater(today, 2)])).toMatchObject({ code: 2, err: 'That day has not begun yet.\n' });
    const wrong = await run(['--date', today], { EVSB_BALANCE_CURRENCY: 'dollars' });
    expect(wrong).toMatchObject({ code: 2, err: 'EVSB_BALANCE_CURRENCY: not a currency code such as USD\n' });
  });
});
