import {
  duration,
  TIMESTAMP_MIN,
  type EventTime,
  type ProcessingTime,
} from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import type { Window } from '#portability/model/windows.js';
import {
  at,
  element,
  elementsOf,
  frameOf,
  grouped,
  interval,
  PAIRS,
  tenOf,
  textPairs,
} from '../input/frames.fixture.js';
import { indexOf } from '../input/frame-scan.js';
import type { Grouping } from './grouping.js';
import { groupingOf } from './grouping-of.js';
import { TriggeredGrouping } from './triggered-grouping.js';

/** One arrival: key, value, time. Its window follows from the strategy, or is given. */
export type Arrival = readonly [key: string, value: string, time: number, ...windows: Window[]];

/** A grouping whose watermarks the test moves; the output watermark follows the holds (WM-1). */
export class GroupingDriver {
  readonly grouping: Grouping;
  readonly times: { input: EventTime; output: EventTime } = {
    input: TIMESTAMP_MIN,
    output: TIMESTAMP_MIN,
  };
  readonly #windowing: WindowingStrategy;

  /** `general`: by the grouping for any trigger, also where a narrower one would do. */
  constructor(
    windowing: WindowingStrategy,
    options: {
      readonly accumulators?: boolean;
      readonly general?: boolean;
      readonly partBytes?: number;
    } = {},
  ) {
    this.#windowing = windowing;
    const all = {
      windowing,
      keyed: true,
      accumulators: options.accumulators ?? false,
      shape: PAIRS,
      times: this.times,
      ...(options.partBytes === undefined ? {} : { partBytes: options.partBytes }),
    };
    this.grouping = options.general === true ? new TriggeredGrouping(all) : groupingOf(all);
  }

  /** One bundle; returns the panes that it makes due. */
  add(...arrivals: readonly Arrival[]): readonly string[] {
    this.absorb(...arrivals);
    return this.panes();
  }

  /** One bundle, and nothing else. */
  absorb(...arrivals: readonly Arrival[]): void {
    const elements = arrivals.map(([key, value, time, ...windows]) =>
      element(
        [key, value] as const,
        time,
        ...(windows.length > 0 ? windows : [this.#windowOf(time)]),
      ),
    );
    const frame = frameOf(elements, textPairs);
    this.grouping.absorb(frame, indexOf(frame, PAIRS));
    this.grouping.endBundle();
  }

  watermark(t: number): readonly string[] {
    this.times.input = at(t);
    this.grouping.advance();
    return this.panes();
  }

  /** Moves the clock, and synchronized time with it or up to where something is pending upstream. */
  clock(t: number, synchronized: number = t): readonly string[] {
    this.grouping.tick(t as ProcessingTime, synchronized as ProcessingTime);
    return this.panes();
  }

  /** `key@window: values, sorted; timestamp timing index flags`. */
  panes(): readonly string[] {
    const frames = [];
    for (;;) {
      if (this.grouping.due) frames.push(...this.grouping.emit(1));
      else if (this.grouping.waiting === undefined) break;
      else {
        this.grouping.absorbWaiting!();
        this.grouping.endBundle();
      }
    }
    this.#follow();
    return elementsOf(frames, grouped)
      .map(({ value: [key, values], time, windows, pane }) => {
        const [window] = windows;
        const bounds = window?.kind === 'interval' ? `[${window.start},${window.end})` : 'global';
        const flags = `${pane.first ? ' first' : ''}${pane.last ? ' last' : ''}`;
        const sorted = [...values].sort().join('');
        return `${key}@${bounds}: ${sorted} ${String(time)} ${pane.timing} ${String(pane.index)}${flags}`;
      })
      .sort();
  }

  get hold(): EventTime {
    return this.grouping.holds.least();
  }

  #follow(): void {
    const bound = Math.min(this.times.input, this.hold);
    if (bound > this.times.output) this.times.output = at(bound);
  }

  #windowOf(time: number): Window {
    const { windowFn } = this.#windowing;
    return windowFn.kind === 'sessions' ? interval(time, time + windowFn.gap) : tenOf(time);
  }
}

export const lateness = duration;
