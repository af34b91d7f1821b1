import { minTime, TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOWS, type Window } from '#portability/model/windows.js';
import { keepShape } from '#portability/wire/kept-shapes.js';

/** The accumulator of one key in one set of windows. */
export class CombineEntry {
  /** What stands for the key in its table: the key itself, or its encoding. */
  readonly id: unknown;
  readonly key: unknown;
  accumulator: unknown = undefined;
  timestamp: EventTime = TIMESTAMP_MIN;
  /** Elements in it; 0 while nothing has come since it was emptied. */
  count = 0;

  constructor(id: unknown, key: unknown) {
    this.id = id;
    this.key = key;
  }

  empty(): void {
    this.count = 0;
    this.accumulator = undefined;
  }
}

/**
 * Entries by what stands for their keys. Those that were emptied stay to be filled again: in the next bundle the
 * same keys come, and neither entries nor the places of keys have to be made anew.
 */
export class KeyedEntries {
  /** Entries that hold something, in the order in which their keys came. */
  readonly live: CombineEntry[] = [];
  readonly #known = new Map<unknown, CombineEntry>();

  /** Keys that have an entry, empty or not. */
  get known(): number {
    return this.#known.size;
  }

  get(id: unknown): CombineEntry | undefined {
    return this.#known.get(id);
  }

  add(entry: CombineEntry): void {
    this.#known.set(entry.id, entry);
  }

  /** Takes out the oldest entries that hold something, for good. */
  takeOldest(count: number): readonly CombineEntry[] {
    const oldest = this.live.splice(0, count);
    for (const { id } of oldest) this.#known.delete(id);
    return oldest;
  }

  /** Takes out the oldest entries that hold something; they are to be emptied, and stay to be filled again. */
  emptyOldest(count: number): CombineEntry[] {
    return this.live.splice(0, count);
  }

  /** Empties all entries. */
  clear(): void {
    for (const entry of this.live) entry.empty();
    this.live.length = 0;
  }
}

/**
 * The entries of elements that are in exactly the same windows: of one window, or of one pane of sliding
 * windows.
 */
export class PaneTable {
  readonly windows: readonly Window[];
  /** Timestamp of an entry that is stamped with the end of its window. */
  readonly end: EventTime;
  /** Of keys that are their own identity: strings, booleans, integers, nothing. */
  readonly plain: KeyedEntries = new KeyedEntries();
  /** Of all others, by the bytes of their encoding, one character for each byte. */
  readonly encoded: KeyedEntries = new KeyedEntries();

  constructor(windows: readonly Window[]) {
    this.windows = windows;
    this.end = windows.map((window) => window.maxTimestamp).reduce(minTime);
  }

  /** Entries that hold something. */
  get size(): number {
    return this.plain.live.length + this.encoded.live.length;
  }

  /** Keys that have an entry, empty or not. */
  get known(): number {
    return this.plain.known + this.encoded.known;
  }

  clear(): void {
    this.plain.clear();
    this.encoded.clear();
  }
}

keepShape(new PaneTable(GLOBAL_WINDOWS));
keepShape(new CombineEntry(undefined, undefined));
