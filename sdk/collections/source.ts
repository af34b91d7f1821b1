import type { Bound } from './boundedness.js';

declare const type: unique symbol;

/**
 * Where elements come from; made by a connector, used by `p.read`.
 *
 * @example
 * ```ts
 * import type { Source } from 'strahl';
 * import { text } from 'strahl/io/text';
 * const lines: Source<string, 'bounded'> = text.files('data/*.txt');
 * ```
 */
export interface Source<out T, B extends Bound> {
  /** As users see it in names and errors, for example `text.files`. */
  readonly name: string;
  readonly [type]: { readonly element: T; readonly boundedness: B };
}
