// The shop of the plain contenders: screens with the words and as many buttons as the bot's own, in one language and without a catalogue behind them.

/** Rows of labels with what they carry. */
export type Rows = readonly (readonly (readonly [label: string, data: string])[])[];
export type Screen = { readonly text: string; readonly rows: Rows };

const BACK: Rows[number] = [
  ['⬅️ Back', 'bk'],
  ['✖️ Cancel', 'ca'],
];

export const home = (notice = ''): Screen => ({
  text: `${notice}👋 <b>Welcome!</b>\n\nGift cards, vouchers, mobile top-ups and bills, for you or for someone far away. What you buy arrives right here, usually within a minute.\n\nWhich country is it for? Tap it, or type the name of a brand.`,
  rows: [
    [
      ['🇧🇷 Brazil', 'co:76'],
      ['🇨🇺 Cuba', 'co:192'],
    ],
    [
      ['🇲🇽 Mexico', 'co:484'],
      ['🇪🇸 Spain', 'co:724'],
    ],
    [['🇺🇸 United States', 'co:840']],
    [
      ['🧾 My orders', 'or'],
      ['❓ Help', 'he'],
    ],
  ],
});

export const brands = (): Screen => ({
  text: '<b>Brands in 🇪🇸 Spain</b>\n\nTap a brand, or type a part of its name.',
  rows: [
    [['Café Brisa Card', 'op:8203']],
    [['Duende Studio Wallet', 'op:8204']],
    [['Estrella Raffle', 'op:8206']],
    [['Huerta Luna Supermercados', 'op:8701']],
    [['Lumbre Home', 'op:8201']],
    [['Onda Serena Radio Plus', 'op:8205']],
    [['Ventana Stage Tickets', 'op:8207']],
    BACK,
  ],
});

export const products = (): Screen => ({
  text: '<b>Lumbre Home</b>\n\nWhich one would you like?',
  rows: [[['Lumbre Home - Any Amount', 'pr:8202']], [['Lumbre Home - Gift Card', 'pr:8201']], BACK],
});

export const amounts = (): Screen => ({
  text: '<b>Lumbre Home - Gift Card</b>\n\nLamps, blankets, coffee cups and the chair that you sit in by mistake and do not want to leave. The Lumbre card is valid in all shops on the peninsula and the islands, and online.\n\nHow much do you want to pay?',
  rows: [
    [
      ['€10.00', 'am:1000'],
      ['€25.00', 'am:2500'],
    ],
    [
      ['€50.00', 'am:5000'],
      ['€100.00', 'am:10000'],
    ],
    BACK,
  ],
});

export const price = (sends: number, receives: number, until: Date): Screen => ({
  text: `<b>Your order</b>\nLumbre Home - Gift Card\n\nYou pay: <b>€${(sends / 100).toFixed(2)}</b>\nThey receive: <b>€${(receives / 100).toFixed(2)}</b>\n\nPrice held until ${until.toISOString().slice(11, 16)} UTC.`,
  rows: [[[`✅ Buy for €${(sends / 100).toFixed(2)}`, 'ok']], BACK],
});

/** What a plain bot remembers of a chat. */
export type PlainSession = {
  screen: 'home' | 'brands' | 'products' | 'amounts' | 'price';
  country?: string;
  brand?: string;
  product?: string;
  amount?: number;
  quoted?: { sends: number; receives: number; until: number };
};

/** How long a price is shown as held, in milliseconds. */
export const HELD = 300_000;
