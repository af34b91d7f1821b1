import type { EventTime } from '#portability/model/time.js';
import type { Pane, PaneTiming } from '#portability/model/panes.js';
import type { Window } from '#portability/model/windows.js';
import type { Explanation } from '../runner.js';

/**
 * An element as it came out, with all that the model knows about it.
 *
 * @example
 * ```ts
 * import type { Collected } from 'strahl/testing';
 * const inOrder = <T>(xs: readonly Collected<T>[]): readonly T[] =>
 *   [...xs].sort((a, b) => a.timestamp - b.timestamp).map((x) => x.value);
 * ```
 */
export interface Collected<T> {
  readonly value: T;
  readonly timestamp: EventTime;
  readonly window: Window;
  readonly pane: Pane;
}

/**
 * The elements of one firing of one window.
 *
 * @example
 * ```ts
 * import type { CollectedPane } from 'strahl/testing';
 * const lateOnes = <T>(panes: readonly CollectedPane<T>[]) =>
 *   panes.filter(({ timing }) => timing === 'late').flatMap(({ values }) => values);
 * ```
 */
export interface CollectedPane<T> {
  readonly timing: PaneTiming;
  readonly index: number;
  readonly first: boolean;
  readonly last: boolean;
  readonly window: Window;
  /** In no particular order. */
  readonly values: readonly T[];
}

/**
 * What a collection of a test held.
 *
 * @example
 * ```ts
 * import { runTest, type TestOutput } from 'strahl/testing';
 * const sorted = ({ values }: TestOutput<number>) => [...values].sort((a, b) => a - b);
 * const r = await runTest((p) => ({ out: p.of([2, 1]) }));
 * console.log(sorted(r.out), r.out.panes());
 * ```
 */
export interface TestOutput<T> {
  /** Committed elements, in no particular order. */
  readonly values: readonly T[];
  /** The same with timestamp, window and pane. */
  readonly elements: readonly Collected<T>[];
  /** The same firing by firing: by window, then by index. */
  panes(): readonly CollectedPane<T>[];
  /** Of the run, if it had one; a failing matcher names it. */
  readonly seed?: number;
  /** Why something is missing: what was dropped on the way, or never arrived. A failing matcher prints it. */
  explain?(): Explanation;
}

export function testOutput<T>(
  elements: readonly Collected<T>[],
  more: Pick<TestOutput<T>, 'seed' | 'explain'> = {},
): TestOutput<T> {
  return Object.freeze({
    values: elements.map(({ value }) => value),
    elements,
    panes: () => panesOf(elements),
    ...more,
  });
}

function panesOf<T>(elements: readonly Collected<T>[]): readonly CollectedPane<T>[] {
  const panes = new Map<string, CollectedPane<T> & { readonly values: T[] }>();
  for (const { value, window, pane } of elements) {
    const key = JSON.stringify([window, pane.index, pane.timing]);
    let found = panes.get(key);
    if (found === undefined) {
      const { timing, index, first, last } = pane;
      panes.set(key, (found = { timing, index, first, last, window, values: [] }));
    }
    found.values.push(value);
  }
  return [...panes.values()].sort(
    (a, b) => a.window.maxTimestamp - b.window.maxTimestamp || a.index - b.index,
  );
}
