// How many elements the sources of a job have emitted. A bug here would look like a job that reads nothing.

import { describe, expect, it } from '@jest/globals';
import { pipeline, s, sum, type Root } from '#sdk/index.js';
import { testStream } from '#sdk/testing/index.js';
import { directRunner, type DirectRunnerOptions } from './index.js';

type Build = (root: Root) => unknown;

async function elementsOf(build: Build, options: DirectRunnerOptions = {}): Promise<number> {
  const p = pipeline('sources', (root) => {
    build(root);
  });
  const job = await p.runAsync({}, { runner: directRunner(options) });
  await job.result();
  return job.progress().elements;
}

describe('the elements of sources', () => {
  it.each<[string, number, Build]>([
    ['elements of the program', 3, (root) => root.of(['a', 'b', 'c'])],
    ['each source', 5, (root) => root.of([1, 2]).flattenWith(root.of([3, 4, 5]))],
    ['what a source reads', 7, (root) => root.generateSequence({ from: 0, to: 7 })],
    [
      'what a test stream plays, once',
      3,
      (root) => {
        const played = root.read(testStream(s.int).at(0, 1, 2).at(1, 3).finish());
        return played.flattenWith(played);
      },
    ],
    [
      'no results that stand for no elements',
      2,
      (root) => root.of([1, 2]).combineGloballyWith(sum((x) => x)),
    ],
    ['what a program makes of an impulse', 4, (root) => root.impulse().flatMap(() => [1, 2, 3, 4])],
    [
      'the same within a stage, once',
      4,
      (root) => {
        const made = root.impulse().flatMap(() => [1, 2, 3, 4]);
        made.map((x) => x * 2).filter((x) => x > 4);
        return made.keyBy((x) => x % 2).groupByKey();
      },
    ],
    [
      'what a program gives names to, of an impulse',
      3,
      (root) => {
        const { low, high } = root.impulse().split({ low: s.int, high: s.int }, (_, out) => {
          return [out.low(1), out.high(8), out.high(9)];
        });
        return [low.map((x) => x), high.map((x) => x)];
      },
    ],
    ['nothing that steps behind make', 2, (root) => root.of([1, 2]).flatMap((x) => [x, x, x])],
  ])('count %s', async (_, elements, build) => {
    expect(await elementsOf(build)).toBe(elements);
    expect(await elementsOf(build, { bundle: { maxElements: 1 } })).toBe(elements);
  });

  it('count those of all tasks', async () => {
    expect(await elementsOf((root) => root.of([1, 2, 3]), { partitions: 3 })).toBe(3);
  });

  it('count those of a bundle that runs', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let tellSeen: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (tellSeen = resolve));
    const p = pipeline('running', (root) =>
      root.of([1, 2, 3]).map(async (x) => {
        if (x === 3) tellSeen();
        await released;
      }),
    );
    const job = await p.runAsync({}, { runner: directRunner() });
    await seen;
    expect(job.progress()).toMatchObject({ state: 'RUNNING', elements: 3, bounded: true });
    release();
    await job.result();
    expect(job.progress()).toMatchObject({ state: 'DONE', elements: 3, bounded: true });
  });
});
