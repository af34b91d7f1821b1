import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { StrahlError } from '#portability/errors.js';
import type { Pipeline, RunOptions } from '#sdk/pipeline.js';
import type { MetricUpdate } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import { metricsView } from '#sdk/metrics-view.js';
import type { Job, JobChange, JobResult } from '#sdk/result.js';
import type { Explanation, JobProgress, JobState, Runner } from '#sdk/runner.js';
import { Report } from '../terminal/report.js';
import { keptTerminal, type KeptTerminal } from '../terminal/terminal.fixture.js';
import { runCommand } from './run-command.js';

const SETTINGS = { json: false, quiet: false, verbose: false, debug: false, noColor: true };
const RUNNER: Runner = {
  name: 'none',
  submit: () => {
    throw new Error('the pipeline of the test runs nothing');
  },
};
const READ: MetricUpdate = {
  kind: 'counter',
  transform: 'read' as TransformId,
  namespace: '',
  name: 'bytes_read',
  value: 1_800,
};
const metrics = metricsView(
  { attempted: [], committed: [READ] },
  new Map([['read' as TransformId, 'read']]),
  new Map(),
);

const explain = (): Explanation => ({ step: 's', title: 't', causes: [], text: 't' });

/** A job that ends when the test says so. */
class HandJob {
  state: JobState = 'RUNNING';
  signal: AbortSignal | undefined;
  elements = 0;
  readonly changes = new Subject<JobChange>();
  shape: Pick<JobProgress, 'bounded' | 'stateBytes' | 'eventTime'> = {
    bounded: true,
    stateBytes: 0,
  };
  end!: (state: JobState) => void;
  fail!: (error: unknown) => void;
  readonly #done = new Promise<JobResult>((resolve, reject) => {
    this.end = (state) => {
      this.state = state;
      resolve({ id: 'job-1', state, metrics, explain });
    };
    this.fail = reject;
  });

  progress(): JobProgress {
    return { state: this.state, elements: this.elements, bytes: 2_000, ...this.shape };
  }

  pipeline(): Pipeline<unknown> {
    const job: Job = {
      ...{ id: 'job-1', state: this.state, done: this.#done, metrics: () => metrics },
      progress: () => this.progress(),
      cancel: () => Promise.resolve(),
      drain: () => Promise.resolve(),
      health: () => ({ state: this.state, stages: [] }),
      explain,
      changes: this.changes,
      result: () => this.#done,
    };
    const runAsync = (_options?: unknown, run?: RunOptions): Promise<Job> => {
      this.signal = run?.signal;
      return Promise.resolve(job);
    };
    return { name: 'visits', runAsync, run: () => this.#done };
  }
}

let job: HandJob;

beforeEach(() => {
  jest.useFakeTimers();
  job = new HandJob();
});

afterEach(() => {
  jest.useRealTimers();
});

async function start(
  terminal: KeptTerminal,
  settings: Partial<typeof SETTINGS> = {},
): Promise<{ readonly exit: Promise<number> }> {
  const report = new Report(terminal, { ...SETTINGS, ...settings });
  const exit = runCommand({
    pipeline: job.pipeline(),
    options: {},
    runner: RUNNER,
    terminal,
    report,
  });
  await jest.advanceTimersByTimeAsync(0);
  return { exit };
}

describe('a run', () => {
  it('exits with 0 and says what was done', async () => {
    const terminal = keptTerminal();
    const { exit } = await start(terminal);
    job.elements = 1_500;
    job.end('DONE');
    expect(await exit).toBe(0);
    expect(terminal.errors()).toMatch(
      /^done {5}visits: .* · 1\.5k elements · 1\.8 kB read\n {2}read/,
    );
    expect(terminal.output()).toBe('');
  });

  it('says of a stream how it is ended, and that a drained one was not cancelled', async () => {
    job.shape = { ...job.shape, bounded: false };
    const terminal = keptTerminal();
    const { exit } = await start(terminal);
    job.changes.next({ ...job.progress(), state: 'DRAINING', rate: 0, metrics });
    job.end('DRAINED');
    expect(await exit).toBe(0);
    expect(terminal.errors().split('\n')).toEqual([
      'running  visits may never end by itself: Ctrl-C cancels it, strahl drain visits ends it without a loss',
      'draining; sources stop, and what they gave is brought to its end',
      expect.stringMatching(/^drained {2}visits: /),
      '  read  bytes_read  1800',
      '',
    ]);
  });

  it('tells a pipe every ten seconds how far it is', async () => {
    const terminal = keptTerminal();
    const { exit } = await start(terminal);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(terminal.errors().split('\n')).toHaveLength(3);
    job.end('DONE');
    await exit;
  });

  it('replaces one line on a terminal and takes it away at the end', async () => {
    const terminal = keptTerminal({ columns: 40 });
    const { exit } = await start(terminal);
    job.end('DONE');
    await exit;
    const [line, last] = terminal.errors().split('\r\u001b[K').slice(1);
    expect(line!.length).toBeLessThan(40);
    expect(last).toMatch(/^done/);
  });

  it('says nothing under --quiet', async () => {
    const terminal = keptTerminal({ columns: 40 });
    const { exit } = await start(terminal, { quiet: true });
    job.end('DONE');
    await exit;
    expect(terminal.errors()).toBe('');
  });

  it('writes progress and the result as objects under --json', async () => {
    const terminal = keptTerminal();
    const { exit } = await start(terminal, { json: true });
    await jest.advanceTimersByTimeAsync(1_000);
    job.end('DONE');
    await exit;
    const events = terminal.output().trim().split('\n');
    expect(events.map((event) => JSON.parse(event) as object)).toEqual([
      expect.objectContaining({ type: 'progress', bytes: 2_000 }),
      expect.objectContaining({ type: 'result', state: 'DONE', job: 'job-1', bytes: 1_800 }),
    ]);
  });

  it('writes the result alone under --json and --quiet', async () => {
    const terminal = keptTerminal();
    const { exit } = await start(terminal, { json: true, quiet: true });
    await jest.advanceTimersByTimeAsync(1_000);
    job.end('DONE');
    await exit;
    expect(JSON.parse(terminal.output())).toMatchObject({ type: 'result', state: 'DONE' });
  });

  it('passes the error of a failed job on', async () => {
    const { exit } = await start(keptTerminal());
    job.fail(new StrahlError('userCodeThrew', { title: 'it threw' }));
    await expect(exit).rejects.toThrow('STRAHL-4001');
  });
});

describe('Ctrl-C', () => {
  it('cancels the job, which then exits with 1', async () => {
    const terminal = keptTerminal();
    const { exit } = await start(terminal);
    terminal.interrupt();
    expect(job.signal?.aborted).toBe(true);
    expect(terminal.errors()).toContain('cancelling');
    job.end('CANCELLED');
    expect(await exit).toBe(1);
    expect(terminal.errors()).toContain('STRAHL-7102');
    expect(terminal.exits).toEqual([]);
  });

  it('ends the process when it is pressed again', async () => {
    const terminal = keptTerminal();
    const { exit } = await start(terminal);
    terminal.interrupt();
    terminal.interrupt();
    expect(terminal.exits).toEqual([1]);
    job.end('CANCELLED');
    await exit;
  });
});
