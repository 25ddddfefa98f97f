// Who buys, as far as prices and limits differ: customers for themselves, agents for the people in front of them.
export type BuyerRole = 'customer' | 'agent';
