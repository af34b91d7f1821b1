import { describeGiven } from '#portability/describe-given.js';
import type { TriggerSpec } from '#portability/model/triggers.js';
import type { Callee } from '../../graph/site.js';
import { outOfRange } from './out-of-range.js';

declare const brand: unique symbol;

/**
 * When a grouping emits a pane of a key and window; given to `window` or `trigger`.
 *
 * @example
 * ```ts
 * import { afterCount, every, repeat, type Trigger } from 'strahl';
 * const impatient: Trigger = every('10s');
 * const untilEnough: Trigger = repeat(afterCount(100));
 * ```
 */
export interface Trigger {
  readonly [brand]: 'trigger';
  /**
   * This trigger until `end` fires, which is the last pane: elements that come later are dropped. A
   * grouping takes it only inside of a trigger that goes on, as in `repeat(…)` (STRAHL-1204).
   */
  until(end: Trigger): Trigger;
}

/**
 * `afterWatermark()`, which may have panes before and behind the one at the end of the window.
 *
 * @example
 * ```ts
 * import { afterCount, afterWatermark, repeat, type WatermarkTrigger } from 'strahl';
 * const impatient = (n: number): WatermarkTrigger => afterWatermark().early(repeat(afterCount(n)));
 * ```
 */
export interface WatermarkTrigger extends Trigger {
  /** Also before the end of the window, each time that `trigger` fires. */
  early(trigger: Trigger): WatermarkTrigger;
  /**
   * Also behind the end of the window, each time that `trigger` fires, while the allowed lateness lasts.
   * Without it, late elements are dropped.
   */
  late(trigger: Trigger): WatermarkTrigger;
}

const SPEC: unique symbol = Symbol.for('strahl.trigger');

/** `undefined` for what none of these functions made. */
export function specOfTrigger(x: unknown): TriggerSpec | undefined {
  return typeof x === 'object' && x !== null ? (x as { [SPEC]?: TriggerSpec })[SPEC] : undefined;
}

/** The public face of a spec. */
export function made(spec: TriggerSpec, more: object = {}): Trigger {
  const until = (end: Trigger): Trigger =>
    made({ kind: 'or-finally', main: spec, finally: specIn(end, until) });
  return Object.freeze({ [SPEC]: frozen(spec), until, ...more }) as unknown as Trigger;
}

function frozen(spec: TriggerSpec): TriggerSpec {
  if ('subtriggers' in spec) Object.freeze(spec.subtriggers);
  return Object.freeze(spec);
}

/** The spec of an argument. @throws STRAHL-1203 for what is no trigger */
export function specIn(x: unknown, callee: Callee): TriggerSpec {
  const spec = specOfTrigger(x);
  if (spec !== undefined) return spec;
  throw outOfRange(
    `a trigger is expected but ${describeGiven(x)} is given`,
    "pass what one of the trigger functions made, as in every('10s')",
    callee,
  );
}
