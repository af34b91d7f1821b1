// What a bug here would look like: windows of one key merged into those of another, or a merge that is lost.
import { describe, expect, it } from '@jest/globals';
import { NO_FIRING } from '#portability/model/panes.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { interval, windowCoder } from '../input/frames.fixture.js';
import { askToMerge, mergedWindows, type WindowPlace } from './window-questions.js';

type Bounds = readonly [number, number];

function encoded([start, end]: Bounds): Uint8Array {
  const out = new ByteWriter(24);
  windowCoder.encode(interval(start, end), out);
  return out.toBytes();
}

/** What user code answers: per nonce the merged windows with their parts. */
function answerOf(
  ...sets: readonly (readonly [nonce: number, ...merged: (readonly [Bounds, ...Bounds[]])[]])[]
): Frame {
  const writer = new FrameWriter({ windowCoder, keyed: false, targetBytes: 2 ** 20 });
  for (const [nonce, ...merged] of sets) {
    const out = writer.beginRaw(TIMESTAMP_MIN, encoded([0, 1]), NO_FIRING);
    out.varint(4);
    out.int32(nonce);
    // One window that stays as it is.
    out.int32(1);
    out.raw(encoded([90, 99]));
    out.int32(merged.length);
    for (const [into, ...from] of merged) {
      out.raw(encoded(into));
      out.int32(from.length);
      for (const window of from) out.raw(encoded(window));
    }
    writer.end();
  }
  return writer.flush()[0]!;
}

describe('windows that user code merges', () => {
  it('are asked for all keys in one frame', () => {
    const frame = askToMerge([[encoded([0, 5])], [encoded([1, 2]), encoded([3, 4])]], windowCoder);
    expect(frame.count).toBe(2);
  });

  it('come back in any order, each with what it is made of', () => {
    const answer = answerOf(
      [1],
      [
        0,
        [
          [0, 9],
          [0, 5],
          [4, 9],
        ],
      ],
    );
    const bytesOf = ({ start, end }: WindowPlace): Uint8Array => answer.bytes.slice(start, end);
    const [first, second] = mergedWindows(answer, 2, windowCoder);
    expect(first!.map(({ into, from }) => [into, ...from].map(bytesOf))).toEqual([
      [encoded([0, 9]), encoded([0, 5]), encoded([4, 9])],
    ]);
    expect(second).toEqual([]);
  });

  it.each([1, 20])('MRG-3: are refused where one of %i windows goes into two', (count) => {
    const windows = Array.from({ length: count }, (_, n): Bounds => [n, n + 5]);
    const apart = answerOf([
      0,
      [[0, 99], ...windows],
      [
        [0, 7],
        [50, 55],
      ],
    ]);
    expect(mergedWindows(apart, 1, windowCoder)[0]).toHaveLength(2);
    const twice = answerOf([0, [[0, 99], ...windows], [[0, 7], windows[0]!]]);
    expect(() => mergedWindows(twice, 1, windowCoder)).toThrow(/merged into two others/);
  });

  it('are refused where a key is left out', () => {
    expect(() => mergedWindows(answerOf([0]), 2, windowCoder)).toThrow(/set 1 .* not answered/);
  });
});
