import type { CoderChoice } from './graph/coder-choice.js';
import type { CombineFnSpec } from './dofn/user-function.js';

declare const types: unique symbol;

/**
 * A way to reduce many inputs `I` to one output `O` over accumulators `A`, in any order and grouping.
 * Made by the built-in combiners and by `combineFn`. `E` is what a combine of all elements gives for none, the
 * same as `O` unless the combiner has no answer then: the least of nothing is `undefined`.
 *
 * @example
 * ```ts
 * import { sum, type CombineFn } from 'strahl';
 * const bytes: CombineFn<{ readonly bytes: number }, number, number> = sum((r) => r.bytes);
 * ```
 */
export interface CombineFn<in I, A, out O, out E = O> {
  readonly [types]?: { add(input: I): void; accumulator: A; output: O; ofNothing: E };
}

/**
 * The results of a record of combiners, field by field.
 *
 * @example
 * ```ts
 * import { count, type Combined } from 'strahl';
 * const combiners = { n: count() };
 * const none: Combined<typeof combiners> = { n: 0 };
 * ```
 */
export type Combined<G extends Record<string, CombineFn<never, unknown, unknown, unknown>>> = {
  [K in keyof G]: G[K] extends CombineFn<never, unknown, infer O, unknown> ? O : never;
};

/**
 * The results of a record of combiners where there may have been no input.
 *
 * @example
 * ```ts
 * import { min, type CombinedOrNothing } from 'strahl';
 * const combiners = { first: min((n: number) => n) };
 * const ofNothing: CombinedOrNothing<typeof combiners> = { first: undefined };
 * ```
 */
export type CombinedOrNothing<
  G extends Record<string, CombineFn<never, unknown, unknown, unknown>>,
> = {
  [K in keyof G]: G[K] extends CombineFn<never, unknown, unknown, infer E> ? E : never;
};

/** The coders of what a combiner keeps and gives. */
export interface CombinerCoders {
  readonly accumulator: CoderChoice;
  /** Default: plain data. */
  readonly output?: CoderChoice;
}

/** The running part behind a `CombineFn`. */
export interface CombinerDescription extends CombinerCoders {
  readonly fn: CombineFnSpec;
  /** For a combiner that keeps its inputs as they are: its coders are made of theirs. */
  readonly keeping?: (input: CoderChoice) => CombinerCoders;
}

const DESCRIPTION: unique symbol = Symbol.for('strahl.combiner');

export function combiner<I, A, O, E = O>(description: CombinerDescription): CombineFn<I, A, O, E> {
  return Object.freeze({ [DESCRIPTION]: Object.freeze(description) }) as CombineFn<I, A, O, E>;
}

/** `undefined` for what no combiner made. */
export function descriptionOf(x: unknown): CombinerDescription | undefined {
  if (typeof x !== 'object' || x === null) return undefined;
  return (x as { readonly [DESCRIPTION]?: CombinerDescription })[DESCRIPTION];
}
