import { isDeepStrictEqual, inspect } from 'node:util';
import { StrahlError } from '#portability/errors.js';
import type { Window } from '#portability/model/windows.js';
import type { Collection } from '../collections/collection.js';
import type { PCollection } from '../collections/pcollection.js';
import type { Context, TimeLike } from '../dofn/dofn.js';
import { eventTime } from '../event-time.js';
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
  /** `check` throws, or answers false, if the elements are not as they should be. It may be asynchronous. */
  satisfies(check: Check<T>): void;
  /** The same claims about the elements of one window; `{ start, end }` is enough to name an interval. */
  inWindow(window: Window | NamedInterval): Omit<Assertion<T>, 'inWindow'>;
}

type Check<T> = (values: readonly T[]) => unknown;

interface NamedInterval {
  readonly start: TimeLike;
  readonly end: TimeLike;
}

/** Counts the claims that were checked and held. */
const HELD = 'strahl.assertion.held';

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
  requireCollection(collection);
  return {
    ...claims(collection),
    inWindow: (window) => claims(onlyIn(collection, window)),
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
function claims<T>(collection: PCollection<T, any, any>): Omit<Assertion<T>, 'inWindow'> {
  const claim = (callee: Callee, check: Check<T>): void => {
    const { graph } = collection as unknown as Collection;
    graph.at(
      () => siteOfCall(callee),
      () => addCheck(collection, check),
    );
  };
  const satisfies = (check: Check<T>): void => claim(satisfies, check);
  const isEmpty = (): void => claim(isEmpty, (values) => requireSame(values, []));
  const containsInAnyOrder = (...expected: readonly T[]): void =>
    claim(containsInAnyOrder, (values) => requireSame(values, expected));
  return { satisfies, isEmpty, containsInAnyOrder };
}

/** @throws STRAHL-1002 for what is no collection, for callers without a compiler */
function requireCollection(x: unknown): void {
  if (typeof x === 'object' && x !== null && 'graph' in x && 'node' in x) return;
  const site = siteOfCall(assertThat);
  throw new StrahlError('foreignCollection', {
    title: `assertThat is given a value of type ${typeof x} instead of a collection`,
    ...(site === undefined ? {} : { site }),
    fix: 'assertThat(p.of([1, 2])).containsInAnyOrder(2, 1)',
  });
}

/** The elements of all windows meet in the global one, so that the check runs even if there are none. */
function addCheck<T>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
  collection: PCollection<T, any, any>,
  check: Check<T>,
): void {
  collection.apply(
    libraryTransform('assertThat', (input: typeof collection) => {
      const checked = input
        .window(globalWindow())
        .combineGloballyWith(toList<T>())
        .map(async (values, c) => {
          await run(check, values);
          c.metrics.counter(HELD).inc();
        });
      const { graph, node } = checked as unknown as Collection;
      graph.requireCount(node.producer, HELD);
    }),
  );
}

async function run<T>(check: Check<T>, values: readonly T[]): Promise<void> {
  try {
    if ((await check(values)) !== false) return;
  } catch (cause) {
    const { message } = (cause ?? {}) as { readonly message?: string };
    throw doesNotHold(values, message ?? String(cause), cause);
  }
  throw doesNotHold(values, 'the function answered false');
}

function doesNotHold(values: readonly unknown[], why: string, cause?: unknown): StrahlError {
  const elements = values.length === 1 ? '1 element' : `${String(values.length)} elements`;
  const title = `an assertion about ${elements} does not hold`;
  return new StrahlError('assertionFailed', { title, why, cause });
}

function onlyIn<T>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
  collection: PCollection<T, any, any>,
  window: Window | NamedInterval,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any boundedness and windowing
): PCollection<T, any, any> {
  const wanted =
    'kind' in window
      ? { ...window }
      : { start: eventTime(window.start), end: eventTime(window.end) };
  return collection.filter((_: T, c: Context) => isWindow({ ...c.window }, wanted));
}

/** What `wanted` does not say is not compared. */
function isWindow(window: object, wanted: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(window));
  return Object.entries(wanted).every(([name, value]) =>
    isDeepStrictEqual(fields.get(name), value),
  );
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
