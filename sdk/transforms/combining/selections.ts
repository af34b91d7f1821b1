import type { CombineFn } from '../../combine-fn.js';
import { PLAIN, tupleOf } from '../../graph/coder-choice.js';
import { refusalOf } from '../../graph/placed.js';
import type { Callee } from '../../graph/site.js';
import { listingCombiner, type Combiner, type Num } from './combiners.js';
import { checkSelector } from './selector.js';

/**
 * The `n` inputs with the greatest `by`, greatest first. Of equal ones those that came first stay.
 *
 * @example
 * ```ts
 * import { top } from 'strahl';
 * const slowest = top(10, (r: { readonly ms: number }) => r.ms);
 * ```
 */
export function top<I>(n: number, by: (x: I) => Num): CombineFn<I, I[], readonly I[]> {
  checkSelector(by, top);
  return listingCombiner(ranked(size(n, top), by, (a, b) => a > b));
}

/**
 * The `n` inputs with the least `by`, least first. Of equal ones those that came first stay.
 *
 * @example
 * ```ts
 * import { bottom } from 'strahl';
 * const fastest = bottom(10, (r: { readonly ms: number }) => r.ms);
 * ```
 */
export function bottom<I>(n: number, by: (x: I) => Num): CombineFn<I, I[], readonly I[]> {
  checkSelector(by, bottom);
  return listingCombiner(ranked(size(n, bottom), by, (a, b) => a < b));
}

/** The accumulator is the list itself, best first: most inputs are compared with its last only. */
function ranked<I>(
  n: number,
  by: (x: I) => Num,
  beats: (a: Num, b: Num) => boolean,
): Combiner<I, I[], readonly I[]> {
  const add = (list: I[], x: I): I[] => {
    const rank = by(x);
    if (list.length === n && (n === 0 || !beats(rank, by(list[n - 1]!)))) return list;
    let low = 0;
    let high = list.length;
    // Behind all that are as good, so that the earlier of equals stays in front.
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (beats(rank, by(list[middle]!))) high = middle;
      else low = middle + 1;
    }
    list.splice(low, 0, x);
    if (list.length > n) list.pop();
    return list;
  };
  return {
    create: () => [],
    add,
    merge: (a, b) => b.reduce(add, a),
    extract: (list) => list,
  };
}

type Reservoir<I> = (readonly [priority: number, value: I])[];

/**
 * `n` inputs chosen at random, each with the same chance.
 *
 * @param seed makes the choice repeatable for the same inputs in the same order. Default 0
 * @example
 * ```ts
 * import { sample } from 'strahl';
 * const hundred = sample<string>(100, 7);
 * ```
 */
export function sample<I>(n: number, seed = 0): CombineFn<I, Reservoir<I>, readonly I[]> {
  // One sequence for all accumulators: two that started alike would prefer the same positions.
  const random = randomFrom(seed);
  const { add, merge } = ranked<readonly [number, I]>(
    size(n, sample),
    ([priority]) => priority,
    (a, b) => a < b,
  );
  return listingCombiner<I, Reservoir<I>>(
    {
      create: () => [],
      add: (a, x) => add(a, [random(), x]),
      merge,
      extract: (a) => a.map(([, value]) => value),
    },
    (input) => tupleOf(PLAIN, input),
  );
}

/**
 * Any `n` inputs, whichever come first; cheaper than `sample`.
 *
 * @example
 * ```ts
 * import { sampleAny } from 'strahl';
 * const some = sampleAny<string>(5);
 * ```
 */
export function sampleAny<I>(n: number): CombineFn<I, I[], readonly I[]> {
  const limit = size(n, sampleAny);
  const add = (list: I[], x: I): I[] => {
    if (list.length < limit) list.push(x);
    return list;
  };
  return listingCombiner<I, I[]>({
    create: () => [],
    add,
    merge: (a, b) => b.reduce(add, a),
    extract: (list) => list,
  });
}

function size(n: number, callee: Callee): number {
  if (Number.isSafeInteger(n) && n >= 0) return n;
  throw refusalOf(callee, 'badValue', {
    title: `${callee.name} is given ${String(n)} as the number of its results`,
    fix: 'give a whole number of at least 0',
  });
}

/** Uniform numbers of [0, 1) (Mulberry32: one multiplication chain, period 2^32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
