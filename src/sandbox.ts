// The sandbox: both stand-ins on loopback, and the configuration with which the bot is a real client of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config, SandboxConfig } from './config.ts';
import { newSealingKey } from './adapters/system/sealing.ts';
import { secret } from './adapters/system/secret.ts';
import { startEvsbSimulator } from './sandbox/evsb/simulator.ts';
import type { EvsbSimulator, EvsbSimulatorOptions } from './sandbox/evsb/simulator.ts';
import { startTelegramServer } from './sandbox/telegram/server.ts';
import type { TelegramServer } from './sandbox/telegram/server.ts';

export type Sandbox = {
  /** What `startBot` needs to be a client of the stand-ins. */
  readonly config: Config;
  readonly telegram: TelegramServer;
  readonly evsb: EvsbSimulator;
  /** Ends the stand-ins and removes the ledger's folder. */
  close(): Promise<void>;
};

/** Credentials of nothing: the stand-ins listen on loopback and accept these alone. */
const BOT_TOKEN = '100001:sandbox-token-of-the-local-server';
const EVSB_USER = 'sandbox-user';
const EVSB_PASSWORD = 'sandbox-password';
const TERMINAL_ID = 100_001;
/** What the shop has at the supplier: 5,000.00. */
const OPENING_BALANCE = 500_000;

export type SandboxOptions = { readonly evsb?: Partial<EvsbSimulatorOptions>; readonly config?: Partial<Config> };

/** Starts both stand-ins. Rejects when the chat page's port is taken. */
export const startSandbox = async (settings: SandboxConfig, options: SandboxOptions = {}): Promise<Sandbox> => {
  const telegram = await startTelegramServer({
    port: settings.port,
    botToken: BOT_TOKEN,
    botUsername: 'voucher_shop_bot',
    botName: 'Voucher shop',
  });
  const evsb = await startEvsbSimulator({
    terminalId: TERMINAL_ID,
    user: EVSB_USER,
    password: EVSB_PASSWORD,
    openingBalanceX100: OPENING_BALANCE,
    // Ordinary accounts are sold to; only the test products take their outcome from the account.
    suffixRule: 'dummies',
    ...options.evsb,
  });
  const folder = await mkdtemp(join(tmpdir(), 'voucher-shop-'));
  const config: Config = {
    telegram: { framework: settings.framework, token: secret(BOT_TOKEN), apiRoot: telegram.url, webhook: null },
    http: { host: '127.0.0.1', port: 0 },
    evsb: {
      baseUrl: evsb.url,
      user: EVSB_USER,
      password: secret(EVSB_PASSWORD),
      terminalId: TERMINAL_ID,
      environment: 'sandbox',
      timeZone: 'UTC',
      pricesDirectPath: '/util/prices/direct/{terminalId}/{operatorId}/{amountToSendX100}',
      pricesReversePath: '/util/prices/reverse/{terminalId}/{operatorId}/{destinationAmountX100}',
      legacyBeneficiaryField: false,
      oldVoucherProductsPath: false,
    },
    prices: 'endpoint',
    redis: settings.redis,
    databaseUrl: null,
    databaseFile: join(folder, 'ledger.sqlite'),
    encryptionKey: newSealingKey(),
    catalogFile: settings.catalogFile,
    startingBalance: settings.startingBalance,
    timeZone: settings.timeZone,
    operator: settings.operator,
    admins: settings.admins,
    topUpLimits: settings.topUpLimits,
    lowBalance: settings.lowBalance,
    traffic: settings.traffic,
    metrics: settings.metrics,
    tracesEndpoint: settings.tracesEndpoint,
    role: 'all',
    log: settings.log,
    ...options.config,
  };
  return {
    config,
    telegram,
    evsb,
    close: async () => {
      await Promise.all([telegram.close(), evsb.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
