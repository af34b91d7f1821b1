import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { DurationLike } from '../duration.js';
import type { EventTime } from '#portability/model/time.js';
import type { TimeLike } from './dofn.js';

declare const handle: unique symbol;

/**
 * A timer, or a family of timers, that a `stateful` step declares; `H` is what its functions find in
 * `c.timers`. Made by `eventTimer`, `processingTimer`, `eventTimerFamily` and `processingTimerFamily`.
 *
 * @example
 * ```ts
 * import { eventTimer, type Timer, type TimerDeclaration } from 'strahl';
 * const flush: TimerDeclaration<Timer> = eventTimer();
 * const timers = { flush };
 * ```
 */
export interface TimerDeclaration<out H> {
  readonly [handle]?: H;
}

/**
 * What a timer does beside firing.
 *
 * @example
 * ```ts
 * import type { Timer, TimerOptions } from 'strahl';
 * const withoutHold: TimerOptions = { outputTimestamp: 'none' };
 * const wake = (timer: Timer): void => timer.after('1h', withoutHold);
 * ```
 */
export interface TimerOptions {
  /**
   * The timestamp of what the callback emits; until then the output watermark waits for it. `'none'`: the
   * watermark does not wait. Default: the fire time of an event timer; for a processing timer the timestamp
   * of the element or timer that sets it.
   */
  readonly outputTimestamp?: TimeLike | 'none';
}

/**
 * One timer of the current key and window. Setting it again replaces it.
 *
 * @example
 * ```ts
 * import type { Timer } from 'strahl';
 * const postpone = (timer: Timer): void => timer.after('10m', { outputTimestamp: 'none' });
 * ```
 */
export interface Timer {
  /**
   * Fires at `time`: an event timer once the watermark has reached it, a processing timer once the clock has.
   *
   * @throws STRAHL-1304 for an event time after the window's end and allowed lateness, and for what is not a time
   */
  at(time: TimeLike, o?: TimerOptions): void;
  /**
   * Fires after `d`: counted from the timestamp of the element, or from the fire time of the timer whose
   * callback this is; of a processing timer from now. Ends with the window at the latest.
   */
  after(d: DurationLike, o?: TimerOptions): void;
  /** It does not fire any more, if it was set. */
  clear(): void;
}

/**
 * Any number of timers, told apart by a tag.
 *
 * @example
 * ```ts
 * import type { TimerFamily } from 'strahl';
 * const remind = (timers: TimerFamily, user: string): void => timers.get(user).after('1d');
 * ```
 */
export interface TimerFamily {
  /** The timer of this tag, set or not. */
  get(tag: string): Timer;
}

export interface TimerDescription {
  readonly domain: TimeDomain;
  /** Whether it is a family, whose timers have tags. */
  readonly tagged: boolean;
}

const DESCRIPTION: unique symbol = Symbol.for('strahl.timer');

export function timerOf<H>(description: TimerDescription): TimerDeclaration<H> {
  return Object.freeze({ [DESCRIPTION]: Object.freeze(description) }) as TimerDeclaration<H>;
}

/** `undefined` for what is not a declaration. */
export function timerDescriptionOf(x: unknown): TimerDescription | undefined {
  if (typeof x !== 'object' || x === null) return undefined;
  return (x as { readonly [DESCRIPTION]?: TimerDescription })[DESCRIPTION];
}

/**
 * What a callback learns of the timer that fires.
 *
 * @example
 * ```ts
 * import type { FiredTimer } from 'strahl';
 * const report = ({ tag, firedAt }: FiredTimer): readonly string[] => [
 *   `${tag} at ${new Date(firedAt).toISOString()}`,
 * ];
 * ```
 */
export interface FiredTimer {
  /** The tag with which it was set; empty for a timer of no family. */
  readonly tag: string;
  /** When it was to fire: event time, or milliseconds of the clock. */
  readonly firedAt: EventTime;
}
