import { duration } from '#portability/model/time.js';
import { DEFAULT_TRIGGER, type TriggerSpec } from '#portability/model/triggers.js';
import { durationOf, type CheckedDuration, type DurationLike } from '../../duration.js';
import type { Callee } from '../../graph/site.js';
import { outOfRange } from './out-of-range.js';
import { made, specIn, type Trigger, type WatermarkTrigger } from './trigger.js';

/**
 * When the watermark passes the end of the window, then with every bundle of late elements. What every
 * collection starts with.
 *
 * @example
 * ```ts
 * import { defaultTrigger, type PCollection } from 'strahl';
 * const calm = (p: PCollection<number, 'bounded'>) => p.trigger(defaultTrigger(), { panes: 'discarding' });
 * ```
 */
export function defaultTrigger(): Trigger {
  return made(DEFAULT_TRIGGER);
}

/**
 * When the watermark passes the end of the window; `.early(t)` and `.late(t)` add panes before and behind.
 *
 * @example
 * ```ts
 * import { afterWatermark, eachElement, every, fixed, type PCollection } from 'strahl';
 * export const perMinute = (clicks: PCollection<string, 'unbounded'>) =>
 *   clicks
 *     .window(fixed('1m'), {
 *       trigger: afterWatermark().early(every('10s')).late(eachElement()),
 *       allowedLateness: '1h',
 *       panes: 'accumulating',
 *     })
 *     .count();
 * ```
 */
export function afterWatermark(): WatermarkTrigger {
  return watermarkTrigger({ kind: 'after-end-of-window' });
}

function watermarkTrigger(spec: TriggerSpec & { kind: 'after-end-of-window' }): WatermarkTrigger {
  const early = (trigger: Trigger): WatermarkTrigger =>
    watermarkTrigger({ ...spec, early: specIn(trigger, early) });
  const late = (trigger: Trigger): WatermarkTrigger =>
    watermarkTrigger({ ...spec, late: specIn(trigger, late) });
  return made(spec, { early, late }) as WatermarkTrigger;
}

/**
 * Once, when `delay` has passed on the clock since the first element of the pane. Later elements do not
 * put it off.
 *
 * @param o.alignTo moves the time up to the next multiple of this, so that all keys fire together
 * @throws STRAHL-1203 unless delay ≥ 0 and alignTo > 0
 * @example
 * ```ts
 * import { afterProcessingTime, afterWatermark } from 'strahl';
 * const early = afterWatermark().early(afterProcessingTime('30s', { alignTo: '10s' }));
 * ```
 */
export function afterProcessingTime<const D extends string | number>(
  delay: CheckedDuration<D>,
  o: { readonly alignTo?: DurationLike } = {},
): Trigger {
  return processingTime(delay as DurationLike, o.alignTo, afterProcessingTime);
}

/**
 * Again and again, `period` after the first element of each pane: `repeat(afterProcessingTime(period))`.
 *
 * @throws STRAHL-1203 unless period ≥ 0
 * @example
 * ```ts
 * import { every, type PCollection } from 'strahl';
 * const running = (sales: PCollection<number, 'unbounded'>) =>
 *   sales.trigger(every('10s'), { panes: 'accumulating' }).count();
 * ```
 */
export function every<const D extends string | number>(period: CheckedDuration<D>): Trigger {
  return repeat(processingTime(period as DurationLike, undefined, every));
}

function processingTime(
  delay: DurationLike,
  alignTo: DurationLike | undefined,
  callee: Callee,
): Trigger {
  const ms = durationOf(delay, 'delay of a trigger', callee);
  if (ms < 0)
    throw outOfRange(
      `delay of a trigger is ${String(ms)} ms`,
      'give a delay of at least 0',
      callee,
    );
  const transforms: (TriggerSpec & { kind: 'after-processing-time' })['transforms'][number][] = [];
  if (ms > 0 || alignTo === undefined) transforms.push({ kind: 'delay', delay: ms });
  if (alignTo !== undefined) {
    const period = durationOf(alignTo, 'alignTo of a trigger', callee);
    if (period <= 0) {
      throw outOfRange(
        `alignTo of a trigger is ${String(period)} ms`,
        'give a duration greater than 0',
        callee,
      );
    }
    transforms.push({ kind: 'align-to', period, offset: duration(0) });
  }
  return made({ kind: 'after-processing-time', transforms: Object.freeze(transforms) });
}

