import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Logger, RunningJob } from '#sdk/runner.js';
import { attend } from './attend.js';
import { runningJobs } from './control-folder.js';

let parent: string;
let warnings: string[];
let log: Logger;
let end: () => void;
let job: RunningJob;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  parent = mkdtempSync(join(tmpdir(), 'attend-'));
  warnings = [];
  const silent = (): void => undefined;
  log = { debug: silent, info: silent, warn: (text) => warnings.push(text), error: silent };
  const done = new Promise<'DONE'>((resolve) => {
    end = () => resolve('DONE');
  });
  job = { id: 'job-1', state: 'RUNNING', done } as unknown as RunningJob;
});

afterEach(() => {
  jest.useRealTimers();
  rmSync(parent, { recursive: true, force: true });
});

/** Lets imports and sockets, which the clock does not drive, come to their end. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

it('opens a socket once the job has run for a second, and takes it away at its end', async () => {
  const folder = join(parent, 'strahl');
  attend(job, { name: 'clicks', log, folder });
  await jest.advanceTimersByTimeAsync(999);
  expect(runningJobs(folder)).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  await until(() => runningJobs(folder).length === 1);
  expect(runningJobs(folder)).toMatchObject([{ name: 'clicks', pid: process.pid }]);
  end();
  await until(() => runningJobs(folder).length === 0);
});

it('opens none for a job that ends sooner', async () => {
  const folder = join(parent, 'strahl');
  attend(job, { name: 'clicks', log, folder });
  end();
  await job.done;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(jest.getTimerCount()).toBe(0);
  expect(runningJobs(folder)).toEqual([]);
});

it('says why there is none, and lets the job run on', async () => {
  const folder = join(parent, 'file');
  writeFileSync(folder, '');
  attend(job, { name: 'clicks', log, folder });
  await jest.advanceTimersByTimeAsync(1_000);
  await until(() => warnings.length > 0);
  expect(warnings[0]).toContain('the job cannot be reached by strahl explain, drain and cancel');
});
