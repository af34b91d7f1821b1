// What a bug here looks like: a length of time that nobody can read, as 7804 h.
import { expect, it } from '@jest/globals';
import { formatDuration } from './time.js';

it.each([
  [0, '0 ms'],
  [850.4, '850 ms'],
  [999.9, '1.0 s'],
  [4_200, '4.2 s'],
  [9_960, '10 s'],
  [12_400, '12 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [3_600_000, '1 h'],
  [7_440_000, '2 h 4 min'],
  [86_399_999, '23 h 59 min'],
  [86_400_000, '1 d'],
  [90_000_000, '1 d 1 h'],
  [7_804 * 3_600_000, '325 d 4 h'],
  [-4_200, '-4.2 s'],
])('writes %d ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
