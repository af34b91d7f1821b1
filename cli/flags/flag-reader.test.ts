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

it('gathers all that is wrong', () => {
  const wrong = { port: '70000', memory: 'much', 'tls-key': 'no/such', 'token-file': 'nor/this' };
  const { problems } = serverOptions(flagsOf(wrong), '/');
  expect(problems.map(({ title }) => title)).toEqual([
    expect.stringContaining('--token-file nor/this cannot be read'),
    '--port 70000 is no whole number from 0 to 65535',
    '--memory takes a number of bytes',
    expect.stringContaining('--tls-key no/such cannot be read'),
    'a key and its certificate go together',
  ]);
});
