import { duration } from '#portability/model/time.js';
import { continuationOf } from '#portability/model/trigger-rules.js';
import { DEFAULT_TRIGGER } from '#portability/model/triggers.js';
import { describeCalendar } from '../dofn/calendar-spec.js';
import type { DurationLike } from '../duration.js';
import type { Trigger } from '../transforms/windowing/trigger.js';
import type { Windowing, WindowFnChoice } from './graph-node.js';

/** The windowing of every root. */
export const DEFAULT_WINDOWING: Windowing = Object.freeze({
  windowFn: Object.freeze({ kind: 'global' }),
  mergeStatus: 'non-merging',
  trigger: DEFAULT_TRIGGER,
  accumulation: 'discarding',
  timestampCombiner: 'end-of-window',
  closing: 'if-non-empty',
  onTime: 'always',
  allowedLateness: duration(0),
});

interface PaneOptions {
  /** Timestamp of a pane. Default `'end-of-window'`. */
  readonly timestampCombiner?: 'end-of-window' | 'earliest' | 'latest';
  /** Whether the last pane comes even if it holds nothing new. Default `'if-non-empty'`. */
  readonly closing?: 'if-non-empty' | 'always';
  /** Whether the on-time pane comes even if it holds nothing new. Default `'always'`. */
  readonly onTime?: 'always' | 'if-non-empty';
}

/** What a pane holds: what is new since the last one, or everything so far. */
type Panes = 'discarding' | 'accumulating';

/**
 * Options of `window`. A trigger or late data makes several panes per window, so whoever asks for either
 * must say whether a pane holds what is new (`'discarding'`) or everything so far (`'accumulating'`).
 *
 * @example
 * ```ts
 * import { afterWatermark, every, type WindowOptions } from 'strahl';
 * const patient: WindowOptions = { allowedLateness: '1h', panes: 'accumulating' };
 * const impatient: WindowOptions = { trigger: afterWatermark().early(every('10s')), panes: 'discarding' };
 * ```
 */
export type WindowOptions = PaneOptions &
  (
    | {
        readonly trigger?: never;
        readonly allowedLateness?: never;
        readonly panes?: Panes;
      }
    | {
        /** When panes are emitted. Default: when the watermark passes the end of the window. */
        readonly trigger?: Trigger;
        /** How long after its end a window still takes elements. Default 0. */
        readonly allowedLateness?: DurationLike;
        readonly panes: Panes;
      }
  );

/**
 * Options of `trigger`. What is left out stays as it was.
 *
 * @example
 * ```ts
 * import { every, type PCollection, type TriggerOptions } from 'strahl';
 * const totals: TriggerOptions = { panes: 'accumulating', timestampCombiner: 'latest' };
 * const running = (p: PCollection<number, 'unbounded'>) => p.trigger(every('10s'), totals).count();
 * ```
 */
export type TriggerOptions = PaneOptions & {
  readonly panes: Panes;
  /** How long after its end a window still takes elements. */
  readonly allowedLateness?: DurationLike;
};

/** Whether two collections may meet in one grouping: same windows, same trigger. */
export function areCompatible(a: Windowing, b: Windowing): boolean {
  return (
    a === b ||
    (isSameWindowFn(a.windowFn, b.windowFn) &&
      JSON.stringify(a.trigger) === JSON.stringify(b.trigger))
  );
}

function isSameWindowFn(a: WindowFnChoice, b: WindowFnChoice): boolean {
  if (a.kind === 'custom' || b.kind === 'custom') return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** GBK-2: the output keeps the windows, which are merged now, and takes the continuation trigger. */
export function afterGrouping(windowing: Windowing): Windowing {
  const mergeStatus =
    windowing.mergeStatus === 'needs-merge' ? 'already-merged' : windowing.mergeStatus;
  const trigger = continuationOf(windowing.trigger);
  if (mergeStatus === windowing.mergeStatus && trigger === windowing.trigger) return windowing;
  return Object.freeze({ ...windowing, mergeStatus, trigger });
}

/** As users read it in errors. */
export function describeWindowing({ windowFn: fn }: Windowing): string {
  switch (fn.kind) {
    case 'global':
      return 'the global window';
    case 'fixed':
      return `fixed windows of ${fn.size} ms${fn.offset === 0 ? '' : ` with offset ${fn.offset} ms`}`;
    case 'sliding':
      return `sliding windows of ${fn.size} ms every ${fn.period} ms`;
    case 'sessions':
      return `sessions with a gap of ${fn.gap} ms`;
    case 'calendar':
      return describeCalendar(fn);
    case 'custom':
      return 'windows of a custom function';
  }
}
