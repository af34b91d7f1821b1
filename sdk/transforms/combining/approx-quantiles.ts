import type { CombineFn } from '../../combine-fn.js';
import { refusalOf } from '../../graph/placed.js';
import { typedCombiner } from './combiners.js';
import { checkSelector } from './selector.js';

/** Values of one level. An error of about `levels / CAPACITY` in rank remains: below 1 % up to 10^9 inputs. */
const CAPACITY = 1024;

/**
 * A sketch of many numbers. Each value of level i stands for 2^i inputs.
 *
 *   S1. No level holds more than `CAPACITY` values between two calls.
 *   S2. Least and greatest input are exact.
 *   S3. `odd` says for each level which half of it goes up next time; the two alternate, so that errors of
 *       one compaction are taken back by the next.
 */
export interface QuantileSketch {
  least: number;
  greatest: number;
  readonly levels: number[][];
  readonly odd: boolean[];
}

/**
 * About `n` numbers that cut the inputs into parts of equal size: the least, the greatest, and those between,
 * in order. Fewer inputs than `CAPACITY` give exact results; none give an empty list.
 *
 * @throws STRAHL-9002 for fewer than 2
 * @example
 * ```ts
 * import { approxQuantiles } from 'strahl';
 * const quartiles = approxQuantiles(5, (r: { readonly ms: number }) => r.ms);
 * ```
 */
export function approxQuantiles<I>(
  n: number,
  f: (x: I) => number,
): CombineFn<I, QuantileSketch, readonly number[]> {
  checkCount(n);
  checkSelector(f, approxQuantiles);
  return typedCombiner<I, QuantileSketch, readonly number[]>({
    create: () => ({ least: Infinity, greatest: -Infinity, levels: [[]], odd: [false] }),
    add(sketch, x) {
      const value = f(x);
      sketch.least = Math.min(sketch.least, value);
      sketch.greatest = Math.max(sketch.greatest, value);
      sketch.levels[0]!.push(value);
      if (sketch.levels[0]!.length > CAPACITY) compact(sketch, 0);
      return sketch;
    },
    merge(a, b) {
      a.least = Math.min(a.least, b.least);
      a.greatest = Math.max(a.greatest, b.greatest);
      for (const [i, values] of b.levels.entries()) {
        const level = levelOf(a, i);
        for (const value of values) level.push(value);
      }
      // A level that is compacted fills the one above it, which comes later.
      for (let i = 0; i < a.levels.length; i++) {
        if (a.levels[i]!.length > CAPACITY) compact(a, i);
      }
      return a;
    },
    extract: (sketch) => quantilesOf(sketch, n),
  });
}

function checkCount(n: number): void {
  if (Number.isSafeInteger(n) && n >= 2) return;
  throw refusalOf(approxQuantiles, 'badValue', {
    title: `approxQuantiles is given ${String(n)} as the number of its results`,
    fix: 'give a whole number of at least 2: 5 for quartiles, 101 for percentiles',
  });
}

function levelOf(sketch: QuantileSketch, i: number): number[] {
  while (sketch.levels.length <= i) {
    sketch.levels.push([]);
    sketch.odd.push(false);
  }
  return sketch.levels[i]!;
}

/** Every second value of the sorted level goes up and stands for two (S1, S3). */
function compact(sketch: QuantileSketch, i: number): void {
  const level = sketch.levels[i]!.sort((a, b) => a - b);
  const above = levelOf(sketch, i + 1);
  // Of an odd number the last one stays.
  const rest = level.length % 2 === 1 ? [level.pop()!] : [];
  for (let k = sketch.odd[i]! ? 1 : 0; k < level.length; k += 2) above.push(level[k]!);
  sketch.odd[i] = !sketch.odd[i]!;
  sketch.levels[i] = rest;
  if (above.length > CAPACITY) compact(sketch, i + 1);
}

function quantilesOf({ levels, least, greatest }: QuantileSketch, n: number): readonly number[] {
  const weighted = levels
    .flatMap((values, i) => values.map((value) => ({ value, weight: 2 ** i })))
    .sort((a, b) => a.value - b.value);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return [];
  const quantiles = [least];
  let at = 0;
  let passed = 0;
  for (let q = 1; q < n - 1; q++) {
    const rank = (q * (total - 1)) / (n - 1);
    while (passed + weighted[at]!.weight <= rank) passed += weighted[at++]!.weight;
    quantiles.push(weighted[at]!.value);
  }
  return [...quantiles, greatest];
}
