import { NO_FIRING, type Pane, type PaneTiming } from '#portability/model/panes.js';
import { TIMESTAMP_MIN, type EventTime, type ProcessingTime } from '#portability/model/time.js';
import type { TimestampCombiner } from '#portability/model/windowing.js';
import { TriggerMachine } from '../triggers/trigger-machine.js';
import type { TriggerMoment } from '../triggers/trigger-moment.js';
import type { Cells } from '../triggers/trigger-node.js';
import { CLOSED, FRESH, HOLDS, HOLDS_EXPIRY } from './group-flags.js';
import { NON_SPECULATIVE, PANES, TIME, TRIGGER } from './group-states.js';
import type { GroupingOptions } from './grouping.js';
import { isEmitted } from './panes.js';
import type { WakeTimes } from './wake-times.js';

/** What a firing came to. */
export interface PaneOutcome {
  /** The pane, or `undefined` if nothing is to be emitted. */
  pane: Pane | undefined;
  /** Timestamp of the pane. */
  time: EventTime;
}

/**
 * What happens to one key and window: elements arrive, the trigger is asked, panes are described. It
 * decides and counts; the groupings hold the bytes and do the holding.
 *
 * A group is given by its flags, its cells and the last timestamp of its window. Nothing is allocated per
 * element.
 */
export class PaneCycle {
  readonly machine: TriggerMachine;
  /** What the caller is dealing with; times to wake up at are noted for it. */
  group = 0;
  clock: ProcessingTime = TIMESTAMP_MIN as number as ProcessingTime;
  synchronized: ProcessingTime = this.clock;
  readonly #options: GroupingOptions;
  readonly #combiner: TimestampCombiner;
  /** Nothing but the end of a window makes it fire. */
  readonly #waitsForEnd: boolean;
  readonly #moment: TriggerMoment;
  readonly #outcome: PaneOutcome = { pane: undefined, time: TIMESTAMP_MIN };
  /** The last pane: those of one firing are mostly the same. */
  #last: Pane = NO_FIRING;

  constructor(options: GroupingOptions, merges: boolean, wakes: WakeTimes) {
    this.#options = options;
    this.#combiner = options.windowing.timestampCombiner;
    this.#waitsForEnd = options.windowing.trigger.kind === 'default';
    this.machine = new TriggerMachine(options.windowing.trigger, merges);
    this.#moment = {
      maxTimestamp: TIMESTAMP_MIN,
      inputWatermark: TIMESTAMP_MIN,
      clock: this.clock,
      synchronized: this.clock,
      fresh: false,
      arriving: 0,
      wake: (time, isSynchronized) => {
        wakes.add(time, this.group, isSynchronized);
      },
    };
  }

  /** `count` elements of `time` arrive; answers the new flags. */
  arrive(
    flags: number,
    cells: Cells,
    at: number,
    time: EventTime,
    end: EventTime,
    count: number,
  ): number {
    const { input, output } = this.#options.times;
    let after = flags | FRESH;
    // WM-6: an element behind the output watermark never pulls the pane's timestamp back.
    if (input > end) after |= HOLDS_EXPIRY;
    else if (this.#combiner === 'end-of-window') after |= HOLDS;
    else if (time < output) after |= HOLDS_EXPIRY;
    else {
      after |= HOLDS;
      this.combineTime(cells, at, time);
    }
    if (!this.machine.isStateless) {
      const moment = this.momentOf(after, end);
      moment.arriving = count;
      this.machine.onElements(cells, at + TRIGGER, moment);
    }
    return after;
  }

  combineTime(cells: Cells, at: number, time: EventTime): void {
    const known = cells[at + TIME]!;
    // NaN is neither.
    const stays = this.#combiner === 'earliest' ? known <= time : known >= time;
    if (!stays) cells[at + TIME] = time;
  }

  shouldFire(flags: number, cells: Cells, at: number, end: EventTime): boolean {
    if ((flags & CLOSED) !== 0) return false;
    if (this.#waitsForEnd && this.#options.times.input <= end) return false;
    return this.machine.shouldFire(cells, at + TRIGGER, this.momentOf(flags, end));
  }

  /** Fires the trigger; answers whether it is finished. */
  onFire(flags: number, cells: Cells, at: number, end: EventTime): boolean {
    return this.machine.onFire(cells, at + TRIGGER, this.momentOf(flags, end));
  }

  /** Describes and counts the pane that a firing comes to. The answer is one object, used again. */
  pane(flags: number, cells: Cells, at: number, end: EventTime, finished: boolean): PaneOutcome {
    const { windowing } = this.#options;
    const timing = this.#timingOf(cells, at, end);
    const outcome = this.#outcome;
    const fresh = (flags & FRESH) !== 0;
    outcome.pane = undefined;
    if (isEmitted({ fresh, timing, finished }, windowing.onTime, windowing.closing)) {
      // PAN-2: both are counted only when a pane is really emitted.
      const index = cells[at + PANES]!++;
      const nonSpeculative = timing === 'early' ? -1 : cells[at + NON_SPECULATIVE]!++;
      outcome.pane = this.#paneOf(timing, index, nonSpeculative, finished);
    }
    // ACC-4
    const time = cells[at + TIME]!;
    outcome.time = time < end ? (time as EventTime) : end;
    cells[at + TIME] = NaN;
    if (finished) this.machine.clear(cells, at + TRIGGER);
    return outcome;
  }

  momentOf(flags: number, end: EventTime): TriggerMoment {
    const moment = this.#moment;
    moment.maxTimestamp = end;
    moment.inputWatermark = this.#options.times.input;
    moment.clock = this.clock;
    moment.synchronized = this.synchronized;
    moment.fresh = (flags & FRESH) !== 0;
    return moment;
  }

  /** PAN-1 */
  #timingOf(cells: Cells, at: number, end: EventTime): PaneTiming {
    const { input, output } = this.#options.times;
    if (cells[at + NON_SPECULATIVE]! > 0 || end < output) return 'late';
    return input <= end ? 'early' : 'on-time';
  }

  #paneOf(timing: PaneTiming, index: number, nonSpeculativeIndex: number, last: boolean): Pane {
    const before = this.#last;
    if (
      before.timing === timing &&
      before.index === index &&
      before.nonSpeculativeIndex === nonSpeculativeIndex &&
      before.last === last
    ) {
      return before;
    }
    const first = index === 0;
    return (this.#last = {
      timing,
      index: integer(index),
      nonSpeculativeIndex: integer(nonSpeculativeIndex),
      first,
      last,
    });
  }
}

/**
 * What is read from an array of doubles is a double to V8, whatever its value. One pane that holds doubles where others
 * hold small integers changes what all panes look like: code that knows one of them as a constant, as most does, would
 * be compiled again and again, in vain.
 */
function integer(n: number): number {
  const small = n | 0;
  return small === n ? small : n;
}
