import { CountedCoder } from '../../portability/coders/counted.js';
import { intervalWindowCoder, globalWindowCoder } from '../../portability/coders/windows.js';
import { TIMESTAMP_MIN, type EventTime } from '../../portability/model/time.js';
import type { WindowingStrategy } from '../../portability/model/windowing.js';
import { GLOBAL_WINDOW, type Window } from '../../portability/model/windows.js';
import type { Frame } from '../../portability/wire/frames.js';
import type { Grouping, GroupingOptions } from '../../runners/core/grouping/grouping.js';
import { groupingOf } from '../../runners/core/grouping/grouping-of.js';
import { TriggeredGrouping } from '../../runners/core/grouping/triggered-grouping.js';
import { indexOf } from '../../runners/core/input/frame-scan.js';
import {
  element,
  elementsOf,
  frameOf,
  grouped,
  interval,
  pair,
  PAIRS,
  text,
  textPairs,
  type Element,
} from '../../runners/core/input/frames.fixture.js';
import { windowingOf } from './transcript-windowing.js';

export interface Transcript {
  readonly name: string;
  readonly window_fn?: string;
  readonly trigger_fn?: string;
  readonly timestamp_combiner?: string;
  readonly accumulation_mode?: 'accumulating' | 'discarding';
  readonly allowed_lateness?: number;
  /** A regular expression: the transcript itself is wrong, and must be found to be. */
  readonly error?: string;
  readonly transcript: readonly Action[];
}

export type Action =
  | { readonly input: readonly number[] }
  | { readonly watermark: number }
  | { readonly expect: readonly ExpectedPane[] }
  | { readonly state: Readonly<Record<'present' | 'absent' | 'tombstone', readonly Bounds[]>> };

type Bounds = readonly [start: number, last: number];

export interface ExpectedPane {
  readonly window?: Bounds;
  readonly values?: readonly number[];
  readonly timestamp?: number;
  readonly index?: number;
  readonly nonspeculative_index?: number;
  readonly early?: boolean;
  readonly late?: boolean;
  readonly final?: boolean;
}

export interface Way {
  /** Through a combine: one accumulator per bundle and window, which says how many elements are in it. */
  readonly combines: boolean;
  /** By the grouping for any trigger, also where a narrower one would do. */
  readonly general: boolean;
}

const counted = pair(text, new CountedCoder(text));

/** `OUTPUT_AT_EARLIEST_TRANSFORMED` of that window function adds so many seconds; Python alone has it. */
const TRANSFORMED = 100;

