import { expect, test } from '@jest/globals';
import { exactBounds, exactIntervalWindow } from '../model/exact-windows.js';
import { GLOBAL_WINDOW_END, TIMESTAMP_MAX, TIMESTAMP_MIN, type EventTime } from '../model/time.js';
import { GLOBAL_WINDOW, intervalWindow, type Window } from '../model/windows.js';
import { ByteReader } from '../wire/reader.js';
import { ByteWriter } from '../wire/writer.js';
import { customWindowCoder, globalWindowCoder, intervalWindowCoder } from './windows.js';
import type { ElementCoder } from './coder.js';
import { stringCoder } from './primitives.js';

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
  expect(first.maxTimestamp).toBe(timeThroughBytes(bytesOf(-9223372036854721n)));
  const last = exactIntervalWindow(9223372036854774n, 9223372036854775n);
  expect(last.maxTimestamp).toBe(GLOBAL_WINDOW_END);
});

test('WIN-7: a window near the least time says its last millisecond as an element has it', () => {
  const odd = exactIntervalWindow(-9223372036800000n, -9223372036740001n);
  expect(odd.maxTimestamp).toBe(timeThroughBytes(bytesOf(-9223372036740002n)));
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
  const maxTimestamp = timeThroughBytes(bytesOf(-9223372036740001n));
  const far: Window = { kind: 'custom', value: 'far', maxTimestamp };
  expect(throughBytes(customWindowCoder(stringCoder), far)).toEqual(far);
  expect(throughBytes(globalWindowCoder, GLOBAL_WINDOW)).toBe(GLOBAL_WINDOW);
});

function bytesOf(ms: bigint): string {
  return (ms + (1n << 63n)).toString(16);
}

function timeThroughBytes(hex: string): EventTime {
  return new ByteReader(Buffer.from(hex, 'hex')).timestamp();
}

test('the limits of time have their exact bytes', () => {
  for (const [time, hex] of [
    [TIMESTAMP_MIN, '7fdf3b645a1cac09'],
    [TIMESTAMP_MAX, '8020c49ba5e353f7'],
    [GLOBAL_WINDOW_END, '8020c49ba0bcf7f7'],
  ] as const) {
    const out = new ByteWriter();
    out.timestamp(time);
    expect(Buffer.from(out.toBytes()).toString('hex')).toBe(hex);
    expect(timeThroughBytes(hex)).toBe(time);
  }
});

// TIME-3: one behind the largest, one before the least.
test.each(['8020c49ba5e353f8', '7fdf3b645a1cac08'])(
  'the time %s lies beyond the limits of Beam and is refused',
  (hex) => {
    expect(() => timeThroughBytes(hex)).toThrow(/STRAHL-5003/);
  },
);
