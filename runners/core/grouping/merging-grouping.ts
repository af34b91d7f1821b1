import { StrahlError } from '#portability/errors.js';
import { expiryOf, maxTime, minTime, type EventTime } from '#portability/model/time.js';
import type { IntervalWindow } from '#portability/model/windows.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { endOf, timestampAt, windowCountAt, WINDOWS_AT } from '../input/frame-scan.js';
import { GroupBuffer } from './group-buffer.js';
import { isCrowded, type Grouping, type GroupingOptions } from './grouping.js';
import { Holds, type HoldReason } from '../time/holds.js';
import { mergedPanes, overlap, Session, spanOf } from './merging.js';
import { keyIn, type OpenGroup } from './open-group.js';
import { Overfull } from './overfull.js';
import { PaneFrames } from './pane-frames.js';
import { isEmitted, nextPane, timingOf } from './panes.js';
import { SessionKeys } from './session-keys.js';
import { TimeHeap } from '../time/time-heap.js';

interface SessionFiring {
  readonly session: Session;
  readonly finished: boolean;
}

const NO_BYTES = new Uint8Array(0);

/**
 * Grouping under sessions, with the default trigger. Windows are merged as their elements arrive, before
 * any pane of the bundle is made due (MRG-1).
 */
export class MergingGrouping implements Grouping {
  readonly holds: Holds = new Holds();
  readonly overfull: Overfull;
  droppedDueToLateness = 0;
  /** The default trigger never finishes. */
  readonly droppedDueToClosedWindow = 0;
  readonly resumeAt = undefined;
  buffered = 0;
  readonly #options: GroupingOptions;
  readonly #keys = new SessionKeys();
  readonly #values = new GroupBuffer();
  /** May name sessions that are gone, and times at which a session is no longer or not yet due. */
  readonly #timers = new TimeHeap<Session>();
  readonly #firings: SessionFiring[] = [];
  /** Sessions that got late arrivals, or too many accumulators, in this bundle. */
  readonly #touched = new Set<Session>();
  readonly #input = new ByteReader(NO_BYTES);
  readonly #scratch = new ByteWriter(256);

  constructor(options: GroupingOptions) {
    this.#options = options;
    this.overfull = new Overfull(options.shape);
  }

  get heldBytes(): number {
    return this.#keys.heldBytes + this.#values.heldBytes;
  }

  get due(): boolean {
    return this.#firings.length > 0;
  }

