// The rule of the supplier's sandbox: the last three characters of an account or a document say what a purchase comes to.
import { isDummy } from './catalogue/dummies.ts';
import type { Product } from './catalogue/product.ts';
import type { Switches } from './switches.ts';

/** The outcome that the last three characters of an account stand for; of an e-mail address, those before the @. */
export const codeOfSuffix = (account: string): string => {
  const name = account.split('@', 1)[0] ?? '';
  switch (name.slice(-3)) {
    case '000':
      return '10';
    case '001':
      return '971';
    case '002':
      return '990';
    default:
      return '991';
  }
};

/** The outcome of a voucher or a top-up. Without an account there is no rule for a real product. */
export const outcomeOfAccount = (product: Product, account: string | null, switches: Switches): string => {
  if (isDummy(product)) return codeOfSuffix(account ?? '');
  return account === null || switches.suffixRule === 'dummies' ? '10' : codeOfSuffix(account);
};
