// Reads a Dockerfile and a .dockerignore as far as ours use them: stages, instructions with their options, and which files an image may get.

export type Instruction = {
  readonly name: string;
  /** `--from=packages` as `from: packages`. */
  readonly options: Readonly<Record<string, string>>;
  /** The words behind the options, or the entries of a JSON array. */
  readonly words: readonly string[];
  /** Everything behind the options, as it stands there. */
  readonly text: string;
};

export type Stage = { readonly from: string; readonly name: string | null; readonly instructions: readonly Instruction[] };

const instructionOf = (line: string): Instruction => {
  const [, name = '', optionText = '', text = ''] = /^([A-Z]+)\s+((?:--[a-z-]+=\S+\s+)*)(.*)$/s.exec(line) ?? [];
  const options = Object.fromEntries(
    [...optionText.matchAll(/--([a-z-]+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]),
  );
  const words = text.startsWith('[') ? (JSON.parse(text) as string[]) : text.split(/\s+/);
  return { name, options, words, text };
};

export const parseDockerfile = (source: string): readonly Stage[] => {
  const lines = source
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { from: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const instruction of lines.map(instructionOf)) {
    const [from = '', , name = null] = instruction.words;
    if (instruction.name === 'FROM') stages.push({ from, name, instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
};

/** The command of a HEALTHCHECK, which stands behind its own CMD. */
export const healthCommandOf = ({ text }: Instruction): readonly string[] => JSON.parse(text.replace(/^CMD\s+/, '')) as string[];

const patternOf = (glob: string): RegExp => {
  const source = glob
    .split(/(\*\*\/|\*)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}(/.*)?$`);
};

/** Whether a path of the context stays outside: the last pattern that matches it, or a folder above it, decides. */
export const parseDockerignore = (source: string): ((path: string) => boolean) => {
  const rules = source
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ ignores: !line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.ignores ?? false;
};
