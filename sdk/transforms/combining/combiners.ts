import { combiner, type CombineFn, type CombinerCoders } from '../../combine-fn.js';
import type { Key, KV } from '../../dofn/dofn.js';
import { listOf, PLAIN, type CoderChoice } from '../../graph/coder-choice.js';
import { checkDescription } from '../../graph/option-names.js';
import { refusalOf } from '../../graph/placed.js';
import { choiceOf } from '../../schema/choice.js';
import type { Schema } from '../../schema/schema.js';
import { checkSelector } from './selector.js';

const NEEDED = ['create', 'add', 'merge', 'extract'];
const DESCRIBED = ['accumulator', ...NEEDED, 'compact'];

/** What `min`, `max`, `top` and `bottom` compare. */
export type Num = number | string | bigint;

/** A combiner's functions with their types. */
export interface Combiner<I, A, O> {
  readonly create: () => A;
  readonly add: (a: A, x: I) => A;
  readonly merge: (a: A, b: A) => A;
  readonly extract: (a: A) => O;
  readonly compact?: (a: A) => A;
}

/** Types are erased here, once for all combiners. */
export function typedCombiner<I, A, O, E = O>(
  fn: Combiner<I, A, E>,
  accumulator: CoderChoice = PLAIN,
): CombineFn<I, A, O, E> {
  return combiner({ fn, accumulator });
}

/** A combiner whose accumulators and results are lists of its inputs, or of pairs of a number and an input. */
export function listingCombiner<I, A>(
  fn: Combiner<I, A, readonly I[]>,
  place: (input: CoderChoice) => CoderChoice = (input) => input,
): CombineFn<I, A, readonly I[]> {
  const keeping = (input: CoderChoice): CombinerCoders => ({
    accumulator: listOf(place(input)),
    output: listOf(input),
  });
  return combiner({ fn, accumulator: PLAIN, keeping });
}

/**
 * A combiner of your own. `add` and `merge` may change and return their first argument.
 *
 * @throws STRAHL-9002 without one of the functions, and for a member that there is none
 * @example
 * ```ts
 * import { combineFn, s } from 'strahl';
 * const mean = combineFn({
 *   accumulator: s.row({ sum: s.double, n: s.int64 }),
 *   create: () => ({ sum: 0, n: 0 }),
 *   add: (a, x: number) => ({ sum: a.sum + x, n: a.n + 1 }),
 *   merge: (a, b) => ({ sum: a.sum + b.sum, n: a.n + b.n }),
 *   extract: (a) => a.sum / a.n,
 * });
 * ```
 */
export function combineFn<I, A, O>(
  description: Combiner<I, A, O> & { readonly accumulator: Schema<A> },
): CombineFn<I, A, O> {
  checkDescription('combineFn', description, DESCRIBED, NEEDED, combineFn);
  const { accumulator, create, add, merge, extract, compact } = description;
  requireAccumulator(accumulator);
  return typedCombiner(
    { create, add, merge, extract, ...(compact === undefined ? {} : { compact }) },
    choiceOf(accumulator) ?? PLAIN,
  );
}

/** Callers without a compiler may come from an SDK that finds the coder of accumulators by itself. */
function requireAccumulator(accumulator: unknown): void {
  if (accumulator !== undefined) return;
  throw refusalOf(combineFn, 'badValue', {
    title: 'combineFn is given no accumulator',
    why: 'accumulators travel between workers, in the coder that their schema makes',
    fix: 'combineFn({ accumulator: s.row({ sum: s.double, n: s.int64 }), create, add, merge, extract })',
  });
}

// The same functions for all pipelines: V8 forgets compiled code that calls a function when the function is gone.
const zero = (): number => 0;
const plusOne = (n: number): number => n + 1;
const plus = (a: number, b: number): number => a + b;
const total = (n: number): number => n;

/**
 * The number of inputs.
 *
 * @example
 * ```ts
 * import { count, pipeline } from 'strahl';
 * export const p = pipeline('sizes', (p) => p.of(['a', 'b', 'a']).keyBy((x) => x).combine({ n: count() }));
 * ```
 */
export function count(): CombineFn<unknown, number, number> {
  return typedCombiner<unknown, number, number>({
    create: zero,
    add: plusOne,
    merge: plus,
    extract: total,
  });
}

/**
 * The sum of `f` over the inputs; 0 for none. A double, exact for integers up to 2^53.
 *
 * @example
 * ```ts
 * import { sum } from 'strahl';
 * const bytes = sum((r: { readonly bytes: number }) => r.bytes);
 * ```
 */
export function sum<I>(f: (x: I) => number): CombineFn<I, number, number> {
  checkSelector(f, sum);
  return typedCombiner<I, number, number>({
    create: zero,
    add: (before, x) => before + f(x),
    merge: plus,
    extract: total,
  });
}

