// The matchers and assertions of users. A bug here would look like a test that passes without looking.
import { describe, expect, it } from '@jest/globals';
import { count, fixed, pipeline, sum } from '../index.js';
import { assertThat, runTest } from './index.js';
import './jest.js';

const seconds = (s: number): number => s * 1000;

describe('runTest', () => {
  it('gives the values of each output with their panes', async () => {
    const r = await runTest((p) => ({
      sums: p
        .of([1, 2, 61])
        .withTimestamps(seconds)
        .window(fixed('1m'))
        .combineGloballyWith(sum((x) => x)),
      none: p.of<number>([]),
    }));
    expect(r.sums).toHavePanes([
      { timing: 'on-time', index: 0, values: [3] },
      { timing: 'on-time', first: true, last: true, values: [61] },
    ]);
    expect(r.sums).toEmitInAnyOrder(61, 3);
    expect(r.sums).toEmitCloseTo([3.0000000001, 61]);
    expect(r.none).toBeEmpty();
    expect(r).toHaveDropped(0);
    expect(r.sums.elements.map((e) => e.timestamp).sort((a, b) => a - b)).toEqual([
      59_999, 119_999,
    ]);
  });

  it('gives the same values for every seed', async () => {
    for (const seed of [1, 2, 3]) {
      const r = await runTest((p) => ({ n: p.generateSequence({ to: 100 }).count() }), { seed });
      expect(r.n).toEmit(100);
    }
  });

  it('refuses a name that no step can have', async () => {
    await expect(runTest((p) => ({ 'a/b': p.of([1]) }))).rejects.toMatchObject({
      code: 'STRAHL-9002',
      title: 'runTest cannot collect "a/b"',
    });
  });

  it('refuses what is not a collection', async () => {
    await expect(runTest(() => ({ x: 1 }))).toFailWith(9002);
  });
});

describe('matchers', () => {
  it('say what was expected and what came', async () => {
    const r = await runTest((p) => ({ out: p.of([1, 2]) }));
    expect(() => expect(r.out).toEmitInAnyOrder(1, 3)).toThrow(/expected values in any order/);
    expect(() => expect(r.out).toBeEmpty()).toThrow(/expected no value/);
    expect(() => expect(r.out).toEmitInAnyOrder(1)).toThrow();
    expect(() => expect(r.out).toHavePanes([{ timing: 'late', values: [1, 2] }])).toThrow(/panes/);
    expect(r.out).not.toEmitInAnyOrder(1, 1);
  });

  it('compare the steps of a pipeline with a text', async () => {
    const p = pipeline('p', (root) =>
      root
        .impulse()
        .map(() => 1)
        .combineGloballyWith(count(), { emptyDefault: false }),
    );
    await expect(p).toMatchGraph(`
      impulse
      map
      combineGloballyWith
        keyBy
        combine
          GroupByKey
          CombineGroupedValues
        values
    `);
  });

  it('ask a failure for its code', async () => {
    const run = pipeline('p', (p) =>
      p
        .of([1])
        .map(() => null as never)
        .named(''),
    ).run();
    await expect(run).toFailWith('STRAHL-9002');
    await expect(expect(Promise.resolve(1)).toFailWith(1201)).rejects.toThrow(/success/);
    const again = runTest(() => ({ x: 1 }));
    await expect(again).rejects.toFailWith('STRAHL-9002');
    await expect(again).rejects.not.toFailWith(1201);
  });

  it('refuse what is not an output, behind .not as well', () => {
    const text = /instead of an output of runTest/;
    expect(() => expect(5).not.toEmit(1)).toThrow(text);
    expect(() => expect(Promise.resolve()).toBeEmpty()).toThrow(text);
    expect(() => expect(undefined).not.toHavePanes([])).toThrow(text);
    expect(() => expect({}).not.toHaveDropped(1)).toThrow(/instead of a result of runTest/);
  });

  it('compare the fields of a window that are given', async () => {
    const r = await runTest((p) => ({
      out: p.of([1]).withTimestamps(seconds).window(fixed('1m')),
    }));
    expect(r.out).toHavePanes([{ window: { start: 0, end: 60_000 }, values: [1] }]);
    expect(r.out).not.toHavePanes([{ window: { start: 60_000 }, values: [1] }]);
  });
});

