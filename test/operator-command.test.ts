// The operator's commands do nothing when they are not understood to the last word: what they do can't be undone.
import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

const ORDER = 'ZZZZZZZZZZZZ';
const because = ['--by', 'the operator', '--why', 'support said so'];

/** Without any settings: whatever is understood fails on those. */
const run = (command: string, args: readonly string[]): Promise<{ readonly code: unknown; readonly text: string }> =>
  new Promise((resolve) => {
    const node = ['--disable-warning=ExperimentalWarning', `src/${command}.ts`, ...args];
    const child = execFile(process.execPath, node, { env: {} }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, text: stdout + stderr });
    });
    child.stdin?.end('A-CODE\n');
  });

it.each([
  ['revert', 'an option that it does not know', [ORDER, ...because, '--dry-run']],
  ['revert', 'a second order', [ORDER, ORDER, ...because]],
  ['settle', 'an option that it does not know', [ORDER, 'not-charged', ...because, '--dry-run']],
  ['settle', 'a second ruling', [ORDER, 'not-charged', 'charged-with-code', ...because]],
  ['settle', 'a ruling that is a name of every object', [ORDER, 'constructor', ...because]],
])('npm run %s refuses %s', async (command, _what, args) => {
  const { code, text } = await run(command, args);
  expect(text).toMatch(new RegExp(`^Usage: npm run ${command} `));
  expect(code).toBe(2);
});

it.each([
  ['revert', [ORDER, ...because]],
  ['settle', [ORDER, 'charged-with-code', ...because]],
])('npm run %s understands what its usage says', async (command, args) => {
  expect((await run(command, args)).text).not.toContain('Usage:');
});
