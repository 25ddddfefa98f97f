// Phone numbers and accounts as they may be shown where somebody looks over the shoulder: enough to know one's own again.

/** `5312345678` is `••••5678`; the shorter it is, the less of it is left. */
export const maskAccount = (account: string): string => {
  const signs = Array.from(account);
  const shown = signs.length >= 8 ? 4 : signs.length >= 5 ? 2 : 0;
  return `••••${signs.slice(signs.length - shown).join('')}`;
};
