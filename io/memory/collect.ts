import { defineSink, placedAt } from '#sdk/connector.js';
import type { BundleContext, DoFn } from '#sdk/dofn/dofn.js';
import type { Sink } from '#sdk/collections/sink.js';
import { notGiven } from '../files/checked-options.js';
import type { Failed } from '#sdk/collections/split-outputs.js';

/**
 * Appends the elements to `target`, those of a bundle together once it is committed. So each element comes
 * exactly once, whatever is repeated; the order of bundles is not said. For tests and small results: the
 * array lives in the process that runs the pipeline.
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { memory } from 'strahl/io/memory';
 * const squares: number[] = [];
 * await pipeline('squares', (p) => {
 *   p.of([1, 2, 3]).map((n) => n * n).write(memory.collect(squares));
 * }).run({});
 * ```
 */
export function collect<T>(target: T[]): Sink<T> {
  placedAt(collect, () => {
    if (Array.isArray(target)) return;
    throw notGiven('memory.collect', target, 'an array', 'memory.collect(results)');
  });
  return defineSink<T>('memory.collect', (input) => {
    const done = input.process(() => new Collect(target));
    return { done, failed: done.flatMap((): readonly Failed<unknown>[] => []) };
  });
}

class Collect<T> implements DoFn<T, never> {
  readonly #target: T[];
  #held: T[] = [];

  constructor(target: T[]) {
    this.#target = target;
  }

  startBundle(): void {
    this.#held = [];
  }

  element(x: T): void {
    this.#held.push(x);
  }

  finishBundle(c: BundleContext): void {
    const held = this.#held;
    c.onBundleCommitted(() => {
      for (const x of held) this.#target.push(x);
    });
  }
}
