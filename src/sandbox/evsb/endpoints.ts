// The addresses of the supplier: one entry an endpoint, with every path under which it is served.

type Endpoint = {
  method: 'GET' | 'POST';
  paths: readonly string[];
  /** A success changes the balance. */
  movesMoney: boolean;
  /** A failure is told at the root, without a receipt. */
  failsAtRoot: boolean;
};

/** What most endpoints are. */
const query = { method: 'GET', movesMoney: false, failsAtRoot: false } as const;
const sale = { method: 'POST', movesMoney: true, failsAtRoot: false } as const;

export const endpoints = {
  ping: { ...query, paths: ['/ping', '/ping/{echo}'] },
  balances: { ...query, paths: ['/external-point-of-sale/by-file/balances'] },
  pricesDirect: { ...query, paths: ['/util/prices/direct/{terminalId}/{operatorId}/{amountToSendX100}'] },
  pricesReverse: {
    ...query,
    paths: ['/util/prices/reverse/{terminalId}/{operatorId}/{destinationAmountX100}'],
  },
  transactionInfo: {
    ...query,
    paths: ['/util/transaction/info/{terminalId}/{originalLocalReference}/{creationDate}'],
  },
  revert: { ...sale, paths: ['/util/revert/{terminalId}/{operatorId}/{localReference}'] },
  voucherProducts: {
    ...query,
    // The second path is the older one; the account in it changes nothing here.
    paths: [
      '/pre-paid/vouchers/products/{terminalId}/{operatorId}',
      '/pre-paid/vouchers/products/{terminalId}/{operatorId}/{account}',
    ],
  },
  voucherPurchase: {
    ...sale,
    paths: ['/pre-paid/vouchers/purchase/{terminalId}/{operatorId}/{localReference}'],
  },
  voucherAdditionalData: {
    ...query,
    paths: ['/pre-paid/vouchers/additional-data/{terminalId}/{operatorId}/{suppliertoken}'],
  },
  finishedProducts: {
    ...query,
    paths: ['/pre-paid/vouchers/finished-products/{terminalId}/{operatorId}'],
  },
  rechargeParameters: { ...query, paths: ['/pre-paid/recharge/parameters/{terminalId}/{operatorId}'], failsAtRoot: true },
  rechargeProducts: { ...query, paths: ['/pre-paid/recharge/products/{terminalId}/{operatorId}/{account}'] },
  rechargePurchase: { ...sale, paths: ['/pre-paid/recharge/purchase/{terminalId}/{operatorId}/{localReference}'] },
  supermarketPurchase: {
    ...sale,
    paths: ['/pre-paid/supermarket-vouchers/purchase/{terminalId}/{operatorId}/{localReference}'],
  },
  billParameters: { ...query, paths: ['/post-paid/bill-payment/parameters/{terminalId}/{operatorId}'], failsAtRoot: true },
  billInvoices: {
    ...query,
    method: 'POST',
    paths: ['/post-paid/bill-payment/get-invoices/{terminalId}/{operatorId}'],
    failsAtRoot: true,
  },
  billPayment: { ...sale, paths: ['/post-paid/bill-payment/payment/{terminalId}/{operatorId}/{localReference}'] },
  portfolio: { ...query, paths: ['/product/portfolio'] },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
export const endpointNames = Object.keys(endpoints) as [EndpointName, ...EndpointName[]];

/** The values of a path's placeholders, still percent-encoded. */
export type PathParameters = ReadonlyMap<string, string>;

const matchPath = (template: string, path: string): PathParameters | null => {
  const expected = template.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return null;
  const parameters = new Map<string, string>();
  for (const [index, part] of expected.entries()) {
    const value = actual[index] ?? '';
    const isPlaceholder = part.startsWith('{');
    if (isPlaceholder ? value === '' : value !== part) return null;
    if (isPlaceholder) parameters.set(part.slice(1, -1), value);
  }
  return parameters;
};

/** Finds the endpoint that serves a path (without its query), whatever the method. */
export const findEndpoint = (path: string): { name: EndpointName; parameters: PathParameters } | null => {
  for (const name of endpointNames) {
    for (const template of endpoints[name].paths) {
      const parameters = matchPath(template, path);
      if (parameters) return { name, parameters };
    }
  }
  return null;
};

const numericParameters = new Set([
  'terminalId',
  'operatorId',
  'localReference',
  'originalLocalReference',
  'amountToSendX100',
  'destinationAmountX100',
]);

const toInt32 = (text: string): number | null => {
  if (!/^[+-]?\d{1,20}$/.test(text)) return null;
  const value = Number(text);
  return value >= -2_147_483_648 && value <= 2_147_483_647 ? value : null;
};

export type ConvertedParameters = { numbers: ReadonlyMap<string, number>; texts: ReadonlyMap<string, string> };

/** Converts placeholders to their types; null when one is no int32 or is wrongly percent-encoded (HTTP 400). */
export const convertParameters = (parameters: PathParameters): ConvertedParameters | null => {
  const numbers = new Map<string, number>();
  const texts = new Map<string, string>();
  for (const [name, encoded] of parameters) {
    let decoded: string;
    try {
      decoded = decodeURIComponent(encoded);
    } catch {
      return null;
    }
    if (!numericParameters.has(name)) {
      texts.set(name, decoded);
      continue;
    }
    const value = toInt32(decoded);
    if (value === null) return null;
    numbers.set(name, value);
  }
  return { numbers, texts };
};
