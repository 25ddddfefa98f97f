import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/adapters/system/log.ts';
import type { LogSettings } from '../../../src/adapters/system/log.ts';

const start = (settings: Partial<LogSettings> = {}) => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', pretty: false, ...settings }, { write: (line) => lines.push(line) });
  return { log, lines, entries: () => lines.map((line): unknown => JSON.parse(line)) };
};

describe('the log', () => {
  it('writes one JSON line for each entry, with its level, time and fields', () => {
    const { log, lines, entries } = start();
    log.info('orderSettled', { order: '7K2M', tries: 2, keepingOld: true, resultCode: null });
    log.warn('redisFailed');
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        msg: 'orderSettled',
        order: '7K2M',
        tries: 2,
        keepingOld: true,
        resultCode: null,
      },
      { level: 'warn', time: expect.any(String) as string, msg: 'redisFailed' },
    ]);
    expect(lines.every((line) => line.endsWith('\n'))).toBe(true);
  });

  it('leaves out fields that are not listed, and names them', () => {
    const { log, lines, entries } = start();
    log.info('bought', { order: '7K2M', phone: '5355512345', token: 'TOKEN' });
    expect(entries()).toMatchObject([{ order: '7K2M', dropped: 'phone token' }]);
    expect(lines.join('')).not.toMatch(/5355512345|TOKEN/);
  });

  it('describes a cause by name, message and stack, and by nothing else', () => {
    const { log, lines, entries } = start();
    const inner = Object.assign(new TypeError('inner'), { request: 'hunter2' });
    log.error('workFailed', {}, Object.assign(new Error('outer', { cause: inner }), { headers: 'hunter2' }));
    expect(entries()).toMatchObject([
      {
        level: 'error',
        cause: {
          name: 'Error',
          message: 'outer',
          stack: expect.stringContaining('log.test.ts') as string,
          cause: { name: 'TypeError', message: 'inner' },
        },
      },
    ]);
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('takes causes that are no errors', () => {
    const { log, entries } = start();
    log.error('odd', {}, 'a text');
    log.error('odd', {}, { secret: 'hunter2' });
    expect(entries()).toMatchObject([
      { cause: { name: 'string', message: 'a text' } },
      { cause: { name: 'object', message: '' } },
    ]);
  });

  it('keeps quiet below its level', () => {
    const { log, lines } = start({ level: 'warn' });
    log.info('quiet');
    log.warn('loud');
    expect(lines).toHaveLength(1);
    const { log: silent, lines: none } = start({ level: 'silent' });
    silent.error('quiet', {}, new Error('too'));
    expect(none).toEqual([]);
  });

  it('writes a line for people on demand', () => {
    const { log, lines } = start({ pretty: true });
    log.info('orderSettled', { order: '7K2M', tries: 2 });
    log.error('workFailed', {}, new Error('outer', { cause: new Error('inner') }));
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}orderSettled order=7K2M tries=2\n$/);
    expect(lines[1]).toMatch(/^\S+ ERROR workFailed\nError: outer\n {4}at /);
  });
});

describe('the log on standard output', () => {
  /** What a process has written that logs and then does `last`. */
  const writtenBy = async (last: string): Promise<string> => {
    const log = pathToFileURL('src/adapters/system/log.ts').href;
    const program = `
      const { createLog } = await import(${JSON.stringify(log)});
      const log = createLog({ level: 'info', pretty: false });
      for (let line = 1; line <= 3; line += 1) log.info('update', { updateId: line });
      ${last}`;
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
    return text(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }).stdout);
  };
  const eventsIn = (output: string): readonly string[] =>
    Array.from(output.matchAll(/"msg":"(\w+)"/g), ([, event = '']) => event);

  it.each([
    ['by itself', ''],
    ['at once', 'process.exit(0);'],
    ['at once in a callback', 'setImmediate(() => process.exit(1));'],
  ])('has every line of a process that ends %s', async (_how, last) => {
    expect(eventsIn(await writtenBy(last))).toEqual(['update', 'update', 'update']);
  });

  it('has everything up to an error at once, even if the process is killed over it', async () => {
    const killed = await writtenBy("log.error('ledgerFailed'); log.info('update'); process.kill(process.pid, 'SIGKILL');");
    expect(eventsIn(killed)).toEqual(['update', 'update', 'update', 'ledgerFailed']);
  });

  it('has a line within a second, without an error or an end', async () => {
    const waiting = await writtenBy("setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_000);");
    expect(eventsIn(waiting)).toEqual(['update', 'update', 'update']);
  });
});
