// Asks Prices Direct and Prices Reverse for products of the shop, until one is priced both ways. Nothing is bought.
import type { Supplier, SupplierError } from '../app/ports/supplier.ts';
import type { Config } from '../config.ts';
import type { Catalog, Product } from '../domain/catalog.ts';
import type { Direction, Price } from '../domain/quote.ts';
import type { Result } from '../domain/result.ts';
import { failure, good, listed, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** How many products are tried: one may be off for a reason of its own. */
const MOST_TRIED = 3;

const PATHS = { direct: 'EVSB_PRICES_DIRECT_PATH', reverse: 'EVSB_PRICES_REVERSE_PATH' } as const;

type Asking = Pick<Supplier, 'price' | 'balance'>;

/** What dynamic products and bills cost is asked elsewhere. */
const hasPrice = ({ dynamic, family }: Product): boolean => !dynamic && family !== 'bill';

const smallestOf = ({ amount }: Product) => (amount.kind === 'range' ? amount.from : amount.values[0]);

/** As an answer of the bot would be read: 404 and, while the balances are answered, 500 mean that there is no such endpoint. */
const isNoEndpoint = async (error: SupplierError, supplier: Asking): Promise<boolean> => {
  if (error.kind !== 'answered') return false;
  return error.httpStatus === 404 || (error.httpStatus === 500 && (await supplier.balance()).ok);
};

const saidOf = (error: SupplierError): string => {
  if (error.kind !== 'answered') return error.reason;
  return error.httpStatus === 200 ? `code ${error.resultCode ?? 'unknown'}` : `HTTP ${error.httpStatus}`;
};

/** The first product that is priced both ways ends it, and so does a failure that is not the product's own. */
const checkEndpoints = async (products: readonly Product[], supplier: Asking): Promise<Finding> => {
  const refused: string[] = [];
  /** Null: the answer was about the product alone. */
  const judge = async (direction: Direction, { id }: Product, answer: Result<Price, SupplierError>): Promise<Finding | null> => {
    if (answer.ok) return null;
    if (await isNoEndpoint(answer.error, supplier))
      return failure(`this terminal has no Prices ${direction} at ${PATHS[direction]}; correct it, or set EVSB_PRICES=catalogue`);
    const said = saidOf(answer.error);
    if (answer.error.kind === 'answered' && answer.error.httpStatus === 200) {
      refused.push(`${id} ${direction} (${said})`);
      return null;
    }
    return failure(`Prices ${direction} was not answered (${said}); check ${PATHS[direction]}, then ask CSQ`);
  };

  for (const product of products.slice(0, MOST_TRIED)) {
    const amount = smallestOf(product);
    if (amount === undefined) continue;
    const direct = await supplier.price(product, { direction: 'direct', amount }, null);
    const wrong = await judge('direct', product, direct);
    if (wrong !== null) return wrong;
    if (!direct.ok) continue;
    const wanted = direct.value.receive.hundredths;
    const reverse = await supplier.price(product, { direction: 'reverse', amount: wanted }, null);
    const alsoWrong = await judge('reverse', product, reverse);
    if (alsoWrong !== null) return alsoWrong;
    if (reverse.ok) return good(`product ${product.id} is priced both ways`);
  }
  return warning(`the endpoints answer, but refuse ${listed(refused)}; ask CSQ whether these products are routed`);
};

const checkRates = (products: readonly Product[]): Finding => {
  const without = products.filter(({ rate }) => rate === null).map(({ id }) => id);
  const fact = "estimated from the catalogue's rates (EVSB_PRICES=catalogue)";
  if (without.length === 0) return good(fact);
  if (without.length < products.length) return warning(`${fact}; without a rate, and so not sold: ${listed(without)}`);
  return failure('no product has a rate in the catalogue; set EVSB_PRICES=endpoint');
};

export const checkPrices = async (config: Config, catalog: Catalog, supplier: Asking): Promise<Finding> => {
  const products = [...catalog.products.values()].filter(hasPrice);
  if (products.length === 0) return good('nothing on sale needs a price beforehand');
  if (config.prices === 'catalogue') return checkRates(products);
  const { pricesDirectPath, pricesReversePath } = config.evsb;
  if (`${pricesDirectPath}${pricesReversePath}`.includes('{account}'))
    return warning("can't be asked without a customer's account, which the configured paths contain");
  return checkEndpoints(products, supplier);
};
