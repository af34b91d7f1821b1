import { describe, expect, it } from '@jest/globals';
import type { JobProgress } from '#sdk/runner.js';
import { bytesText, countText, elementsText, ProgressLine } from './progress.js';

const BATCH: JobProgress = {
  state: 'RUNNING',
  elements: 0,
  bytes: 0,
  bounded: true,
  stateBytes: 0,
};

describe('the progress line', () => {
  it('says of a stream how fast it goes, how far it is behind, and what it holds', () => {
    const line = new ProgressLine(0);
    const stream = { ...BATCH, bounded: false, stateBytes: 1_250_000, elements: 5_000 };
    const now = Date.UTC(2026, 0, 1, 12);
    expect(line.tell({ ...stream, eventTime: now - 4_200 }, 2_000, now)).toBe(
      '5.0k elements · 2.5k/s · watermark 4.2 s behind · 1.3 MB state · 2.0 s',
    );
    expect(line.tell({ ...stream, eventTime: now + 10 }, 2_000, now)).toContain('0 ms behind');
    expect(line.tell({ ...stream, eventTime: now - 7_804 * 3_600_000 }, 2_000, now)).toContain(
      'watermark 325 d 4 h behind',
    );
  });

  it('says how far the input is, how fast it goes, and which event time is reached', () => {
    const line = new ProgressLine(0);
    const eventTime = Date.UTC(2015, 4, 17, 10, 5, 3);
    const progress = { ...BATCH, fraction: 0.425, bytes: 1_400_000, eventTime };
    expect(line.tell({ ...progress, elements: 24_600 }, 2_000)).toBe(
      '42 % · 1.4 MB read · 24.6k elements · 12.3k/s · event time 2015-05-17T10:05:03Z · 2.0 s',
    );
  });

  it('leaves out what is not known, and extremes that are not a time', () => {
    const line = new ProgressLine(0);
    const progress = { ...BATCH, elements: 10 };
    const eventTime = Number.MAX_SAFE_INTEGER;
    expect(line.tell({ ...progress, eventTime }, 1_000)).toBe('10 elements · 10/s · 1.0 s');
    expect(elementsText(1)).toBe('1 element');
  });

  it('gives the rate of the last seconds, not of the whole run', () => {
    const line = new ProgressLine(0);
    const at = (elements: number, ms: number): string => line.tell({ ...BATCH, elements }, ms);
    at(1_000_000, 1_000);
    at(1_000_000, 5_000);
    at(1_000_000, 6_000);
    expect(at(1_000_100, 7_000)).toContain('50/s');
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [123_456_789, '123 MB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it.each([
  [999, '999'],
  [12_345, '12.3k'],
])('writes the count %i as %s', (count, text) => {
  expect(countText(count)).toBe(text);
});
