// What a connection to eVSB is configured with, and the checks of what an operator may write there.
import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { Timeouts } from './calls.ts';
import { placeholdersOf } from './paths.ts';

export type EvsbSettings = {
  /** As returned by `checkBaseUrl`. */
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly terminalId: number;
  /** The zone of `localDateTime`, such as `America/Mexico_City`. */
  readonly timeZone: string;
  /** Both may share one host and differ by credentials only, so it is said explicitly. */
  readonly environment: 'sandbox' | 'production';
  /** As accepted by `checkPricesPath`. */
  readonly pricesDirectPath: string;
  readonly pricesReversePath: string;
  /** Also sends the account under its old name, `beneficiaryPhoneNumber`. */
  readonly legacyBeneficiaryField: boolean;
  /** Asks for dynamic vouchers under the old path, which ends in an account. */
  readonly oldVoucherProductsPath: boolean;
  /** The headers `X-Real-Ip` and `Agent`; documented as required, but calls work without. */
  readonly realIp?: string | undefined;
  readonly agent?: string | undefined;
  /** How many calls the terminal may have in flight. */
  readonly concurrency?: number | undefined;
  readonly timeouts?: Timeouts | undefined;
};

export const DEFAULT_CONCURRENCY = 5;

const isLoopback = (hostname: string): boolean => /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

export type BaseUrlProblem = 'missing' | 'notAUrl' | 'notHttps' | 'hasCredentials' | 'hasQuery';

/**
 * Checks the address of eVSB and strips one trailing slash. There is no default: a wrong one would sell for real.
 * Only loopback may go without TLS, because the signature covers neither path nor body.
 */
export const checkBaseUrl = (text: string): Result<string, BaseUrlProblem> => {
  const trimmed = text.trim();
  if (trimmed === '') return fail('missing');
  const url = URL.parse(trimmed);
  if (url === null || url.hostname === '') return fail('notAUrl');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return fail('notHttps');
  if (url.username !== '' || url.password !== '') return fail('hasCredentials');
  if (/[?#]/.test(trimmed)) return fail('hasQuery');
  return ok((url.origin + url.pathname).replace(/\/$/, ''));
};

export type PricesPathProblem = 'noLeadingSlash' | 'unknownPlaceholder' | 'amountMissing' | 'notAPath';

/** Checks a template of Prices Direct or Prices Reverse. Its placeholders may stand in the path or in the query. */
export const checkPricesPath = (template: string, amount: 'amountToSendX100' | 'destinationAmountX100') => {
  const refuse = (problem: PricesPathProblem): Result<string, PricesPathProblem> => fail(problem);
  if (!template.startsWith('/')) return refuse('noLeadingSlash');
  const placeholders = placeholdersOf(template);
  if (!placeholders.includes(amount)) return refuse('amountMissing');
  const known: readonly string[] = ['terminalId', 'operatorId', 'account', amount];
  if (!placeholders.every((name) => known.includes(name))) return refuse('unknownPlaceholder');
  return /^[\w\-.~%!$&'()*+,;=:@/?]*$/.test(template.replaceAll(/[{}]/g, '')) ? ok(template) : refuse('notAPath');
};
