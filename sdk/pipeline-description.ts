import type { Root } from './collections/root.js';
import type { Schema } from './schema/schema.js';

/** What is behind a `Pipeline`; read by the command line and by `strahl/testing`. */
export interface PipelineDescription {
  readonly name: string;
  readonly options: Schema<unknown> | undefined;
  readonly build: (p: Root, o: unknown) => unknown;
  /** Where `pipeline` was called. */
  readonly site?: string;
}

/** Where a pipeline keeps its description; the same symbol in every copy of the library. */
export const DESCRIPTION: unique symbol = Symbol.for('strahl.pipeline');

/** `undefined` for what is not a pipeline. True also for one made by another copy of the library. */
export function descriptionOfPipeline(x: unknown): PipelineDescription | undefined {
  if (typeof x !== 'object' || x === null) return undefined;
  return (x as { readonly [DESCRIPTION]?: PipelineDescription })[DESCRIPTION];
}
