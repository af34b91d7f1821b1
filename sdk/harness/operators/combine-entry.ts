import { minTime, type EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';

/** The accumulator of one key in one set of windows. */
export class CombineEntry {
  readonly key: unknown;
  accumulator: unknown;
  timestamp: EventTime;
  /** Elements in it. */
  count = 0;

  constructor(key: unknown, accumulator: unknown, timestamp: EventTime) {
    this.key = key;
    this.accumulator = accumulator;
    this.timestamp = timestamp;
  }
}

/**
 * The entries of elements that are in exactly the same windows: of one window, or of one pane of sliding
 * windows. Both maps keep the order in which keys came.
 */
export class PaneTable {
  readonly windows: readonly Window[];
  /** Timestamp of an entry that is stamped with the end of its window. */
  readonly end: EventTime;
  /** Keys that are their own identity: strings, booleans, integers, nothing. */
  readonly plain: Map<unknown, CombineEntry> = new Map();
  /** All others, by the bytes of their encoding, one character for each byte. */
  readonly encoded: Map<string, CombineEntry> = new Map();

  constructor(windows: readonly Window[]) {
    this.windows = windows;
    this.end = windows.map((window) => window.maxTimestamp).reduce(minTime);
  }

  get size(): number {
    return this.plain.size + this.encoded.size;
  }
}
