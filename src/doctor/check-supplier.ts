// Checks of the supplier by reading: is it there, do the clocks agree, does it know us, what does it list. Nothing is bought.
import { ALARMING } from '../adapters/evsb/clock-watch.ts';
import { readClock } from '../adapters/evsb/read-clock.ts';
import { createEvsbSupplier } from '../adapters/evsb/supplier.ts';
import type { CatalogFile } from '../adapters/codec/catalog-file.ts';
import type { Log } from '../app/ports/log.ts';
import type { Supplier, SupplierError } from '../app/ports/supplier.ts';
import type { Config } from '../config.ts';
import { composeCatalog, isSold } from '../domain/catalog.ts';
import type { Catalog } from '../domain/catalog.ts';
import { formatAmount, hundredths } from '../domain/money.ts';
import { assertNever } from '../domain/result.ts';
import { SECOND } from '../domain/time.ts';
import { checkPrices } from './check-prices.ts';
import { failure, good, listed, notChecked, weigh } from './finding.ts';
import type { Check, Finding } from './finding.ts';

/** A signature is refused when the clocks are further apart than this, in milliseconds. */
const SIGNATURE_LIFE = 30 * SECOND;
/** How long each answer is waited for, in milliseconds: somebody sits before the screen. */
const TIMEOUTS = { connect: 5_000, ping: 5_000, balances: 8_000, prices: 8_000, portfolio: 20_000 };
/** No answer but these says that nobody serves behind the address. */
const GATEWAY_STATUSES: readonly number[] = [502, 503, 504];

export type SupplierChecks = { readonly checks: readonly Check[]; close(): Promise<void> };

/** `file` is the owner's catalogue file, null when it can't be read or names no product. */
export const createSupplierChecks = (
  config: Config,
  file: Promise<CatalogFile | null>,
  deps: { readonly now: () => number; readonly log: Log },
): SupplierChecks => {
  const settings = { ...config.evsb, password: config.evsb.password.reveal(), timeouts: TIMEOUTS };
  const { host } = new URL(settings.baseUrl);
  const supplier: Supplier & { close(): Promise<void> } = createEvsbSupplier(settings, {
    ...deps,
    sleep: () => Promise.resolve(),
  });

  const reached = readClock(settings, deps.now).then(({ outcome, ms }) => judgeReach(host, outcome, ms));
  const clock = reached.then(judgeClock);
  const credentials = clock.then(async ({ finding }): Promise<Finding> => {
    if (finding.verdict === 'notChecked') return finding;
    if (finding.verdict === 'failure') return notChecked('no signature is accepted while the clocks are apart');
    return judgeBalance(config, await supplier.balance());
  });
  const catalogue = credentials.then(async ({ verdict }): Promise<{ finding: Finding; catalog: Catalog | null }> => {
    const overlay = await file;
    if (verdict === 'failure' || verdict === 'notChecked')
      return { finding: notChecked('the credentials come first'), catalog: null };
    if (overlay === null) return { finding: notChecked('the catalogue file comes first'), catalog: null };
    return judgeCatalogue(config, overlay, await supplier.portfolio());
  });
  const prices = catalogue.then(({ catalog }) =>
    catalog === null ? notChecked('the catalogue comes first') : checkPrices(config, catalog, supplier),
  );

  const checks: readonly Check[] = [
    { name: 'supplier', run: () => reached.then(({ finding }) => finding) },
    { name: 'clock', run: () => clock.then(({ finding }) => finding) },
    { name: 'credentials', run: () => credentials },
    { name: 'catalogue', run: () => catalogue.then(({ finding }) => finding) },
    { name: 'prices', run: () => prices },
  ];
  return { checks, close: () => supplier.close() };
};

type Reach = { readonly finding: Finding; readonly answered: boolean; readonly skew: number | null };

const judgeReach = (host: string, outcome: Awaited<ReturnType<typeof readClock>>['outcome'], ms: number): Reach => {
  const silent = (text: string): Reach => ({ finding: failure(text), answered: false, skew: null });
  switch (outcome.kind) {
    case 'notSent':
      return silent(`${host} can't be reached (${outcome.reason}); check EVSB_BASE_URL and the way out to it`);
    case 'noAnswer':
      return silent(`${host} gave no answer (${outcome.reason}); ask CSQ whether eVSB is up`);
    case 'answered': {
      if (GATEWAY_STATUSES.includes(outcome.status))
        return silent(`${host} answers HTTP ${outcome.status}; ask CSQ whether eVSB is up`);
      if (outcome.status === 404) return silent(`${host} knows no /ping; check the path of EVSB_BASE_URL`);
      return { finding: good(`${host} answers in ${ms} ms`), answered: true, skew: outcome.skew };
    }
    default:
      return assertNever(outcome);
  }
};