/**
 * Once, when all that is on its way upstream on the clock has arrived. What `afterProcessingTime` becomes
 * behind a grouping.
 *
 * @example
 * ```ts
 * import { afterSynchronizedProcessingTime, repeat } from 'strahl';
 * const together = repeat(afterSynchronizedProcessingTime());
 * ```
 */
export function afterSynchronizedProcessingTime(): Trigger {
  return made({ kind: 'after-synchronized-processing-time' });
}

/**
 * Once, when `n` elements of the pane arrived. It is asked at the end of a bundle, so a pane may hold more.
 *
 * @throws STRAHL-1203 unless n is a whole number of at least 1
 * @example
 * ```ts
 * import { afterCount, repeat } from 'strahl';
 * const hundreds = repeat(afterCount(100));
 * ```
 */
export function afterCount(n: number): Trigger {
  if (!Number.isInteger(n) || n < 1 || n > 2 ** 31 - 1) {
    throw outOfRange(
      `afterCount is given ${String(n)}`,
      'give a whole number between 1 and 2,147,483,647',
      afterCount,
    );
  }
  return made({ kind: 'element-count', count: n });
}

/**
 * With every bundle that brings an element: `repeat(afterCount(1))`.
 *
 * @example
 * ```ts
 * import { afterWatermark, eachElement } from 'strahl';
 * const correcting = afterWatermark().late(eachElement());
 * ```
 */
export function eachElement(): Trigger {
  return repeat(afterCount(1));
}

/**
 * `trigger` again and again.
 *
 * @example
 * ```ts
 * import { afterCount, afterProcessingTime, anyOf, repeat } from 'strahl';
 * const soon = repeat(anyOf(afterCount(1000), afterProcessingTime('5s')));
 * ```
 */
export function repeat(trigger: Trigger): Trigger {
  return made({ kind: 'repeat', subtrigger: specIn(trigger, repeat) });
}

/**
 * Not before the window is collected, which is when its allowed lateness is over.
 *
 * @example
 * ```ts
 * import { fixed, never, type PCollection } from 'strahl';
 * const once = (p: PCollection<number>) =>
 *   p.window(fixed('1m'), { trigger: never(), allowedLateness: '1h', panes: 'discarding' });
 * ```
 */
export function never(): Trigger {
  return made({ kind: 'never' });
}

/**
 * With every bundle that brings an element, and never without one: the end of a window makes no pane.
 *
 * @example
 * ```ts
 * import { always, type PCollection } from 'strahl';
 * const atOnce = (p: PCollection<number, 'unbounded'>) => p.trigger(always(), { panes: 'discarding' });
 * ```
 */
export function always(): Trigger {
  return made({ kind: 'always' });
}

/**
 * Once, when the first of the triggers would fire.
 *
 * @throws STRAHL-1203 without a trigger
 * @example
 * ```ts
 * import { afterCount, afterProcessingTime, anyOf, repeat } from 'strahl';
 * const soon = repeat(anyOf(afterCount(1000), afterProcessingTime('5s')));
 * ```
 */
export function anyOf(...triggers: readonly Trigger[]): Trigger {
  return made({ kind: 'after-any', subtriggers: specsIn(triggers, 'anyOf', anyOf) });
}

/**
 * Once, when all of the triggers would have fired.
 *
 * @throws STRAHL-1203 without a trigger
 * @example
 * ```ts
 * import { afterCount, afterProcessingTime, allOf, repeat } from 'strahl';
 * const enough = repeat(allOf(afterCount(10), afterProcessingTime('5s')));
 * ```
 */
export function allOf(...triggers: readonly Trigger[]): Trigger {
  return made({ kind: 'after-all', subtriggers: specsIn(triggers, 'allOf', allOf) });
}

/**
 * Each of the triggers once, one after the other.
 *
 * @throws STRAHL-1203 without a trigger
 * @example
 * ```ts
 * import { afterCount, eachElement, inOrder } from 'strahl';
 * const afterTheFirstTen = inOrder(afterCount(10), eachElement());
 * ```
 */
export function inOrder(...triggers: readonly Trigger[]): Trigger {
  return made({ kind: 'after-each', subtriggers: specsIn(triggers, 'inOrder', inOrder) });
}

function specsIn(
  triggers: readonly Trigger[],
  name: string,
  callee: Callee,
): readonly TriggerSpec[] {
  if (triggers.length > 0) return triggers.map((trigger) => specIn(trigger, callee));
  throw outOfRange(`${name} is given no trigger`, 'give one at least', callee);
}
