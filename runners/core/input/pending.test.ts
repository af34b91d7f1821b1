import { describe, expect, it } from '@jest/globals';
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import { element, elementsOf, frameOf, tenOf, text } from './frames.fixture.js';
import { PendingFrames } from './pending.js';
import { TEXTS } from '../plan.fixture.js';
import type { Edge } from '../plan/plan.js';

const EDGE = { ...TEXTS, id: 'e', from: 'a', to: 'b', mode: 'local' } as unknown as Edge;
const frame = (...times: number[]) =>
  frameOf(
    times.map((t) => element(String(t), t, tenOf(t))),
    text,
  );

describe('frames that wait', () => {
  it('are taken first in, first out, cut at the limit of elements', () => {
    const pending = new PendingFrames();
    pending.add(EDGE, frame(5, 3, 8));
    pending.add(EDGE, frame(1));
    const taken: string[][] = [];
    while (!pending.empty) {
      const frames = pending.take({ bytes: Infinity, elements: 2 }).map((p) => p.frame);
      taken.push(elementsOf(frames, text).map(({ value }) => value));
    }
    expect(taken).toEqual([
      ['5', '3'],
      ['8', '1'],
    ]);
    expect([pending.bytes, pending.elements]).toEqual([0, 0]);
  });

  it('WM-1: tell their least timestamp, also of what a cut has left', () => {
    const pending = new PendingFrames();
    expect(pending.least).toBe(TIMESTAMP_MAX);
    pending.add(EDGE, frame(3, 8, 6));
    expect(pending.least).toBe(3);
    pending.take({ bytes: Infinity, elements: 1 });
    expect(pending.least).toBe(6);
    pending.add(EDGE, frame(4));
    expect(pending.least).toBe(4);
  });

  it('are taken by bytes, but never fewer than one frame', () => {
    const pending = new PendingFrames();
    pending.add(EDGE, frame(1, 2));
    pending.add(EDGE, frame(3));
    expect(pending.take({ bytes: 1, elements: Infinity })).toHaveLength(1);
    expect(pending.elements).toBe(1);
  });
});
