import { duration, type Duration, type EventTime } from '#portability/model/time.js';
import type { TimeLike } from '../../dofn/dofn.js';
import { durationOf, type CheckedDuration, type DurationLike } from '../../duration.js';
import { PLAIN } from '../../graph/coder-choice.js';
import type { WindowFnChoice } from '../../graph/graph-node.js';
import { checkDescription, checkNamesOfCall } from '../../graph/option-names.js';
import type { Callee } from '../../graph/site.js';
import { choiceOf } from '../../schema/choice.js';
import type { Schema } from '../../schema/schema.js';
import { checkedList } from '../checks.js';
import { outOfRange } from './out-of-range.js';

declare const brand: unique symbol;

/**
 * How elements are assigned to windows; given to `window`.
 *
 * @example
 * ```ts
 * import { fixed, sessions, type WindowFn } from 'strahl';
 * const windowsFor = (interactive: boolean): WindowFn => (interactive ? sessions('10m') : fixed('1h'));
 * ```
 */
export interface WindowFn {
  readonly [brand]: 'window-fn';
}

const DESCRIBED = ['window', 'assign', 'maxTimestamp', 'merge'];

const CHOICE: unique symbol = Symbol.for('strahl.window-fn');

/** The public face of a choice. */
export function windowFnOf(choice: WindowFnChoice): WindowFn {
  return Object.freeze({ [CHOICE]: Object.freeze(choice) }) as unknown as WindowFn;
}

/** `undefined` for what none of these functions made. */
export function choiceOfWindowFn(x: unknown): WindowFnChoice | undefined {
  return typeof x === 'object' && x !== null
    ? (x as { [CHOICE]?: WindowFnChoice })[CHOICE]
    : undefined;
}

/**
 * One window for everything; what every collection starts with.
 *
 * @example
 * ```ts
 * import { count, fixed, globalWindow, pipeline, sum } from 'strahl';
 * export const p = pipeline('totals', (p) =>
 *   p.of([1, 2]).window(fixed('1m')).combineGloballyWith(count()).window(globalWindow()).combineGloballyWith(sum((n) => n)),
 * );
 * ```
 */
export function globalWindow(): WindowFn {
  return windowFnOf({ kind: 'global' });
}

/**
 * Windows of equal `size`, one after the other: [k·size + offset, (k+1)·size + offset).
 *
 * @throws STRAHL-1203 unless size > 0 and 0 ≤ offset < size
 * @example
 * ```ts
 * import { fixed } from 'strahl';
 * const days = fixed('1d', { offset: '6h' });
 * ```
 */
export function fixed<const D extends string | number>(
  size: CheckedDuration<D>,
  o: { readonly offset?: DurationLike } = {},
): WindowFn {
  checkNamesOfCall('fixed', o, ['offset'], fixed);
  const sizeMs = positive(size, 'size of fixed windows', fixed);
  return windowFnOf({
    kind: 'fixed',
    size: sizeMs,
    offset: offsetOf(o.offset, sizeMs, 'size', fixed),
  });
}

/**
 * Windows of `size` that start `every` so often, so that an element lies in size / every of them.
 *
 * @param o.gaps allows `every` > `size`; elements between two windows are then dropped
 * @throws STRAHL-1203 unless size > 0, every > 0, 0 ≤ offset < every, and every ≤ size or `gaps`
 * @example
 * ```ts
 * import { sliding } from 'strahl';
 * const lastTenMinutes = sliding('10m', '1m');
 * ```
 */
export function sliding<const D extends string | number, const E extends string | number>(
  size: CheckedDuration<D>,
  every: CheckedDuration<E>,
  o: { readonly offset?: DurationLike; readonly gaps?: boolean } = {},
): WindowFn {
  checkNamesOfCall('sliding', o, ['offset', 'gaps'], sliding);
  const sizeMs = positive(size, 'size of sliding windows', sliding);
  const period = positive(every, 'period of sliding windows', sliding);
  if (period > sizeMs && o.gaps !== true) {
    throw outOfRange(
      `sliding windows of ${ms(sizeMs)} every ${ms(period)} leave gaps`,
      'make the period at most the size, or pass { gaps: true } to drop what falls between two windows',
      sliding,
    );
  }
  return windowFnOf({
    kind: 'sliding',
    size: sizeMs,
    period,
    offset: offsetOf(o.offset, period, 'period', sliding),
  });
}

/**
 * A window per burst of activity of a key: elements less than `gap` apart share one.
 *
 * @throws STRAHL-1203 unless gap > 0
 * @example
 * ```ts
 * import { sessions } from 'strahl';
 * const visits = sessions('30m');
 * ```
 */
