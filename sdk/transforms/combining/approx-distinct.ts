import type { CombineFn } from '../../combine-fn.js';
import type { Key } from '../../dofn/dofn.js';
import { refusalOf } from '../../graph/placed.js';
import { typedCombiner } from './combiners.js';
import { hashOf } from './value-hash.js';
import { checkSelector } from './selector.js';

/** Registers that are not 0, by number; or all registers, once that takes less. */
export type DistinctSketch = Map<number, number> | Uint8Array;

const PRECISION = 14;

/**
 * Options of `approxDistinct`.
 *
 * @example
 * ```ts
 * import { approxDistinct, type DistinctOptions } from 'strahl';
 * const exact: DistinctOptions = { precision: 16 };
 * const visitors = approxDistinct((visit: { readonly user: string }) => visit.user, exact);
 * ```
 */
export interface DistinctOptions {
  /**
   * 2 to this power registers of one byte. The error is about 1.04 / √registers: 0.8 % for 14, the default;
   * 4 to 18.
   */
  readonly precision?: number;
}

/**
 * About how many different results `f` has: HyperLogLog++ over 64-bit hashes, few registers kept one by one.
 * The number of registers is read by the estimator of Ertl (2017), which needs no table of corrections.
 *
 * @throws STRAHL-9002 for a precision out of range
 * @example
 * ```ts
 * import { approxDistinct } from 'strahl';
 * const visitors = approxDistinct((r: { readonly client: string }) => r.client);
 * ```
 */
export function approxDistinct<I>(
  f: (x: I) => Key,
  { precision = PRECISION }: DistinctOptions = {},
): CombineFn<I, DistinctSketch, number> {
  checkPrecision(precision);
  checkSelector(f, approxDistinct);
  const registers = 2 ** precision;
  return typedCombiner<I, DistinctSketch, number>({
    create: () => new Map(),
    add(sketch, x) {
      const { high, low } = hashOf(f(x));
      // The first bits choose the register; of the others the leading zeros count.
      const rest =
        precision === 0 ? high : ((high << precision) | (low >>> (32 - precision))) >>> 0;
      const zeros =
        rest === 0 ? 32 + leadingZeros(low << precision, 32 - precision) : Math.clz32(rest);
      return raise(sketch, high >>> (32 - precision), zeros + 1, registers);
    },
    merge(a, b) {
      let merged = a;
      if (b instanceof Map) {
        for (const [register, rank] of b) merged = raise(merged, register, rank, registers);
      } else {
        merged = denseOf(a, registers);
        for (let i = 0; i < registers; i++) if (b[i]! > merged[i]!) merged[i] = b[i]!;
      }
      return merged;
    },
    extract: (sketch) => Math.round(estimate(sketch, precision)),
  });
}

function checkPrecision(precision: number): void {
  if (Number.isSafeInteger(precision) && precision >= 4 && precision <= 18) return;
  throw refusalOf(approxDistinct, 'badValue', {
    title: `the precision of approxDistinct is ${String(precision)}`,
    fix: 'give a whole number from 4 to 18',
  });
}

function leadingZeros(bits: number, width: number): number {
  return Math.min(Math.clz32(bits), width);
}

function raise(
  sketch: DistinctSketch,
  register: number,
  rank: number,
  registers: number,
): DistinctSketch {
  if (!(sketch instanceof Map)) {
    if (sketch[register]! < rank) sketch[register] = rank;
    return sketch;
  }
  if ((sketch.get(register) ?? 0) < rank) sketch.set(register, rank);
  // An entry of a map takes some bytes, encoded as well as in memory; a register one.
  return sketch.size * 4 > registers ? denseOf(sketch, registers) : sketch;
}

function denseOf(sketch: DistinctSketch, registers: number): Uint8Array {
  if (!(sketch instanceof Map)) return sketch;
  const dense = new Uint8Array(registers);
  for (const [register, rank] of sketch) dense[register] = rank;
  return dense;
}

/** Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", algorithm 6. */
function estimate(sketch: DistinctSketch, precision: number): number {
  const m = 2 ** precision;
  const q = 64 - precision;
  const counts = new Array<number>(q + 2).fill(0);
  for (const rank of sketch.values()) counts[rank]!++;
  if (sketch instanceof Map) counts[0] = m - sketch.size;
  let z = m * tau(1 - counts[q + 1]! / m);
  for (let k = q; k >= 1; k--) z = 0.5 * (z + counts[k]!);
  z += m * sigma(counts[0]! / m);
  return (m / (2 * Math.LN2)) * (m / z);
}

function sigma(x: number): number {
  if (x === 1) return Infinity;
  let sum = x;
  let last = NaN;
  for (let power = x, factor = 1; sum !== last; factor *= 2) {
    power *= power;
    last = sum;
    sum += power * factor;
  }
  return sum;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let sum = 1 - x;
  let last = NaN;
  for (let root = x, factor = 0.5; sum !== last; factor *= 0.5) {
    root = Math.sqrt(root);
    last = sum;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}
