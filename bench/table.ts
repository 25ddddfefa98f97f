// The figures of a run as text: one column a contender, one line a figure.

export type Line = readonly [what: string, ...values: string[]];

/** In Markdown, so that it can be copied into a document. */
export const tableOf = (head: Line, lines: readonly Line[]): string => {
  const rows = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [lineOf(head), lineOf(rule), ...lines.map(lineOf)].join('\n');
};

export const milliseconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
export const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
