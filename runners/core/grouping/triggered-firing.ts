import { TIMESTAMP_MIN } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { CLOSED, FRESH, HOLDS, HOLDS_END, HOLDS_EXPIRY } from './group-flags.js';
import type { GroupingOptions } from './grouping.js';
import type { Overfull } from './overfull.js';
import type { PaneCycle } from './pane-cycle.js';
import type { PaneFrames } from './pane-frames.js';
import { TriggeredWindow } from './triggered-window.js';

/**
 * Why groups are asked for a pane: because of an element or a clock; because the end of the window is
 * passed; because the window is collected, which needs no trigger.
 */
export type FiringCause = 'asked' | 'end' | 'expiry';

/** What a firing works with. */
export interface FiringSetting {
  readonly options: GroupingOptions;
  readonly cycle: PaneCycle;
  readonly overfull: Overfull;
}

/**
 * Groups of one window that are asked for a pane, all or some of them. A large window is emitted in
 * parts, so that what is downstream can take one part before the next is written.
 */
export class TriggeredFiring {
  readonly window: TriggeredWindow;
  readonly cause: FiringCause;
  readonly #ids: readonly number[] | undefined;
  #at = 0;
  #released = 0;
  /** Some group keeps values. */
  #keeps = false;

  constructor(window: TriggeredWindow, cause: FiringCause, ids?: readonly number[]) {
    this.window = window;
    this.cause = cause;
    this.#ids = ids;
  }

  /** Writes panes until `out` holds so many bytes; true when every group was asked. */
  emit(out: PaneFrames, bytes: number, setting: FiringSetting): boolean {
    const { window } = this;
    const total = this.#ids?.length ?? window.buffer.created;
    while (this.#at < total) {
      if (out.bytes >= bytes) return false;
      const id = this.#ids?.[this.#at] ?? this.#at;
      this.#at++;
      this.#ask(id, out, setting);
      if (window.buffer.countOf(id) > 0) this.#keeps = true;
    }
    if (this.cause === 'end') {
      window.ended = true;
      if (!this.#keeps) window.dropValues();
    }
    return true;
  }

  /** Values that the groups no longer hold, since the last call. */
  takeReleased(): number {
    const released = this.#released;
    this.#released = 0;
    return released;
  }

  #ask(id: number, out: PaneFrames, setting: FiringSetting): void {
    const { window, cause } = this;
    const { buffer, states, maxTimestamp } = window;
    const { cycle } = setting;
    const flags = buffer.markOf(id);
    if ((flags & CLOSED) !== 0) return;
    const cells = states.cells(id);
    const at = states.at(id);
    if (cause === 'expiry') this.#fire(id, flags, true, out, setting);
    else if (cycle.shouldFire(flags, cells, at, maxTimestamp)) {
      this.#fire(id, flags, cycle.onFire(flags, cells, at, maxTimestamp), out, setting);
    } else if (cause === 'end' && (flags & HOLDS) !== 0) {
      // V2 of the window: the pane is still owed.
      window.noteFlags(id, flags, flags | HOLDS_END);
    }
  }

  #fire(
    id: number,
    flags: number,
    finished: boolean,
    out: PaneFrames,
    { options, cycle, overfull }: FiringSetting,
  ): void {
    const { window } = this;
    const { buffer, states } = window;
    const { accumulation, closing } = options.windowing;
    const group = { keys: buffer, keyId: id, values: buffer, valuesId: id };
    const { pane, time } = cycle.pane(
      flags,
      states.cells(id),
      states.at(id),
      window.maxTimestamp,
      finished,
    );
    if (pane !== undefined) out.add(time, window.bytes, pane, group);
    let after = flags & ~(FRESH | HOLDS | HOLDS_EXPIRY | HOLDS_END);
    if (finished) after |= CLOSED;
    else if (closing === 'always') after |= HOLDS_EXPIRY;
    window.noteFlags(id, flags, after);
    const count = buffer.countOf(id);
    if (finished || accumulation === 'discarding') {
      this.#released += count;
      buffer.clear(id);
    } else if (options.accumulators && count > 1) {
      overfull.add(window, group);
    }
  }
}

keepShape(
  new TriggeredFiring(
    new TriggeredWindow(new Uint8Array(0), TIMESTAMP_MIN, TIMESTAMP_MIN, false),
    'asked',
  ),
);
