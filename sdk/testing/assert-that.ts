import { isDeepStrictEqual, inspect } from 'node:util';
import { StrahlError } from '#portability/errors.js';
import type { Window } from '#portability/model/windows.js';
import type { Collection } from '../collections/collection.js';
import type { PCollection } from '../collections/pcollection.js';
import type { Context } from '../dofn/dofn.js';
import { siteOfCall, type Callee } from '../graph/site.js';
import { toList } from '../transforms/combining/combiners.js';
import { libraryTransform } from '../transforms/composites.js';
import { globalWindow } from '../transforms/windowing/windows.js';

/**
 * Claims about a collection, checked inside the pipeline.
 *
 * @example
 * ```ts
 * import type { Assertion } from 'strahl/testing';
 * const allPositive = (assertion: Assertion<number>): void =>
 *   assertion.satisfies((values) => {
 *     if (values.some((n) => n <= 0)) throw new RangeError('a value is not positive');
 *   });
 * ```
 */
export interface Assertion<T> {
  /** Exactly these elements, in any order, in all windows together. */
  containsInAnyOrder(...expected: readonly T[]): void;
  /** No element. */
  isEmpty(): void;
  /** `check` throws if the elements are not as they should be. */
  satisfies(check: (values: readonly T[]) => void): void;
  /** The same claims about the elements of one window. */
  inWindow(window: Window): Omit<Assertion<T>, 'inWindow'>;
}

/** Counts the claims that were checked and held. */
export const HELD = 'strahl.assertion.held';

/**
 * Claims about `collection` that are checked inside the pipeline, on any runner. A claim that fails, and one
 * that was never checked, fails the job (STRAHL-4006).
 *
 * @example
 * ```ts
 * import { pipeline } from 'strahl';
 * import { assertThat } from 'strahl/testing';
 * await pipeline('check', (p) => {
 *   assertThat(p.of([1, 2]).map((n) => n * 2)).containsInAnyOrder(4, 2);
 * }).run();
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
export function assertThat<T>(collection: PCollection<T, any, any>): Assertion<T> {
  return {
    ...claims(collection),
    inWindow: (window) => claims(onlyIn(collection, window)),
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
function claims<T>(collection: PCollection<T, any, any>): Omit<Assertion<T>, 'inWindow'> {
  const claim = (callee: Callee, check: (values: readonly T[]) => void): void => {
    const { graph } = collection as unknown as Collection;
    graph.at(
      () => siteOfCall(callee),
      () => addCheck(collection, check),
    );
  };
  const satisfies = (check: (values: readonly T[]) => void): void => claim(satisfies, check);
  const isEmpty = (): void => claim(isEmpty, (values) => requireSame(values, []));
  const containsInAnyOrder = (...expected: readonly T[]): void =>
    claim(containsInAnyOrder, (values) => requireSame(values, expected));
  return { satisfies, isEmpty, containsInAnyOrder };
}

/** The elements of all windows meet in the global one, so that the check runs even if there are none. */
function addCheck<T>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
  collection: PCollection<T, any, any>,
  check: (values: readonly T[]) => void,
): void {
  collection.apply(
    libraryTransform('assertThat', (input: typeof collection) => {
      const checked = input
        .window(globalWindow())
        .combineGloballyWith(toList<T>())
        .map((values, c) => {
          run(check, values);
          c.metrics.counter(HELD).inc();
        });
      const { graph, node } = checked as unknown as Collection;
      graph.requireCount(node.producer, HELD);
    }),
  );
}

function run<T>(check: (values: readonly T[]) => void, values: readonly T[]): void {
  try {
    check(values);
  } catch (cause) {
    throw new StrahlError('assertionFailed', {
      title: `an assertion about ${String(values.length)} elements does not hold`,
      why: (cause as { readonly message?: string } | null)?.message ?? String(cause),
      cause,
    });
  }
}

function onlyIn<T>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
  collection: PCollection<T, any, any>,
  window: Window,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
): PCollection<T, any, any> {
  return collection.filter((_: T, c: Context) => isDeepStrictEqual({ ...c.window }, { ...window }));
}

function requireSame(actual: readonly unknown[], expected: readonly unknown[]): void {
  const missing = [...expected];
  const unexpected: unknown[] = [];
  for (const value of actual) {
    const at = missing.findIndex((other) => isDeepStrictEqual(value, other));
    if (at < 0) unexpected.push(value);
    else missing.splice(at, 1);
  }
  if (missing.length === 0 && unexpected.length === 0) return;
  throw new RangeError(`missing: ${shown(missing)}; unexpected: ${shown(unexpected)}`);
}

function shown(values: readonly unknown[]): string {
  return values.length === 0 ? 'nothing' : inspect(values, { breakLength: Infinity, depth: 4 });
}
