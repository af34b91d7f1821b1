import { StrahlError } from '#portability/errors.js';
import { duration } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { descriptionOfSide, makeSide, type Side } from '../collections/side.js';
import type { TimeLike } from '../dofn/dofn.js';
import { durationOf, type DurationLike } from '../duration.js';
import { placedAt } from '../graph/placed.js';

/**
 * The side input as it is at another time: an element reads the window of the side input that holds
 * `time(window)`, where `window` is its own, instead of the one that holds the end of its own window.
 * `time` must give the same for the same window.
 *
 * `lookback` says how much earlier than the element's window the side window may end: so long are side
 * windows kept. A side input in the global window has no other time.
 *
 * @throws STRAHL-9002 for what is no side input or no function, STRAHL-1203 for a `lookback` that is no
 *   duration of at least 0
 * @example
 * ```ts
 * import { fixed, lookAt, pipeline } from 'strahl';
 * export const p = pipeline('growth', (p) => {
 *   const sales = p.of([3, 5]).withTimestamps((_, i = 0) => i).window(fixed('1h'));
 *   const before = lookAt(sales.count().asSingleton(0), (w) => w.maxTimestamp - 3_600_000, { lookback: '1h' });
 *   return sales.count().with({ before }).map((n, { before }) => n - before);
 * });
 * ```
 */
export function lookAt<T>(
  side: Side<T>,
  time: (main: Window) => TimeLike,
  o: { readonly lookback?: DurationLike } = {},
): Side<T> {
  return placedAt(lookAt, () => {
    const description = descriptionOfSide(side);
    if (description === undefined || typeof time !== 'function') {
      throw new StrahlError('badValue', {
        title: `lookAt needs a side input and a function, but is given ${description === undefined ? 'no side input' : `a ${typeof time}`}`,
        fix: "lookAt(totals.asSingleton(0), (w) => w.maxTimestamp - 3_600_000, { lookback: '1h' })",
      });
    }
    const lookback =
      o.lookback === undefined ? duration(0) : durationOf(o.lookback, 'lookback', lookAt);
    if (lookback < 0) {
      throw new StrahlError('windowOutOfRange', {
        title: `the lookback of lookAt is ${String(lookback)} ms`,
        fix: 'give a duration of at least 0',
      });
    }
    const { collection, shape } = description;
    return makeSide({ collection, shape: { ...shape, at: { time, lookback } } });
  });
}
