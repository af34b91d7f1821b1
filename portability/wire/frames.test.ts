import { expect, test } from '@jest/globals';
import { stringCoder, varintCoder } from '../coders/primitives.js';
import { globalWindowCoder, intervalWindowCoder } from '../coders/windows.js';
import { exactIntervalWindow } from '../model/exact-windows.js';
import { NO_FIRING, type Pane } from '../model/panes.js';
import { GLOBAL_WINDOW_END, TIMESTAMP_MIN, type EventTime } from '../model/time.js';
import { GLOBAL_WINDOWS, intervalWindow, type Window } from '../model/windows.js';
import { FrameReader } from './frame-reader.js';
import { FrameWriter } from './frame-writer.js';
import type { Frame } from './frames.js';
import { ByteWriter } from './writer.js';

// A bug here gives an element the timestamp, window or key of its neighbour.

const MINUTE = [intervalWindow(0 as EventTime, 60_000 as EventTime)];
const NEXT = [intervalWindow(60_000 as EventTime, 120_000 as EventTime)];
const LATE: Pane = { timing: 'late', index: 3, nonSpeculativeIndex: 1, first: false, last: true };

function at(ms: number): EventTime {
  return ms as EventTime;
}

function keyedWriter(targetBytes?: number): FrameWriter {
  const target = targetBytes === undefined ? {} : { targetBytes };
  return new FrameWriter({ windowCoder: intervalWindowCoder, keyed: true, ...target });
}

function add(
  writer: FrameWriter,
  timestamp: EventTime,
  windows: readonly Window[],
  pane: Pane,
  [key, value]: readonly [string, number],
): void {
  const out = writer.begin(timestamp, windows, pane);
  stringCoder.encode(key, out);
  writer.keyEnd();
  varintCoder.encode(value, out);
  writer.end();
}

function elementsOf(frames: readonly Frame[]): readonly unknown[] {
  const reader = new FrameReader(intervalWindowCoder);
  const elements: unknown[] = [];
  for (const frame of frames) {
    reader.reset(frame);
    while (reader.next()) {
      const { timestamp, windows, pane, input } = reader;
      elements.push([
        timestamp,
        windows,
        pane,
        stringCoder.decode(input),
        varintCoder.decode(input),
      ]);
    }
  }
  return elements;
}

test('elements come back with their timestamp, windows and pane, in order', () => {
  const writer = keyedWriter();
  add(writer, at(1), MINUTE, NO_FIRING, ['a', 1]);
  add(writer, at(2), MINUTE, NO_FIRING, ['b', 300]);
  add(writer, TIMESTAMP_MIN, [...MINUTE, ...NEXT], LATE, ['', -1]);
  add(writer, at(-5), NEXT, NO_FIRING, ['c', 0]);
  const frames = writer.flush();
  expect(elementsOf(frames)).toEqual([
    [1, MINUTE, NO_FIRING, 'a', 1],
    [2, MINUTE, NO_FIRING, 'b', 300],
    [TIMESTAMP_MIN, [...MINUTE, ...NEXT], LATE, '', -1],
    [-5, NEXT, NO_FIRING, 'c', 0],
  ]);
  expect(frames.map(({ count, minTimestamp }) => [count, minTimestamp])).toEqual([
    [4, TIMESTAMP_MIN],
  ]);
});

test('elements that differ from the one before in one thing, or in nothing, keep what is theirs', () => {
  const writer = keyedWriter();
  const both = [...MINUTE, ...NEXT];
  const heads: readonly (readonly [EventTime, readonly Window[], Pane])[] = [
    [at(7), MINUTE, LATE],
    [at(7), MINUTE, LATE],
    [at(7), MINUTE, { ...LATE, index: 4 }],
    [at(7), NEXT, { ...LATE, index: 4 }],
    [at(7), both, { ...LATE, index: 4 }],
    [at(7), both, { ...LATE, index: 4 }],
    [at(8), both, { ...LATE, index: 4 }],
    [at(8 + 2 ** 32), both, { ...LATE, index: 4 }],
    [at(8 + 2 ** 32), both, { ...LATE, index: 4 }],
    [TIMESTAMP_MIN, MINUTE, NO_FIRING],
    [TIMESTAMP_MIN, MINUTE, NO_FIRING],
  ];
  heads.forEach((head, i) => add(writer, ...head, [`key ${String(i)}`, i]));
  expect(elementsOf(writer.flush())).toEqual(
    heads.map((head, i) => [...head, `key ${String(i)}`, i]),
  );
});

test('an element cut off within bytes that equal those of the one before is an error', () => {
  const writer = keyedWriter();
  for (let i = 0; i < 2; i++) add(writer, at(7), MINUTE, LATE, ['a', 1]);
  const [{ bytes, count }] = writer.flush() as [Frame];
  const half = bytes.length / 2;
  for (let more = 1; more < half; more++) {
    const frame = { bytes: bytes.subarray(0, half + more), count, minTimestamp: at(7) };
    expect(() => elementsOf([frame])).toThrow('STRAHL-5002');
  }
});

