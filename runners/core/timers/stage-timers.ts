import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { StatefulStage } from '../plan/plan.js';
import type { KeyedState } from '../state/keyed-state.js';
import type { Bound, Holder } from '../time/watermarks.js';
import { PaneNumbers } from './pane-numbers.js';
import { TIMER_STRIDE, TimerReader, TimerWriter } from './timer-frames.js';
import { TimerStore } from './timer-store.js';
import { WrittenTimers } from './written-timers.js';

/** How many timers fire in one bundle, and how many of their bytes. */
export interface FireLimits {
  readonly elements: number;
  readonly bytes: number;
}

/** What decides whether a timer is due. */
export interface FireTimes {
  readonly before: number;
  readonly now: ProcessingTime;
  readonly watermark: EventTime;
}

/** Timers that left the store to be fired. */
export interface Fired {
  readonly timers: readonly TimerFrame[];
  readonly hold: EventTime;
  readonly places: readonly number[];
}

/** The timers of a stage as its bundles see them: as frames. */
export class StageTimers {
  readonly store: TimerStore;
  readonly #planned: StatefulStage;
  readonly #state: KeyedState;
  readonly #names: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #panes = new PaneNumbers();
  readonly #reader = new TimerReader();

  constructor(planned: StatefulStage, state: KeyedState) {
    this.#planned = planned;
    this.#state = state;
    this.#names = [...planned.families.keys()];
    this.#numbers = new Map(this.#names.map((name, i) => [name, i]));
    this.store = new TimerStore([...planned.families.values()]);
  }

  /** When the first timer of a domain fires; +∞ without one. */
  least(domain: TimeDomain): number {
    return this.store.leastFire(domain);
  }

  /** TMR-6: the output watermark waits for the least output timestamp. */
  bound(): Bound | undefined {
    const row = this.store.firstHold();
    if (row < 0) return undefined;
    const { records } = this.store;
    const place = records.place.get(row);
    const holder: Holder = {
      kind: 'timer',
      family: this.#names[this.store.familyOf(row)]!,
      key: this.#state.places.keyOf(place),
      window: this.#state.windowOf(place).bytes,
      fire: records.fire.get(row),
    };
    return { time: records.hold.get(row) as EventTime, holder };
  }

  /** Sets and clears timers as a bundle decided; gives the places that it touched to `touched`. */
  absorb(frame: TimerFrame, index: Int32Array, touched: (place: number) => void): void {
    const family = this.#numbers.get(frame.family)!;
    const timer = this.#reader;
    for (let i = 0; i < index.length; i += TIMER_STRIDE) {
      timer.at(frame, index, i);
      const { bytes, tagStart, tagEnd } = timer;
      const window = this.#state.windows.at(bytes, timer.windowStart, timer.windowEnd);
      const place = this.#state.place(window, bytes, timer.keyStart, timer.keyEnd, timer.keyHash);
      if (timer.cleared) this.store.clear(place, family, bytes, tagStart, tagEnd);
      else {
        const pane = this.#panes.numberOf(bytes, timer.paneStart, timer.paneEnd);
        const { fire, hold } = timer;
        this.store.set(place, family, bytes, tagStart, tagEnd, { fire, hold, pane });
      }
      touched(place);
    }
  }

  /** Where a bundle in this process writes what it sets. */
  writes(): WrittenTimers {
    return new WrittenTimers(this.#numbers, this.#panes);
  }

  /**
   * Takes timers that are due: event timers up to the watermark and before `before`, then processing
   * timers up to `now`. TMR-10: a processing timer of a window that is over is forgotten.
   */
  fire({ before, now, watermark }: FireTimes, limits: FireLimits): Fired {
    const writer = new TimerWriter(this.#planned.root);
    const places: number[] = [];
    const isDue = (time: number): boolean => time <= watermark && time < before;
    this.#fireDomain('event-time', isDue, writer, places, limits);
    const isOver = (place: number): boolean => this.#state.windowOf(place).expiry < watermark;
    this.#fireDomain('processing-time', (time) => time <= now, writer, places, limits, isOver);
    return { timers: writer.frames(), hold: writer.hold, places };
  }

  /** The timers that tell keys of an expired window of its end (TMR-11). */
  expire(family: string, places: readonly number[]): Fired {
    const writer = new TimerWriter(this.#planned.root);
    for (const place of places) {
      const { bytes, expiry, maxTimestamp } = this.#state.windowOf(place);
      writer.write(family, (out) => this.#state.places.writeKey(place, out), {
        tag: NO_TAG,
        window: bytes,
        fire: expiry,
        hold: maxTimestamp,
        pane: this.#panes.paneOf(0),
      });
    }
    return { timers: writer.frames(), hold: writer.hold, places };
  }

  #fireDomain(
    domain: TimeDomain,
    isDue: (time: number) => boolean,
    writer: TimerWriter,
    places: number[],
    limits: FireLimits,
    isOver?: (place: number) => boolean,
  ): void {
    const { store } = this;
    const { records } = store;
    while (writer.count < limits.elements && writer.byteSize < limits.bytes) {
      const row = store.first(domain);
      if (row < 0 || !isDue(records.fire.get(row))) return;
      const place = records.place.get(row);
      places.push(place);
      if (isOver?.(place) !== true) this.#write(row, place, writer);
      store.remove(row);
    }
  }

  #write(row: number, place: number, writer: TimerWriter): void {
    const { records } = this.store;
    const family = this.#names[this.store.familyOf(row)]!;
    writer.write(family, (out) => this.#state.places.writeKey(place, out), {
      tag: this.store.tagOf(row),
      window: this.#state.windowOf(place).bytes,
      fire: records.fire.get(row),
      hold: records.hold.get(row),
      pane: this.#panes.paneOf(this.store.paneOf(row)),
    });
  }
}

const NO_TAG: Uint8Array = new Uint8Array(0);
