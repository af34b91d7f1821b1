import { duration } from '#portability/model/time.js';
import { DEFAULT_TRIGGER } from '#portability/model/triggers.js';
import type { DurationLike } from '../duration.js';
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

/**
 * Options of `window`. Late data makes several panes per window, so whoever allows lateness must say
 * whether a pane holds what is new (`'discarding'`) or everything so far (`'accumulating'`).
 *
 * @example
 * ```ts
 * import type { WindowOptions } from 'strahl';
 * const patient: WindowOptions = { allowedLateness: '1h', panes: 'accumulating' };
 * ```
 */
export type WindowOptions = PaneOptions &
  (
    | {
        readonly allowedLateness?: never;
        readonly panes?: 'discarding' | 'accumulating';
      }
    | {
        /** How long after its end a window still takes elements. Default 0. */
        readonly allowedLateness: DurationLike;
        readonly panes: 'discarding' | 'accumulating';
      }
  );

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

/** GBK-2: the output keeps the windows, takes the continuation trigger (here: the same) and is merged. */
export function afterGrouping(windowing: Windowing): Windowing {
  return windowing.mergeStatus === 'needs-merge'
    ? Object.freeze({ ...windowing, mergeStatus: 'already-merged' })
    : windowing;
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
    case 'custom':
      return 'windows of a custom function';
  }
}
