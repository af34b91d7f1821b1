import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { behindCount, countAt } from '../input/counted-values.js';
import { timestampAt, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import { CLOSED, HOLDS_EXPIRY, TOUCHED } from './group-flags.js';
import { isCrowded, type GroupingOptions } from './grouping.js';
import { groupsOfWindow, type OpenGroup } from './open-group.js';
import { Overfull } from './overfull.js';
import { PaneCycle } from './pane-cycle.js';
import { PaneFrames } from './pane-frames.js';
import type { StorableGrouping } from './shelves/group-storage.js';
import type { Spillable } from '../spill/spillable.js';
import { TimeHeap } from '../time/time-heap.js';
import { TriggeredFiring, type FiringSetting } from './triggered-firing.js';
import { TriggeredHolds } from './triggered-holds.js';
import { TriggeredStorage } from './shelves/triggered-storage.js';
import { GROUPS_PER_SLOT, TriggeredWindow } from './triggered-window.js';
import { WakeTimes } from './wake-times.js';
import { startsAt, WindowSet } from './window-set.js';

/**
 * Grouping under any trigger and a window function that does not merge.
 *
 *   Q1. A firing is decided when its groups are asked, and asked again when it is emitted: of two that
 *       were due for one group the second finds nothing to do (TRG-1).
 *   Q2. A group that is finished keeps its key and flags until its window is collected.
 */
export class TriggeredGrouping implements StorableGrouping, FiringSetting {
  readonly holds: TriggeredHolds;
  readonly overfull: Overfull;
  readonly storage: TriggeredStorage;
  droppedDueToLateness = 0;
  droppedDueToClosedWindow = 0;
  buffered = 0;
  readonly options: GroupingOptions;
  readonly cycle: PaneCycle;
  readonly #wakes = new WakeTimes();
  readonly #windows: WindowSet<TriggeredWindow>;
  readonly #slots: (TriggeredWindow | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  /** A window is due at its end, and once more when it expires. */
  readonly #timers = new TimeHeap<TriggeredWindow>();
  readonly #firings: TriggeredFiring[] = [];
  readonly #touched: TriggeredWindow[] = [];
  /** Window of the last element: most elements are in the window of the one before. */
  #last: TriggeredWindow | undefined;
  /** Bytes of the largest value of this bundle. */
  #largest = 0;
  /** Panes are stamped with times of their elements, which hold until then. */
  readonly #keepsTimes: boolean;
  readonly #upstream: () => ProcessingTime | undefined;

  constructor(options: GroupingOptions) {
    this.options = options;
    const { shape, windowing, times } = options;
    this.cycle = new PaneCycle(options, false, this.#wakes);
    this.#windows = new WindowSet(
      TriggeredWindow,
      shape.windowCoder,
      windowing.allowedLateness,
      times,
    );
    this.#keepsTimes = windowing.timestampCombiner !== 'end-of-window';
    this.#upstream = options.pendingUpstream ?? (() => undefined);
    this.overfull = new Overfull(options.merged ?? shape);
    this.holds = new TriggeredHolds(this.#slots);
    this.storage = new TriggeredStorage({
      ...{ windows: this.#windows, timers: this.#timers, wakes: this.#wakes },
      open: (window, ended) => this.#place(window, ended),
      noteHold: (window) => this.#noteHold(window),
    });
  }

  get heldBytes(): number {
    let bytes = 0;
    for (const window of this.#windows) bytes += window.heldBytes;
    return bytes;
  }

  *spillables(): Iterable<Spillable> {
    for (const { buffer } of this.#windows) yield buffer;
  }

  get due(): boolean {
    return this.#firings.length > 0;
  }

  get resumeAt(): ProcessingTime | undefined {
    return this.#wakes.resumeAt(this.#upstream());
  }

  absorb(frame: Frame, index: Int32Array): void {
    const { bytes } = frame;
    const view = viewOf(bytes);
    for (let i = 0; i < index.length; i += INDEX_STRIDE) this.#add(bytes, view, index, i);
  }

  /** Asks each group that elements arrived for, once (TRG-1). */
  endBundle(): void {
    for (const window of this.#touched) {
      const ids = window.touched.filter((id) => this.#askTouched(window, id));
      window.touched = [];
      if (ids.length > 0) this.#firings.push(new TriggeredFiring(window, 'asked', ids));
    }
    this.#touched.length = 0;
    this.#largest = 0;
  }

  advance(): void {
    const { input } = this.options.times;
    while (this.#timers.size > 0 && this.#timers.least! < input) {
      const window = this.#timers.pop()!;
      // PAN-4: where end and expiry are crossed in one step, one pane is on time and the last.
      const expired = window.expiry < input;
      this.#firings.push(new TriggeredFiring(window, expired ? 'expiry' : 'end'));
      if (!expired) this.#timers.push(window.expiry, window);
    }
  }

  tick(clock: ProcessingTime, synchronized: ProcessingTime): void {
    const cycle = this.cycle;
    cycle.clock = clock;
    cycle.synchronized = synchronized;
    for (;;) {
      const group = this.#wakes.takeDue(clock, synchronized);
      if (group === undefined) return;
      const window = this.#slots[Math.floor(group / GROUPS_PER_SLOT)];
      const id = group % GROUPS_PER_SLOT;
      // The slot may belong to a later window; a firing in vain does no harm (Q1).
      if (window === undefined || id >= window.buffer.created) continue;
      if (window.expiry < this.options.times.input) continue;
      if (this.#asks(window, id)) this.#firings.push(new TriggeredFiring(window, 'asked', [id]));
    }
  }

  emit(bytes: number): readonly Frame[] {
    const out = new PaneFrames(this.options.shape, this.options.large);
    let done = 0;
    for (const firing of this.#firings) {
      const complete = firing.emit(out, bytes, this);
      this.buffered -= firing.takeReleased();
      if (!complete) break;
      done++;
      if (firing.cause === 'expiry') this.#collect(firing.window);
      else this.#noteHold(firing.window);
      // A group that is to be merged must not be touched before.
      if (!this.overfull.empty) break;
    }
    this.#firings.splice(0, done);
    return out.flush();
  }

  *open(): Iterable<OpenGroup> {
    const { windowCoder } = this.options.shape;
    for (const window of this.#windows) {
      const isClosed = (id: number): boolean => (window.buffer.markOf(id) & CLOSED) !== 0;
      yield* groupsOfWindow(window, window.ended, windowCoder, isClosed);
    }
  }

  /** Adds one element to each of its windows (WIN-9: in k windows it is k elements). */
  #add(bytes: Uint8Array, view: DataView, index: Int32Array, i: number): void {
    const { keyed, counted } = this.options;
    const start = index[i]!;
    const keyStart = index[i + 1]!;
    const keyEnd = keyed ? index[i + 2]! : keyStart;
    const hash = keyed ? index[i + 3]! : 0;
    const end = i + INDEX_STRIDE < index.length ? index[i + INDEX_STRIDE]! : bytes.length;
    const count = counted === true ? countAt(bytes, keyEnd) : 1;
    const value = counted === true ? behindCount(bytes, keyEnd) : keyEnd;
    let at = start + WINDOWS_AT;
    for (let k = windowCountAt(bytes, start); k > 0; k--) {
      let window = this.#last;
      if (window === undefined || !startsAt(window.bytes, bytes, at)) {
        window = this.#last = this.#windows.at(bytes, at, this.#open);
      }
      at += window.bytes.length;
      if (window.expired) {
        this.droppedDueToLateness += count;
        continue;
      }
      const { table, buffer } = window;
      let id = table.find(view, keyStart, keyEnd, hash);
      if (id < 0) {
        id = buffer.create(view, keyStart, keyEnd, end - value);
        table.insert(hash, id);
        window.states.start(id);
      }
      if (this.#arrive(window, id, bytes, start, count)) {
        buffer.append(id, view, value, end);
        if (end - value > this.#largest) this.#largest = end - value;
        this.buffered++;
      }
    }
  }

  /** False if the trigger has finished: what arrives is dropped. */
  #arrive(
    window: TriggeredWindow,
    id: number,
    bytes: Uint8Array,
    start: number,
    count: number,
  ): boolean {
    const before = window.buffer.markOf(id);
    if ((before & CLOSED) !== 0) {
      this.droppedDueToClosedWindow += count;
      return false;
    }
    const { states } = window;
    const cycle = this.cycle;
    cycle.group = window.slot * GROUPS_PER_SLOT + id;
    // Only where panes are stamped with it is the time of an element looked at.
    const time = this.#keepsTimes ? timestampAt(bytes, start) : window.maxTimestamp;
    const end = window.maxTimestamp;
    const flags = cycle.arrive(before, states.cells(id), states.at(id), time, end, count);
    if ((before & TOUCHED) === 0) {
      if (window.touched.length === 0) this.#touched.push(window);
      window.touched.push(id);
    }
    window.noteFlags(id, before, flags | TOUCHED);
    if (this.#keepsTimes) this.holds.note(window.slot, time);
    if ((flags & HOLDS_EXPIRY) !== 0) this.holds.note(window.slot, window.expiry);
    return true;
  }

  readonly #open = (window: TriggeredWindow): void => {
    this.#place(window, window.maxTimestamp < this.options.times.input);
  };

  #place(window: TriggeredWindow, ended: boolean): void {
    const slot = this.#freeSlots.pop() ?? this.#slots.length;
    this.#slots[slot] = window;
    window.open(slot, this.cycle.machine, ended, this.#keepsTimes);
    this.#timers.push(ended ? window.expiry : window.maxTimestamp, window);
    this.#noteHold(window);
  }

  /** Once per bundle; also where groups of accumulators are found to have grown too large. */
  #askTouched(window: TriggeredWindow, id: number): boolean {
    const { buffer } = window;
    buffer.setMark(id, buffer.markOf(id) & ~TOUCHED);
    if (this.options.accumulators) {
      const count = buffer.countOf(id);
      if (isCrowded(buffer, id, count, this.#largest)) {
        this.overfull.add(window, { keys: buffer, keyId: id, values: buffer, valuesId: id });
      }
    }
    return this.#asks(window, id);
  }

  #asks(window: TriggeredWindow, id: number): boolean {
    const { states, maxTimestamp, buffer } = window;
    return this.cycle.shouldFire(buffer.markOf(id), states.cells(id), states.at(id), maxTimestamp);
  }

  #noteHold(window: TriggeredWindow): void {
    const { heldAt } = window;
    if (heldAt !== Infinity) this.holds.note(window.slot, heldAt as EventTime);
  }

  #collect(window: TriggeredWindow): void {
    window.release();
    this.#slots[window.slot] = undefined;
    this.#freeSlots.push(window.slot);
    this.#windows.delete(window);
    if (this.#last === window) this.#last = undefined;
  }
}
