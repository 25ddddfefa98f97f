// The composition of the bot: every port gets its adapter here, and nowhere else. Production and sandbox run exactly this.
import { createAnswerQuestion } from './app/answer-question.ts';
import { createReadinessCheck } from './app/check-readiness.ts';
import { createDeliverMessage } from './app/deliver-outbox.ts';
import { createFulfilOrder } from './app/fulfil-order.ts';
import { createUpdateHandler } from './app/handle-update.ts';
import { createCatalogKeeper } from './app/keep-catalog.ts';
import { createListItems } from './app/list-items.ts';
import { createPlaceLines } from './app/place-lines.ts';
import { createPlaceOrder } from './app/place-order.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Log } from './app/ports/log.ts';
import type { Sessions } from './app/ports/sessions.ts';
import type { SupplierReport } from './app/ports/supplier.ts';
import { createPriceLines } from './app/price-lines.ts';
import { createQuotePrice } from './app/quote-price.ts';
import { createReadDebt } from './app/read-debt.ts';
import { createReadForm } from './app/read-form.ts';
import { createReceiveUpdate } from './app/receive-update.ts';
import { createShopRules } from './app/shop-rules.ts';
import { createSupplierWatch } from './app/watch-supplier.ts';
import { createWorker } from './app/work.ts';
import type { CatalogFile } from './adapters/codec/catalog-file.ts';
import { createSessionCodec } from './adapters/codec/session-codec.ts';
import type { Timeouts } from './adapters/evsb/calls.ts';
import { createEvsbSupplier } from './adapters/evsb/supplier.ts';
import type { EvsbSupplier } from './adapters/evsb/supplier.ts';
import { alpha2Of } from './adapters/i18n/countries.ts';
import { createLocalization } from './adapters/i18n/localization.ts';
import { createMemorySessions } from './adapters/memory/sessions.ts';
import { createPhoneBook } from './adapters/phone/phone-book.ts';
import { openRedis } from './adapters/redis/connection.ts';
import { createRedisSessions } from './adapters/redis/sessions.ts';
import { openLedger } from './adapters/sql/ledger.ts';
import type { SqlLedger } from './adapters/sql/ledger.ts';
import { measurePhases } from './adapters/sql/measure-phases.ts';
import { createClock } from './adapters/system/clock.ts';
import { createSealer } from './adapters/system/sealing.ts';
import { createTokens } from './adapters/system/tokens.ts';
import { createBotApi } from './adapters/telegram/bot-api.ts';
import { createChannel } from './adapters/telegram/channel.ts';
import { publishCommands } from './adapters/telegram/commands.ts';
import { decodeUpdate } from './adapters/telegram/decode-update.ts';
import { measureCalls } from './adapters/telegram/measure-calls.ts';
import { createRenderer } from './adapters/telegram/render.ts';
import { createTapReplies } from './adapters/telegram/tap-replies.ts';
import { composeKeepsakes } from './compose-keepsakes.ts';
import { composeAdmin } from './compose-admin.ts';
import { composeAgents } from './compose-agents.ts';
import { composeAlerts } from './compose-alerts.ts';
import { openFramework } from './compose-framework.ts';
import { composeMenus } from './compose-menus.ts';
import { composeReconciliation } from './compose-reconciliation.ts';
import { composeTelemetry } from './compose-telemetry.ts';
import { composeTraffic } from './compose-traffic.ts';
import { redisPlace } from './config-redis.ts';
import { ledgerPlace } from './config.ts';
import type { Config } from './config.ts';
import { HOUR } from './domain/time.ts';
import { introduce, takeUpdates } from './take-updates.ts';
import type { Updates } from './take-updates.ts';

export type Bot = {
  readonly username: string;
  /** Where metrics and health are told; null where they are not. */
  readonly metricsPort: number | null;
  readonly ledger: SqlLedger;
  /** Fetches the catalogue now instead of on schedule. */
  refreshCatalog(): Promise<boolean>;
  /** Settles when the bot can't go on by itself, with what is wrong. */
  readonly failed: Promise<string>;
  /** Takes no more updates, finishes what is in hand and closes everything. */
  stop(): Promise<void>;
};

