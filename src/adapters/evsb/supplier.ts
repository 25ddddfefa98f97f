// The supplier port on CSQ's eVSB API: which call answers which question of the port.
import { setTimeout as sleepFor } from 'node:timers/promises';
import { z } from 'zod';
import type { Bills, Recharges, SupermarketVouchers } from '../../app/ports/families.ts';
import type { Log } from '../../app/ports/log.ts';
import type { Reverter, Supplier, SupplierError, SupplierReport } from '../../app/ports/supplier.ts';
import type { Telemetry } from '../../app/ports/telemetry.ts';
import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { createSigner } from './auth.ts';
import { createBills } from './bills.ts';
import { reporting } from './call-report.ts';
import { WAITS } from './calls.ts';
import { createClockWatch } from './clock-watch.ts';
import { readDynamicVouchers } from './dynamic-vouchers.ts';
import { createHttp } from './http.ts';
import { createInquiry } from './inquiry.ts';
import { judgeInfo, judgeRevertInfo } from './outcome.ts';
import { fillPath } from './paths.ts';
import { readPortfolio } from './portfolio.ts';
import { logMissingEndpoint, pricePath, readPrice } from './prices.ts';
import { createBuyer } from './purchase.ts';
import { createReader, isMissing } from './reads.ts';
import type { Read } from './reads.ts';
import { createRecharges } from './recharge.ts';
import { createReverter, prepareRevert } from './revert.ts';
import { DEFAULT_CONCURRENCY } from './settings.ts';
import type { EvsbSettings } from './settings.ts';
import { createSupermarketVouchers } from './supermarket.ts';
import { createTurns } from './turns.ts';
import { preparePurchase, voucherFrom } from './voucher.ts';
import { itemsOf, unusable, voucherInfo } from './wire.ts';

export type EvsbDeps = {
  /** Epoch milliseconds: signs the calls, measures them, and is compared with the supplier's clock. */
  readonly now: () => number;
  readonly log: Log;
  /** From 0 up to 1, spreads repetitions; without it every wait is the middle one. */
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** Nobody looks at the exchanges unless given. */
  readonly telemetry?: Pick<Telemetry, 'measure' | 'note'>;
  /** Told of every exchange what it says of the supplier itself. */
  readonly heard?: (report: SupplierReport) => void;
};

const unseen: Pick<Telemetry, 'measure' | 'note'> = { measure: (_work, run) => run(), note: () => undefined };

/** The old path wants an account that is not known when the list is asked for. */
const NO_ACCOUNT = '0';

const pong = z.object({ rc: z.literal(0), echo: z.string().catch('') });
const ownBalance = (terminalId: number) => z.object({ id: z.literal(terminalId), balance: z.number() });

/** All that the supplier can be asked, and an end to it. */
export type EvsbSupplier = Supplier & Reverter & Recharges & SupermarketVouchers & Bills & { close(): Promise<void> };

/**
 * Connects to eVSB. `settings` have passed `checkBaseUrl` and `checkPricesPath`. `close` waits for the calls in flight,
 * which a sale or a revert may stretch to 90 s; calls after it come out as not sent.
 */
