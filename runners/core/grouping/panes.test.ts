import { describe, expect, it } from '@jest/globals';
import { at } from '../input/frames.fixture.js';
import { isEmitted, nextPane, timingOf } from './panes.js';

describe('panes', () => {
  // prettier-ignore
  it.each([
    // max(W)  input  output  spoken  timing
    [9,        5,     5,      false,  'early'],
    [9,        9,     9,      false,  'early'],
    [9,        10,    9,      false,  'on-time'],
    [9,        10,    10,     false,  'late'],
    [9,        100,   9,      false,  'on-time'],
    [9,        10,    9,      true,   'late'],
    [9,        5,     5,      true,   'late'],
  ] as const)('PAN-1: max %d, input %d, output %d, spoken %s is %s', (max, input, output, spoken, timing) => {
    const moment = { maxTimestamp: at(max), inputWatermark: at(input), outputWatermark: at(output), spoken };
    expect(timingOf(moment)).toBe(timing);
  });

  // prettier-ignore
  it.each([
    // fresh  timing     finished  on time         closing         emitted
    [true,    'late',    false,    'if-non-empty', 'if-non-empty', true],
    [false,   'late',    false,    'always',       'always',       false],
    [false,   'on-time', false,    'always',       'if-non-empty', true],
    [false,   'on-time', false,    'if-non-empty', 'if-non-empty', false],
    [false,   'late',    true,     'always',       'if-non-empty', false],
    [false,   'late',    true,     'if-non-empty', 'always',       true],
  ] as const)('ACC-2, ACC-3: row %#', (fresh, timing, finished, onTime, closing, emitted) => {
    expect(isEmitted({ fresh, timing, finished }, onTime, closing)).toBe(emitted);
  });

  it('PAN-2, PAN-3: count from 0, the first is first, the last only if the window is over', () => {
    expect(nextPane('on-time', 0, false)).toEqual({
      timing: 'on-time',
      index: 0,
      nonSpeculativeIndex: 0,
      first: true,
      last: false,
    });
    expect(nextPane('late', 2, true)).toMatchObject({ index: 2, first: false, last: true });
  });
});
