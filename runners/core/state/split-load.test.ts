// What a bug here would look like: a pause of a second whenever a large table has doubled.
import { describe, expect, it } from '@jest/globals';
import { splitLoad } from './split-load.js';

describe('the segments of a large hash table', () => {
  const depth = 8;
  const loads = Array.from({ length: 1 << depth }, (_, i) => splitLoad(i << (32 - depth), depth));

  it('split one after the other while the table doubles', () => {
    const turns = loads.map((load) => Math.log2(load / 0.44)).sort((a, b) => a - b);
    const gaps = turns.slice(1).map((turn, i) => turn - turns[i]!);
    expect(Math.max(...gaps)).toBeLessThan(4 / loads.length);
  });

  it('are never so full after a split that their halves split at once', () => {
    expect(Math.max(...loads) / 2).toBeLessThan(Math.min(...loads));
    expect(Math.max(...loads)).toBeLessThan(0.89);
  });
});
