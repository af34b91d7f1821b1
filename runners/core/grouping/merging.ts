import { minTime, maxTime, type EventTime } from '#portability/model/time.js';
import { intervalWindow, type IntervalWindow } from '#portability/model/windows.js';
import type { HoldReason } from '../time/holds.js';

/** A window of one key that may still grow, with its values. */
export class Session {
  window: IntervalWindow;
  expiry: EventTime;
  keyId: number;
  readonly valuesId: number;
  /** Elements arrived since the last pane. */
  fresh = false;
  /** Panes that were emitted for exactly this window. */
  panes = 0;
  /** Its accumulators are to be merged at the end of the bundle. */
  crowded = false;
  /** The end-of-window firing is done or due. */
  fired = false;
  /** Merged into another one, or collected. */
  gone = false;
  /** Combined timestamp of the next pane; `undefined` while no element may hold (WM-6). */
  time: EventTime | undefined;
  /** When it is looked at next; never later than it is due. */
  timerAt: EventTime | undefined;
  heldAt: EventTime | undefined;
  heldFor: HoldReason = 'pane';

  constructor(window: IntervalWindow, expiry: EventTime, keyId: number, valuesId: number) {
    this.window = window;
    this.expiry = expiry;
    this.keyId = keyId;
    this.valuesId = valuesId;
  }
}

/** MRG-2: windows that merely touch stay apart. */
export function overlap(a: IntervalWindow, b: IntervalWindow): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The least window that holds all; the very same object if one of them does (MRG-3). */
export function spanOf(windows: readonly IntervalWindow[]): IntervalWindow {
  const start = windows.map((w) => w.start).reduce(minTime);
  const end = windows.map((w) => w.end).reduce(maxTime);
  const same = windows.find((w) => w.start === start && w.end === end);
  return same ?? intervalWindow(start, end);
}

/** What a merged window takes over from its members. */
export interface MergedPanes {
  readonly panes: number;
  readonly time: EventTime | undefined;
}

/** MRG-5: pane counters belong to the exact window. MRG-6: timestamps merge by their combiner. */
export function mergedPanes(
  result: IntervalWindow,
  members: readonly Session[],
  combiner: 'earliest' | 'latest' | 'end-of-window',
): MergedPanes {
  const same = members.find((m) => m.window.start === result.start && m.window.end === result.end);
  const times = members.map((m) => m.time).filter((t) => t !== undefined);
  const combine = combiner === 'latest' ? maxTime : minTime;
  return {
    panes: same?.panes ?? 0,
    time: times.length === 0 ? undefined : times.reduce(combine),
  };
}
