import { describe, expect, it } from '@jest/globals';
import { count, fixed, s, toList } from '../index.js';
import { runTest, testStream } from './index.js';

describe('a test stream', () => {
  it('TST-1: gives elements and watermarks one after the other', async () => {
    const clicks = testStream(s.string)
      .at('0s', 'a', 'b')
      .at('61s', 'c')
      .watermark('1m')
      .at('30s', 'late')
      .finish();
    const r = await runTest((p) => ({
      out: p
        .read(clicks)
        .window(fixed('1m'), { allowedLateness: '1h', panes: 'discarding' })
        .combineGloballyWith(toList<string>(), { emptyDefault: false }),
    }));
    expect(
      r.out.panes().map(({ timing, index, values }) => [timing, index, [...values[0]!].sort()]),
    ).toEqual([
      ['on-time', 0, ['a', 'b']],
      ['late', 1, ['late']],
      ['on-time', 0, ['c']],
    ]);
  });

  it('TST-3: takes turns with the other streams of its pipeline', async () => {
    const a = testStream(s.int).at(1, 1).watermark('1m').finish();
    const b = testStream(s.int).at(2, 2).at(3, 3).watermark('30s').at(4, 4).finish();
    const r = await runTest((p) => ({
      out: p
        .flatten(p.read(a), p.read(b))
        .window(fixed('1m'))
        .combineGloballyWith(count(), { emptyDefault: false }),
    }));
    expect(r.out.values).toEqual([4]);
  });
});
