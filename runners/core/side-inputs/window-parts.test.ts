// What a bug here would look like: an element that is lost or doubled on its way to a side input, or a keyed one that
// another key's state is given to.
import { describe, expect, it } from '@jest/globals';
import type { Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { indexOf, type FrameShape } from '../input/frame-scan.js';
import { element, elementsOf, frameOf, tenOf, textPairs } from '../input/frames.fixture.js';
import { PAIRS } from '../plan.fixture.js';
import { partsByWindow } from './window-parts.js';

describe('the parts of a frame by window', () => {
  const shape: FrameShape = PAIRS;
  const pair = (key: string, time: number, ...windows: readonly number[]) =>
    element([key, String(time)] as const, time, ...windows.map((t) => tenOf(t)));

  function partsOf(frame: Frame): ReadonlyMap<{ readonly bytes: Uint8Array }, Frame> {
    const known = new Map<string, { readonly bytes: Uint8Array }>();
    return partsByWindow(frame, indexOf(frame, shape), (at) => {
      const input = new ByteReader(frame.bytes, at);
      shape.windowCoder.skip(input);
      const bytes = frame.bytes.slice(at, input.pos);
      const window = known.get(bytes.join()) ?? { bytes };
      known.set(bytes.join(), window);
      return window;
    });
  }

  it('hold each element once per window, in order, in that window alone', () => {
    const frame = frameOf([pair('a', 1, 1, 11), pair('b', 12, 12), pair('c', 3, 3)], textPairs);
    const parts = [...partsOf(frame).values()].map((part) =>
      elementsOf([part], textPairs).map(({ value, windows }) => [...value, windows]),
    );
    expect(parts).toEqual([
      [
        ['a', '1', [tenOf(1)]],
        ['c', '3', [tenOf(3)]],
      ],
      [
        ['a', '1', [tenOf(11)]],
        ['b', '12', [tenOf(12)]],
      ],
    ]);
  });

  it('have the least time and the count of their own elements', () => {
    const frame = frameOf([pair('a', 14, 14), pair('b', 2, 2), pair('c', 12, 12)], textPairs);
    expect([...partsOf(frame).values()].map((p) => [p.minTimestamp, p.count])).toEqual([
      [12, 2],
      [2, 1],
    ]);
  });

  it('keep the index of a frame that has one, moved to where their elements are', () => {
    const plain = frameOf([pair('a', 1, 1, 11), pair('bb', 12, 12), pair('c', 3, 3)], textPairs);
    const frame = { ...plain, index: indexOf(plain, shape) };
    for (const { index, ...part } of partsOf(frame).values()) {
      expect(index).toEqual(indexOf(part, shape));
    }
  });

  it('are the frame itself if it has one window', () => {
    const frame = frameOf([pair('a', 1, 1), pair('b', 2, 2)], textPairs);
    expect([...partsOf(frame).values()]).toEqual([frame]);
    expect([...partsOf(frame).values()][0]).toBe(frame);
  });
});
