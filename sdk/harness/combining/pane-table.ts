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
  plain: KeyedAccumulators = NOBODY;
  /** Of all others, by the bytes of their encoding, one character for each byte. */
  encoded: KeyedAccumulators = NOBODY;

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

  /** Where keys of a kind can be put. */
  opened(isPlain: boolean): KeyedAccumulators {
    if (isPlain) return this.plain === NOBODY ? (this.plain = take()) : this.plain;
    return this.encoded === NOBODY ? (this.encoded = take()) : this.encoded;
  }

  /** Nobody looks at the table any more, and it is empty. */
  release(): void {
    give(this.plain);
    give(this.encoded);
    this.plain = this.encoded = NOBODY;
  }
}

/** Of panes without keys of a kind: nothing is put there. */
const NOBODY = new KeyedAccumulators();
const MOST_SPARE = 2048;
/** Windows of few keys may come and go by the thousand in a second: what one leaves behind serves the next. */
const spare: KeyedAccumulators[] = [];

function take(): KeyedAccumulators {
  return spare.pop() ?? new KeyedAccumulators();
}

function give(entries: KeyedAccumulators): void {
  if (entries !== NOBODY && spare.length < MOST_SPARE && entries.restart()) spare.push(entries);
}

keepShape(new PaneTable(GLOBAL_WINDOWS));