const judgeClock = ({ answered, skew }: Reach): { readonly finding: Finding } => {
  if (!answered) return { finding: notChecked('the supplier does not answer') };
  if (skew === null) return { finding: weigh("can't be compared", ["the supplier's answers carry no date"]) };
  const apart = Math.abs(skew);
  const text =
    apart <= 2 * SECOND
      ? 'less than 2 s apart from the supplier'
      : `${Math.round(apart / SECOND)} s ${skew > 0 ? 'behind' : 'ahead of'} the supplier`;
  if (apart > SIGNATURE_LIFE) return { finding: failure(`${text}, and a signature lives 30 s; set this machine's clock by NTP`) };
  return {
    finding: weigh(text, apart > ALARMING ? ["beyond 30 s every sale fails; set this machine's clock by NTP"] : []),
  };
};

const judgeBalance = (config: Config, answer: Awaited<ReturnType<Supplier['balance']>>): Finding => {
  if (!answer.ok) return failure(refusalText(config, answer.error));
  const balance = hundredths(answer.value.hundredths);
  const text = `terminal ${config.evsb.terminalId} has ${formatAmount(balance)} ${config.balanceCurrency ?? ''}`.trim();
  if (balance <= 0) return failure(`${text}; top the balance up at CSQ`);
  const { lowBalance } = config;
  const low = lowBalance !== null && balance < lowBalance;
  return weigh(text, low ? [`below LOW_BALANCE, ${formatAmount(lowBalance)}; top it up at CSQ`] : []);
};

const refusalText = ({ evsb }: Config, error: SupplierError): string => {
  if (error.kind !== 'answered') return `the balances were not answered (${error.reason}); try again, then ask CSQ`;
  const { httpStatus, resultCode } = error;
  switch (httpStatus) {
    case 200:
      return resultCode === null
        ? `this user has no terminal ${evsb.terminalId}; correct EVSB_TERMINAL_ID`
        : `the balances are refused with code ${resultCode}; check EVSB_TERMINAL_ID, then ask CSQ`;
    case 401:
      return 'EVSB_USER or EVSB_PASSWORD is wrong (HTTP 401)';
    case 403:
      return 'this user may not ask (HTTP 403); have CSQ allow it, and the address of this machine';
    default:
      return `the balances fail with HTTP ${httpStatus}, which may mean a wrong EVSB_USER or EVSB_PASSWORD, or an outage at CSQ`;
  }
};

type Listing = Awaited<ReturnType<Supplier['portfolio']>>;

const judgeCatalogue = (
  { evsb }: Config,
  { overlay }: CatalogFile,
  answer: Listing,
): { readonly finding: Finding; readonly catalog: Catalog | null } => {
  if (!answer.ok) return { finding: failure(unlistedText(evsb.terminalId, answer.error)), catalog: null };
  const sellAssumed = evsb.environment === 'sandbox';
  const there = new Set(answer.value.map(({ id }) => String(id)));
  const wanted = Object.keys(overlay).filter((id) => overlay[id]?.hidden === false);
  const missing = wanted.filter((id) => !there.has(id));
  const assumed = wanted.filter((id) => !isSold(overlay[id], sellAssumed));
  const catalog = composeCatalog(answer.value, overlay, sellAssumed);
  const doubts = [
    ...(missing.length > 0 ? [`CSQ does not list ${listed(missing)} for this terminal`] : []),
    ...(assumed.length > 0 ? [`not sold until their unit is confirmed: ${listed(assumed)}`] : []),
  ];
  const { size } = catalog.products;
  if (size > 0) return { finding: weigh(`${size} products on sale, ${answer.value.length} listed`, doubts), catalog };
  const why = doubts.length > 0 ? doubts.join('; ') : 'all of its products are hidden';
  return { finding: failure(`nothing to sell: ${why}; correct the catalogue file or ask CSQ for the products`), catalog: null };
};

const unlistedText = (terminalId: number, error: SupplierError): string => {
  if (error.kind !== 'answered') return `the products were not listed (${error.reason}); try again, then ask CSQ`;
  return error.httpStatus === 200
    ? `the list can't be used or is another terminal's; check EVSB_TERMINAL_ID (${terminalId}), then ask CSQ`
    : `the list of products fails with HTTP ${error.httpStatus}; ask CSQ`;
};
