import { describe, expect, it } from '@jest/globals';
import { ValueMap } from './value-map.js';

describe('a map side input', () => {
  it('finds bytes and tuples by content', () => {
    const map = new ValueMap<number>();
    map.set(new Uint8Array([1, 2]), 1);
    map.set(['a', 2], 2);
    map.set('a', 3);
    expect(map.get(Buffer.from([1, 2]))).toBe(1);
    expect(map.get(['a', 2])).toBe(2);
    expect(map.get(['a', '2'])).toBeUndefined();
    expect(map.get('a')).toBe(3);
    expect(map.size).toBe(3);
  });

  it('takes no string for a tuple, whatever it holds', () => {
    const map = new ValueMap<number>();
    map.set(['a'], 1);
    expect(map.has('\u0000[string "a"]')).toBe(false);
    map.set('\u0000[string "a"]', 2);
    expect(map.get(['a'])).toBe(1);
  });

  it('iterates over the keys as they were set', () => {
    const map = new ValueMap<number>();
    map.set(['a', 1], 1);
    expect([...map]).toEqual([[['a', 1], 1]]);
    expect([...map.keys()]).toEqual([['a', 1]]);
  });
});
