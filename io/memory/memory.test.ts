import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { count, fixed, pipeline } from '#sdk/index.js';
import { readByHand } from '../files/input/hand-reader.fixture.js';
import { memory } from './index.js';
import { iterable, iterableSpec } from './iterable.js';

const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const read = (
  elements: Iterable<number> | AsyncIterable<number>,
  options = {},
): ReturnType<typeof readByHand<number, { readonly from: number; readonly to: number }>> =>
  readByHand(iterableSpec(elements, {}, iterable), options);

function* generate(n: number): Generator<number> {
  yield* numbers(n);
}
async function* generateLater(n: number): AsyncGenerator<number> {
  for (const i of numbers(n)) yield await Promise.resolve(i);
}

describe('an iterable', () => {
  it.each([
    ['an array', () => numbers(3000)],
    ['a set', () => new Set(numbers(3000))],
    ['a generator', () => generate(3000)],
    ['an async generator', () => generateLater(3000)],
    ['a Node stream', () => Readable.from(numbers(3000)) as AsyncIterable<number>],
    ['nothing', () => []],
  ])('%s gives each element once, whatever is repeated', async (name, make) => {
    const done = await read(make(), { claimsPerBundle: 700, failing: new Set([0, 1, 4]) });
    expect(done.elements).toEqual(name === 'nothing' ? [] : numbers(3000));
  });

  it('that throws fails the read again if the bundle is repeated', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw new RangeError('broken');
    }
    const spec = iterableSpec(broken(), {}, iterable);
    const range = await spec.initial({ now: () => 0 });
    const again = { ...spec, initial: () => range };
    await expect(readByHand(again)).rejects.toThrow('broken');
    await expect(readByHand(again)).rejects.toThrow('broken');
  });

  it('that does not end promises the latest time less the disorder that is allowed', async () => {
    const spec = iterableSpec(
      [5_000, 9_000, 7_000],
      { bounded: false, eventTime: (t) => t, maxOutOfOrder: '1s' },
      iterable,
    );
    const done = await readByHand(spec);
    expect(done.times).toEqual([5_000, 9_000, 7_000]);
    expect(spec).toMatchObject({
      watermark: 'monotonic',
      maxOutOfOrder: 1_000,
      maxFutureSkew: 3_600_000,
      idleAfter: 60_000,
    });
  });

  it('refuses what is not a duration', () => {
    const options = { maxOutOfOrder: '1 week' as never };
    expect(() => iterable([1], options)).toThrow(/STRAHL-1203/);
  });
});

describe('memory', () => {
  it('takes elements in and gives them out', async () => {
    const out: number[] = [];
    await pipeline('memory', (p) => {
      p.read(memory.iterable(generateLater(5)))
        .map((n) => n * 2)
        .write(memory.collect(out));
    }).run({});
    expect(out).toEqual([0, 2, 4, 6, 8]);
  });

  it('collects nothing of a bundle that failed', async () => {
    const out: number[] = [];
    const job = pipeline('fails', (p) => {
      p.of([1, 2, 3])
        .map((n) => {
          if (n === 3) throw new Error('on purpose');
          return n;
        })
        .write(memory.collect(out));
    });
    await expect(job.run({})).rejects.toMatchObject({ code: 'STRAHL-4001' });
    expect(out).toEqual([]);
  });

  it('reads an input without end in windows', async () => {
    const out: number[] = [];
    await pipeline('windows', (p) => {
      p.read(iterable([0, 500, 1500], { bounded: false, eventTime: (t) => t }))
        .window(fixed('1s'))
        .combineGloballyWith(count(), { emptyDefault: false })
        .write(memory.collect(out));
    }).run({});
    expect(out).toEqual([2, 1]);
  });
});
