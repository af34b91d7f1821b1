// What a bug here looks like: a job that runs where nobody meant it to, or a flag that is passed over.
import { describe, expect, it } from '@jest/globals';
import { FlagReader } from '../flags/flag-reader.js';
import { submitTarget } from './submit-command.js';

const flags = (given: Readonly<Record<string, string>>): FlagReader =>
  new FlagReader(new Map(Object.entries(given).map(([name, value]) => [name, [value]])));

const at = { 'job-endpoint': 'localhost:8099' };

describe('the flags of submit', () => {
  it.each<readonly [Readonly<Record<string, string>>, object]>([
    [at, { jobEndpoint: 'localhost:8099', environment: 'loopback', detach: false }],
    [
      { ...at, environment: 'external', 'worker-pool': 'h:1', detach: 'true' },
      { environment: { external: 'h:1' }, detach: true },
    ],
    [
      { ...at, environment: 'process', 'worker-command': '/boot' },
      { environment: { process: '/boot' } },
    ],
    [{ ...at, environment: 'docker', 'worker-image': 'i' }, { environment: { docker: 'i' } }],
    [{ ...at, 'runner-option': 'parallelism=2' }, { options: { parallelism: '2' } }],
  ])('%j say where the pipeline runs', (given, target) => {
    expect(submitTarget(flags(given))).toMatchObject(target);
  });

  it.each<readonly [Readonly<Record<string, string>>, string]>([
    [{}, 'submit needs the job service of a runner'],
    [{ 'job-endpoint': 'localhost' }, '--job-endpoint localhost has no port'],
    [{ ...at, runner: 'direct' }, 'submit knows no runner direct'],
    [{ ...at, environment: 'cloud' }, 'there is no environment cloud'],
    [{ ...at, environment: 'external' }, '--environment external needs --worker-pool'],
    [{ ...at, detach: 'true' }, 'a job whose functions run in this process ends with it'],
    [{ ...at, 'runner-option': 'parallelism' }, '--runner-option parallelism has no value'],
  ])('%j are refused', (given, title) => {
    const read = flags(given);
    expect(submitTarget(read)).toBeUndefined();
    expect(read.problems.map((problem) => problem.title)).toEqual([title]);
  });
});