export function sessions<const D extends string | number>(gap: CheckedDuration<D>): WindowFn {
  return windowFnOf({ kind: 'sessions', gap: positive(gap, 'gap of sessions', sessions) });
}

/**
 * Described by `windowFn`.
 *
 * @example
 * ```ts
 * import { s, windowFn, type WindowFnDescription } from 'strahl';
 * const tens: WindowFnDescription<number> = {
 *   window: s.int64,
 *   assign: (t) => [Math.floor(t / 10_000)],
 *   maxTimestamp: (ten) => ten * 10_000 + 9_999,
 * };
 * const byTens = windowFn(tens);
 * ```
 */
export interface WindowFnDescription<X> {
  /** Type and coder of the windows. */
  readonly window: Schema<X>;
  /** The windows of an element; none drops it. A text is no list of windows. */
  assign(timestamp: EventTime, value: unknown): Iterable<X> & object;
  /** The last timestamp that belongs to the window. */
  maxTimestamp(window: X): TimeLike;
  /**
   * Which windows of one key become one. It is given the very objects that it must name, and called again
   * whenever a key gets a new window; windows that it does not name stay as they are. Without it, windows
   * do not merge.
   */
  merge?(windows: readonly X[]): Iterable<MergedWindow<X>>;
}

/**
 * Windows that become one.
 *
 * @example
 * ```ts
 * import type { MergedWindow } from 'strahl';
 * const first = { from: 0, to: 10 };
 * const merged: MergedWindow<typeof first> = { from: [first], into: { from: 0, to: 12 } };
 * ```
 */
export type MergedWindow<X> = {
  /** May be equal to one of those that it is made of. */
  readonly into: X;
} & (
  | {
      /** Those that it is made of. */
      readonly from: readonly X[];
    }
  | {
      /** The same as `from`. */
      readonly windows: readonly X[];
    }
);

/**
 * A window function of your own.
 *
 * @example
 * ```ts
 * import { s, windowFn } from 'strahl';
 * const byDayOfWeek = windowFn({
 *   window: s.row({ day: s.int32, end: s.int64 }),
 *   assign: (t) => [{ day: new Date(t).getUTCDay(), end: Math.floor(t / 86_400_000 + 1) * 86_400_000 }],
 *   maxTimestamp: (w) => w.end - 1,
 * });
 * ```
 */
export function windowFn<X>(description: WindowFnDescription<X>): WindowFn {
  checkDescription('windowFn', description, DESCRIBED, ['assign', 'maxTimestamp'], windowFn);
  const merges = description.merge !== undefined;
  return windowFnOf({
    kind: 'custom',
    fn: {
      assign: (t, value) => checkedList(ASSIGNED, description.assign(t, value)),
      maxTimestamp: (window) => description.maxTimestamp(window as X),
      ...(merges
        ? { merge: (windows) => mergedOf(description.merge!(windows as readonly X[])) }
        : {}),
    },
    window: choiceOf(description.window) ?? PLAIN,
  });
}

const ASSIGNED = 'assign of a window function gives an iterable of windows';
const MERGED = 'merge of a window function gives an iterable of windows';

function* mergedOf<X>(
  merged: Iterable<MergedWindow<X>>,
): Generator<{ readonly into: X; readonly windows: readonly X[] }> {
  for (const one of checkedList(MERGED, merged)) {
    const windows = 'from' in one ? one.from : one.windows;
    if (!Array.isArray(windows) || one.into === undefined) {
      throw new TypeError('merge of a window function gives { from: [window, …], into: window }');
    }
    yield { into: one.into, windows };
  }
}

function positive(d: string | number, what: string, callee: Callee): Duration {
  // A literal of another form is refused here for callers without a compiler.
  const value = durationOf(d as DurationLike, what, callee);
  if (value > 0) return value;
  throw outOfRange(`${what} is ${ms(value)}`, 'give a duration greater than 0', callee);
}

function offsetOf(
  offset: DurationLike | undefined,
  below: Duration,
  name: string,
  callee: Callee,
): Duration {
  if (offset === undefined) return duration(0);
  const value = durationOf(offset, 'offset of windows', callee);
  if (value >= 0 && value < below) return value;
  throw outOfRange(
    `offset of windows is ${ms(value)}`,
    `give an offset of at least 0 and below the ${name} of ${ms(below)}`,
    callee,
  );
}

function ms(d: Duration): string {
  return `${String(d)} ms`;
}
