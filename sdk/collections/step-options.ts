import type { Schema } from '../schema/schema.js';

/**
 * Options of a step.
 *
 * @example
 * ```ts
 * import { s, type Step } from 'strahl';
 * const slowCall: Step<string> = { schema: s.string, concurrency: 64, ordered: false };
 * ```
 */
export interface Step<U> {
  /** Type and coder of the outputs. */
  readonly schema?: Schema<U>;
  /** As by `named`. */
  readonly name?: string;
  /** Calls of an asynchronous function that may overlap in one bundle. Default 16. */
  readonly concurrency?: number;
  /** Whether outputs of asynchronous calls keep the order of their inputs. Default true. */
  readonly ordered?: boolean;
  /** What a function that fails does: it fails its bundle. `attempt` gives what failed a collection instead. */
  readonly onError?: 'fail';
}
