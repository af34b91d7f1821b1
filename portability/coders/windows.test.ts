import { expect, test } from '@jest/globals';
import { exactBounds, exactIntervalWindow } from '../model/exact-windows.js';
import {
  BEFORE_GLOBAL_WINDOW_END,
  BEFORE_TIMESTAMP_MAX,
  GLOBAL_WINDOW_END,
  TIMESTAMP_MAX,
  TIMESTAMP_MIN,
  type EventTime,
} from '../model/time.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '../model/windows.js';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { customWindowCoder, globalWindowCoder, intervalWindowCoder } from './windows.js';
import type { ElementCoder } from './coder.js';

function throughBytes(coder: ElementCoder<Window>, window: Window): Window {
  const out = new ByteWriter(1);
  coder.encode(window, out);
  const input = new ByteReader(out.toBytes());
  coder.skip(input);
  expect(input.remaining).toBe(0);
  return coder.decode(new ByteReader(out.toBytes()));
}

test.each([
  [-10, 0],
  [0, 60_000],
  [1.4e12, 1.4e12 + 1],
  [5, 5],
])('the interval [%d, %d) comes back as it was', (start, end) => {
  const window = intervalWindow(start as EventTime, end as EventTime);
  expect(throughBytes(intervalWindowCoder, window)).toEqual(window);
});

// WIN-7.
test.each([
  [-9223372036854780n, -9223372036854720n],
  [-9223372036854775n, -9223372036854410n],
  [-9223372036854775n, 0n],
  [9223372036854774n, 9223372036854775n],
  [-9223372036854775n, 9223372036854775n],
])('the bounds %d and %d, which no number holds, come back exactly', (start, end) => {
  const window = throughBytes(intervalWindowCoder, exactIntervalWindow(start, end));
  expect(window.kind === 'interval' && exactBounds(window)).toEqual({ start, end });
});

test('a group of elements without a timestamp is emitted at a time that elements may carry', () => {
  const first = exactIntervalWindow(-9223372036854780n, -9223372036854720n);
  expect(first.maxTimestamp).toBe(TIMESTAMP_MIN);
  const last = exactIntervalWindow(9223372036854774n, 9223372036854775n);
  expect(last.maxTimestamp).toBe(GLOBAL_WINDOW_END);
});

test('a window that ends before its start is refused', () => {
  expect(() =>
    throughBytes(intervalWindowCoder, intervalWindow(5 as EventTime, 4 as EventTime)),
  ).toThrow(/STRAHL-5001/);
});

test('a custom window carries its last timestamp and what its function knows', () => {
  const custom = customWindowCoder(intervalWindowCoder);
  const value = intervalWindow(1 as EventTime, 2 as EventTime);
  const window: Window = { kind: 'custom', value, maxTimestamp: value.maxTimestamp };
  expect(throughBytes(custom, window)).toEqual(window);
  expect(() => throughBytes(custom, GLOBAL_WINDOW)).toThrow(/expected a custom window/);
  expect(throughBytes(globalWindowCoder, GLOBAL_WINDOW)).toBe(GLOBAL_WINDOW);
});

function timeThroughBytes(hex: string): EventTime {
  return new ByteReader(Buffer.from(hex, 'hex')).timestamp();
}

test('the limits of time, and the last moment before an end, have their exact bytes', () => {
  for (const [time, hex] of [
    [TIMESTAMP_MIN, '7fdf3b645a1cac09'],
    [TIMESTAMP_MAX, '8020c49ba5e353f7'],
    [GLOBAL_WINDOW_END, '8020c49ba0bcf7f7'],
    [BEFORE_TIMESTAMP_MAX, '8020c49ba5e353f6'],
    [BEFORE_GLOBAL_WINDOW_END, '8020c49ba0bcf7f6'],
  ] as const) {
    const out = new ByteWriter();
    out.timestamp(time);
    expect(Buffer.from(out.toBytes()).toString('hex')).toBe(hex);
    expect(timeThroughBytes(hex)).toBe(time);
  }
});

// TIME-3: two before the largest, one behind the end of the global window, 2^53.
test.each(['8020c49ba5e353f5', '8020c49ba0bcf7f8', '8020000000000000'])(
  'the time %s is neither safe nor a limit and is refused',
  (hex) => {
    expect(() => timeThroughBytes(hex)).toThrow(/STRAHL-5003/);
  },
);
