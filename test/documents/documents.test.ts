// What the documents name exists: commands, scripts, paths, settings, links, services and the events of the log.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/settings.ts';
import { NOT_REHEARSED } from './elsewhere.ts';
import { COMMANDS, DOCUMENTS, ROOT, fencesOf, proseOf, readDocument } from './fences.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
const compose = parse(read('compose.yaml'), { merge: true }) as { readonly services: Readonly<Record<string, unknown>> };
const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(join('src', file)))
  .join('\n');

/** Names in capitals that are no settings of the bot. */
const OTHER_CAPITALS = new Set([
  'POSTGRES_PASSWORD',
  'BOOKS',
  'OTEL_SERVICE_NAME',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_RESOURCE_ATTRIBUTES',
]);
/** Languages of fences that are read and not typed. */
const TO_READ = new Set(['json', 'ini', 'yaml', 'text']);

const codeIn = (file: string): readonly string[] => [...proseOf(file).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);

/** As the web pages of the repository make them. */
const anchorsOf = (file: string): ReadonlySet<string> =>
  new Set(
    [...proseOf(file).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

describe.each(DOCUMENTS)('%s', (file) => {
  it('says of each fence whether it is to be typed or to be read', () => {
    expect(fencesOf(file).filter(({ language }) => language !== 'sh' && !TO_READ.has(language))).toEqual([]);
  });

  it('links to what is there', () => {
    const links = [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^https?:/.test(link));
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#', 2);
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names scripts, settings and paths that exist', () => {
    const text = readDocument(file);
    const scripts = [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
    const capitals = codeIn(file).flatMap((code) => /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(=.*)?$/.exec(code)?.[1] ?? []);
    expect(capitals.filter((name) => !SETTINGS.includes(name) && !OTHER_CAPITALS.has(name))).toEqual([]);
    // Beside the document, in the project, or in its sources.
    const paths = codeIn(file).filter(
      (code) => /^[\w@.-]+(\/[\w@.*-]+)+\/?$|^[\w-]+\.(ts|md|json|yaml)$/.test(code) && /\.\w+$|\/$/.test(code),
    );
    const there = (path: string): boolean =>
      [ROOT, join(ROOT, dirname(file)), join(ROOT, 'src'), join(ROOT, 'src', 'domain')].some((folder) =>
        existsSync(join(folder, path.replace(/\/?\*.*$/, ''))),
      ) ||
      isMade(path) ||
      sources.includes(`/${path}'`);
    expect(paths.filter((path) => !there(path))).toEqual([]);
  });
});

/** What the bot or its operator makes. */
const isMade = (path: string): boolean => ['data/ledger.sqlite', 'catalog.json', 'ledger-copy.sqlite'].includes(path);

describe('docs/operations.md', () => {
  it('names events that the bot logs', () => {
    const names = codeIn('docs/operations.md').filter((code) => /^([a-z]+\.)?[a-z]+([A-Z][a-z]+)+$/.test(code));
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !sources.includes(`'${name}'`))).toEqual([]);
  });

  it('names services that compose.yaml has, and rests on commands that run', () => {
    const docker = COMMANDS.filter((command) => command.startsWith('docker '));
    expect(docker.length).toBeGreaterThan(0);
    for (const command of docker) {
      const [, , verb = '', ...words] = command.replaceAll(/(-\w|--[a-z-]+)(?=\s)/g, '').split(/\s+/);
      const service = verb === 'exec' ? words.slice(0, 1) : ['logs', 'stop', 'start'].includes(verb) ? words : [];
      const scaled = [...command.matchAll(/--scale (\w+)=/g)].map(([, name = '']) => name);
      expect([...service, ...scaled].filter((name) => !(name in compose.services))).toEqual([]);
    }
  });
});

describe('the list of commands that are not rehearsed', () => {
  it('has no command that no document has', () => {
    expect(Object.keys(NOT_REHEARSED).filter((command) => !COMMANDS.includes(command))).toEqual([]);
  });

  it('names files that exist, and what continuous integration does', () => {
    const files = Object.values(NOT_REHEARSED).flatMap((reason) => /^(test\/\S+\.ts|\.ci\/run)/.exec(reason)?.[0] ?? []);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const ci = read('.ci/run');
    // `npm run check` is its two halves there.
    expect(manifest.scripts['check']).toBe('npm run check:static && npm test');
    for (const line of ['npm ci && npm test', 'npm run check:static']) expect(ci.split('\n')).toContain(line);
    expect(() => execFileSync('bash', ['-n', '.ci/run'], { cwd: ROOT })).not.toThrow();
  });
});
