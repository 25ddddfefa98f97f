// How large a file is, in words: the chat page and the transcript say it alike.

/** `640 B`, `12 kB`, `1.5 MB`: rounded, in thousands. */
export const fileSize = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  // From 999.5 kB on the rounded number would have four digits.
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};
