import type { JobScope } from '../graph/job-scope.js';
import type { PCollection } from './pcollection.js';
import type { Failed } from './split-outputs.js';

declare const input: unique symbol;

/**
 * Where elements go; made by a connector, used by `write`.
 *
 * @example
 * ```ts
 * import type { PCollection, Sink, Written } from 'strahl';
 * const save = (lines: PCollection<string>, sink: Sink<string>): Written => lines.write(sink);
 * ```
 */
export interface Sink<in T> {
  /** As users see it in names and errors, for example `text.sink`. */
  readonly name: string;
  readonly [input]: (x: T) => void;
}

/**
 * What remains to be done about a write.
 *
 * @example
 * ```ts
 * import type { PCollection, Written } from 'strahl';
 * const failures = (written: Written): PCollection<string> =>
 *   written.failed.map((f) => f.error.message);
 * ```
 */
export interface Written {
  /** Elements that could not be written, for sinks that do not fail the job. */
  readonly failed: PCollection<Failed<unknown>>;
  /** One element per window and part that is durably written. */
  readonly done: PCollection<unknown>;
}

/** What a connector implements: a composite that writes its input. */
export interface SinkDescription<T> {
  readonly name: string;
  /** What a write replaces as a whole, for example files of a path. Default: nothing. */
  readonly target?: string;
  expand(input: PCollection<T>, job: JobScope): Written;
}
