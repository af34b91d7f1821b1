import { expect, it } from '@jest/globals';
import { directRunner } from '#runners/direct/index.js';
import { assertThat, runTest } from '../testing/index.js';
import { pipeline, s, type DoFn, type Infer, type PCollection } from '../index.js';

const Point = s.row({ x: s.int64, y: s.int64 });
type Point = Infer<typeof Point>;

interface Numbered {
  readonly n: number;
  /** Which call of the step before made it. */
  readonly made: number;
}

/** Fails twice for the last element; tells which ones it was given. */
function failing(seen: number[], requiresStableInput: boolean): DoFn<Numbered, number> {
  return {
    requiresStableInput,
    element(x) {
      if (x.n !== 3) return [x.n];
      seen.push(x.made);
      if (seen.length < 3) throw new RangeError('not yet');
      return [x.n];
    },
  };
}

it.each<[string, (seen: number[]) => DoFn<Numbered, number> | (() => DoFn<Numbered, number>)]>([
  ['an object', (seen) => failing(seen, true)],
  ['a function that makes instances', (seen) => () => failing(seen, true)],
])('STB-1: %s that requires stable input gets the same elements again', async (_, doFn) => {
  const seen: number[] = [];
  let made = 0;
  const runner = directRunner({ maxBundleAttempts: 3 });
  const r = await runTest(
    (p) => ({
      out: p
        .of([1, 2, 3])
        .map((n) => ({ n, made: made++ }))
        .process(doFn(seen)),
    }),
    { runner },
  );
  expect(r.out.values).toEqual([1, 2, 3]);
  expect(seen).toEqual([2, 2, 2]);
});

it('without it a bundle that is tried again may make its elements anew', async () => {
  const seen: number[] = [];
  let made = 0;
  const runner = directRunner({ maxBundleAttempts: 3 });
  await runTest(
    (p) => ({
      out: p
        .of([1, 2, 3])
        .map((n) => ({ n, made: made++ }))
        .process(failing(seen, false)),
    }),
    { runner },
  );
  expect(seen).toEqual([2, 5, 8]);
});

it('calls a function that makes instances once for each instance that runs', async () => {
  let calls = 0;
  const used = new Set<number>();
  await pipeline('instances', (p) => {
    const out = p.of([1, 2, 3]).process(() => {
      const id = calls++;
      return { setup: () => void used.add(id), element: (n: number) => [n] };
    });
    assertThat(out).containsInAnyOrder(1, 2, 3);
  }).run();
  expect(used.size).toBe(calls);
});

it('names the step whose function cannot make an instance', async () => {
  const process = (make: () => DoFn<number, number>): Promise<unknown> =>
    runTest((p) => ({ out: p.of([1]).process(make) }));
  const cannot = (): never => {
    throw new RangeError('no instance');
  };
  const step = 'process';
  await expect(process(cannot)).rejects.toMatchObject({ code: 'STRAHL-4001', step });
  const nothing = process(() => undefined as never);
  await expect(nothing).rejects.toMatchObject({ code: 'STRAHL-9002', step });
});

it('says of what attempt could not do where that was', async () => {
  const r = await runTest((p) => ({
    out: p.of(['x']).attempt((text) => JSON.parse(text) as number).failed,
  }));
  expect(r.out.values).toMatchObject([
    {
      input: 'x',
      error: { name: 'SyntaxError' },
      at: expect.stringMatching(/^attempt at .*elements\.test\.ts:\d+:\d+$/),
    },
  ]);
});

it('takes for the rule of failures the one there is', async () => {
  const failing = runTest((p) => ({
    out: p.of([1]).map(
      (): number => {
        throw new RangeError('no');
      },
      { onError: 'fail' },
    ),
  }));
  await expect(failing).rejects.toMatchObject({ code: 'STRAHL-4001', step: 'map' });
});

it.each<[unknown, RegExp]>([
  [undefined, /undefined is not a time/],
  [null, /null is not a time/],
  ['2015-05-17', /a string is not a time/],
  [NaN, /NaN is not a time/],
])('refuses %p for the time of an element', async (time, text) => {
  const failing = runTest((p) => ({ out: p.of([1]).withTimestamps(() => time as never) }));
  await expect(failing).rejects.toThrow(text);
});

it.each<[string, (xs: PCollection<Point, 'bounded', 'none'>) => PCollection<unknown>]>([
  ['distinct', (xs) => xs.distinct()],
  ['countPerElement', (xs) => xs.countPerElement()],
])('%s of objects asks for their schema, and takes it', async (_, compared) => {
  const points = [
    { x: 1, y: 2 },
    { y: 2, x: 1 },
  ];
  await expect(runTest((p) => ({ out: compared(p.of(points)) }))).rejects.toMatchObject({
    code: 'STRAHL-5006',
    fix: expect.stringContaining('.withSchema(schema) where elements are compared as a whole'),
  });
  const { out } = await runTest((p) => ({ out: compared(p.of(points, Point)) }));
  expect(out.values).toHaveLength(1);
});
