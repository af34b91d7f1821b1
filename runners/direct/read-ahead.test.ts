import { expect, test } from '@jest/globals';
import { pipeline, source, type PCollection, type Root } from '#sdk/index.js';
import { directRunner, type DirectRunnerOptions } from './index.js';

// A bug here reads a whole source into memory while a slow step works on its first elements.

const ELEMENTS = 20_000;
/** Four for each call that may run, and what is read between two looks at the clock. */
const MOST_AHEAD = 4 + 1024;

test.each<[string, DirectRunnerOptions]>([
  ['in one process', {}],
  ['by bytes', { connection: 'bytes' }],
])(
  'a source reads no further ahead of a slow step than its queue holds, %s',
  async (_, options) => {
    let read = 0;
    let done = 0;
    let ahead = 0;
    const numbers = source({
      name: 'numbers',
      bounded: 'bounded',
      initial: () => ({ from: 0, to: ELEMENTS }),
      read({ from, to }, { claim, emit }) {
        for (let n = from; n < to; n++) {
          if (!claim(n)) return;
          read++;
          emit(n);
        }
        claim(to);
      },
    });
    await pipeline('slow', (p) =>
      p.read(numbers).map(
        async (n) => {
          ahead = Math.max(ahead, read - done);
          await Promise.resolve();
          done++;
          return n;
        },
        { concurrency: 1 },
      ),
    ).run({}, { runner: directRunner(options) });
    expect(done).toBe(ELEMENTS);
    expect(ahead).toBeLessThanOrEqual(MOST_AHEAD);
  },
);

const OUTPUTS = 2000;

/** Numbers from 0, each counted when it is taken. */
function counted(): { taken: number; readonly numbers: () => Generator<number> } {
  const count = { taken: 0, numbers };
  function* numbers(): Generator<number> {
    for (let n = 0; n < OUTPUTS; n++) {
      count.taken++;
      yield n;
    }
  }
  return count;
}

type Build = (p: Root, numbers: () => Generator<number>) => PCollection<number>;

test.each<[string, Build]>([
  ['a generator', (p, numbers) => p.of([1]).flatMap(numbers)],
  [
    'an asynchronous generator',
    (p, numbers) =>
      p.of([1]).flatMap(async function* () {
        yield* numbers();
      }),
  ],
  [
    'a generator behind a grouping',
    (p, numbers) =>
      p
        .of([1])
        .keyBy(() => 'all')
        .groupByKey()
        .flatMap(numbers),
  ],
])('%s gives no more outputs than a slow step can take', async (_, build) => {
  const outputs = counted();
  let done = 0;
  let ahead = 0;
  const seen: number[] = [];
  await pipeline('slow', (p) =>
    build(p, outputs.numbers)
      .map(
        async (n) => {
          ahead = Math.max(ahead, outputs.taken - done);
          await new Promise(setImmediate);
          done++;
          return n;
        },
        { concurrency: 1 },
      )
      .map((n) => {
        seen.push(n);
      }),
  ).run({});
  expect(seen).toEqual(Array.from({ length: OUTPUTS }, (_, n) => n));
  expect(ahead).toBeLessThanOrEqual(8);
});

test('a generator that fails while it waits is reported like one that fails at once', async () => {
  const failing = (after: number) =>
    pipeline('slow', (p) =>
      p
        .of([1])
        .flatMap(function* () {
          for (let n = 0; n < after; n++) yield n;
          throw new Error('no more');
        })
        .map(
          async (n) => {
            await new Promise(setImmediate);
            return n;
          },
          { concurrency: 1 },
        ),
    )
      .run({})
      .then(
        () => 'no error',
        (e: unknown) => e,
      );
  const [atOnce, later] = [await failing(0), await failing(100)];
  expect(atOnce).toMatchObject({ code: 'STRAHL-4001' });
  const { code, step, title } = atOnce as Readonly<Record<'code' | 'step' | 'title', unknown>>;
  expect(later).toMatchObject({ code, step, title });
});
