import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TIMESTAMP_MAX } from '#portability/model/time.js';
import { at } from '../input/frames.fixture.js';
import { Holds } from './holds.js';

describe('holds', () => {
  it('are counted: the time is held until its last hold is released', () => {
    const holds = new Holds();
    holds.add(at(5), 'pane');
    holds.add(at(5), 'pane');
    holds.release(at(5), 'pane');
    expect([holds.least(), holds.reason()]).toEqual([5, 'pane']);
    holds.release(at(5), 'pane');
    expect([holds.least(), holds.reason()]).toEqual([TIMESTAMP_MAX, undefined]);
  });

  it('H1: refuse a release without a hold of the same reason', () => {
    const holds = new Holds();
    holds.add(at(5), 'pane');
    expect(() => holds.release(at(5), 'final-pane')).toThrow(RangeError);
    expect(() => holds.release(at(4), 'pane')).toThrow(RangeError);
  });

  it('oracle: the least is that of a plain list, whatever is added and released', () => {
    const change = fc.record({ time: fc.integer({ min: 0, max: 9 }), add: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const holds = new Holds();
        const oracle: number[] = [];
        for (const { time, add } of changes) {
          if (add) {
            holds.add(at(time), 'pane');
            oracle.push(time);
          } else if (oracle.includes(time)) {
            holds.release(at(time), 'pane');
            oracle.splice(oracle.indexOf(time), 1);
          }
          expect(holds.least()).toBe(Math.min(TIMESTAMP_MAX, ...oracle));
        }
      }),
    );
  });
});
