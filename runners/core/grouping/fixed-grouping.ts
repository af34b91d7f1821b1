import type { EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { behindCount, countAt } from '../input/counted-values.js';
import { TIMESTAMP_BYTES, timestampAt, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import { isCrowded, type GroupingOptions } from './grouping.js';
import { Holds } from '../time/holds.js';
import { groupsOfWindow, type OpenGroup } from './open-group.js';
import { FixedStorage } from './shelves/fixed-storage.js';
import type { StorableGrouping } from './shelves/group-storage.js';
import { Overfull } from './overfull.js';
import { PaneFrames } from './pane-frames.js';
import type { Spillable } from '../spill/spillable.js';
import { TimeHeap } from '../time/time-heap.js';
import { PartsFiring } from './parts-firing.js';
import { WindowFiring, type Firing } from './window-firing.js';
import { FRESH, WindowGroups } from './window-groups.js';
import { WindowSpill } from './window-spill.js';
import { startsAt, WindowSet } from './window-set.js';

/** Elements that are looked up at once. */
const RUN = 128;
/** Beyond so many groups they do not stay in the processor's own memory. */
const MANY_GROUPS = 4096;

/**
 * Grouping under a window function that does not merge, with the default trigger: a pane when the input
 * watermark passes the end of the window, and one for each bundle with late arrivals after that. Panes are
 * stamped with the end of the window or the earliest of their elements: then the window as a whole can
 * hold, whatever its groups are (WM-6).
 */
export class FixedGrouping implements StorableGrouping {
  readonly holds: Holds = new Holds();
  readonly overfull: Overfull;
  readonly storage: FixedStorage;
  droppedDueToLateness = 0;
  /** The default trigger never finishes. */
  readonly droppedDueToClosedWindow = 0;
  readonly resumeAt = undefined;
  buffered = 0;
  readonly #options: GroupingOptions;
  readonly #windows: WindowSet<WindowGroups>;
  /** A window is due at its end, and once more when it expires. */
  readonly #timers = new TimeHeap<WindowGroups>();
  readonly #firings: Firing[] = [];
  #lateWindows: WindowGroups[] = [];
  /** Window of the last element: most elements are in the window of the one before. */
  #last: WindowGroups | undefined;
  /** Whether an element says more than its bytes: `#note` is called for each. */
  readonly #notes: boolean;
  /** A window fires once, and nothing is known of its groups but what arrives: they need not be in memory. */
  readonly #mayPart: boolean;

  readonly #ids = new Int32Array(RUN);
  /** Kept, so that nothing of what makes it is left out as useless. */
  #touched = 0;

  constructor(options: GroupingOptions) {
    this.#options = options;
    const { shape, windowing, times } = options;
    this.#windows = new WindowSet(
      WindowGroups,
      shape.windowCoder,
      windowing.allowedLateness,
      times,
    );
    this.overfull = new Overfull(options.merged ?? shape);
    const windows = this.#windows;
    this.storage = new FixedStorage({ windows, timers: this.#timers, holds: this.holds });
    this.#notes =
      options.accumulators ||
      windowing.accumulation !== 'discarding' ||
      windowing.timestampCombiner === 'earliest';
    this.#mayPart =
      options.partBytes !== undefined &&
      options.keyed &&
      !options.accumulators &&
      windowing.allowedLateness === 0;
  }

  get heldBytes(): number {
    let bytes = 0;
    for (const window of this.#windows) bytes += window.heldBytes;
    return bytes;
  }

  *spillables(): Iterable<Spillable> {
    const { partBytes = Infinity } = this.#options;
    for (const window of this.#windows) {
      yield new WindowSpill(window, this.#mayPart && !window.fired, partBytes);
    }
  }

  get due(): boolean {
    return this.#firings.length > 0;
  }

  absorb(frame: Frame, index: Int32Array): void {
    const { bytes } = frame;
    const { keyed } = this.#options;
    const view = viewOf(bytes);
    for (let i = 0; i < index.length;) {
      const count = keyed ? this.#sameWindow(view, index, i) : 0;
      const parts = count > 0 ? this.#last?.parts : undefined;
      if (parts !== undefined) {
        parts.addRun(view, index, i, count);
        this.buffered += count;
      } else if (count > 0) this.#addRun(bytes, view, index, i, count);
      else this.#add(bytes, view, index, i);
      i += Math.max(1, count) * INDEX_STRIDE;
    }
  }

  endBundle(): void {
    for (const window of this.#lateWindows) {
      this.#firings.push(new WindowFiring(window, window.late, false));
      window.late = [];
    }
    this.#lateWindows = [];
  }

  advance(): void {
    const { input } = this.#options.times;
    while (this.#timers.size > 0 && this.#timers.least! < input) {
      const window = this.#timers.pop()!;
      const expired = window.expiry < input;
      // PAN-4: where end and expiry are crossed in one step, the pane on time is also the last.
      if (expired || !window.fired) {
        const { parts } = window;
        this.#firings.push(
          parts === undefined
            ? new WindowFiring(window, undefined, expired)
            : new PartsFiring(window, parts),
        );
      }
      window.fired = true;
      if (!expired) this.#timers.push(window.expiry, window);
    }
  }

  tick(): void {
    // The default trigger waits for no clock.
  }

  *open(): Iterable<OpenGroup> {
    const { windowCoder } = this.#options.shape;
    for (const window of this.#windows) yield* groupsOfWindow(window, window.fired, windowCoder);
  }

  emit(bytes: number): readonly Frame[] {
    const out = new PaneFrames(this.#options.shape, this.#options.large);
    let done = 0;
    for (const firing of this.#firings) {
      const complete = firing.emit(out, bytes, this.#options, this.overfull);
      this.buffered -= firing.takeReleased();
      if (!complete) break;
      done++;
      this.#afterFiring(firing);
    }
    this.#firings.splice(0, done);
    return out.flush();
  }

  /** How many elements from `from` on are in the window of the element before, and in no other. */
  #sameWindow(view: DataView, index: Int32Array, from: number): number {
    const window = this.#last;
    if (window === undefined || window.expired) return 0;
    if (window.parts !== undefined && this.#notes) return 0;
    const { head } = window;
    const end = Math.min(index.length, from + RUN * INDEX_STRIDE);
    let i = from;
    while (i < end && head.isAt(view, index[i]! + TIMESTAMP_BYTES)) i += INDEX_STRIDE;
    return (i - from) / INDEX_STRIDE;
  }

  /** Adds elements that are in the window of the element before. */
  #addRun(bytes: Uint8Array, view: DataView, index: Int32Array, from: number, count: number): void {
    const window = this.#last!;
    const { table, buffer } = window;
    const ids = this.#ids;
    table.guess(index, from, count, ids);
    if (buffer.size > MANY_GROUPS) this.#touched ^= buffer.touch(ids, count);
    const noted = this.#notes || window.fired;
    const { counted } = this.#options;
    for (let k = 0, i = from; k < count; k++, i += INDEX_STRIDE) {
      const keyStart = index[i + 1]!;
      const keyEnd = index[i + 2]!;
      const end = i + INDEX_STRIDE < index.length ? index[i + INDEX_STRIDE]! : bytes.length;
      let id = ids[k]!;
      const value = counted === true ? behindCount(bytes, keyEnd) : keyEnd;
      if (id < 0 || !buffer.keyEquals(id, view, keyStart, keyEnd)) {
        id = window.groupOf(view, keyStart, keyEnd, end - value, index[i + 3]!);
      }
      const held = buffer.append(id, view, value, end);
      if (noted) this.#note(window, id, held, end - value, bytes, index[i]!);
    }
    this.buffered += count;
  }

  /** Adds one element to each of its windows (WIN-9: in k windows it is k elements). */
  #add(bytes: Uint8Array, view: DataView, index: Int32Array, i: number): void {
    const { keyed, counted } = this.#options;
    const start = index[i]!;
    const keyStart = index[i + 1]!;
    const keyEnd = keyed ? index[i + 2]! : keyStart;
    const end = i + INDEX_STRIDE < index.length ? index[i + INDEX_STRIDE]! : bytes.length;
    const value = counted === true ? behindCount(bytes, keyEnd) : keyEnd;
    let at = start + WINDOWS_AT;
    for (let k = windowCountAt(bytes, start); k > 0; k--) {
      let window = this.#last;
      if (window === undefined || !startsAt(window.bytes, bytes, at)) {
        window = this.#last = this.#windows.at(bytes, at, this.#open);
      }
      at += window.bytes.length;
      if (window.expired) {
        this.droppedDueToLateness += counted === true ? countAt(bytes, keyEnd) : 1;
        continue;
      }
      const hash = keyed ? index[i + 3]! : 0;
      if (window.parts !== undefined) {
        const time = this.#paneTime(window, bytes, start);
        window.parts.add({ hash, view, start: keyStart, keyEnd, end, count: 1, time });
        this.buffered++;
        continue;
      }
      const id = window.groupOf(view, keyStart, keyEnd, end - value, hash);
      const held = window.buffer.append(id, view, value, end);
      this.buffered++;
      if (this.#notes || window.fired) this.#note(window, id, held, end - value, bytes, start);
    }
  }

  readonly #open = (window: WindowGroups): void => {
    window.fired = window.maxTimestamp < this.#options.times.input;
    if (window.fired) {
      this.#timers.push(window.expiry, window);
    } else {
      this.#timers.push(window.maxTimestamp, window);
      window.hold(this.holds, window.maxTimestamp, 'pane');
    }
  };

  #note(
    window: WindowGroups,
    id: number,
    held: number,
    size: number,
    bytes: Uint8Array,
    start: number,
  ): void {
    if (window.fired) this.#noteLate(window, id);
    else {
      const time = this.#paneTime(window, bytes, start);
      if (!Number.isNaN(time)) window.noteTime(id, time as EventTime);
    }
    const { buffer } = window;
    buffer.setMark(id, buffer.markOf(id) | FRESH);
    if (this.#options.accumulators && isCrowded(buffer, id, held, size)) {
      this.overfull.add(window, { keys: buffer, keyId: id, values: buffer, valuesId: id });
    }
  }

  /** The time of an element as far as its pane takes it over, held from now on; else NaN. */
  #paneTime(window: WindowGroups, bytes: Uint8Array, start: number): number {
    const { windowing, times } = this.#options;
    if (windowing.timestampCombiner !== 'earliest') return NaN;
    const time = timestampAt(bytes, start);
    // WM-6: an element behind the output watermark never pulls the pane's timestamp back.
    if (time < times.output) return NaN;
    if (time < window.heldAt!) window.hold(this.holds, time, 'pane');
    return time;
  }

  #noteLate(window: WindowGroups, id: number): void {
    const mark = window.buffer.markOf(id);
    // The groups of a late firing are listed once: a fresh mark behind the end says they are.
    if ((mark & FRESH) !== 0) return;
    if (window.late.length === 0) this.#lateWindows.push(window);
    window.late.push(id);
    // WM-6: no element hold is possible, so the arrival holds at the window's expiry.
    if (window.heldAt === undefined) window.hold(this.holds, window.expiry, 'pane');
  }

  #afterFiring({ window, finished }: Firing): void {
    const { closing } = this.#options.windowing;
    if (finished) {
      window.hold(this.holds, undefined, 'pane');
      this.#windows.delete(window);
      window.release();
      if (this.#last === window) this.#last = undefined;
    } else {
      window.hold(this.holds, closing === 'always' ? window.expiry : undefined, 'final-pane');
    }
  }
}