export const createEvsbSupplier = (settings: EvsbSettings, deps: EvsbDeps): EvsbSupplier => {
  const { terminalId, timeouts = {}, realIp, agent, environment } = settings;
  const { now, log, random = () => 0.5, sleep = sleepFor, telemetry = unseen, heard = () => undefined } = deps;
  const connection = createHttp({
    baseUrl: settings.baseUrl,
    connectTimeout: timeouts.connect ?? WAITS.connect,
    headers: {
      ...(realIp === undefined ? {} : { 'X-Real-Ip': realIp }),
      ...(agent === undefined ? {} : { Agent: agent }),
    },
    sign: createSigner(settings.user, settings.password),
    now,
  });
  const http = reporting(connection, heard);
  const turns = createTurns(settings.concurrency ?? DEFAULT_CONCURRENCY, timeouts.queue ?? WAITS.queue);
  const clocks = createClockWatch(log, now);
  const read = createReader({ http, turn: turns.read, clocks, telemetry, log, timeouts, now, random, sleep });
  const moneyDeps = { http, turn: turns.sale, clocks, telemetry, log, timeouts, environment, now };
  const purchase = createBuyer(moneyDeps);
  const revert = createReverter(moneyDeps);
  const inquire = createInquiry(read);
  log.info('evsb.configured', { environment, host: new URL(settings.baseUrl).host, terminal: terminalId });

  const ping = async (path: Read['path']): Promise<Result<{ skew: number | null; echo: string }, SupplierError>> => {
    const answer = await read({ call: 'ping', path });
    if (!answer.ok) return answer;
    const { data } = pong.safeParse(answer.value.json);
    return data === undefined ? unusable('no pong') : ok({ skew: answer.value.skew, echo: data.echo });
  };

  /** Reads a list of dynamic products; the supplier's 404 means that there are none. */
  const listDynamic = async (path: Read['path'], product: Parameters<Supplier['dynamicVouchers']>[0]) => {
    const answer = await read({ call: 'voucherProducts', path, product });
    if (answer.ok) return readDynamicVouchers(answer.value.json, product, log);
    return isMissing(answer.error) ? ok([]) : answer;
  };

  return {
    async ping() {
      const answer = await ping(ok('/ping'));
      return answer.ok ? ok({ skew: answer.value.skew }) : answer;
    },

    async echo(text) {
      const answer = await ping(fillPath('/ping/{echo}', { echo: text }));
      if (!answer.ok) return answer;
      return answer.value.echo === text ? ok({ echo: text }) : unusable('the echo differs');
    },

    async balance() {
      const answer = await read({ call: 'balances', path: ok('/external-point-of-sale/by-file/balances') });
      if (!answer.ok) return answer;
      const items = itemsOf(answer.value.json);
      if (!items.ok) return items;
      const own = items.value.map((item) => ownBalance(terminalId).safeParse(item)).find((item) => item.success)?.data;
      // In major units with two decimals, which a float of this size tells apart by far.
      const hundredths = own === undefined ? NaN : Math.round(own.balance * 100);
      return Number.isSafeInteger(hundredths) ? ok({ hundredths }) : unusable('no balance of the terminal');
    },

    async portfolio() {
      const answer = await read({ call: 'portfolio', path: ok('/product/portfolio') });
      return answer.ok ? readPortfolio(answer.value.json, terminalId, log) : answer;
    },

    async price(product, choice, account) {
      const answer = await read({
        call: 'prices',
        path: pricePath(settings, product, choice, account),
        product: product.id,
      });
      if (answer.ok) return readPrice(answer.value.json, product, log);
      if (isMissing(answer.error)) logMissingEndpoint(settings, choice, log);
      return answer;
    },

    dynamicVouchers(productId) {
      const path = settings.oldVoucherProductsPath
        ? '/pre-paid/vouchers/products/{terminalId}/{operatorId}/{account}'
        : '/pre-paid/vouchers/products/{terminalId}/{operatorId}';
      return listDynamic(fillPath(path, { terminalId, operatorId: productId, account: NO_ACCOUNT }), productId);
    },

    finishedVouchers(productId) {
      const path = '/pre-paid/vouchers/finished-products/{terminalId}/{operatorId}';
      return listDynamic(fillPath(path, { terminalId, operatorId: productId }), productId);
    },

    preparePurchase: (terms, reference, at) => preparePurchase(settings, terms, reference, at),

    purchase,

    prepareRevert: (sale, reference, at) => prepareRevert(settings.timeZone, sale, reference, at),

    revert,

    async voucherDetails(productId, token) {
      const path = fillPath('/pre-paid/vouchers/additional-data/{terminalId}/{operatorId}/{token}', {
        terminalId,
        operatorId: productId,
        token,
      });
      const answer = await read({ call: 'voucherDetails', path, product: productId });
      if (!answer.ok) return isMissing(answer.error) ? ok('notYet') : answer;
      const items = itemsOf(answer.value.json);
      if (!items.ok) return items;
      const { data } = voucherInfo.safeParse(items.value[0]);
      // An answer without a code is no more than a 404: the code may follow.
      return ok((data === undefined ? null : voucherFrom(data)) ?? 'notYet');
    },

    transactionInfo: (attempt) => inquire(attempt, judgeInfo),

    revertInfo: (attempt) => inquire(attempt, judgeRevertInfo),

    ...createRecharges(settings, read, moneyDeps),
    ...createSupermarketVouchers(settings, moneyDeps),
    ...createBills(settings, read, moneyDeps, inquire),

    close: () => http.close(),
  };
};
