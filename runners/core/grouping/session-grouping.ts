import type { ProcessingTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { behindCount, countAt } from '../input/counted-values.js';
import { endOf, timestampAt, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import { CLOSED, DUE, FRESH, GONE, HOLDS, HOLDS_EXPIRY, MERGED, TOUCHED } from './group-flags.js';
import { isCrowded, type AbsorbedFrame, type GroupingOptions } from './grouping.js';
import type { OpenGroup } from './open-group.js';
import type { StorableGrouping } from './shelves/group-storage.js';
import { SessionStorage } from './shelves/session-storage.js';
import type { Spillable } from '../spill/spillable.js';
import { Overfull } from './overfull.js';
import { PaneCycle } from './pane-cycle.js';
import { PaneFrames } from './pane-frames.js';
import { SessionFirings } from './session-firings.js';
import { SessionJoins } from './session-joins.js';
import { SessionMerging } from './session-merging.js';
import { Sessions } from './sessions.js';
import { WakeTimes } from './wake-times.js';

const DROPPED = -1;
/** Elements that are looked up together: what has to be fetched for them comes at once. */
const RUN = 64;

/**
 * Grouping under windows that merge and any trigger.
 *
 *   R1. The windows of all elements of a bundle are merged before the first of them is added or any
 *       trigger is asked (MRG-1); so `absorb` only merges, and `endBundle` adds. Where the order makes no difference
 *       (`addsAtOnce`), `absorb` does both.
 *   R2. A session whose trigger has finished takes no part in merges. It stays until it is collected, so
 *       that elements of exactly its window are refused (MRG-7).
 */
export class SessionGrouping implements StorableGrouping {
  readonly holds: Sessions;
  readonly overfull: Overfull;
  readonly storage: SessionStorage;
  droppedDueToLateness = 0;
  droppedDueToClosedWindow = 0;
  buffered = 0;
  readonly #options: GroupingOptions;
  readonly #cycle: PaneCycle;
  readonly #wakes = new WakeTimes();
  readonly #sessions: Sessions;
  readonly #merging: SessionMerging;
  readonly #sessionJoins: SessionJoins;
  readonly #firings: SessionFirings;
  readonly #upstream: () => ProcessingTime | undefined;
  /** The bundle, and the session of each of its elements in each of its windows. */
  readonly #absorbed: AbsorbedFrame[] = [];
  #joined: Int32Array = new Int32Array(1024);
  #joins = 0;
  readonly #touched: number[] = [];
  /** Guesses of the keys of the next elements, which are looked up together. */
  readonly #keyIds: Int32Array = new Int32Array(RUN).fill(-1);
  /** What was touched on the way, so that the processor has to. */
  #seen = 0;
  /** Bytes of the largest value of this bundle. */
  #largest = 0;

  constructor(options: GroupingOptions) {
    this.#options = options;
    this.#cycle = new PaneCycle(options, true, this.#wakes);
    this.#sessions = this.holds = new Sessions(options, this.#cycle);
    this.#merging = new SessionMerging(options, this.#sessions, this.#cycle);
    this.#sessionJoins = new SessionJoins(options, this.#sessions, this.#merging);
    this.storage = new SessionStorage(this.#sessions, this.#wakes, this.#sessionJoins.intervals);
    this.#upstream = options.pendingUpstream ?? (() => undefined);
    this.overfull = new Overfull(options.merged ?? options.shape);
    this.#firings = new SessionFirings(options, this.#sessions, this.#cycle, this.overfull);
  }

  get heldBytes(): number {
    return this.#sessions.heldBytes + this.#joined.byteLength;
  }

  spillables(): Iterable<Spillable> {
    return [this.#sessions.table.values];
  }

  get due(): boolean {
    return !this.#firings.empty;
  }

  get resumeAt(): ProcessingTime | undefined {
    return this.#wakes.resumeAt(this.#upstream());
  }

  absorb(frame: Frame, index: Int32Array): void {
    const { bytes } = frame;
    const view = viewOf(bytes);
    if (this.#sessions.addsAtOnce) this.#addAll(bytes, view, index);
    else {
      this.#absorbed.push({ frame, index });
      this.#joinAll(bytes, view, index);
    }
  }

  #joinAll(bytes: Uint8Array, view: DataView, index: Int32Array): void {
    const { keyed, counted, times } = this.#options;
    const { windows, table } = this.#sessions;
    const joins = this.#sessionJoins;
    for (let i = 0; i < index.length; i += 4) {
      const keyStart = index[i + 1]!;
      const keyEnd = keyed ? index[i + 2]! : keyStart;
      let at = index[i]! + WINDOWS_AT;
      for (let k = windowCountAt(bytes, index[i]!); k > 0; k--) {
        at = windows.read(bytes, at, joins.intervals);
        // LATE-2: by the element's own window, before it is merged.
        const last = windows.maxTimestamp;
        if (last < times.input && windows.expiry(last) < times.input) {
          this.droppedDueToLateness += counted === true ? countAt(bytes, keyEnd) : 1;
          this.#noteJoin(DROPPED);
        } else {
          const keyId = table.keyId(view, keyStart, keyEnd, keyed ? index[i + 3]! : 0);
          this.#noteJoin(joins.join(keyId));
        }
      }
    }
  }

  /** Merges and adds in one pass. */
  #addAll(bytes: Uint8Array, view: DataView, index: Int32Array): void {
    const { keyed, counted, times } = this.#options;
    const { windows, table } = this.#sessions;
    const joins = this.#sessionJoins;
    const keyIds = this.#keyIds;
    const run = keyIds.length;
    for (let n = 0, i = 0; i < index.length; n++, i += INDEX_STRIDE) {
      const ahead = n % run;
      if (ahead === 0 && keyed) {
        const count = Math.min(run, (index.length - i) / INDEX_STRIDE);
        table.guess(index, i, count, keyIds);
        this.#seen ^= this.#sessions.touch(keyIds, count);
      }
      const keyStart = index[i + 1]!;
      const keyEnd = keyed ? index[i + 2]! : keyStart;
      const end = i + INDEX_STRIDE < index.length ? index[i + INDEX_STRIDE]! : bytes.length;
      let at = index[i]! + WINDOWS_AT;
      for (let k = windowCountAt(bytes, index[i]!); k > 0; k--) {
        at = windows.read(bytes, at, true);
        // LATE-2
        const last = windows.maxTimestamp;
        if (last < times.input && windows.expiry(last) < times.input) {
          this.droppedDueToLateness += counted === true ? countAt(bytes, keyEnd) : 1;
        } else {
          const hash = keyed ? index[i + 3]! : 0;
          const keyId = table.keyIdNear(keyIds[ahead]!, view, keyStart, keyEnd, hash);
          const value = counted === true ? behindCount(bytes, keyEnd) : keyEnd;
          this.#addValue(joins.join(keyId), view, value, end);
        }
      }
    }
  }

  #addValue(id: number, source: DataView, start: number, end: number): void {
    const sessions = this.#sessions;
    const { values } = sessions.table;
    const held = values.append(id, source, start, end);
    this.buffered++;
    const before = sessions.flags(id);
    // WM-6
    const late = this.#options.times.input > sessions.windows.maxOf(id);
    let flags = before | FRESH | (late ? HOLDS_EXPIRY : HOLDS);
    if (late || (this.#options.accumulators && isCrowded(values, id, held, end - start))) {
      if ((before & TOUCHED) === 0) this.#touched.push(id);
      flags |= TOUCHED;
      this.#largest = Math.max(this.#largest, end - start);
    }
    if (flags === before) return;
    sessions.setFlags(id, flags);
    if ((flags & ~before & HOLDS_EXPIRY) !== 0)
      sessions.noteHold(id, sessions.windows.expiryOf(id));
  }

  windowsToMerge(): Frame | undefined {
    return this.#sessionJoins.windowsToMerge();
  }

  takeMerged(answer: Frame): void {
    this.#sessionJoins.takeMerged(answer);
  }

  endBundle(): void {
    const sessions = this.#sessions;
    this.#sessionJoins.settle();
    let n = 0;
    for (const { frame, index } of this.#absorbed) {
      const view = viewOf(frame.bytes);
      for (let i = 0; i < index.length; i += 4) {
        for (let k = windowCountAt(frame.bytes, index[i]!); k > 0; k--) {
          const joined = this.#joined[n++]!;
          if (joined !== DROPPED) this.#add(this.#merging.target(joined), frame, view, index, i);
        }
      }
    }
    this.#absorbed.length = 0;
    this.#joins = 0;
    this.#sessionJoins.endBundle();
    for (const id of this.#touched) if ((sessions.flags(id) & GONE) === 0) this.#ask(id);
    this.#touched.length = 0;
    this.#largest = 0;
  }

  advance(): void {
    const { times } = this.#options;
    const sessions = this.#sessions;
    for (;;) {
      const time = sessions.timers.least();
      if (time === undefined || time >= times.input) return;
      const id = sessions.timers.leastId;
      sessions.setFlags(id, sessions.flags(id) | DUE);
      // PAN-4: where end and expiry are crossed in one step, one pane is on time and the last.
      const expired = sessions.windows.expiryOf(id) < times.input;
      this.#firings.add(id, expired ? 'expiry' : 'end');
    }
  }

  tick(clock: ProcessingTime, synchronized: ProcessingTime): void {
    this.#cycle.clock = clock;
    this.#cycle.synchronized = synchronized;
    for (;;) {
      const id = this.#wakes.takeDue(clock, synchronized);
      if (id === undefined) return;
      const sessions = this.#sessions;
      // A time that was noted for a session that is gone may name another one now.
      if ((sessions.flags(id) & GONE) !== 0) continue;
      if (sessions.windows.expiryOf(id) < this.#options.times.input) continue;
      if (this.#firings.asks(id)) this.#firings.add(id, 'asked');
    }
  }

  emit(bytes: number): readonly Frame[] {
    const out = new PaneFrames(this.#options.shape, this.#options.large);
    this.buffered -= this.#firings.emit(out, bytes);
    if (this.#firings.empty) this.#sessions.forget();
    return out.flush();
  }

  open(): Iterable<OpenGroup> {
    return this.#sessions.all();
  }

  #noteJoin(session: number): void {
    if (this.#joins === this.#joined.length) {
      const joined = new Int32Array(this.#joins * 2);
      joined.set(this.#joined);
      this.#joined = joined;
    }
    this.#joined[this.#joins++] = session;
  }

  #add(id: number, frame: Frame, view: DataView, index: Int32Array, i: number): void {
    const { keyed, counted } = this.#options;
    const { bytes } = frame;
    const keyEnd = keyed ? index[i + 2]! : index[i + 1]!;
    const count = counted === true ? countAt(bytes, keyEnd) : 1;
    const sessions = this.#sessions;
    const before = sessions.flags(id);
    if ((before & CLOSED) !== 0) {
      this.droppedDueToClosedWindow += count;
      return;
    }
    const valueStart = counted === true ? behindCount(bytes, keyEnd) : keyEnd;
    const valueEnd = endOf(frame, index, i);
    sessions.table.values.append(id, view, valueStart, valueEnd);
    this.#largest = Math.max(this.#largest, valueEnd - valueStart);
    this.buffered++;
    this.#cycle.group = id;
    const { states, windows } = sessions;
    const end = windows.maxOf(id);
    // Only where panes are stamped with it is the time of an element looked at.
    const time = sessions.keepsTimes ? timestampAt(bytes, index[i]!) : end;
    const at = states.at(id);
    const flags = this.#cycle.arrive(before, states.cells(id), at, time, end, count);
    sessions.setFlags(id, flags | TOUCHED);
    if ((before & TOUCHED) === 0) this.#touched.push(id);
    if (sessions.keepsTimes) sessions.noteHold(id, time < end ? time : end);
    if ((flags & ~before & HOLDS_EXPIRY) !== 0) sessions.noteHold(id, windows.expiryOf(id));
  }

  /** TRG-1: once per session and bundle. */
  #ask(id: number): void {
    const sessions = this.#sessions;
    sessions.setFlags(id, sessions.flags(id) & ~(TOUCHED | MERGED));
    const { values } = sessions.table;
    if (this.#options.accumulators && isCrowded(values, id, values.countOf(id), this.#largest)) {
      this.#firings.crowd(id);
    }
    if (this.#firings.asks(id)) this.#firings.add(id, 'asked');
  }
}
