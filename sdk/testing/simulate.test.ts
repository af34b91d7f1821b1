import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { count, pipeline } from '../index.js';
import { arbitraries, assertThat, runTest, simulate } from './index.js';

const faithful = pipeline('faithful', (p) => {
  assertThat(p.of([1, 2, 3]).reshuffle().count()).containsInAnyOrder(3);
});

/** Right as long as nothing is tried again. */
const careless = (): ReturnType<typeof pipeline> => {
  let seen = 0;
  return pipeline('careless', (p) => {
    seen = 0;
    assertThat(
      p
        .of([1, 2, 3])
        .reshuffle()
        .map(() => ++seen),
    ).containsInAnyOrder(1, 2, 3);
  });
};

describe('simulate', () => {
  it('lets pass what is right whatever happens', async () => {
    expect(await simulate(faithful, { seeds: 20 })).toBe(20);
  });

  it('finds what is right only by luck, and names the seed that finds it again', async () => {
    const error: unknown = await simulate(careless()).then(
      () => undefined,
      (e: unknown) => e,
    );
    const seed = Number(/seed (\d+)/.exec((error as Error).message)?.[1]);
    expect(seed).toBeGreaterThan(0);
    await expect(simulate(careless(), { seeds: [seed] })).rejects.toThrow(`seed ${String(seed)}`);
    await expect(simulate(careless(), { seeds: 20, faults: {} })).resolves.toBe(20);
  });

  it('refuses to run under no seed', async () => {
    await expect(simulate(faithful, { seeds: [] })).rejects.toMatchObject({ code: 'STRAHL-9002' });
  });
});

describe('arbitraries', () => {
  it('make streams, windows and triggers that pipelines take', async () => {
    const any = await arbitraries();
    await fc.assert(
      fc.asyncProperty(
        any.streams(fc.nat()),
        any.windows(),
        any.triggers(),
        async (numbers, windows, trigger) => {
          const r = await runTest((p) => ({
            out: p
              .read(numbers)
              .window(windows, { trigger, panes: 'discarding', allowedLateness: '1s' })
              .combineGloballyWith(count(), { emptyDefault: false }),
            all: p.read(numbers),
          }));
          const counted = r.out.values.reduce((a, b) => a + b, 0);
          // Lateness beyond all times: nothing is dropped, and each element is in a window at least.
          expect(r.dropped).toBe(0);
          expect(counted).toBeGreaterThanOrEqual(r.all.values.length);
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });
});
