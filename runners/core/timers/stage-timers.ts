import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { EventTime, ProcessingTime } from '#portability/model/time.js';
import type { TimeDomain } from '#portability/model/transform-spec.js';
import type { StatefulStage } from '../plan/plan.js';
import type { KeyedState } from '../state/keyed-state.js';
import type { Bound, Holder } from '../time/watermarks.js';
import { PlaceList } from '../state/place-list.js';
import { BundleSettings, type TimersOfStage } from './bundle-settings.js';
import { BatchMemory } from './batch-memory.js';
import { DueBatch, type BatchSurroundings } from './due-batch.js';
import { PaneNumbers } from './pane-numbers.js';
import { TIMER_STRIDE, TimerReader } from './timer-frames.js';
import { FIRE, HOLD } from './timer-records.js';
import { TimerJournal } from './timer-journal.js';
import { TimerStore } from './timer-store.js';

/** What decides whether a timer is due. */
export interface FireTimes {
  /** Event timers fire up to the one and before the other. */
  readonly reached: EventTime;
  readonly before: number;
  readonly now: ProcessingTime;
  readonly watermark: EventTime;
  /** What is added to times of the clock when they are told to user code. */
  readonly ahead: number;
}

/** What timers of a domain fire into. */
interface Firing {
  readonly due: DueBatch;
  readonly most: number;
  readonly ahead: number;
  readonly isOver?: (place: number) => boolean;
}

/** A timer that is set. */
export interface WaitingTimer {
  readonly family: string;
  readonly domain: TimeDomain;
  /** In the domain of its family. */
  readonly fire: number;
}

/** The timers of a stage as its bundles see them. */
export class StageTimers {
  readonly store: TimerStore;
  readonly #planned: StatefulStage;
  readonly #state: KeyedState;
  readonly #names: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #panes = new PaneNumbers();
  readonly #ofBundles: TimersOfStage;
  readonly #reader = new TimerReader();
  readonly #around: BatchSurroundings;
  readonly #memory = new BatchMemory();

