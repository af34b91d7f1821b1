import type { Frame } from '#portability/wire/frames.js';
import { timestampAt, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import { isCrowded, type Grouping, type GroupingOptions } from './grouping.js';
import { Holds } from '../time/holds.js';
import { groupsOfWindow, type OpenGroup } from './open-group.js';
import { Overfull } from './overfull.js';
import { PaneFrames } from './pane-frames.js';
import { TimeHeap } from '../time/time-heap.js';
import { FRESH, WindowFiring } from './window-firing.js';
import { WindowGroups } from './window-groups.js';
import { startsAt, WindowSet } from './window-set.js';

/**
 * Grouping under a window function that does not merge, with the default trigger: a pane when the input
 * watermark passes the end of the window, and one for each bundle with late arrivals after that.
 */
export class FixedGrouping implements Grouping {
  readonly holds: Holds = new Holds();
  readonly overfull: Overfull;
  droppedDueToLateness = 0;
  /** The default trigger never finishes. */
  readonly droppedDueToClosedWindow = 0;
  readonly resumeAt = undefined;
  buffered = 0;
  readonly #options: GroupingOptions;
  readonly #windows: WindowSet<WindowGroups>;
  /** A window is due at its end, and once more when it expires. */
  readonly #timers = new TimeHeap<WindowGroups>();
  readonly #firings: WindowFiring[] = [];
  #lateWindows: WindowGroups[] = [];
  /** Window of the last element: most elements are in the window of the one before. */
  #last: WindowGroups | undefined;
  /** Whether an element says more than its bytes: `#note` is called for each. */
  readonly #notes: boolean;

  constructor(options: GroupingOptions) {
    this.#options = options;
    const { shape, windowing, times } = options;
    this.#windows = new WindowSet(
      WindowGroups,
      shape.windowCoder,
      windowing.allowedLateness,
      times,
    );
    this.overfull = new Overfull(shape);
    this.#notes =
      options.accumulators ||
      windowing.accumulation !== 'discarding' ||
      windowing.timestampCombiner !== 'end-of-window';
  }

  get heldBytes(): number {
    let bytes = 0;
    for (const window of this.#windows) bytes += window.heldBytes;
    return bytes;
  }

  get due(): boolean {
    return this.#firings.length > 0;
  }

  absorb(frame: Frame, index: Int32Array): void {
    const { bytes } = frame;
    const { keyed } = this.#options;
    const last = index.length - 4;
    for (let i = 0; i <= last; i += 4) {
      const keyStart = index[i + 1]!;
      const end = i < last ? index[i + 4]! : bytes.length;
      if (keyed) this.#add(bytes, index[i]!, keyStart, index[i + 2]!, end, index[i + 3]!);
      else this.#add(bytes, index[i]!, keyStart, keyStart, end, 0);
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
        this.#firings.push(new WindowFiring(window, undefined, expired));
      }
      window.fired = true;
      if (!expired) this.#timers.push(window.expiry, window);
    }
  }

  tick(): void {
    // The default trigger waits for no clock.
  }

  emit(bytes: number): readonly Frame[] {
    const out = new PaneFrames(this.#options.shape);
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

  /** Adds one element to each of its windows (WIN-9: in k windows it is k elements). */
  #add(
    bytes: Uint8Array,
    start: number,
    keyStart: number,
    keyEnd: number,
    end: number,
    hash: number,
  ): void {
    let at = start + WINDOWS_AT;
    for (let k = windowCountAt(bytes, start); k > 0; k--) {
      let window = this.#last;
      if (window === undefined || !startsAt(window.bytes, bytes, at)) {
        window = this.#last = this.#windows.at(bytes, at, this.#open);
      }
      at += window.bytes.length;
      if (window.expired) {
        this.droppedDueToLateness++;
        continue;
      }
      const { table, buffer } = window;
      let id = table.find(bytes, keyStart, keyEnd, hash);
      if (id < 0) {
        id = buffer.create(bytes, keyStart, keyEnd, end - keyEnd);
        table.insert(hash, id);
      }
      const count = buffer.append(id, bytes, keyEnd, end);
      this.buffered++;
      if (this.#notes || window.fired) {
        this.#note(window, id, bytes, start);
        if (this.#options.accumulators && isCrowded(buffer, id, count, end - keyEnd)) {
          this.overfull.add(window, { keys: buffer, keyId: id, values: buffer, valuesId: id });
        }
      }
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

  #note(window: WindowGroups, id: number, bytes: Uint8Array, start: number): void {
    const { windowing, times } = this.#options;
    const combiner = windowing.timestampCombiner;
    if (window.fired) {
      this.#noteLate(window, id);
    } else if (combiner !== 'end-of-window') {
      const time = timestampAt(bytes, start);
      // WM-6: an element behind the output watermark never pulls the pane's timestamp back. LATEST
      // could hold later than its first element; holding there until the pane is out costs nothing.
      if (time >= times.output) {
        window.combineTime(id, time, combiner);
        if (time < window.heldAt!) window.hold(this.holds, time, 'pane');
      }
    }
    window.buffer.setMark(id, window.buffer.markOf(id) | FRESH);
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

  #afterFiring({ window, finished }: WindowFiring): void {
    const { closing } = this.#options.windowing;
    if (finished) {
      window.hold(this.holds, undefined, 'pane');
      this.#windows.delete(window);
      if (this.#last === window) this.#last = undefined;
    } else {
      window.hold(this.holds, closing === 'always' ? window.expiry : undefined, 'final-pane');
    }
  }
}
