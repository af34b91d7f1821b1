// What a bug here looks like: an element that is processed before its side input is there, or with a pane that a
// later one has replaced.
import { describe, expect, it } from '@jest/globals';
import { afterWatermark, eachElement, fixed, never, s } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { runTest, testStream } from 'strahl/testing';
import { sorted } from './in-order.js';
import { onEveryRunner } from './runners.js';

const seconds = (n: number): number => n * 1000;

onEveryRunner('side inputs in time', (runner) => {
  it('SID-2 and SID-3: an element waits for its window, and only for its own', async () => {
    const r = await runTest(
      (p) => {
        const side = p
          .read(
            testStream(s.string)
              .watermark(seconds(10))
              .at(seconds(12), 'second')
              .watermark(seconds(20))
              .finish(),
          )
          .window(fixed('10s'))
          .asList();
        const main = p.read(
          testStream(s.string)
            .at(seconds(15), 'b')
            .at(seconds(5), 'a')
            .watermark(seconds(30))
            .finish(),
        );
        return {
          out: main
            .window(fixed('10s'))
            .with({ side })
            .map((x, { side: values }) => [x, ...values]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([['a'], ['b', 'second']]);
    expect(r.dropped).toBe(0);
  });

  it('SID-4: the latest pane is the value: a later one replaces it, a late one too', async () => {
    const r = await runTest(
      (p) => {
        const stream = testStream(s.string)
          .at(seconds(1), 'side 1')
          .at(seconds(1), 'main after early')
          .at(seconds(2), 'side 2')
          .watermark(seconds(10))
          .at(seconds(3), 'side 3')
          .at(seconds(4), 'main after late')
          .watermark(seconds(60))
          .finish();
        const all = p.read(stream);
        const windowed = all.window(fixed('10s'), {
          trigger: afterWatermark().early(eachElement()).late(eachElement()),
          allowedLateness: '30s',
          panes: 'accumulating',
        });
        const side = windowed.filter((x) => x.startsWith('side')).asList();
        return {
          out: windowed
            .filter((x) => x.startsWith('main'))
            .with({ side })
            .map((x, { side: values }) => [x, [...values].sort()]),
        };
      },
      { runner: runner() },
    );
    expect(sorted(r.out.values)).toEqual([
      ['main after early', ['side 1']],
      ['main after late', ['side 1', 'side 2', 'side 3']],
    ]);
  });

  it('SID-2: an empty window whose trigger ignores its end is there when no late element can come any more', async () => {
    const r = await runTest(
      (p) => {
        const windowed = p
          .read(
            testStream(s.string)
              .at(seconds(5), 'main')
              .watermark(seconds(10))
              .at(seconds(3), 'side, late')
              .watermark(seconds(60))
              .finish(),
          )
          .window(fixed('10s'), { trigger: never(), allowedLateness: '30s', panes: 'discarding' });
        const side = windowed.filter((x) => x.startsWith('side')).asList();
        return {
          out: windowed
            .filter((x) => x === 'main')
            .with({ side })
            .map((x, { side: values }) => [x, ...values]),
        };
      },
      { runner: runner() },
    );
    expect(r.out.values).toEqual([['main', 'side, late']]);
  });

  it('a side input that is refreshed is the one that was loaded last', async () => {
    let loads = 0;
    const r = await runTest(
      (p) => {
        const rate = p.refreshEvery('1h', () => ++loads, { from: 0, to: 1 });
        return {
          out: p
            .of([10, 20])
            .with({ rate })
            .map((n, sides) => n * sides.rate),
        };
      },
      { runner: runner() },
    );
    expect(loads).toBeGreaterThan(0);
    expect(sorted(r.out.values)).toEqual([10 * loads, 20 * loads]);
  });
});

// Other runners go on for ever.
describe.each([{}, { connection: 'bytes' }, { partitions: 3 }] as const)(
  'a side input that is refreshed, %j',
  (options) => {
    it('does not keep a job whose other steps are done', async () => {
      let loads = 0;
      const r = await runTest(
        (p) => {
          const rate = p.refreshEvery('1h', () => ++loads);
          return {
            out: p
              .of([10, 20])
              .with({ rate })
              .map((n, sides) => n * sides.rate),
          };
        },
        { runner: directRunner(options) },
      );
      expect(sorted(r.out.values)).toEqual([10 * loads, 20 * loads]);
    });

    it('goes on as long as the script of a test does', async () => {
      let loads = 0;
      const script = testStream(s.int).at(1, 10).processingTime('1h').at(2, 20).finish();
      const r = await runTest(
        (p) => {
          const rate = p.refreshEvery('1h', () => ++loads);
          return {
            out: p
              .read(script)
              .with({ rate })
              .map((n, sides) => n * sides.rate),
          };
        },
        { runner: directRunner(options) },
      );
      expect([r.out.values, loads]).toEqual([[10, 40], 2]);
    });
  },
);
