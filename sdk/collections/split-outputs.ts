import type { TimeLike } from '../dofn/dofn.js';
import type { Infer, Schema } from '../schema/schema.js';

/** Schemas of the outputs of `split`, by tag. */
export type Outputs = Record<string, Schema<unknown>>;

declare const tagged: unique symbol;

/**
 * An output of `split` with the tag that says where it goes; made by `out.tag(value)`.
 *
 * @example
 * ```ts
 * import type { Out, Schema, Tagged } from 'strahl';
 * const bad = (line: string, out: Out<{ bad: Schema<string> }>): Tagged<'bad'> => out.bad(line);
 * ```
 */
export interface Tagged<N extends string> {
  readonly [tagged]: N;
}

/**
 * One function per tag: makes an output for it, with a time of its own if given.
 *
 * @example
 * ```ts
 * import { s, type Out } from 'strahl';
 * const outputs = { even: s.int64, odd: s.int64 };
 * const choose = (n: number, out: Out<typeof outputs>) => (n % 2 === 0 ? out.even(n) : out.odd(n));
 * ```
 */
export type Out<O extends Outputs> = {
  readonly [N in keyof O & string]: (value: Infer<O[N]>, time?: TimeLike) => Tagged<N>;
};

/**
 * An element for which a function of `attempt` threw, or that a sink could not write.
 *
 * @example
 * ```ts
 * import type { Failed } from 'strahl';
 * const describe = (f: Failed<string>): string => `${f.input}: ${f.error.message} (${f.at})`;
 * ```
 */
export interface Failed<out T> {
  /** The element as it came in. */
  readonly input: T;
  /** What was thrown, as plain data. */
  readonly error: { readonly name: string; readonly message: string; readonly stack?: string };
  /** The step, and where it was built: `test/attempt at src/test.ts:7:4`. */
  readonly at: string;
}