/** Plays a transcript on a grouping, below the checks at construction. Times are in seconds. */
export class TranscriptDriver {
  readonly #grouping: Grouping;
  readonly #windowing: WindowingStrategy;
  readonly #combines: boolean;
  readonly #shift: number;
  readonly #shape: GroupingOptions['shape'];
  readonly #times: { input: EventTime; output: EventTime } = {
    input: TIMESTAMP_MIN,
    output: TIMESTAMP_MIN,
  };
  #latest = 0;

  constructor(transcript: Transcript, way: Way) {
    const windowing = (this.#windowing = windowingOf(transcript));
    this.#combines = way.combines;
    this.#shift =
      transcript.timestamp_combiner?.endsWith('_TRANSFORMED') === true ? TRANSFORMED : 0;
    const global = windowing.windowFn.kind === 'global';
    const windowCoder = global ? globalWindowCoder : intervalWindowCoder;
    const merged = (this.#shape = { ...PAIRS, windowCoder });
    const options: GroupingOptions = {
      windowing,
      keyed: true,
      accumulators: way.combines,
      counted: way.combines,
      shape: way.combines ? { ...merged, elementCoder: counted } : merged,
      merged,
      times: this.#times,
    };
    this.#grouping =
      way.general && windowing.mergeStatus === 'non-merging'
        ? new TriggeredGrouping(options)
        : groupingOf(options);
  }

  /** One bundle for one key; what it makes due. */
  input(seconds: readonly number[]): readonly ExpectedPane[] {
    this.#latest = Math.max(this.#latest, ...seconds);
    const frame = this.#combines ? this.#precombined(seconds) : this.#elements(seconds);
    this.#grouping.absorb(frame, frame.index!);
    this.#grouping.endBundle();
    return this.#panes();
  }

  watermark(second: number): readonly ExpectedPane[] {
    this.#times.input = (second * 1000) as EventTime;
    this.#grouping.advance();
    return this.#panes();
  }

  /**
   * What is known of a window: whether it holds something, and whether it is finished. The transcripts
   * mean the moment at which the watermark has come to the latest element.
   */
  state([start]: Bounds): 'present' | 'absent' | 'tombstone' {
    this.watermark(this.#latest);
    for (const { window, closed } of this.#grouping.open()) {
      if (window.kind === 'interval' && window.start === start * 1000) {
        return closed ? 'tombstone' : 'present';
      }
    }
    return 'absent';
  }

  #elements(seconds: readonly number[]): Frame {
    const elements = seconds.map((t) =>
      element(['key', textOf([t])] as const, t * 1000, this.#windowOf(t)),
    );
    return this.#indexed(frameOf(elements, textPairs, this.#shape.windowCoder), textPairs);
  }

  #indexed(frame: Frame, elementCoder: GroupingOptions['shape']['elementCoder']): Frame {
    return { ...frame, index: indexOf(frame, { ...this.#shape, elementCoder }) };
  }

  /**
   * LFT-2: by unmerged window, with the combined timestamp. An accumulator may be flushed at any time, so
   * what is behind the watermark is taken apart from what is not: WM-6 is decided by the grouping.
   */
  #precombined(seconds: readonly number[]): Frame {
    const groups = new Map<string, number[]>();
    for (const t of seconds) {
      const id = JSON.stringify([this.#windowOf(t), t * 1000 < this.#times.output]);
      groups.set(id, [...(groups.get(id) ?? []), t]);
    }
    const combine = this.#windowing.timestampCombiner === 'latest' ? Math.max : Math.min;
    const elements = [...groups.values()].map((of) => {
      const t = combine(...of);
      const accumulator = { count: of.length, value: textOf(of) };
      return element(['key', accumulator] as const, t * 1000, this.#windowOf(t));
    });
    return this.#indexed(frameOf(elements, counted, this.#shape.windowCoder), counted);
  }

  #windowOf(second: number): Window {
    const { windowFn } = this.#windowing;
    const t = second * 1000;
    if (windowFn.kind === 'sessions') return interval(t, t + windowFn.gap);
    if (windowFn.kind !== 'fixed') return GLOBAL_WINDOW;
    const start = Math.floor(t / windowFn.size) * windowFn.size;
    return interval(start, start + windowFn.size);
  }

  #panes(): readonly ExpectedPane[] {
    const frames = [];
    this.#merge();
    while (this.#grouping.due) {
      frames.push(...this.#grouping.emit(1));
      this.#merge();
    }
    const bound = Math.min(this.#times.input, this.#grouping.holds.least());
    if (bound > this.#times.output) this.#times.output = bound as EventTime;
    return elementsOf(frames, grouped, this.#shape.windowCoder).map((of) => this.#pane(of));
  }

  /** What `Connection.mergeAccumulators` does: accumulators are texts, one after the other. */
  #merge(): void {
    const { overfull } = this.#grouping;
    if (overfull.empty) return;
    const merged = elementsOf(overfull.frames(), grouped, this.#shape.windowCoder).map((of) => ({
      ...of,
      value: [of.value[0], of.value[1].join('')] as const,
    }));
    const frame = frameOf(merged, textPairs, this.#shape.windowCoder);
    this.#grouping.buffered -= overfull.replace([frame]);
  }

  #pane({ value, time, windows, pane }: PaneElement): ExpectedPane {
    const numbers = value[1]
      .join('')
      .split(' ')
      .filter((text) => text !== '')
      .map(Number);
    const [window] = windows;
    return {
      ...(window?.kind === 'interval'
        ? { window: [window.start / 1000, Math.floor(window.maxTimestamp / 1000)] }
        : {}),
      values: numbers.sort((a, b) => a - b),
      timestamp: Math.floor(time / 1000) + this.#shift,
      index: pane.index,
      nonspeculative_index: pane.nonSpeculativeIndex,
      early: pane.timing === 'early',
      late: pane.timing === 'late',
      final: pane.last,
    };
  }
}

const textOf = (values: readonly number[]): string =>
  values.map((value) => `${String(value)} `).join('');

type PaneElement = Element<readonly [string, readonly string[]]>;

/**
 * Plays all actions and compares.
 *
 * @throws Error `Unmatched output` where a pane that is expected did not come or another one did,
 *   `Unexpected output` where panes came that nothing expects
 */
export function play(transcript: Transcript, way: Way): void {
  const driver = new TranscriptDriver(transcript, way);
  let panes: readonly ExpectedPane[] = [];
  for (const action of transcript.transcript) {
    if ('expect' in action) {
      match(action.expect, panes);
      panes = [];
      continue;
    }
    requireNone(panes);
    if ('input' in action) panes = driver.input(action.input);
    else if ('watermark' in action) panes = driver.watermark(action.watermark);
    else checkState(driver, action.state);
  }
  requireNone(panes);
}

function requireNone(panes: readonly ExpectedPane[]): void {
  if (panes.length > 0) throw new Error(`Unexpected output: ${JSON.stringify(panes)}`);
}

function match(expected: readonly ExpectedPane[], panes: readonly ExpectedPane[]): void {
  const left = [...panes];
  for (const pane of expected) {
    const at = left.findIndex((actual) => isMatch(pane, actual));
    if (at < 0) {
      throw new Error(
        `Unmatched output: ${JSON.stringify(pane)} is not in ${JSON.stringify(left)}`,
      );
    }
    left.splice(at, 1);
  }
  if (left.length > 0) throw new Error(`Unmatched output: ${JSON.stringify(left)} is left`);
}

/** Only what is given is compared. */
function isMatch(expected: ExpectedPane, actual: ExpectedPane): boolean {
  return Object.entries(expected).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(actual[name as keyof ExpectedPane]),
  );
}

function checkState(
  driver: TranscriptDriver,
  state: Readonly<Record<string, readonly Bounds[]>>,
): void {
  for (const [expected, windows] of Object.entries(state)) {
    for (const window of windows) {
      const actual = driver.state(window);
      if (actual !== expected) throw new Error(`${JSON.stringify(window)} is ${actual}`);
    }
  }
}
