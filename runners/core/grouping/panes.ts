import type { Pane, PaneTiming } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { FiringBehavior } from '#portability/model/windowing.js';

/** What the timing of a pane depends on (PAN-1). */
export interface PaneMoment {
  /** Last timestamp of the window. */
  readonly maxTimestamp: EventTime;
  readonly inputWatermark: EventTime;
  readonly outputWatermark: EventTime;
  /** A pane that was not early has been emitted for this key and window. */
  readonly spoken: boolean;
}

/** PAN-1: the legal order is early* on-time? late*. */
export function timingOf(moment: PaneMoment): Exclude<PaneTiming, 'unknown'> {
  if (moment.spoken || moment.maxTimestamp < moment.outputWatermark) return 'late';
  return moment.inputWatermark <= moment.maxTimestamp ? 'early' : 'on-time';
}

/** What decides whether a due pane is emitted although it may hold nothing new. */
export interface PaneContent {
  /** Elements arrived since the last pane. */
  readonly fresh: boolean;
  readonly timing: PaneTiming;
  /** The trigger finished, or the window expired: nothing follows. */
  readonly finished: boolean;
}

/** ACC-2 and ACC-3. */
export function isEmitted(
  content: PaneContent,
  onTime: FiringBehavior,
  closing: FiringBehavior,
): boolean {
  if (content.fresh) return true;
  if (content.timing === 'on-time' && onTime === 'always') return true;
  return content.finished && closing === 'always';
}

/**
 * The next pane of a key and window under the default trigger, which has no early panes: all indices
 * count the same (PAN-2).
 */
export function nextPane(timing: PaneTiming, emitted: number, finished: boolean): Pane {
  return {
    timing,
    index: emitted,
    nonSpeculativeIndex: timing === 'early' ? -1 : emitted,
    first: emitted === 0,
    last: finished,
  };
}
