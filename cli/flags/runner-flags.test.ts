// A bug here lets a job run with another limit than the one that was asked for.
import { expect, it } from '@jest/globals';
import { runnerFlags } from './runner-flags.js';

const read = (name: string, value: string) => runnerFlags(new Map([[name, [value]]]));

it.each([
  ['1000', 1000],
  ['64kB', 64_000],
  ['64KiB', 65_536],
  ['1.5MB', 1_500_000],
  ['2 GB', 2e9],
  ['1gib', 2 ** 30],
])('--memory %s is %d bytes', (text, memory) => {
  expect(read('memory', text)).toEqual({ settings: { memory }, problems: [] });
});

it.each(['0', '-1', '5TBs', 'much', '', '0.5'])('--memory "%s" is refused', (text) => {
  const { settings, problems } = read('memory', text);
  expect(settings).toEqual({});
  expect(problems).toMatchObject([{ code: 'STRAHL-9002' }]);
});

it.each([
  ['30s', 30_000],
  ['never', 'never'],
])('--hang-after %s is %s', (text, hangAfter) => {
  expect(read('hang-after', text).settings).toEqual({ hangAfter });
});

it('--hang-after refuses what is not a time', () => {
  expect(read('hang-after', 'soon').problems).toHaveLength(1);
});

it('--seed draws bundles from a whole number', () => {
  expect(read('seed', '7')).toEqual({ settings: { seed: 7 }, problems: [] });
  expect(read('seed', 'x')).toMatchObject({ settings: {}, problems: [{ code: 'STRAHL-9002' }] });
});
