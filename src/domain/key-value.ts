// A key with its value, as the supplier sends both: its own words, of unknown length and possibly with markup.

export type KeyValue = { readonly key: string; readonly value: string };