describe('assertThat', () => {
  it('holds inside of the pipeline, window by window if asked', async () => {
    await pipeline('p', (p) => {
      const stamped = p.of([1, 61]).withTimestamps(seconds).window(fixed('1m'));
      assertThat(stamped).containsInAnyOrder(61, 1);
      assertThat(p.of<number>([])).isEmpty();
      const window = { kind: 'interval', start: 0, end: 60_000, maxTimestamp: 59_999 } as never;
      assertThat(stamped).inWindow(window).containsInAnyOrder(1);
      assertThat(stamped)
        .inWindow({ start: 0, end: new Date(60_000) })
        .containsInAnyOrder(1);
    }).run();
  });

  it.each([
    ['answers false', /answered false/, () => false],
    ['rejects', /not so many/, () => Promise.reject(new RangeError('not so many'))],
  ])('fails the job if a function %s', async (_, why, check) => {
    const run = pipeline('p', (p) => {
      assertThat(p.of([1])).satisfies(check);
    }).run();
    await expect(run).rejects.toThrow(why);
    await expect(run).toFailWith('STRAHL-4006');
  });

  it('fails the job with what is missing and what is unexpected', async () => {
    const run = pipeline('p', (p) => {
      assertThat(p.of([1, 2])).containsInAnyOrder(2, 3);
    }).run();
    await expect(run).rejects.toThrow(/missing: \[ 3 \]; unexpected: \[ 1 \]/);
  });

  it('PAS-1: fails if it never ran', async () => {
    const built: string[] = [];
    const never = {
      name: 'does nothing',
      submit: () => ({
        id: 'x',
        state: 'DONE' as const,
        done: Promise.resolve('DONE' as const),
        metrics: () => ({ attempted: [], committed: [] }),
        progress: () => ({
          state: 'DONE' as const,
          elements: 0,
          bytes: 0,
          bounded: true,
          stateBytes: 0,
        }),
        cancel: () => Promise.resolve(),
        drain: () => Promise.resolve(),
        health: () => ({ state: 'DONE' as const, stages: [] }),
        explain: () => ({ step: 's', title: 't', causes: [], text: 't' }),
        onChange: () => () => built.push('stopped'),
      }),
    };
    const run = pipeline('p', (p) => {
      assertThat(p.of([1])).containsInAnyOrder(1);
    }).run({}, { runner: never });
    await expect(run).toFailWith('STRAHL-4006');
  });

  it('names the line of a claim that does not hold', async () => {
    const run = runTest((p) => {
      assertThat(p.of([1])).containsInAnyOrder(2);
      return {};
    });
    await expect(run).rejects.toThrow(/STRAHL-4006[^]*built at sdk\/testing\/testing\.test\.ts:/);
  });
});

describe('a run with a seed', () => {
  const words = ['a', 'b', 'a', 'c', 'a', 'b'];

  it('gives the same result for every seed, though bundles fail, repeat and wait', async () => {
    let calls = 0;
    for (let seed = 0; seed < 30; seed++) {
      const r = await runTest(
        (p) => ({
          out: p
            .of(words)
            .reshuffle()
            .map((word) => {
              calls++;
              return word;
            })
            .countPerElement(),
        }),
        { seed },
      );
      expect(r.out).toEmitInAnyOrder(['a', 3], ['b', 2], ['c', 1]);
    }
    // Some bundles were run twice, or the seeds did nothing.
    expect(calls).toBeGreaterThan(30 * words.length);
  });

  it('is the same run for the same seed', async () => {
    const trace = async (seed: number): Promise<readonly string[]> => {
      const seen: string[] = [];
      await runTest(
        (p) => ({
          out: p.flatten(
            p.of([1, 2, 3]).map((n) => void seen.push(`a${String(n)}`)),
            p.of([1, 2, 3]).map((n) => void seen.push(`b${String(n)}`)),
          ),
        }),
        { seed },
      );
      return seen;
    };
    const traces = await Promise.all([1, 2, 3, 4, 5].map(trace));
    expect(await Promise.all([1, 2, 3, 4, 5].map(trace))).toEqual(traces);
    expect(new Set(traces.map((t) => t.join())).size).toBeGreaterThan(1);
  });

  it('names its seed where it fails', async () => {
    const failing = runTest(
      (p) => ({
        out: p.of([1]).map((): number => {
          throw new RangeError('no');
        }),
      }),
      { seed: 7 },
    );
    await expect(failing).rejects.toThrow(/seed 7/);
    const r = await runTest((p) => ({ out: p.of([1]) }), { seed: 8 });
    expect(() => expect(r.out).toEmit(2)).toThrow(/seed 8/);
  });
});
