// The one call of the dialogue to the supplier, signed as it asks.
import { createSigner } from '../../src/adapters/evsb/auth.ts';
import { ACCOUNT, TERMINAL } from '../world/supplier.ts';

const sign = createSigner(ACCOUNT.user, ACCOUNT.password);

export const priceRequest = (product: string, amount: number) => ({
  path: `/util/prices/direct/${TERMINAL}/${product}/${amount}`,
  headers: { ...sign(Date.now()), Accept: 'application/json' },
});

export type PriceAnswer = {
  readonly items: readonly [{ readonly totalAmountX100: number; readonly destinationAmountX100: number }];
};

/** With the runtime's own client, as a plain bot would. */
export const fetchPrice = async (supplier: string, product: string, amount: number): Promise<PriceAnswer['items'][0]> => {
  const { path, headers } = priceRequest(product, amount);
  const response = await fetch(supplier + path, { headers });
  const { items } = (await response.json()) as PriceAnswer;
  return items[0];
};
