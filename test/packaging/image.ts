// What the Dockerfile would build, as folders on this machine: each stage's copies and commands in turn, with the Node of the project.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseDockerfile, parseDockerignore } from './dockerfile.ts';
import type { Instruction, Stage } from './dockerfile.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');
const run = promisify(execFile);

export const stages = parseDockerfile(await readFile(join(ROOT, 'Dockerfile'), 'utf8'));
export const isIgnored = parseDockerignore(await readFile(join(ROOT, '.dockerignore'), 'utf8'));

export const lastStage = (): Stage => {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error('The Dockerfile has no stage');
  return stage;
};

/** The instructions of that name in the stage that becomes the image. */
export const finalInstructions = (name: string): readonly Instruction[] =>
  lastStage().instructions.filter((instruction) => instruction.name === name);

export const imageEnvironment = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    finalInstructions('ENV').flatMap(({ words }) => words.map((word) => word.split('=', 2) as [string, string])),
  );

/** What the image's processes find where images have theirs: the Node of the project, and then what the machine has. */
export const PATH = `${BIN}:${process.env['PATH'] ?? ''}`;

export type Image = {
  /** The working folder of the image. */
  readonly app: string;
};

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/;

/** Builds in an empty folder; null when the packages can't be fetched because there is no way to their registry. */
export const buildImage = async (folder: string): Promise<Image | null> => {
  // The owner of a folder is a matter of the image: whoever runs the tests owns all of it here.
  const shims = join(folder, 'shims');
  await mkdir(shims, { recursive: true });
  await writeFile(join(shims, 'chown'), '#!/bin/sh\nexit 0\n');
  await chmod(join(shims, 'chown'), 0o755);

  const roots = new Map<string, string>();
  let app = folder;
  for (const [index, stage] of stages.entries()) {
    const root = join(folder, `stage-${index}`);
    if (stage.name !== null) roots.set(stage.name, root);
    let env: Record<string, string> = {};
    app = root;
    for (const { name, options, words, text } of stage.instructions) {
      switch (name) {
        case 'WORKDIR':
          app = join(root, text);
          await mkdir(app, { recursive: true });
          break;
        case 'ENV':
          env = { ...env, ...Object.fromEntries(words.map((word) => word.split('=', 2) as [string, string])) };
          break;
        case 'COPY':
          await copy(words, options['from'] === undefined ? null : (roots.get(options['from']) ?? ''), app);
          break;
        case 'RUN':
          try {
            await run('sh', ['-ec', text], {
              cwd: app,
              env: { PATH: `${shims}:${PATH}`, HOME: process.env['HOME'], npm_config_prefer_offline: 'true', ...env },
            });
          } catch (error) {
            if (text.startsWith('npm ') && error instanceof Error && NO_NETWORK.test(error.message)) return null;
            throw error;
          }
          break;
        default:
          break;
      }
    }
  }
  return { app };
};

/** From the context, without what is ignored, or from an earlier stage. Without a folder as its goal, a file keeps its name. */
const copy = async (words: readonly string[], from: string | null, workdir: string): Promise<void> => {
  const goal = resolve(workdir, words.at(-1) ?? '');
  for (const word of words.slice(0, -1)) {
    const source = from === null ? join(ROOT, word) : join(from, word);
    if (!existsSync(source)) throw new Error(`There is no ${source} to copy`);
    const target = (words.at(-1) ?? '').endsWith('/') ? join(goal, basename(word)) : goal;
    await mkdir(dirname(target), { recursive: true });
    await cp(source, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => from !== null || !isIgnored(relative(ROOT, path)),
    });
  }
};
