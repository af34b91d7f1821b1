import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { Stamped, TimeLike } from './dofn.js';
import { toEventTime } from './time-like.js';

/** Tells a stamped output from a user's object; the same symbol in every copy of the library. */
export const STAMPED: unique symbol = Symbol.for('strahl.stamped');

/** One class for all, so that the brand check stays a load from one known place. */
class StampedValue<T> implements Stamped<T> {
  readonly value: T;
  readonly timestamp: EventTime;
  declare readonly window?: Window;
  readonly [STAMPED] = true;

  constructor(value: T, timestamp: EventTime, window: Window | undefined) {
    this.value = value;
    this.timestamp = timestamp;
    if (window !== undefined) this.window = window;
  }
}

/**
 * An output with a time of its own, and in `finishBundle` a window.
 *
 * @throws STRAHL-4002 for what is not a time.
 * @example
 * ```ts
 * import { stamp, type PCollection } from 'strahl';
 * const perLine = (logs: PCollection<string>) =>
 *   logs.flatMap((log) => log.split('\n').map((line) => stamp(line, Date.parse(line.slice(0, 24)))));
 * ```
 */
export function stamp<T>(value: T, time: TimeLike, window?: Window): Stamped<T> {
  return new StampedValue(value, toEventTime(time), window);
}

export function isStamped(x: unknown): x is Stamped<unknown> {
  return typeof x === 'object' && x !== null && (x as { [STAMPED]?: unknown })[STAMPED] === true;
}
