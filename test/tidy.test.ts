// Keeps the house tidy: what has to agree with something else, agrees.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { SETTINGS } from '../src/settings.ts';
import { parseCatalogFile } from '../src/adapters/codec/catalog-file.ts';

const NOT_OURS = new Set(['.git', 'node_modules', 'data']);

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));

/** What git tracks; in a copy without git, everything that is there. */
const listFiles = (): string[] => {
  try {
    const listed = execFileSync('git', ['ls-files'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const files = listed.split('\n').filter(Boolean);
    return files.length > 0 ? files : walk('.');
  } catch {
    return walk('.');
  }
};

const tracked = listFiles();
const read = (file: string): string => readFileSync(file, 'utf8');
const sources = tracked.filter((file) => /^src\/.*\.ts$/.test(file));

describe('.env.example', () => {
  const lines = read('.env.example').split('\n');
  const names = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);

  it('names every setting once, and nothing else', () => {
    expect([...names].sort()).toEqual([...SETTINGS].sort());
  });

  it('works as it is: nothing set is the sandbox', () => {
    const env = Object.fromEntries(names.map((name) => [name, '']));
    expect(readConfig(env)).toMatchObject({ ok: true, value: { mode: 'sandbox' } });
  });

  it('says a word about every setting', () => {
    const unexplained = lines.flatMap((line, i) => (/^[A-Z_]+=/.test(line) && !lines[i - 1]?.startsWith('#') ? [line] : []));
    expect(unexplained).toEqual([]);
  });
});

describe('catalog.example.json', () => {
  it('is read without a mistake', () => {
    expect(parseCatalogFile(read('catalog.example.json')).ok).toBe(true);
  });
});

describe('sources', () => {
  it('begin with a line that says what they are', () => {
    expect(sources.filter((file) => !/^(\/\/|\/\*)/.test(read(file)))).toEqual([]);
  });

  it('fit on a few screens', () => {
    expect(sources.filter((file) => read(file).split('\n').length > 320)).toEqual([]);
  });

  it('ask the system for time, randomness and environment at the edge only', () => {
    const inner = sources.filter((file) => /^src\/(domain|app)\//.test(file));
    expect(
      inner.filter((file) =>
        /Date\.now|new Date\(\)|Math\.random|process\.\w|performance\.|setTimeout|setInterval/.test(read(file)),
      ),
    ).toEqual([]);
  });

  it('silence nothing', () => {
    expect(
      sources.filter((file) => /eslint-disable|@ts-ignore|@ts-expect-error|\bas any\b|as unknown as/.test(read(file))),
    ).toEqual([]);
  });
});

describe('the repository', () => {
  it('names no package registry', () => {
    const lock = read('package-lock.json');
    expect(lock).not.toContain('"resolved"');
    expect(tracked.filter((file) => /\.(ts|json|md|yaml|yml)$/.test(file) && /registry\.[a-z]+js\.org/.test(read(file)))).toEqual(
      [],
    );
  });

  it('has the continuous integration run the test command of the README', () => {
    const command = 'npm ci && npm test';
    expect(read('README.md')).toContain(command);
    expect(read('.ci/run').split('\n')).toContain(command);
  });
});
