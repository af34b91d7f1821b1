import { timerOf, type Timer, type TimerDeclaration, type TimerFamily } from '../../dofn/timers.js';

/**
 * A timer that fires when the watermark reaches its time: when no earlier element is expected any more.
 *
 * @example
 * ```ts
 * import { eventTimer } from 'strahl';
 * const timers = { close: eventTimer() };
 * ```
 */
export function eventTimer(): TimerDeclaration<Timer> {
  return timerOf({ domain: 'event-time', tagged: false });
}

/**
 * A timer that fires when the clock reaches its time.
 *
 * @example
 * ```ts
 * import { processingTimer } from 'strahl';
 * const timers = { flush: processingTimer() };
 * ```
 */
export function processingTimer(): TimerDeclaration<Timer> {
  return timerOf({ domain: 'processing-time', tagged: false });
}

/**
 * Event timers that are told apart by a tag: `c.timers.name.get(tag).at(time)`.
 *
 * @example
 * ```ts
 * import { eventTimerFamily } from 'strahl';
 * const timers = { perOrder: eventTimerFamily() };
 * ```
 */
export function eventTimerFamily(): TimerDeclaration<TimerFamily> {
  return timerOf({ domain: 'event-time', tagged: true });
}

/**
 * Processing timers that are told apart by a tag.
 *
 * @example
 * ```ts
 * import { processingTimerFamily } from 'strahl';
 * const timers = { retries: processingTimerFamily() };
 * ```
 */
export function processingTimerFamily(): TimerDeclaration<TimerFamily> {
  return timerOf({ domain: 'processing-time', tagged: true });
}
