// Adds to a customer's balance from the operator's terminal: npm run fund -- <telegram id> <currency> <amount> <reference>
import { createClock } from './adapters/system/clock.ts';
import { parseCustomerId } from './domain/ids.ts';
import type { CustomerId } from './domain/ids.ts';
import { formatAmount, parseAmount, parseCurrency } from './domain/money.ts';
import { deposit } from './domain/wallet.ts';
import type { Transfer } from './domain/wallet.ts';
import { finish, withLedger } from './operator-command.ts';
import type { End } from './operator-command.ts';

const USAGE = 'Usage: npm run fund -- <telegram id> <currency> <amount> <reference>, such as: 123456789 EUR 50.00 receipt-17';

type Asked = { readonly customer: CustomerId; readonly reference: string; readonly transfer: Transfer };

/** What the command line asks for; null when it can't be read. */
const askedFor = (args: readonly string[]): Asked | null => {
  const [id = '', code = '', number = '', reference = ''] = args;
  // Stricter than what customers may type: "1.234" must not be read as more than a thousand.
  if (args.length !== 4 || !/^[1-9]\d*$/.test(id) || !/^\d+(\.\d{1,2})?$/.test(number)) return null;
  const customer = parseCustomerId(Number(id));
  const currency = parseCurrency(code);
  const amount = parseAmount(number);
  if (!customer.ok || !currency.ok || !amount.ok || amount.value === 0 || !/^[\w.-]{1,60}$/.test(reference)) return null;
  const money = { hundredths: amount.value, currency: currency.value };
  return { customer: customer.value, reference, transfer: deposit(reference, customer.value, money) };
};

const fund = ({ customer, reference, transfer }: Asked): Promise<End> =>
  withLedger(async (ledger) => {
    const posted = await ledger.post(transfer, createClock().now());
    if (posted === 'existed') return { code: 1, text: `The reference ${reference} was used before. Nothing has changed.` };
    const balances = await ledger.balances(customer);
    const sums = balances.map(({ currency, hundredths }) => `${currency} ${formatAmount(hundredths)}`);
    return { code: 0, text: `Customer ${customer} has ${sums.join(', ')} now.` };
  });

const asked = askedFor(process.argv.slice(2));
finish(asked === null ? { code: 2, text: USAGE } : await fund(asked));