  absorb(frame: Frame, index: Int32Array): void {
    const { bytes } = frame;
    const { keyed, shape, windowing, times } = this.#options;
    for (let i = 0; i < index.length; i += 4) {
      const keyStart = index[i + 1]!;
      const keyEnd = keyed ? index[i + 2]! : keyStart;
      this.#input.reset(bytes, index[i]! + WINDOWS_AT, keyStart);
      for (let k = windowCountAt(bytes, index[i]!); k > 0; k--) {
        const window = intervalOf(shape.windowCoder.decode(this.#input));
        const expiry = expiryOf(window.maxTimestamp, windowing.allowedLateness);
        // LATE-2: by the element's own window, before it is merged.
        if (expiry < times.input) {
          this.droppedDueToLateness++;
          continue;
        }
        const keyId = this.#keys.idOf(bytes, keyStart, keyEnd, keyed ? index[i + 3]! : 0);
        const session = this.#sessionFor(keyId, window);
        const end = endOf(frame, index, i);
        const count = this.#values.append(session.valuesId, bytes, keyEnd, end);
        this.buffered++;
        this.#note(session, timestampAt(bytes, index[i]!));
        if (this.#options.accumulators) this.#count(session, count, end - keyEnd);
      }
    }
  }

  endBundle(): void {
    for (const session of this.#touched) {
      if (session.gone) continue;
      if (session.fired && session.fresh) this.#firings.push({ session, finished: false });
      else if (session.crowded) this.#crowd(session);
      session.crowded = false;
    }
    this.#touched.clear();
  }

  advance(): void {
    const { input } = this.#options.times;
    while (this.#timers.size > 0 && this.#timers.least! < input) {
      const time = this.#timers.least!;
      const session = this.#timers.pop()!;
      if (session.gone || time !== session.timerAt) continue;
      session.timerAt = undefined;
      if (dueTime(session) < input) {
        const finished = session.expiry < input;
        this.#firings.push({ session, finished });
        session.fired = true;
        if (finished) continue;
      }
      this.#setTimer(session);
    }
  }

  tick(): void {
    // The default trigger waits for no clock.
  }

  emit(bytes: number): readonly Frame[] {
    const out = new PaneFrames(this.#options.shape);
    let done = 0;
    while (done < this.#firings.length && out.bytes < bytes)
      this.#fire(this.#firings[done++]!, out);
    this.#firings.splice(0, done);
    if (this.#firings.length === 0) this.#keys.forget();
    return out.flush();
  }

  *open(): Iterable<OpenGroup> {
    for (const { window, expiry, keyId, valuesId, fired: ended } of this.#keys.all()) {
      const key = keyIn(this.#keys.keys, keyId);
      const buffered = this.#values.countOf(valuesId);
      yield { key, window, expiry, buffered, bytes: this.#values.bytesOf(valuesId), ended };
    }
  }

  /** The session that `window` belongs to, all that it connects merged into it. */
  #sessionFor(keyId: number, window: IntervalWindow): Session {
    const sessions = this.#keys.sessionsOf(keyId);
    const members = sessions.filter((s) => overlap(s.window, window));
    const [first, ...others] = members;
    if (first === undefined) {
      const { allowedLateness } = this.#options.windowing;
      const valuesId = this.#values.create(NO_BYTES, 0, 0, 16);
      const expiry = expiryOf(window.maxTimestamp, allowedLateness);
      const session = new Session(window, expiry, keyId, valuesId);
      sessions.push(session);
      this.#reschedule(session);
      return session;
    }
    const span = spanOf([...members.map((m) => m.window), window]);
    if (others.length > 0 || span !== first.window) this.#merge(first, others, span);
    return first;
  }

  /** MRG-4: values, timestamps and holds move; timers of what is merged away mean nothing any more. */
  #merge(target: Session, others: readonly Session[], span: IntervalWindow): void {
    const { windowing } = this.#options;
    const combiner = windowing.timestampCombiner;
    const { panes, time } = mergedPanes(span, [target, ...others], combiner);
    for (const other of others) {
      const out = this.#scratch;
      out.pos = 0;
      this.#values.writeValues(other.valuesId, out);
      const count = this.#values.countOf(other.valuesId);
      if (count > 0) this.#values.appendRun(target.valuesId, out.bytes, 0, out.pos, count);
      this.#values.recycle(other.valuesId);
      target.fresh ||= other.fresh;
    }
    target.window = span;
    target.expiry = expiryOf(span.maxTimestamp, windowing.allowedLateness);
    target.panes = panes;
    target.time = time;
    this.#reschedule(target);
    // H2: the result holds before its members let go.
    for (const other of others) {
      this.#hold(other, undefined, 'pane');
      this.#keys.remove(other);
    }
    if (this.#options.accumulators) {
      this.#count(target, this.#values.countOf(target.valuesId), 0);
    }
  }

  #reschedule(session: Session): void {
    session.fired = session.window.maxTimestamp < this.#options.times.input;
    this.#setTimer(session);
    if (session.fired) this.#touched.add(session);
    this.#placeHold(session);
  }

  /** A session that grows keeps its earlier timer; when that is due it is set anew. */
  #setTimer(session: Session): void {
    const due = dueTime(session);
    if (session.timerAt !== undefined && session.timerAt <= due) return;
    session.timerAt = due;
    this.#timers.push(due, session);
  }

  /** Looks whether a session has too many accumulators, the last of `size` bytes. */
  #count(session: Session, count: number, size: number): void {
    if (!isCrowded(this.#values, session.valuesId, count, size)) return;
    session.crowded = true;
    this.#touched.add(session);
  }

  #note(session: Session, time: EventTime): void {
    const { windowing, times } = this.#options;
    const combiner = windowing.timestampCombiner;
    session.fresh = true;
    // WM-6: an element behind the output watermark, or behind the window's end, never holds.
    if (!session.fired && combiner !== 'end-of-window' && time >= times.output) {
      const combine = combiner === 'latest' ? maxTime : minTime;
      session.time = session.time === undefined ? time : combine(session.time, time);
    }
    if (session.fired) this.#touched.add(session);
    this.#placeHold(session);
  }

  /** WM-4, WM-6: a pane on time holds at its timestamp, a late or a final one where the window expires. */
  #placeHold(session: Session): void {
    const { window, expiry, fired, fresh, time } = session;
    if (!fired)
      this.#hold(session, minTime(time ?? window.maxTimestamp, window.maxTimestamp), 'pane');
    else if (fresh) this.#hold(session, expiry, 'pane');
    else if (this.#options.windowing.closing === 'always')
      this.#hold(session, expiry, 'final-pane');
    else this.#hold(session, undefined, 'pane');
  }

  #hold(session: Session, at: EventTime | undefined, reason: HoldReason): void {
    if (session.heldAt === at && session.heldFor === reason) return;
    if (at !== undefined) this.holds.add(at, reason);
    if (session.heldAt !== undefined) this.holds.release(session.heldAt, session.heldFor);
    session.heldAt = at;
    session.heldFor = reason;
  }

  #fire({ session, finished }: SessionFiring, out: PaneFrames): void {
    const { windowing, times, accumulators } = this.#options;
    const { window, fresh, panes, valuesId } = session;
    const maxTimestamp = window.maxTimestamp;
    const timing = timingOf({
      maxTimestamp,
      inputWatermark: times.input,
      outputWatermark: times.output,
      spoken: panes > 0,
    });
    if (isEmitted({ fresh, timing, finished }, windowing.onTime, windowing.closing)) {
      const time = minTime(session.time ?? maxTimestamp, maxTimestamp);
      const pane = nextPane(timing, panes, finished);
      out.add(time, this.#encoded(window), pane, this.#groupOf(session));
      session.panes++;
    }
    session.fresh = false;
    session.time = undefined;
    if (finished || windowing.accumulation === 'discarding') {
      this.buffered -= this.#values.countOf(valuesId);
      this.#values.clear(valuesId);
    } else if (accumulators && this.#values.countOf(valuesId) > 1) {
      this.#crowd(session);
    }
    if (finished) this.#end(session);
    else this.#placeHold(session);
  }

  #end(session: Session): void {
    this.#hold(session, undefined, 'pane');
    this.#values.recycle(session.valuesId);
    this.#keys.remove(session);
  }

  #crowd(session: Session): void {
    const { maxTimestamp } = session.window;
    const window = { bytes: this.#encoded(session.window), maxTimestamp };
    this.overfull.add(window, this.#groupOf(session));
  }

  #groupOf({ keyId, valuesId }: Session) {
    return { keys: this.#keys.keys, keyId, values: this.#values, valuesId };
  }

  #encoded(window: IntervalWindow): Uint8Array {
    const out = new ByteWriter(24);
    this.#options.shape.windowCoder.encode(window, out);
    return out.toBytes();
  }
}

/** When the session's next timer is due: at its end, then when it expires. */
function dueTime({ fired, expiry, window }: Session): EventTime {
  return fired ? expiry : window.maxTimestamp;
}

function intervalOf(window: { readonly kind: string }): IntervalWindow {
  if (window.kind === 'interval') return window as IntervalWindow;
  throw new StrahlError('unsupportedFeature', {
    title: `windows of kind ${window.kind} cannot be merged by this runner`,
  });
}