/**
 * The mean of `f` over the inputs; `NaN` for none.
 *
 * @example
 * ```ts
 * import { mean } from 'strahl';
 * const latency = mean((r: { readonly ms: number }) => r.ms);
 * ```
 */
export function mean<I>(f: (x: I) => number): CombineFn<I, [sum: number, n: number], number> {
  checkSelector(f, mean);
  return typedCombiner<I, [number, number], number>({
    create: () => [0, 0],
    add: (a, x) => {
      a[0] += f(x);
      a[1]++;
      return a;
    },
    merge: (a, b) => {
      a[0] += b[0];
      a[1] += b[1];
      return a;
    },
    extract: ([total, n]) => total / n,
  });
}

/**
 * The greatest `f` of the inputs. A global combine of nothing gives `undefined`, or no output with
 * `{ emptyDefault: false }`.
 *
 * @example
 * ```ts
 * import { max } from 'strahl';
 * const last = max((r: { readonly at: number }) => r.at);
 * ```
 */
export function max<I, N extends Num>(f: (x: I) => N): CombineFn<I, N | null, N, N | undefined> {
  checkSelector(f, max);
  return extreme(f, (a, b) => a > b);
}

/**
 * The least `f` of the inputs. A global combine of nothing gives `undefined`, or no output with
 * `{ emptyDefault: false }`.
 *
 * @example
 * ```ts
 * import { min } from 'strahl';
 * const first = min((r: { readonly at: number }) => r.at);
 * ```
 */
export function min<I, N extends Num>(f: (x: I) => N): CombineFn<I, N | null, N, N | undefined> {
  checkSelector(f, min);
  return extreme(f, (a, b) => a < b);
}

function extreme<I, N extends Num>(
  f: (x: I) => N,
  beats: (a: N, b: N) => boolean,
): CombineFn<I, N | null, N, N | undefined> {
  return typedCombiner<I, N | null, N, N | undefined>({
    create: () => null,
    add: (best, x) => {
      const y = f(x);
      return best === null || beats(y, best) ? y : best;
    },
    merge: (a, b) => (a === null ? b : b === null || !beats(b, a) ? a : b),
    extract: (best) => best ?? undefined,
  });
}

/**
 * The inputs as a list, in no particular order.
 *
 * @example
 * ```ts
 * import { toList } from 'strahl';
 * const names = toList((u: { readonly name: string }) => u.name);
 * ```
 */
export function toList<I, U = I>(f?: (x: I) => U): CombineFn<I, U[], readonly U[]> {
  // Without `f` inputs and outputs are the same type.
  if (f === undefined) {
    return listingCombiner<I, I[]>(listing((x) => x)) as CombineFn<I, never, never>;
  }
  checkSelector(f, toList);
  return typedCombiner(listing(f));
}

function listing<I, U>(of: (x: I) => U): Combiner<I, U[], readonly U[]> {
  return {
    create: () => [],
    add: (list, x) => {
      list.push(of(x));
      return list;
    },
    merge: (a, b) => {
      for (const x of b) a.push(x);
      return a;
    },
    extract: (list) => list,
  };
}

/**
 * The distinct results of `f`, which must be compared by value: strings, numbers, booleans.
 *
 * @example
 * ```ts
 * import { toSet } from 'strahl';
 * const clients = toSet((r: { readonly client: string }) => r.client);
 * ```
 */
export function toSet<I, U>(f: (x: I) => U): CombineFn<I, Set<U>, ReadonlySet<U>> {
  checkSelector(f, toSet);
  return typedCombiner<I, Set<U>, ReadonlySet<U>>({
    create: () => new Set(),
    add: (set, x) => set.add(f(x)),
    merge: (a, b) => {
      for (const x of b) a.add(x);
      return a;
    },
    extract: (set) => set,
  });
}

/**
 * The pairs that `f` makes of the inputs, as a map. Of equal keys one wins; which one is not determined.
 *
 * @example
 * ```ts
 * import { toMap } from 'strahl';
 * const nameById = toMap((u: { readonly id: string; readonly name: string }) => [u.id, u.name] as const);
 * ```
 */
export function toMap<I, K extends Key, V>(
  f: (x: I) => KV<K, V>,
): CombineFn<I, Map<K, V>, ReadonlyMap<K, V>> {
  checkSelector(f, toMap);
  return typedCombiner<I, Map<K, V>, ReadonlyMap<K, V>>({
    create: () => new Map(),
    add: (map, x) => {
      const [key, value] = f(x);
      return map.set(key, value);
    },
    merge: (a, b) => {
      for (const [key, value] of b) a.set(key, value);
      return a;
    },
    extract: (map) => map,
  });
}