test('the index finds the parts that a walk finds', () => {
  const writer = keyedWriter(100);
  for (let i = 0; i < 50; i++) {
    add(writer, at(i), i % 3 === 0 ? NEXT : MINUTE, NO_FIRING, [`key ${String(i)}`, i * 1000]);
  }
  const frames = writer.flush();
  expect(frames.length).toBeGreaterThan(5);
  const partsOf = (frame: Frame): readonly unknown[] => {
    const reader = new FrameReader(intervalWindowCoder);
    reader.reset(frame);
    const parts = [];
    while (reader.next()) {
      reader.locateKeyed(stringCoder, varintCoder);
      const { elementStart, keyEnd, keyHash, elementEnd } = reader;
      parts.push([elementStart, keyEnd, keyHash, elementEnd]);
    }
    return parts;
  };
  for (const frame of frames) {
    const { bytes, count, minTimestamp } = frame;
    expect(frame.index).toHaveLength(count * 4);
    expect(partsOf(frame)).toEqual(partsOf({ bytes, count, minTimestamp }));
  }
});

test('an element whose encoding threw leaves no trace', () => {
  const writer = keyedWriter();
  add(writer, at(1), MINUTE, NO_FIRING, ['a', 1]);
  const size = writer.byteSize;
  expect(() => {
    writer.begin(at(0), GLOBAL_WINDOWS, NO_FIRING);
  }).toThrow(/STRAHL-5001/);
  writer.abandon();
  expect(writer.byteSize).toBe(size);
  add(writer, at(2), MINUTE, NO_FIRING, ['b', 2]);
  const frames = writer.flush();
  expect(elementsOf(frames)).toHaveLength(2);
  expect(frames[0]!.minTimestamp).toBe(1);
});

test('raw windows give the same bytes as windows', () => {
  const encoded = new ByteWriter();
  intervalWindowCoder.encode(MINUTE[0]!, encoded);
  const byWindows = keyedWriter();
  const byBytes = keyedWriter();
  byWindows.begin(at(7), MINUTE, LATE).byte(0);
  byBytes.beginRaw(at(7), encoded.toBytes(), LATE).byte(0);
  for (const writer of [byWindows, byBytes]) {
    writer.keyEnd();
    writer.end();
  }
  expect(byBytes.flush()).toEqual(byWindows.flush());
});

test('consecutive elements with equal windows share one array, and the global one is the global one', () => {
  const writer = new FrameWriter({ windowCoder: globalWindowCoder, keyed: false });
  for (const ms of [1, 2]) {
    writer.begin(at(ms), GLOBAL_WINDOWS, NO_FIRING).byte(9);
    writer.end();
  }
  const reader = new FrameReader(globalWindowCoder);
  reader.reset(writer.flush()[0]!);
  while (reader.next()) {
    expect(reader.windows).toBe(GLOBAL_WINDOWS);
    reader.input.byte();
  }
});

test('frames do not change once they are handed over', () => {
  const writer = keyedWriter();
  add(writer, at(1), MINUTE, NO_FIRING, ['a', 1]);
  const first = writer.flush();
  const copy = Uint8Array.from(first[0]!.bytes);
  for (let i = 0; i < 1000; i++) add(writer, at(i), NEXT, LATE, ['other', i]);
  expect(Uint8Array.from(first[0]!.bytes)).toEqual(copy);
  expect(writer.flush()[0]!.count).toBe(1000);
  expect(writer.flush()).toEqual([]);
});

test('a frame that holds another number of elements than it says is refused', () => {
  const writer = keyedWriter();
  add(writer, at(1), MINUTE, NO_FIRING, ['a', 1]);
  const frame = { ...writer.flush()[0]!, count: 2 };
  expect(() => elementsOf([frame])).toThrow(/STRAHL-5002 {2}a frame of 2 elements holds 1/);
});

test('the metadata of an element is passed over', () => {
  const out = new ByteWriter();
  out.timestamp(at(5));
  out.int32(1);
  // NO_FIRING with the metadata bit, and two bytes of metadata.
  for (const byte of [0x8f, 0x02, 0x08, 0x01, 0x2a]) out.byte(byte);
  const reader = new FrameReader(globalWindowCoder);
  reader.reset({ bytes: out.toBytes(), count: 1, minTimestamp: at(5) });
  expect(reader.next()).toBe(true);
  expect(reader.pane).toBe(NO_FIRING);
  expect(reader.input.byte()).toBe(0x2a);
});

test('WIN-7: an element at the end of a window beyond the limits of time is at the last time of the window', () => {
  const end = 9_223_372_036_860_000n;
  const window = exactIntervalWindow(end - 60_000n, end);
  const writer = keyedWriter();
  add(writer, GLOBAL_WINDOW_END, [window], NO_FIRING, ['a', 1]);
  const [frame] = writer.flush();
  const bytes = Buffer.from(frame!.bytes);
  const put = (ms: bigint): readonly Frame[] => {
    bytes.writeBigUInt64BE(ms + (1n << 63n));
    return [{ ...frame!, bytes }];
  };
  expect(elementsOf(put(end - 1n))).toEqual([[GLOBAL_WINDOW_END, [window], NO_FIRING, 'a', 1]]);
  // TIME-3: any other time beyond them is none.
  expect(() => elementsOf(put(end - 2n))).toThrow(/STRAHL-5003/);
});
