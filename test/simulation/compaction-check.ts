// Sums of many parts: lifted combines whose accumulators are merged, dropped and merged again.
import fc from 'fast-check';
import { fixed, pipeline, sessions, sliding, sum, type WindowFn } from 'strahl';
import { directRunner } from 'strahl/runners/direct';
import { seededRandom } from '#runners/core/seeded-random.js';
import { chaosOf } from './chaos.js';
import type { Check } from './check.js';

interface Parts {
  /** Where the elements are, in milliseconds; each counts one. */
  readonly times: readonly number[];
  readonly maxElements: number;
  readonly windows: 'fixed' | 'sliding' | 'sessions';
  readonly accumulating: boolean;
}

function partsOf(seed: number): Parts {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  return {
    times: Array.from({ length: 20 + below(60) }, () => below(40)),
    maxElements: 1 + below(3),
    windows: (['fixed', 'sliding', 'sessions'] as const)[below(3)]!,
    accumulating: random() < 0.5,
  };
}

const WINDOWS: Readonly<Record<Parts['windows'], WindowFn>> = {
  fixed: fixed(20),
  sliding: sliding(30, 10),
  sessions: sessions(5),
};

/** How many elements each window has, by the start of the window. */
function countsOf({ times, windows }: Parts): string[] {
  const counts = new Map<number, number>();
  const add = (start: number): unknown => counts.set(start, (counts.get(start) ?? 0) + 1);
  let start = -1;
  let before = -Infinity;
  for (const t of [...times].sort((a, b) => a - b)) {
    if (windows === 'fixed') add(t - (t % 20));
    else if (windows === 'sliding') for (let i = 0; i < 3; i++) add(t - (t % 10) - i * 10);
    else {
      if (t - before >= 5) start = t;
      before = t;
      add(start);
    }
  }
  return [...counts].map(([at, n]) => `${String(at)}: ${String(n)}`).sort();
}

export const summed: Check = {
  name: 'sums of many parts',
  run: async (seed) => {
    const parts = partsOf(seed);
    const got: string[] = [];
    const test = pipeline('sums', (p) =>
      p
        .of(parts.times)
        .withTimestamps((t) => t)
        .reshuffle()
        .window(WINDOWS[parts.windows], {
          panes: parts.accumulating ? 'accumulating' : 'discarding',
        })
        .combineGloballyWith(
          sum(() => 1),
          { emptyDefault: false },
        )
        .reshuffle()
        .process(() => {
          let bundle: string[] = [];
          return {
            startBundle: (c) => {
              const lines: string[] = (bundle = []);
              c.onBundleCommitted(() => void got.push(...lines));
            },
            element: (n, { window }) => {
              bundle.push(`${String((window as { readonly start?: number }).start)}: ${String(n)}`);
            },
          };
        }),
    );
    const { maxElements } = parts;
    await test.run({}, { runner: directRunner({ ...chaosOf(seed), bundle: { maxElements } }) });
    const want = countsOf(parts);
    return got.sort().join() === want.join() ? [] : [`P8: ${got.join()} instead of ${want.join()}`];
  },
  describe: (seed) => fc.stringify(partsOf(seed)),
};
