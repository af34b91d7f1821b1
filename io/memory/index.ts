/**
 * Values of the running process: iterables and streams in, arrays out.
 *
 * @packageDocumentation
 */
import { collect } from './collect.js';
import { iterable } from './iterable.js';

export { iterable };
export type { IterableOptions } from './iterable.js';

/**
 * Iterables and streams as input, arrays as output.
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { memory } from 'strahl/io/memory';
 * const doubled: number[] = [];
 * await pipeline('double', (p) =>
 *   p
 *     .read(memory.iterable([1, 2, 3]))
 *     .map((n) => 2 * n)
 *     .write(memory.collect(doubled)),
 * ).run();
 * ```
 */
export const memory: { readonly iterable: typeof iterable; readonly collect: typeof collect } = {
  iterable,
  collect,
};
