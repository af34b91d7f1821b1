import { readPane } from '#portability/coders/panes.js';
import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { DueTimers } from '#portability/fnapi/direct-state.js';
import type { TransformId } from '#portability/model/ids.js';
import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import { minTime, TIMESTAMP_MAX, type EventTime } from '#portability/model/time.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { KeyedState } from '../state/keyed-state.js';
import type { BatchMemory } from './batch-memory.js';
import type { PaneNumbers } from './pane-numbers.js';
import { TimerWriter } from './timer-frames.js';

/** What the numbers of a batch stand for. */
export interface BatchSurroundings {
  readonly transform: TransformId;
  readonly state: KeyedState;
  readonly panes: PaneNumbers;
  /** By number. */
  readonly families: readonly string[];
}

const NO_TAG: Uint8Array = new Uint8Array(0);

/**
 * Timers that left the store to be fired, in their order. They are numbers; bytes are made of them only for
 * user code that is elsewhere.
 */
export class DueBatch implements DueTimers {
  count = 0;
  /** The least time that they hold until they have fired: `TimerHolds` H1. */
  least: EventTime = TIMESTAMP_MAX;
  /** Places of windows that are over, whose timers do not fire. */
  readonly over: number[] = [];
  readonly #memory: BatchMemory;
  readonly #tags = new Map<number, Uint8Array>();
  readonly #around: BatchSurroundings;
  #frames: readonly TimerFrame[] | undefined;

  constructor(around: BatchSurroundings, memory: BatchMemory) {
    this.#around = around;
    this.#memory = memory;
  }

  /** The places of all timers, also those that do not fire. */
  forEach(f: (place: number) => void): void {
    for (let i = 0; i < this.count; i++) f(this.place(i));
    this.over.forEach((place) => {
      f(place);
    });
  }

  add(
    place: number,
    family: number,
    tag: Uint8Array,
    fire: number,
    hold: number,
    pane: number,
  ): void {
    if (tag.length > 0) this.#tags.set(this.count, tag);
    this.#memory.set(this.count++, place, family, pane, fire, hold);
    if (!Number.isNaN(hold)) this.#noteHold(hold as EventTime, place);
  }

  #noteHold(hold: EventTime, place: number): void {
    const held = minTime(hold, this.#around.state.windowOf(place).maxTimestamp);
    if (held < this.least) this.least = held;
  }

  place(i: number): number {
    return this.#memory.place(i);
  }

  family(i: number): string {
    return this.#around.families[this.#memory.family(i)]!;
  }

  tag(i: number): string {
    if (this.#tags.size === 0) return '';
    return Buffer.from(this.#tags.get(i) ?? NO_TAG).toString();
  }

  fire(i: number): EventTime {
    return this.#memory.fire(i) as EventTime;
  }

  hold(i: number): number {
    return this.#memory.hold(i);
  }

  pane(i: number): Pane {
    const number = this.#memory.pane(i);
    return number === 0 ? NO_FIRING : readPane(new ByteReader(this.#around.panes.paneOf(number)));
  }

  window(i: number): Uint8Array {
    return this.#around.state.windowOf(this.place(i)).bytes;
  }

  /** Whether the bytes of the timers were asked for. */
  get isEncoded(): boolean {
    return this.#frames !== undefined;
  }

  /** The same objects each time: a repeated try gets what the first one got. */
  get frames(): readonly TimerFrame[] {
    return (this.#frames ??= this.#encoded());
  }

  #encoded(): readonly TimerFrame[] {
    const { transform, state, panes } = this.#around;
    const writer = new TimerWriter(transform);
    for (let i = 0; i < this.count; i++) {
      const place = this.place(i);
      writer.write(this.family(i), (out) => state.places.writeKey(place, out), {
        tag: this.#tags.get(i) ?? NO_TAG,
        window: state.windowOf(place).bytes,
        fire: this.fire(i),
        hold: this.hold(i),
        pane: panes.paneOf(this.#memory.pane(i)),
      });
    }
    return writer.frames();
  }
}