export type BotOptions = CatalogFile & {
  readonly log: Log;
  /** The system's clock unless given. */
  readonly clock?: Clock;
  /** Shorter limits for rehearsals; the supplier's own unless given. */
  readonly evsbTimeouts?: Timeouts;
  /** Nobody looks unless given. */
  readonly observe?: Observe;
  /** Ends the waits of a start: it rejects, or gives a bot that takes nothing and has to be stopped. */
  readonly signal?: AbortSignal;
};

/** Stands between the use cases and a port, and sees every call: to measure it, or to rehearse a crash before or after it. */
export type Observe = <Port extends object>(name: 'ledger' | 'sessions' | 'supplier' | 'channel', port: Port) => Port;

const unobserved: Observe = (_name, port) => port;

/** How long a conversation is remembered without Redis, and for how many chats. */
const MEMORY_SESSIONS = { ttlSeconds: (30 * 24 * HOUR) / 1_000, mostChats: 100_000 };
/** How long the start waits for the catalogue; the shop opens without it and says so. Milliseconds. */
const CATALOG_PATIENCE = 1_500;
/** How long a start that failed waits for what its worker has in hand, in milliseconds. */
const FAILED_START_PATIENCE = 25_000;

/** Starts the bot and resolves when it takes updates. Rejects when it never could: a wrong token, key or database. */
export const startBot = async (config: Config, options: BotOptions): Promise<Bot> => {
  const { overlay, margins, limits, log, clock = createClock(), observe = unobserved } = options;
  const { role } = config;
  const ending = new AbortController();
  const signal = options.signal === undefined ? ending.signal : AbortSignal.any([ending.signal, options.signal]);

  const sealer = createSealer(config.encryptionKey, config.encryptionKeyOld);
  const seeing = await composeTelemetry(config, log);
  const { telemetry } = seeing;
  const books = measurePhases(await openLedger({ ...ledgerPlace(config), sealer, log }), telemetry);
  const ledger = observe('ledger', books);
  const redis = config.redis === null ? null : await openRedis(redisPlace(config.redis), log);
  const conversations = redis === null ? createMemorySessions(MEMORY_SESSIONS, clock) : createRedisSessions(redis, {}, log);
  const sessions: Sessions = observe('sessions', conversations);
  const codec = createSessionCodec(sealer);
  const evsb = { ...config.evsb, password: config.evsb.password.reveal(), timeouts: options.evsbTimeouts };
  const supplierWatch = createSupplierWatch({ supplier: { ping: () => supplier.ping() }, alerts: books, clock });
  let running = false;
  const readiness = createReadinessCheck({
    sessions,
    stops: books,
    supplier: { ping: () => supplier.ping() },
    started: () => running,
    ending: signal,
    clock,
  });
  const heard = (report: SupplierReport): void => {
    for (const { hear } of [supplierWatch, readiness, seeing]) hear(report);
  };
  const supplier: EvsbSupplier = observe(
    'supplier',
    createEvsbSupplier(evsb, { now: clock.now, random: Math.random, sleep: clock.sleep, telemetry, heard, log }),
  );

  const token = config.telegram.token.reveal();
  const { apiRoot } = config.telegram;
  const framework = await openFramework(config.telegram.framework, { token, apiRoot, receive: (update) => receive(update) });
  const metricsPort = await seeing.open({ books, readiness: readiness.check, clock, log });
  const username = await introduce(framework, log, clock.sleep, signal).catch(async (error: unknown) => {
    await seeing.close();
    throw error;
  });

  const traffic = composeTraffic(config, { redis, clock, log });
  const client = createBotApi({ apiRoot, token, log, sleep: clock.sleep, pauses: traffic.pauses });
  const api = measureCalls(client, telemetry);
  const taps = createTapReplies({ api, receive: framework.receive, after: clock.after });
  const phones = createPhoneBook(alpha2Of);
  const tokens = createTokens();
  const localization = createLocalization(config.timeZone, phones);
  const renderer = createRenderer(localization, username);
  const channel = observe('channel', createChannel(api, renderer, { ...traffic.answers, carry: taps.carry }));
  const bulkChannel = observe('channel', createChannel(api, renderer, traffic.bulk));

  const sellAssumed = config.evsb.environment === 'sandbox';
  const catalog = createCatalogKeeper({ supplier, overlay, margins, sellAssumed, alerts: ledger, clock, log });
  const listItems = createListItems({ supplier, log });
  const rules = createShopRules({ people: ledger, margins, limits, timeZone: config.timeZone });
  const quotePrice = createQuotePrice({ supplier, listItems, rules, source: config.prices, telemetry, clock });
  const { startingBalance } = config;
  const alerts = composeAlerts(config, { ledger, books, channel: bulkChannel, supplierWatch, clock, log });
  const worker = createWorker({
    ledger,
    fulfil: createFulfilOrder({ ledger, supplier, terminalId: config.evsb.terminalId, clock, log }),
    deliver: createDeliverMessage({ ledger, handOvers: ledger, people: ledger, tokens, channel: bulkChannel, clock, log }),
    alerts: ledger,
    deliverAlerts: alerts.deliver,
    telemetry,
    clock,
    log,
  });
  const placeOrder = createPlaceOrder({ ledger, clock, startingBalance, rules, stops: ledger, wakeWorker: worker.wake });
  const admin = composeAdmin(config, {
    ledger,
    books,
    sessions,
    supplier,
    channel: bulkChannel,
    catalog,
    overlay,
    tokens,
    wakeWorker: worker.wake,
    clock,
    log,
  });
  const menus = composeMenus(config, { people: books, sessions: conversations, codec, api, localization, signal, log });
  const readForm = createReadForm(supplier);
  const answer = createAnswerQuestion({
    quotePrice,
    listItems,
    ...composeKeepsakes({ ledger, tokens, catalog: catalog.current, readForm, phones, clock, wakeWorker: worker.wake }),
    readForm,
    readDebt: createReadDebt(supplier),
    answerAdmin: menus.afterAdmins(admin.answer),
    answerAgent: menus.afterAgents(
      composeAgents(config, { ledger, tokens, channel, localization, shopName: username, clock, log }),
    ),
    priceLines: createPriceLines({ readForm, quotePrice, ledger, clock }),
    placeLines: createPlaceLines(placeOrder),
    placeOrder,
    rules,
    ledger,
    clock,
    startingBalance,
  });
  const handle = createUpdateHandler({
    sessions,
    codec,
    channel,
    answer,
    catalog: catalog.current,
    phones,
    admins: config.admins,
    telemetry,
    clock,
    log,
  });
  const receive = createReceiveUpdate({
    decode: (raw) => decodeUpdate(raw, username),
    admission: traffic.admission,
    handle: menus.afterUpdates(handle),
    channel,
    telemetry,
    clock,
    log,
  });

  // A supplier that hangs must not keep the shop from answering, and placed orders from going on.
  const working = role === 'web' ? null : worker.run(signal);
  const { daily } = composeReconciliation(config, { ledger, supplier, clock, log });
  const reconciling = role === 'web' ? null : daily.run(signal);
  const administering = role === 'web' ? null : admin.work(signal);
  const watching = role === 'web' ? null : alerts.watch(signal);
  let refreshing: Promise<unknown> | null = null;
  let updates: Updates | null = null;

  const stop = async (): Promise<void> => {
    ending.abort();
    await updates?.ended();
    await Promise.all([working, refreshing, reconciling, administering, menus.rest(), watching]);
    await Promise.all([supplier.close(), api.close(), redis?.close()]);
    await worker.rest();
    await ledger.close();
    await seeing.close();
  };

  try {
    if (role !== 'worker') await admin.stops.refresh();
    if (role !== 'worker') await Promise.race([catalog.refresh(), clock.sleep(CATALOG_PATIENCE)]);
    if (role !== 'worker') await publishCommands(api, localization.translate);
    if (role !== 'worker') menus.begin();
    refreshing = role === 'worker' ? null : Promise.all([catalog.run(signal), admin.stops.run(signal)]);
    const receiving = { framework, receiveWebhook: taps.receive, readiness: readiness.check, log, sleep: clock.sleep };
    updates = role === 'worker' ? null : await takeUpdates(config, receiving, signal);
  } catch (error) {
    // The worker has been at it since before: what it has sent must have its outcome stored.
    await Promise.race([stop(), clock.sleep(FAILED_START_PATIENCE)]);
    throw error;
  }
  running = true;
  log.info('running', { role });
  let stopped: Promise<void> | null = null;

  return {
    username,
    metricsPort,
    ledger,
    refreshCatalog: catalog.refresh,
    failed: updates?.failed ?? new Promise(() => undefined),
    stop: () => (stopped ??= stop()),
  };
};
