// The addresses of the supplier: one entry an endpoint, with every path under which it is served.

/** `movesMoney`: a success changes the balance. */
type Endpoint = { method: 'GET' | 'POST'; paths: readonly string[]; movesMoney: boolean };

export const endpoints = {
  ping: { method: 'GET', paths: ['/ping', '/ping/{echo}'], movesMoney: false },
  balances: { method: 'GET', paths: ['/external-point-of-sale/by-file/balances'], movesMoney: false },
  pricesDirect: { method: 'GET', paths: ['/util/prices/direct/{terminalId}/{operatorId}/{amountToSendX100}'], movesMoney: false },
  pricesReverse: {
    method: 'GET',
    paths: ['/util/prices/reverse/{terminalId}/{operatorId}/{destinationAmountX100}'],
    movesMoney: false,
  },
  transactionInfo: {
    method: 'GET',
    paths: ['/util/transaction/info/{terminalId}/{originalLocalReference}/{creationDate}'],
    movesMoney: false,
  },
  revert: { method: 'POST', paths: ['/util/revert/{terminalId}/{operatorId}/{localReference}'], movesMoney: true },
  voucherProducts: {
    method: 'GET',
    // The second path is the older one; the account in it changes nothing here.
    paths: [
      '/pre-paid/vouchers/products/{terminalId}/{operatorId}',
      '/pre-paid/vouchers/products/{terminalId}/{operatorId}/{account}',
    ],
    movesMoney: false,
  },
  voucherPurchase: {
    method: 'POST',
    paths: ['/pre-paid/vouchers/purchase/{terminalId}/{operatorId}/{localReference}'],
    movesMoney: true,
  },
  voucherAdditionalData: {
    method: 'GET',
    paths: ['/pre-paid/vouchers/additional-data/{terminalId}/{operatorId}/{suppliertoken}'],
    movesMoney: false,
  },
  finishedProducts: {
    method: 'GET',
    paths: ['/pre-paid/vouchers/finished-products/{terminalId}/{operatorId}'],
    movesMoney: false,
  },
  portfolio: { method: 'GET', paths: ['/product/portfolio'], movesMoney: false },
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
