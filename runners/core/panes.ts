import { type PaneTiming } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { FiringBehavior } from '#portability/model/windowing.js';
import type { ByteWriter } from '#portability/wire/writer.js';

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

const TIMING_BITS: Readonly<Record<PaneTiming, number>> = {
  early: 0x0,
  'on-time': 0x4,
  late: 0x8,
  unknown: 0xc,
};

/** PAN-6. `index` counts all panes of key and window, `nonSpeculativeIndex` those that are not early. */
export function writePane(
  timing: PaneTiming,
  index: number,
  nonSpeculativeIndex: number,
  last: boolean,
  out: ByteWriter,
): void {
  const base = TIMING_BITS[timing] | (index === 0 ? 1 : 0) | (last ? 2 : 0);
  if (timing === 'unknown' || (index === 0 && nonSpeculativeIndex === 0)) {
    out.byte(base);
  } else if (timing === 'early' || index === nonSpeculativeIndex) {
    out.byte(base | 0x10);
    out.varint(index);
  } else {
    out.byte(base | 0x20);
    out.varint(index);
    out.varint(nonSpeculativeIndex);
  }
}

/** The byte of an element that no grouping emitted (PAN-5). */
export const NO_FIRING_BYTE = 0x0f;
