import type { Infer, Schema } from '../schema/schema.js';
import type { Bound, Win } from './boundedness.js';
import type { PCollection } from './pcollection.js';
import type { Root } from './root.js';

/**
 * What a step of another SDK asks of its input: elements of a type that other SDKs can have. The name of the property
 * is the text of the compiler's error.
 */
export type Crossing<T> = [unknown] extends [T]
  ? {
      readonly 'STRAHL-1105: elements of unknown type cannot pass between languages; say .withSchema(s.row({ … })) first': never;
    }
  : [Extract<T, Foreigner>] extends [never]
    ? [T] extends [readonly [unknown, unknown]]
      ? unknown
      : [Extract<T, Collected>] extends [never]
        ? unknown
        : {
            readonly 'STRAHL-1105: lists, maps and sets pass between languages as fields of a row; say .map((x) => ({ x }), s.row({ … })) first': never;
          }
    : {
        readonly 'STRAHL-1105: functions, symbols and undefined cannot pass between languages': never;
      };

type Collected = readonly unknown[] | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>;
type Foreigner = symbol | undefined | ((...args: never[]) => unknown);

/**
 * Outputs of a step of another SDK by their names there, each with what it holds.
 *
 * @example
 * ```ts
 * import { s, type ExternalOutputs } from 'strahl';
 * const parts = { good: s.int64, bad: s.string } satisfies ExternalOutputs;
 * ```
 */
export type ExternalOutputs = Readonly<Record<string, Schema<unknown>>>;

/** What a step of another SDK reads: nothing, one collection, or several by their names there. */
export type ExternalInput = Root | PCollection<unknown> | ExternalInputs;
type ExternalInputs = Readonly<Record<string, PCollection<unknown>>>;

type CrossingInput<I> =
  I extends PCollection<infer T>
    ? Crossing<T>
    : I extends ExternalInputs
      ? {
          readonly [N in keyof I]: I[N] extends PCollection<infer T> ? Crossing<T> : never;
        }
      : unknown;

/** The collections of an input; none if it is the root. */
type CollectionsOf<I> = I extends Root ? never : I extends PCollection<unknown> ? I : I[keyof I];

/** Unbounded if one input is, or if `OB` says so. */
type BoundOf<I, OB> = [OB] extends [Bound]
  ? OB
  : [CollectionsOf<I>] extends [never]
    ? 'bounded'
    : CollectionsOf<I> extends PCollection<infer _T, infer B, infer _W>
      ? B
      : Bound;

type WinOf<I> = [CollectionsOf<I>] extends [never]
  ? 'none'
  : CollectionsOf<I> extends PCollection<infer _T, infer _B, infer W>
    ? W
    : Win;

/** The collections of `O`. */
export type OutputCollections<O extends ExternalOutputs, B, W> = {
  readonly [N in keyof O]: PCollection<Infer<O[N]>, B & Bound, W & Win>;
};

/**
 * A composite whose steps are those of another SDK, with one output.
 *
 * @example
 * ```ts
 * import { external, s, type ExternalTransform } from 'strahl';
 * const longestFirst: ExternalTransform<string> = external({
 *   urn: 'example:longest_first:v1',
 *   expansion: 'localhost:8097',
 *   output: s.string,
 * });
 * ```
 */
export type ExternalTransform<U, OB = undefined> = <I extends ExternalInput>(
  input: I & CrossingInput<I>,
) => PCollection<U, BoundOf<I, OB> & Bound, WinOf<I> & Win>;

/**
 * The same with several outputs, or none.
 *
 * @example
 * ```ts
 * import { external, s, type ExternalComposite } from 'strahl';
 * const parts: ExternalComposite<{ good: typeof s.string; bad: typeof s.string }> = external({
 *   urn: 'example:sort_out:v1',
 *   expansion: 'localhost:8097',
 *   outputs: { good: s.string, bad: s.string },
 * });
 * ```
 */
export type ExternalComposite<O extends ExternalOutputs, OB = undefined> = <
  I extends ExternalInput,
>(
  input: I & CrossingInput<I>,
) => OutputCollections<O, BoundOf<I, OB>, WinOf<I>>;
