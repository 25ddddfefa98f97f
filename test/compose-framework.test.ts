// Which framework a process loads: the one that it was told to use, and not the other.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { FRAMEWORKS } from '../src/adapters/telegram/framework.ts';

/** The packages of frameworks that a fresh process has loaded after it has opened this one. */
const loadedWith = (framework: string): readonly string[] => {
  const script = `
    import { createRequire } from 'node:module';
    import { openFramework } from './src/compose-framework.ts';
    await openFramework('${framework}', { token: '1:a', apiRoot: 'http://127.0.0.1:1', receive: async () => undefined });
    console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' },
  });
  expect(stderr).toBe('');
  return FRAMEWORKS.filter((name) => stdout.includes(`/node_modules/${name}/`));
};

describe('a process', () => {
  it.each(FRAMEWORKS)('that is told to use %s loads no other framework', (framework) => {
    expect(loadedWith(framework)).toEqual([framework]);
  });
});
