import { expect, it } from '@jest/globals';
import { nearest } from './nearest.js';

it.each([
  ['ouput', 'output'],
  ['outptu', 'output'],
  ['OUTPUT', 'output'],
  ['formt', 'format'],
  ['completely-different', undefined],
  ['x', undefined],
])('takes %s for %s', (given, meant) => {
  expect(nearest(given, ['input', 'output', 'format'])).toBe(meant);
});
