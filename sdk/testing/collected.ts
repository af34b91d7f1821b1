import type { EventTime } from '#portability/model/time.js';
import type { Pane, PaneTiming } from '#portability/model/panes.js';
import type { Window } from '#portability/model/windows.js';
import type { Explanation } from '../runner.js';

/** An element as it came out, with all that the model knows about it. */
export interface Collected<T> {
  readonly value: T;
  readonly timestamp: EventTime;
  readonly window: Window;
  readonly pane: Pane;
}

/** The elements of one firing of one window. */
export interface CollectedPane<T> {
  readonly timing: PaneTiming;
  readonly index: number;
  readonly first: boolean;
  readonly last: boolean;
  readonly window: Window;
  readonly values: readonly T[];
}

/**
 * What a collection of a test held.
 *
 * @example
 * ```ts
 * import { count } from 'strahl';
 * import { runTest } from 'strahl/testing';
 * const r = await runTest((p) => ({ out: p.of(['a', 'b']).combineGloballyWith(count()) }));
 * console.log(r.out.values, r.out.panes());
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