  constructor(planned: StatefulStage, state: KeyedState) {
    this.#planned = planned;
    this.#state = state;
    this.#names = [...planned.families.keys()];
    this.#numbers = new Map(this.#names.map((name, i) => [name, i]));
    this.store = new TimerStore(
      [...planned.families.values()],
      (place) => state.windowOf(place).maxTimestamp,
    );
    this.#around = {
      transform: planned.root,
      state,
      panes: this.#panes,
      families: this.#names,
    };
    this.#ofBundles = {
      store: this.store,
      families: this.#numbers,
      panes: this.#panes,
      journal: new TimerJournal(),
      cleared: new PlaceList(),
    };
  }

  /** When the first timer of a domain fires; +∞ without one. */
  least(domain: TimeDomain): number {
    return this.store.leastFire(domain);
  }

  /**
   * TMR-6: the output watermark waits for the least output timestamp, and for a window in which a timer fires later,
   * whatever its output timestamp is.
   */
  bound(): Bound | undefined {
    const { holds } = this.store;
    const row = holds.first();
    if (row < 0) return undefined;
    const { records } = this.store;
    const place = records.placeOf(row);
    const time = holds.of(row) as EventTime;
    const holder: Holder = {
      kind: 'timer',
      family: this.#names[this.store.familyOf(row)]!,
      key: this.#state.places.keyOf(place),
      window: this.#state.windowOf(place).bytes,
      fire: records.fireOf(row),
    };
    return { time, holder };
  }

  /** What is set for a key in a window, in the order in which it fires. */
  of(place: number): readonly WaitingTimer[] {
    const timers: WaitingTimer[] = [];
    this.store.forEachOf(place, (row) => {
      const family = this.#names[this.store.familyOf(row)]!;
      const domain = this.#planned.families.get(family)!;
      timers.push({ family, domain, fire: this.store.records.fireOf(row) });
    });
    return timers.sort((a, b) => a.fire - b.fire);
  }

  /**
   * Sets and clears timers as a bundle decided; gives the places that it touched to `touched`. The clock of who set
   * them is `workersAhead` of ours.
   */
  absorb(
    frame: TimerFrame,
    index: Int32Array,
    touched: (place: number) => void,
    workersAhead = 0,
  ): void {
    const family = this.#numbers.get(frame.family)!;
    const ahead = this.#planned.families.get(frame.family) === 'event-time' ? 0 : workersAhead;
    const timer = this.#reader;
    for (let i = 0; i < index.length; i += TIMER_STRIDE) {
      timer.at(frame, index, i);
      const { bytes, tagStart, tagEnd } = timer;
      const window = this.#state.windows.at(bytes, timer.windowStart, timer.windowEnd);
      const place = this.#state.place(window, bytes, timer.keyStart, timer.keyEnd, timer.keyHash);
      if (timer.cleared) this.store.clear(place, family, bytes, tagStart, tagEnd);
      else {
        const pane = this.#panes.numberOf(bytes, timer.paneStart, timer.paneEnd);
        const { hold } = timer;
        const fire = timer.fire - ahead;
        this.store.set(place, family, bytes, tagStart, tagEnd, { fire, hold, pane });
      }
      touched(place);
    }
  }

  /** What a bundle in this process reads and writes. */
  settings(due: DueBatch): BundleSettings {
    return new BundleSettings(this.#ofBundles, due);
  }

  /** No timers. */
  none(): DueBatch {
    return new DueBatch(this.#around, NO_MEMORY);
  }

  /** One bundle at a time has timers that are due, until it has ended or given up. */
  #batch(): DueBatch {
    return new DueBatch(this.#around, this.#memory);
  }

  /**
   * Takes timers that are due: event timers up to `reached` and before `before`, then processing timers up to `now`.
   * TMR-10: a processing timer of a window that is over is forgotten.
   */
  fire({ reached, before, now, watermark, ahead }: FireTimes, most: number): DueBatch {
    const due = this.#batch();
    const isDue = (time: number): boolean => time <= reached && time < before;
    this.#fireDomain('event-time', isDue, { due, most, ahead: 0 });
    const isOver = (place: number): boolean => this.#state.windowOf(place).expiry < watermark;
    const isPast = (time: number): boolean => time <= now;
    this.#fireDomain('processing-time', isPast, { due, most, ahead, isOver });
    return due;
  }

  /** The timers that tell keys of an expired window of its end (TMR-11). */
  expire(family: string, places: readonly number[]): DueBatch {
    const due = this.#batch();
    const number = this.#numbers.get(family)!;
    for (const place of places) {
      const { expiry, maxTimestamp } = this.#state.windowOf(place);
      due.add(place, number, NO_TAG, expiry, maxTimestamp, 0);
    }
    return due;
  }

  #fireDomain(
    domain: TimeDomain,
    isDue: (time: number) => boolean,
    { due, most, ahead, isOver }: Firing,
  ): void {
    const { store } = this;
    const { records } = store;
    const take = (row: number): void => {
      const at = records.placeOf(row);
      if (isOver?.(at) === true) due.over.push(at);
      else this.#add(row, at, due, ahead);
      store.remove(row);
    };
    store.takeDue(domain, isDue, most - due.count)?.forEach((row) => {
      if (store.isStillDue(row, isDue)) take(row);
    });
    while (due.count < most) {
      const row = store.first(domain);
      if (row < 0 || !isDue(records.fireOf(row))) break;
      take(row);
    }
  }

  #add(row: number, place: number, due: DueBatch, ahead: number): void {
    const { records } = this.store;
    const times = records.times(row);
    const at = records.timesAt(row);
    const family = this.store.familyOf(row);
    const pane = this.store.paneOf(row);
    const fire = times[at + FIRE]! + ahead;
    due.add(place, family, this.store.tagOf(row), fire, times[at + HOLD]!, pane);
  }
}

const NO_TAG: Uint8Array = new Uint8Array(0);
/** Of batches to which nothing is added. */
const NO_MEMORY = new BatchMemory();
