// What a bug here looks like: a wrong value that is taken for an absent one, or only the first of several told.
import { expect, it } from '@jest/globals';
import { serverOptions } from '../commands/job-server-command.js';
import { FlagReader } from './flag-reader.js';

const flagsOf = (flags: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(flags).map(([name, value]) => [name, [value]]));

it('reads values, and takes flags that are not there for absent', () => {
  const read = new FlagReader(flagsOf({ port: '80', memory: '2kB' }), '/');
  expect(read.whole('port', 0, 100)).toBe(80);
  expect(read.bytes('memory')).toBe(2000);
  expect(read.whole('tries', 1, 2)).toBeUndefined();
  expect(read.file('token-file')).toBeUndefined();
  expect(read.problems).toEqual([]);
});

it('reads the limits of a job server, and leaves out those that are not given', () => {
  const given = { 'worker-silence': '90s', 'max-message': '64MiB', 'max-jobs': '7' };
  expect(serverOptions(flagsOf(given), '/')).toEqual({
    options: { workerSilenceMs: 90_000, maxMessageBytes: 67_108_864, maxJobs: 7 },
    problems: [],
  });
  expect(serverOptions(flagsOf({ 'max-staged': '1GB' }), '/').options).toEqual({
    maxStagedBytes: 1e9,
  });
});

it.each([
  ['worker-silence', 'soon', '--worker-silence takes a time from 1ms to 596h, not soon'],
  ['worker-silence', '0s', '--worker-silence takes a time from 1ms to 596h, not 0s'],
  ['worker-silence', '597h', '--worker-silence takes a time from 1ms to 596h, not 597h'],
  ['max-message', '0', '--max-message takes a number of bytes'],
  ['max-jobs', '0', '--max-jobs 0 is not a whole number from 1 to 100000'],
  ['max-jobs', 'many', '--max-jobs many is not a whole number from 1 to 100000'],
  ['max-staged', '-1', '--max-staged takes a number of bytes'],
])('refuses --%s %s', (name, text, title) => {
  const { options, problems } = serverOptions(flagsOf({ [name]: text }), '/');
  expect(problems.map((problem) => problem.title)).toEqual([title]);
  expect(options).toEqual({});
});

it('gathers all that is wrong', () => {
  const wrong = { port: '70000', memory: 'much', 'tls-key': 'no/such', 'token-file': 'nor/this' };
  const { problems } = serverOptions(flagsOf(wrong), '/');
  expect(problems.map(({ title }) => title)).toEqual([
    expect.stringContaining('--token-file nor/this cannot be read'),
    '--port 70000 is not a whole number from 0 to 65535',
    '--memory takes a number of bytes',
    expect.stringContaining('--tls-key no/such cannot be read'),
    'a key and its certificate go together',
  ]);
});
