// What a scrape says, read as Prometheus reads it: anything that it could not read is an error.

export type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?[0-9.e+-]+|[+-]Inf|Nan|NaN)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;

const labelsIn = (text: string): Record<string, string> => {
  const found = [...text.matchAll(LABEL)];
  if (found.map(([whole]) => whole).join('') !== text) throw new Error(`Not a list of labels: ${text}`);
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
};

export const samplesIn = (text: string): readonly Sample[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
      if (name === undefined) throw new Error(`Not a sample: ${line}`);
      return { name, labels: labelsIn(labels), value: Number(value) };
    });

/** The sum of the samples of a name that carry these labels; undefined when there are none. */
export const sumOf = (
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined => {
  const found = samples.filter(
    (sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
};

export const scrapeText = async (port: number | null): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(10_000) });
  if (response.status !== 200) throw new Error(`The scrape was answered with ${response.status}`);
  return response.text();
};

export const scrape = async (port: number | null): Promise<readonly Sample[]> => samplesIn(await scrapeText(port));
