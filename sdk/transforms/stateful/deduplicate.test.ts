// What a bug here looks like: a copy that passes, or a first that does not.
import { describe, expect, it } from '@jest/globals';
import { s } from '../../index.js';
import { runTest, testStream } from '../../testing/index.js';

describe('deduplicate', () => {
  it('passes the first of equal elements', async () => {
    const r = await runTest((p) => ({
      out: p.of(['a', 'b', 'a', 'c', 'b']).deduplicate({ for: '1h' }),
    }));
    expect([...r.out.values].sort()).toEqual(['a', 'b', 'c']);
  });

  it.each([1, 2, 3])('does so when bundles fail and run again (seed %i)', async (seed) => {
    const xs = Array.from({ length: 60 }, (_, i) => ({ id: i % 7 }));
    const r = await runTest(
      (p) => ({ out: p.of(xs).deduplicate({ by: (x) => x.id, for: '1h' }) }),
      { seed },
    );
    expect(r.out.values.map(({ id }) => id).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('forgets an element when the clock says so', async () => {
    const stream = testStream(s.string)
      .at('1s', 'a')
      .processingTime('9s')
      .at('2s', 'a')
      .processingTime('2s')
      .at('3s', 'a')
      .finish();
    const r = await runTest((p) => ({
      out: p
        .read(stream)
        .deduplicate({ for: '10s' })
        .reify()
        .map((x) => x.timestamp),
    }));
    expect(r.out.values).toEqual([1_000, 3_000]);
  });

  it.each(['event', 'event-time'] as const)('forgets by the watermark: %s', async (domain) => {
    const stream = testStream(s.string)
      .at('1s', 'a')
      .at('2s', 'a')
      .watermark('11s')
      .at('12s', 'a')
      .finish();
    const r = await runTest((p) => ({
      out: p
        .read(stream)
        .deduplicate({ for: '10s', domain })
        .reify()
        .map((x) => x.timestamp),
    }));
    expect(r.out.values).toEqual([1_000, 12_000]);
  });

  it('refuses to remember for no time', async () => {
    await expect(
      runTest((p) => ({ out: p.of([1]).deduplicate({ for: 0 }) })),
    ).rejects.toMatchObject({ code: 'STRAHL-9002' });
  });
});
