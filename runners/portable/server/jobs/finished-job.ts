/**
 * A job of a server that is over.
 *
 * @example
 * ```ts
 * import type { FinishedJob } from 'strahl/runners/portable';
 * const line = ({ name, state, elements, milliseconds }: FinishedJob): string =>
 *   `${name} ${state}: ${elements} elements in ${milliseconds} ms`;
 * ```
 */
export interface FinishedJob {
  readonly id: string;
  /** As its client named it. */
  readonly name: string;
  readonly state: 'done' | 'failed' | 'cancelled' | 'drained';
  /** Of all its collections together, as committed. */
  readonly elements: number;
  /** From its start to its end. */
  readonly milliseconds: number;
  /** What ended a job that failed, in one line. */
  readonly error?: string;
}
