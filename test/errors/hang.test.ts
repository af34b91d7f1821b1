import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pipeline } from 'strahl';
import { directRunner } from 'strahl/runners/direct';

/** Long enough for a machine under load to start a thread, short for a person who waits. */
const HANG_AFTER = 200;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(process.cwd(), 'out-hang-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing hangs for longer, in milliseconds, whatever becomes of the test. */
const TIMEOUT = 50_000;

/** What an endless program writes to standard error, up to the end of its report; then it is killed. */
async function errorsOf(program: string): Promise<string> {
  const file = join(folder, 'hang.ts');
  writeFileSync(file, program);
  const flags = ['--conditions=strahl-source', '--import', 'tsx', file];
  const child = spawn(process.execPath, flags, { timeout: TIMEOUT, killSignal: 'SIGKILL' });
  let text = '';
  for await (const part of child.stderr.setEncoding('utf8')) {
    text += String(part);
    if (/^ {2}fix .*\n/m.test(text)) child.kill('SIGKILL');
  }
  return text;
}

const program = (body: string): string => `
import { max, pipeline } from 'strahl';
import { directRunner } from 'strahl/runners/direct';

function spin(): number {
  for (let turns = 0; ; turns++) if (turns < 0) return turns;
}

const job = pipeline('hang', (p) => {
  ${body}
});
await job.run({}, { runner: directRunner({ hangAfter: ${String(HANG_AFTER)} }) });
`;

describe('a function that does not return', () => {
  it('is reported with step and line while it loops', async () => {
    const text = await errorsOf(program("p.of([1]).map(() => spin(), { name: 'endless' });"));
    expect(text).toContain('STRAHL-4004  a function has not returned for 0.2 s');
    expect(text).toContain('endless');
    expect(text).toMatch(/at {7}\S*hang\.ts:6:\d+ in spin, called from \S*hang\.ts:10/);
  });

  it.each([
    [
      'one of several calls in a row',
      '.filter((n) => n > 0).map(() => spin()).map((n) => n)',
      'map#2',
    ],
    ['flatMap', '.flatMap(() => [spin()])', 'flatMap'],
    ['a step with state', '.keyBy((n) => n).stateful({ element: () => [spin()] })', 'stateful'],
    ['a combiner', '.combineGloballyWith(max(() => spin()))', 'combineGloballyWith'],
  ])('names the step alone, not those it is fused with: %s', async (_, steps, name) => {
    const text = await errorsOf(program(`p.of([1]).map((n) => n)\n${steps}.log();`));
    expect(text).toMatch(new RegExp(`^ {2}step {5}${name}(/.*)?$`, 'm'));
    expect(text).toMatch(/^ {2}built at .*hang\.ts:11:\d+$/m);
  });

  it('is named alone when it loops behind an await', async () => {
    const later = "async () => { await null; return spin(); }, { name: 'later' }";
    const text = await errorsOf(program(`p.of([1]).map((n) => n)\n.map(${later}).map((n) => n);`));
    expect(text).toContain('STRAHL-4004');
    expect(text).toContain('in spin');
    expect(text).toMatch(/^ {2}step {5}later$/m);
    expect(text).toMatch(/^ {2}built at .*hang\.ts:11:\d+$/m);
  });

  it.each(['in-process', 'bytes'] as const)(
    'is reported when it waits for what never comes, %s',
    async (connection) => {
      const warnings: string[] = [];
      const abort = new AbortController();
      const silent = (): void => undefined;
      const warn = (message: string, fields?: object): void => {
        warnings.push(message + JSON.stringify(fields));
        abort.abort();
      };
      const log = { debug: silent, info: silent, warn, error: silent };
      const job = pipeline('waits', (p) =>
        p
          .of([1])
          .map((n) => n)
          .map(() => new Promise<number>(() => undefined), { name: 'never answers' })
          .map((n) => n),
      );
      const run = job.run(
        {},
        { runner: directRunner({ hangAfter: 20, connection, log }), signal: abort.signal },
      );
      await expect(run).rejects.toMatchObject({ code: 'STRAHL-7102' });
      expect(warnings[0]).toContain('STRAHL-4004 a function has not answered for 0.02 s');
      expect(warnings[0]).toContain('"step":"never answers"');
    },
  );

  it('takes a positive time only', () => {
    expect(() => directRunner({ hangAfter: -1 })).toThrow('hangAfter is -1');
    expect(() => directRunner({ hangAfter: 'never' })).not.toThrow();
  });
});
