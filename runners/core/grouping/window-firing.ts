import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import type { GroupingOptions } from './grouping.js';
import type { Overfull } from './overfull.js';
import type { PaneFrames } from './pane-frames.js';
import { isEmitted, nextPane, timingOf } from './panes.js';
import { FRESH, WindowGroups } from './window-groups.js';

/** What a window has to emit. */
export interface Firing {
  readonly window: WindowGroups;
  /** The window is over then. */
  readonly finished: boolean;
  /** Writes panes until `out` holds so many bytes; true when it wrote the last one. */
  emit(out: PaneFrames, bytes: number, options: GroupingOptions, overfull: Overfull): boolean;
  /** Values that the groups no longer hold, since the last call. */
  takeReleased(): number;
}

/**
 * One firing of a window: a pane for each of its groups, or for the given ones. A large window is emitted
 * in parts, so that what is downstream can take one part before the next is written.
 */
export class WindowFiring implements Firing {
  readonly window: WindowGroups;
  readonly finished: boolean;
  readonly #ids: readonly number[] | undefined;
  #at = 0;
  #released = 0;
  /** The last pane: those of one firing are mostly the same. */
  #pane: Pane = NO_FIRING;

  constructor(window: WindowGroups, ids: readonly number[] | undefined, finished: boolean) {
    this.window = window;
    this.#ids = ids;
    this.finished = finished;
  }

  emit(out: PaneFrames, bytes: number, options: GroupingOptions, overfull: Overfull): boolean {
    const { window } = this;
    const total = this.#ids?.length ?? window.buffer.created;
    while (this.#at < total) {
      if (out.bytes >= bytes) return false;
      const id = this.#ids?.[this.#at] ?? this.#at;
      this.#at++;
      this.#fire(id, out, options, overfull);
    }
    const whole = this.#ids === undefined && !this.finished;
    if (whole && options.windowing.accumulation === 'discarding') window.dropValues();
    return true;
  }

  takeReleased(): number {
    const released = this.#released;
    this.#released = 0;
    return released;
  }

  #fire(id: number, out: PaneFrames, options: GroupingOptions, overfull: Overfull): void {
    const { window, finished } = this;
    const { windowing, times } = options;
    const { buffer } = window;
    const mark = buffer.markOf(id);
    const panes = mark >>> 1;
    const count = buffer.countOf(id);
    const group = { keys: buffer, keyId: id, values: buffer, valuesId: id };
    const discarding = windowing.accumulation === 'discarding';
    const timing = timingOf({
      maxTimestamp: window.maxTimestamp,
      inputWatermark: times.input,
      outputWatermark: times.output,
      // The default trigger has no early panes.
      spoken: panes > 0,
    });
    const fresh = discarding ? count > 0 : (mark & FRESH) !== 0;
    const emitted = isEmitted({ fresh, timing, finished }, windowing.onTime, windowing.closing);
    if (emitted) {
      out.add(window.timeOf(id), window.bytes, this.#paneOf(timing, panes), group);
    }
    window.clearTime(id);
    if (finished || discarding) {
      this.#released += count;
      buffer.clear(id);
    } else if (options.accumulators && count > 1) {
      overfull.add(window, group);
    }
    buffer.setMark(id, (panes + (emitted ? 1 : 0)) << 1);
  }

  #paneOf(timing: Pane['timing'], emitted: number): Pane {
    const pane = this.#pane;
    if (pane.timing === timing && pane.index === emitted && pane !== NO_FIRING) return pane;
    return (this.#pane = nextPane(timing, emitted, this.finished));
  }
}

keepShape(
  new WindowFiring(
    new WindowGroups(new Uint8Array(0), TIMESTAMP_MIN, TIMESTAMP_MIN, false),
    undefined,
    true,
  ),
);
