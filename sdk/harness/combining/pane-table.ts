import { minTime, type EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOWS, type Window } from '#portability/model/windows.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { KeyedAccumulators } from './keyed-accumulators.js';

/**
 * The accumulators of elements that are in exactly the same windows: of one window, or of one pane of sliding
 * windows.
 */
export class PaneTable {
  readonly windows: readonly Window[];
  /** Timestamp of an accumulator that is stamped with the end of its window. */
  readonly end: EventTime;
  /** Of keys that are their own identity: strings, booleans, integers, nothing. */
  readonly plain: KeyedAccumulators = new KeyedAccumulators();
  /** Of all others, by the bytes of their encoding, one character for each byte. */
  readonly encoded: KeyedAccumulators = new KeyedAccumulators();

  constructor(windows: readonly Window[]) {
    this.windows = windows;
    this.end = windows.map((window) => window.maxTimestamp).reduce(minTime);
  }

  /** Keys that have something. */
  get size(): number {
    return this.plain.live.length + this.encoded.live.length;
  }

  /** Keys that have a place, empty or not. */
  get known(): number {
    return this.plain.known + this.encoded.known;
  }

  clear(): void {
    this.plain.clear();
    this.encoded.clear();
  }
}

keepShape(new PaneTable(GLOBAL_WINDOWS));
