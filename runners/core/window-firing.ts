import { TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { GroupingOptions } from './grouping.js';
import type { Overfull } from './overfull.js';
import { isEmitted, timingOf, writePane } from './panes.js';
import type { PaneWriter } from './pane-writer.js';
import type { WindowGroups } from './window-groups.js';

/** Lowest bit of a group's mark: elements arrived since its last pane. The rest counts its panes. */
export const FRESH = 1;

/**
 * One firing of a window: a pane for each of its groups, or for the given ones. A large window is emitted
 * in parts, so that what is downstream can take one part before the next is written.
 */
export class WindowFiring {
  readonly window: WindowGroups;
  readonly finished: boolean;
  readonly #ids: readonly number[] | undefined;
  #at = 0;
  #released = 0;
  /** Timestamp, window and pane of the pane before: those of one firing are mostly the same. */
  readonly #header = new ByteWriter(64);
  #headerTime: EventTime = TIMESTAMP_MAX;
  #headerPanes = -1;

  constructor(window: WindowGroups, ids: readonly number[] | undefined, finished: boolean) {
    this.window = window;
    this.#ids = ids;
    this.finished = finished;
  }

  /** Writes panes until `out` holds so many bytes; true when it wrote the last one. */
  emit(out: PaneWriter, bytes: number, options: GroupingOptions, overfull: Overfull): boolean {
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

  /** Values that the groups no longer hold, since the last call. */
  takeReleased(): number {
    const released = this.#released;
    this.#released = 0;
    return released;
  }

  #fire(id: number, out: PaneWriter, options: GroupingOptions, overfull: Overfull): void {
    const { window, finished } = this;
    const { windowing, times } = options;
    const { buffer } = window;
    const mark = buffer.markOf(id);
    const panes = mark >>> 1;
    const count = buffer.countOf(id);
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
      const time = window.timeOf(id);
      if (time !== this.#headerTime || panes !== this.#headerPanes) {
        this.#writeHeader(time, panes, timing);
      }
      out.add(time, this.#header, buffer, id, buffer, id);
    }
    window.clearTime(id);
    if (finished || discarding) {
      this.#released += count;
      buffer.clear(id);
    } else if (options.accumulators && count > 1) {
      overfull.add(window, buffer, id);
    }
    buffer.setMark(id, (panes + (emitted ? 1 : 0)) << 1);
  }

  #writeHeader(time: EventTime, panes: number, timing: ReturnType<typeof timingOf>): void {
    const header = this.#header;
    header.pos = 0;
    header.timestamp(time);
    header.int32(1);
    header.raw(this.window.bytes);
    writePane(timing, panes, panes, this.finished, header);
    this.#headerTime = time;
    this.#headerPanes = panes;
  }
}
