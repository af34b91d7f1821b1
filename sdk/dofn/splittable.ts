import type { Duration, EventTime } from '#portability/model/time.js';
import type { Pane } from '#portability/model/panes.js';
import type { Window } from '#portability/model/windows.js';
import type { InitialContext, ReadContext, SourceSpec } from './source.js';
import { sparseRange, type OffsetRange } from './offset-tracker.js';
import type { Tracker } from './restriction-tracker.js';
import type { WatermarkRule } from './watermark-estimator.js';

/**
 * What an element's function may ask while it processes a restriction, beside what a source may ask.
 *
 * @example
 * ```ts
 * import type { OffsetRange, SplittableContext } from 'strahl';
 * function letters(word: string, { from }: OffsetRange, c: SplittableContext<string>): void {
 *   for (let i = from; c.claim(i); i++) c.emit(word[i]!, c.timestamp);
 * }
 * ```
 */
export interface SplittableContext<T, P = number> extends ReadContext<T, P> {
  /** Of the element. */
  readonly timestamp: EventTime;
  /** Of the element; one in several windows is processed once for each. */
  readonly window: Window;
  /** Of the element. */
  readonly pane: Pane;
}

/** What keeps a watermark honest, for sources and splittable steps alike. */
export interface WatermarkSetting {
  /** Default `'manual'`. */
  readonly watermark?: WatermarkRule;
  /** How far behind the greatest timestamp an output may come, under `'monotonic'`. Default: not at all. */
  readonly maxOutOfOrder?: Duration;
  /** Outputs further ahead of the clock do not move the watermark. Default: no limit. */
  readonly maxFutureSkew?: Duration;
  /** After this much silence a restriction no longer holds the watermark (WM-10). Default: never. */
  readonly idleAfter?: Duration | 'never';
}

/**
 * A splittable function as the graph names it and the harness calls it; types are erased.
 *
 *   D1. `initial` is called once per element and window. `split` and `size` see its restriction.
 *   D2. A restriction on its way is the pair of the user's restriction and the state of its watermark (SDF-1).
 */
export interface SplittableSpec extends WatermarkSetting {
  readonly name: string;
  readonly boundedness: 'bounded' | 'unbounded';
  readonly tracker: Tracker<unknown, unknown>;
  /** The time of an output that names none. */
  readonly defaultTime: 'element' | 'watermark';
  initial(x: unknown, c: InitialContext): unknown;
  split?(r: unknown, x: unknown): Iterable<unknown> | Promise<Iterable<unknown>>;
  size?(r: unknown, x: unknown): number;
  position?(r: unknown, done: number | undefined): string;
  truncate?(r: unknown, x: unknown): unknown;
  process(
    x: unknown,
    r: unknown,
    c: SplittableContext<unknown, unknown>,
    sides: unknown,
  ): void | Promise<void>;
}

/** A read is a splittable function of an element that says nothing. */
export function splittableOf(source: SourceSpec<unknown, unknown>): SplittableSpec {
  const { name, boundedness, watermark, maxOutOfOrder, maxFutureSkew, idleAfter } = source;
  return {
    name,
    boundedness,
    // Reads of this library return where their input ends.
    tracker: (source.tracker ?? sparseRange<OffsetRange>()) as Tracker<unknown, unknown>,
    defaultTime: boundedness === 'bounded' ? 'element' : 'watermark',
    ...(watermark === undefined ? {} : { watermark }),
    ...(maxOutOfOrder === undefined ? {} : { maxOutOfOrder }),
    ...(maxFutureSkew === undefined ? {} : { maxFutureSkew }),
    ...(idleAfter === undefined ? {} : { idleAfter }),
    initial: (_x, c) => source.initial(c),
    ...(source.split === undefined ? {} : { split: (r) => source.split!(r) }),
    ...(source.size === undefined ? {} : { size: (r) => source.size!(r) }),
    ...(source.position === undefined ? {} : { position: (r, done) => source.position!(r, done) }),
    ...(source.truncate === undefined ? {} : { truncate: (r) => source.truncate!(r) }),
    process: (_x, r, c) => source.read(r, c),
  };
}
