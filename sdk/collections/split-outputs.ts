import type { TimeLike } from '../dofn/dofn.js';
import type { Infer, Schema } from '../schema/schema.js';

/** Schemas of the outputs of `split`, by tag. */
export type Outputs = Record<string, Schema<unknown>>;

declare const tagged: unique symbol;

/** An output of `split` with the tag that says where it goes; made by `out.tag(value)`. */
export interface Tagged<N extends string> {
  readonly [tagged]: N;
}

/** One function per tag: makes an output for it, with a time of its own if given. */
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
  readonly input: T;
  readonly error: { readonly name: string; readonly message: string; readonly stack?: string };
  /** The step, and where it was built. */
  readonly at: string;
}
