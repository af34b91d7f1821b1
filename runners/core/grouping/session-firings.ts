import type { EventTime } from '#portability/model/time.js';
import { CLOSED, DUE, ENDED, FRESH, GONE, HOLDS, HOLDS_EXPIRY, SPOKEN } from './group-flags.js';
import type { GroupingOptions } from './grouping.js';
import type { Overfull } from './overfull.js';
import type { PaneCycle } from './pane-cycle.js';
import type { GroupBytes, PaneFrames } from './pane-frames.js';
import type { Sessions } from './sessions.js';
import type { FiringCause } from './triggered-firing.js';

/** Sessions that are asked for a pane, in order. */
export class SessionFirings {
  readonly #options: GroupingOptions;
  readonly #sessions: Sessions;
  readonly #cycle: PaneCycle;
  readonly #overfull: Overfull;
  #ids: number[] = [];
  #causes: FiringCause[] = [];
  #done = 0;
  #released = 0;

  constructor(options: GroupingOptions, sessions: Sessions, cycle: PaneCycle, overfull: Overfull) {
    this.#options = options;
    this.#sessions = sessions;
    this.#cycle = cycle;
    this.#overfull = overfull;
  }

  get empty(): boolean {
    return this.#done === this.#ids.length;
  }

  add(id: number, cause: FiringCause): void {
    if (this.empty) this.#sessions.firstDue = id;
    this.#ids.push(id);
    this.#causes.push(cause);
  }

  /** Whether the trigger of a session wants to fire. */
  asks(id: number): boolean {
    const { states, windows } = this.#sessions;
    const flags = this.#sessions.flags(id);
    return this.#cycle.shouldFire(flags, states.cells(id), states.at(id), windows.maxOf(id));
  }

  /** Writes panes until `out` holds so many bytes; answers how many values are held no longer. */
  emit(out: PaneFrames, bytes: number): number {
    this.#released = 0;
    // A session that is to be merged must not be touched before.
    while (!this.empty && out.bytes < bytes && this.#overfull.empty) {
      const at = this.#done++;
      this.#ask(this.#ids[at]!, this.#causes[at]!, out);
    }
    if (this.empty) {
      this.#ids.length = 0;
      this.#causes.length = 0;
      this.#done = 0;
    }
    this.#sessions.firstDue = this.#ids[this.#done] ?? -1;
    return this.#released;
  }

  /** Has the accumulators of a session merged to one. */
  crowd(id: number): void {
    const { windows } = this.#sessions;
    const bytes = Uint8Array.from(windows.encoded(id));
    this.#overfull.add({ bytes, maxTimestamp: windows.maxOf(id) }, this.#groupOf(id));
  }

  #ask(id: number, cause: FiringCause, out: PaneFrames): void {
    const sessions = this.#sessions;
    const flags = sessions.flags(id);
    if ((flags & GONE) !== 0) return;
    const { states, windows } = sessions;
    const end = windows.maxOf(id);
    if ((flags & CLOSED) === 0) {
      if (cause === 'expiry') this.#fire(id, true, out);
      else if (this.asks(id)) {
        this.#fire(id, this.#cycle.onFire(flags, states.cells(id), states.at(id), end), out);
      }
    }
    if (cause === 'end') {
      sessions.setFlags(id, (sessions.flags(id) & ~DUE) | ENDED);
      sessions.settle(id);
    } else if (cause === 'expiry') {
      this.#released += sessions.table.values.countOf(id);
      sessions.remove(id);
      sessions.table.release(id);
    }
  }

  #fire(id: number, finished: boolean, out: PaneFrames): void {
    const sessions = this.#sessions;
    const { states, windows, table } = sessions;
    const { accumulation, closing } = this.#options.windowing;
    const flags = sessions.flags(id);
    const end: EventTime = windows.maxOf(id);
    const cells = states.cells(id);
    const { pane, time } = this.#cycle.pane(flags, cells, states.at(id), end, finished);
    if (pane !== undefined) out.add(time, windows.encoded(id), pane, this.#groupOf(id));
    const after = (flags & ~(FRESH | HOLDS | HOLDS_EXPIRY)) | SPOKEN;
    const holds = !finished && closing === 'always';
    sessions.setFlags(id, holds ? after | HOLDS_EXPIRY : after);
    if (finished) sessions.close(id);
    sessions.settle(id);
    const count = table.values.countOf(id);
    if (finished || accumulation === 'discarding') {
      this.#released += count;
      table.values.clear(id);
    } else if (this.#options.accumulators && count > 1) {
      this.crowd(id);
    }
  }

  #groupOf(id: number): GroupBytes {
    const { table } = this.#sessions;
    return { keys: table.keys, keyId: table.keyOf(id), values: table.values, valuesId: id };
  }
}
