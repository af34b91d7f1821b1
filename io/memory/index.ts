/**
 * Values of the running process: iterables and streams in, arrays out.
 *
 * @packageDocumentation
 */
import { collect } from './collect.js';
import { iterable } from './iterable.js';

export { iterable };
export type { IterableOptions } from './iterable.js';

/** Iterables and streams as input, arrays as output. */
export const memory: { readonly iterable: typeof iterable; readonly collect: typeof collect } = {
  iterable,
  collect,
};
