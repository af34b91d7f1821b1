import type { CombineFn } from '../../combine-fn.js';
import type { KV } from '../../dofn/dofn.js';
import { refusalOf } from '../../graph/placed.js';
import { typedCombiner } from './combiners.js';
import { checkSelector } from './selector.js';

/** What `approxTop` counts: values that a map tells apart. */
export type Counted = string | number | bigint | boolean | null;

/** Counts of the candidates; each is too low by `missed` at most. */
export interface TopSketch<K> {
  counts: Map<K, number>;
  missed: number;
}

/** Candidates for each result: a value that occurs more often than 1 / (16 n) of the inputs is among them. */
const CANDIDATES = 16;
const LEAST_CANDIDATES = 256;

/**
 * The `n` values of `by` that occur most often, with about how often, most frequent first. A count is too low by
 * at most the number of inputs divided by 16 n, and exact as long as there are few different values.
 *
 * @throws STRAHL-9002 for what is no whole number of at least 1
 * @example
 * ```ts
 * import { approxTop } from 'strahl';
 * const pages = approxTop(10, (r: { readonly path: string }) => r.path);
 * ```
 */
export function approxTop<I, K extends Counted>(
  n: number,
  by: (x: I) => K,
): CombineFn<I, TopSketch<K>, readonly KV<K, number>[]> {
  checkCount(n);
  checkSelector(by, approxTop);
  const room = Math.max(CANDIDATES * n, LEAST_CANDIDATES);
  const shrunk = (sketch: TopSketch<K>): TopSketch<K> =>
    sketch.counts.size > 2 * room ? shrink(sketch, room) : sketch;
  return typedCombiner<I, TopSketch<K>, readonly KV<K, number>[]>({
    create: () => ({ counts: new Map(), missed: 0 }),
    add(sketch, x) {
      const value = by(x);
      sketch.counts.set(value, (sketch.counts.get(value) ?? 0) + 1);
      return shrunk(sketch);
    },
    merge(a, b) {
      for (const [value, count] of b.counts)
        a.counts.set(value, (a.counts.get(value) ?? 0) + count);
      a.missed += b.missed;
      return shrunk(a);
    },
    extract: ({ counts }) => [...counts].sort((a, b) => b[1] - a[1]).slice(0, n),
  });
}

function checkCount(n: number): void {
  if (Number.isSafeInteger(n) && n >= 1) return;
  throw refusalOf(approxTop, 'badValue', {
    title: `approxTop is given ${String(n)} as the number of its results`,
    fix: 'give a whole number of at least 1',
  });
}

/**
 * Takes the greatest count that leaves no room off all of them and drops those that have none left (Misra and
 * Gries; that summaries merge so is shown by Agarwal et al., 2012).
 */
function shrink<K>(sketch: TopSketch<K>, room: number): TopSketch<K> {
  const least = [...sketch.counts.values()].sort((a, b) => b - a)[room]!;
  const left = new Map<K, number>();
  for (const [value, count] of sketch.counts) if (count > least) left.set(value, count - least);
  return { counts: left, missed: sketch.missed + least };
}
