// What a bug here would look like: a command that answers for the wrong job, or says that it stopped what runs on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pipeline, type Job } from '#sdk/index.js';
import { iterable } from '#io/memory/index.js';
import { ControlServer } from '#runners/direct/control/control-server.js';
import { directRunner } from '#runners/direct/index.js';
import type { Runner, RunningJob } from '#sdk/runner.js';
import { FlagReader } from '../flags/flag-reader.js';
import { runCommandLine } from '../main.js';
import { keptTerminal } from '../terminal/terminal.fixture.js';
import { jobRequest } from './job-request.js';

let runtime: string;
let stop: () => void;

beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), 'job-command-'));
  stop = () => undefined;
});

afterEach(() => {
  stop();
  rmSync(runtime, { recursive: true, force: true });
});

/** A job without an end that listens where the commands of the test look. */
async function start(name: string): Promise<Job> {
  let running: RunningJob | undefined;
  const direct = directRunner({ control: false });
  const runner: Runner = {
    name: 'watched',
    submit: async (submission) => (running = await direct.submit(submission)),
  };
  const job = await pipeline(name, (p) =>
    p
      .read(iterable(silence(), { bounded: false }))
      .keyBy((n) => n)
      .map(([, n]) => n),
  ).runAsync({}, { runner });
  const server = new ControlServer(running!, name, join(runtime, 'strahl'));
  await server.listen();
  stop = () => {
    server.close();
    void job.cancel();
  };
  return job;
}

async function* silence(): AsyncGenerator<number> {
  await new Promise<never>(() => undefined);
}

async function strahl(...words: readonly string[]) {
  const terminal = keptTerminal({ arguments: words, environment: { XDG_RUNTIME_DIR: runtime } });
  const code = await runCommandLine(terminal);
  return { code, out: terminal.output(), err: terminal.errors() };
}

describe('strahl explain', () => {
  it('prints why a step of a running job has no output', async () => {
    await start('clicks');
    const { code, out } = await strahl('explain', 'clicks', '--step', 'keyBy');
    expect(code).toBe(0);
    expect(out).toMatch(/^no output from "keyBy" at the moment\n └ "iterable\/elements"/);
  });

  it('takes the only job that runs, and gives the chain as an object under --json', async () => {
    await start('clicks');
    const { out } = await strahl('explain', '--json');
    expect(JSON.parse(out)).toMatchObject({ type: 'explanation', causes: expect.any(Array) });
  });

  it('lists the coders in which elements travel between stages under --coders', async () => {
    await start('clicks');
    const all = await strahl('explain', 'clicks', '--coders');
    expect(all.out).toMatch(/^coders of elements between stages; within a stage they are not/);
    expect(all.out).toContain('"iterable/impulse" → "iterable/elements": bytes');
    const { out } = await strahl(
      'explain',
      'clicks',
      '--coders',
      '--step',
      'iterable/impulse',
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({
      step: 'iterable/impulse',
      causes: [{ kind: 'coder' }],
    });
  });

  it('says which steps there are when it is asked for another', async () => {
    await start('clicks');
    const { code, err } = await strahl('explain', 'clicks', '--step', 'nowhere');
    expect(code).toBe(2);
    expect(err).toContain('the job has no step "nowhere"');
    expect(err).toContain('"keyBy"');
  });

  it('says which jobs run when none has the name', async () => {
    await start('clicks');
    const { code, err } = await strahl('explain', 'klicks');
    expect(code).toBe(2);
    expect(err).toContain('STRAHL-9008  no job named klicks runs');
    expect(err).toContain(`running: clicks@${String(process.pid)}`);
  });

  it('asks again every two seconds until Ctrl-C', async () => {
    await start('clicks');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const terminal = keptTerminal({
        arguments: ['explain', 'clicks', '--watch'],
        environment: { XDG_RUNTIME_DIR: runtime },
      });
      const code = runCommandLine(terminal);
      const told = async (times: number): Promise<void> => {
        while (terminal.output().split('no output').length <= times) {
          await jest.advanceTimersByTimeAsync(100);
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await told(3);
      terminal.interrupt();
      expect(await code).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('strahl drain and cancel', () => {
  it.each([
    ['drain', 'DRAINED'],
    ['cancel', 'CANCELLED'],
  ])('%s --wait resolves once the job is %s', async (command, state) => {
    const job = await start('clicks');
    const { code, err } = await strahl(command, 'clicks', '--wait');
    expect([code, err]).toEqual([0, `clicks is ${state}\n`]);
    expect(job.state).toBe(state);
  });

  it('does not wait unless it is told to', async () => {
    await start('clicks');
    const { code, err } = await strahl('cancel', 'clicks');
    expect([code, err]).toEqual([0, 'clicks is told to cancel\n']);
  });

  it('cancel --force ends a process that answers nothing', async () => {
    const folder = join(runtime, 'strahl');
    mkdirSync(folder, { mode: 0o700 });
    const path = JSON.stringify(join(folder, 'hangs@'));
    const program = `require('node:net').createServer().listen(${path} + process.pid + '.sock', () => {
      require('node:fs').writeSync(1, 'listens'); for (;;);
    })`;
    const child = spawn(process.execPath, ['-e', program]);
    await once(child.stdout, 'data');
    const ended = once(child, 'exit');
    const { code, err } = await strahl('cancel', 'hangs', '--force', '--timeout', '10ms');
    expect(code).toBe(0);
    expect(err).toContain(
      `hangs did not end by itself; its process ${String(child.pid)} was ended`,
    );
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
});

describe('what the flags ask for', () => {
  const NOW = Date.UTC(2026, 0, 31, 15);
  const given = (flags: Readonly<Record<string, string>>) =>
    new FlagReader(new Map(Object.entries(flags).map(([name, text]) => [name, [text]])));
  const asked = (flags: Readonly<Record<string, string>>) =>
    jobRequest('clicks', given(flags), NOW);

  it.each([
    ['12:03', Date.UTC(2026, 0, 31, 12, 3)],
    ['2026-01-02 12:03:10', Date.UTC(2026, 0, 2, 12, 3, 10)],
    ['2026-01-02T12:03:10+02:00', Date.UTC(2026, 0, 2, 10, 3, 10)],
    ['2026-01-02', Date.UTC(2026, 0, 2)],
  ])('reads the window %s as a time', (window, expected) => {
    expect(asked({ window }).query).toEqual({ window: expected });
  });

  it.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['2m', 120_000],
    ['5', 5_000],
  ])('reads the time-out %s, which is a wish to wait', (timeout, expected) => {
    expect(asked({ timeout })).toMatchObject({ timeout: expected, wait: true });
  });

  it('refuses what is not a time', () => {
    const read = given({ window: 'noon', timeout: 'soon' });
    jobRequest('clicks', read, NOW);
    expect(read.problems.map(({ title }) => title)).toEqual([
      '--window takes a moment in the window, not "noon"',
      '--timeout takes a time, not "soon"',
    ]);
  });
});
