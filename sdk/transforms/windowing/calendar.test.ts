import { describe, expect, it } from '@jest/globals';
import type { StrahlError } from '#portability/errors.js';
import { calendar } from './calendar.js';
import { choiceOfWindowFn } from './windows.js';

function refusal(make: () => unknown): readonly [string, string] {
  try {
    make();
  } catch (e) {
    const { code, title } = e as StrahlError;
    return [code, title];
  }
  throw new TypeError('nothing was refused');
}

describe('calendar windows', () => {
  it('say all in the graph, so that equal ones are equal wherever they were made', () => {
    expect(choiceOfWindowFn(calendar.weeks(2, { zone: 'Europe/Berlin' }))).toEqual({
      kind: 'calendar',
      unit: 'days',
      count: 14,
      zone: 'Europe/Berlin',
      start: [1970, 1, 5],
    });
    expect(choiceOfWindowFn(calendar.years(1))).toEqual({
      kind: 'calendar',
      unit: 'months',
      count: 12,
      zone: 'UTC',
      start: [1970, 1, 1],
    });
  });

  it.each([
    ['calendar.days is given 0', () => calendar.days(0)],
    ['calendar.months is given 1.5', () => calendar.months(1.5)],
    ['the time zone "Mars/Olympus" is not known', () => calendar.days(1, { zone: 'Mars/Olympus' })],
    ['startingOn is "2024-02-30"', () => calendar.days(1, { startingOn: '2024-02-30' })],
    [
      'startingOn is "2024-01-31", a day that not every month has',
      () => calendar.months(1, { startingOn: '2024-01-31' }),
    ],
  ])('%s is refused', (title, make) => {
    expect(refusal(make)).toEqual(['STRAHL-1203', title]);
  });
});
