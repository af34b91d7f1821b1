import type { ElementCoder } from '#portability/coders/coder.js';
import type { TimestampCombiner } from '#portability/model/windowing.js';
import { exactBounds } from '#portability/model/exact-windows.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';

/** Bytes that a table may hold, by estimate. */
export const TABLE_BYTES: number = 16 * 1024 * 1024;
/** What an entry costs beside its encoding: the Map's slot and three objects. */
const ENTRY_OVERHEAD = 96;
/** Share of the entries that makes room when the table is full. */
const EVICTED_SHARE = 1 / 8;
const SAMPLE_EVERY = 256;

/** Takes an accumulator that leaves the table. */
export type Evict = (key: unknown, accumulator: unknown, at: EventTime, window: Window) => void;

class Entry {
  readonly key: unknown;
  accumulator: unknown;
  timestamp: EventTime;

  constructor(key: unknown, accumulator: unknown, timestamp: EventTime) {
    this.key = key;
    this.accumulator = accumulator;
    this.timestamp = timestamp;
  }
}

/** The entries of one window. Both maps keep the order in which keys came. */
class WindowTable {
  readonly window: Window;
  /** Keys that are their own identity: strings, booleans, integers, nothing. */
  readonly plain = new Map<unknown, Entry>();
  /** All others, by the bytes of their encoding, one character for each byte. */
  readonly encoded = new Map<string, Entry>();

  constructor(window: Window) {
    this.window = window;
  }
}

export interface CombineTableSetting {
  readonly fn: CombineFnSpec;
  readonly keyCoder: ElementCoder<unknown>;
  readonly accumulatorCoder: ElementCoder<unknown>;
  readonly timestampCombiner: TimestampCombiner;
  readonly evict: Evict;
  readonly limitBytes?: number;
}

/**
 * Accumulators by window and key, before the shuffle. Bounded: when the estimate of what it holds
 * passes the limit, the oldest entries leave.
 *
 *   C1. Two keys share an entry exactly if their encodings are equal. Strings, booleans, bigints,
 *       null and safe integers are compared as values, which is the same and needs no encoding; −0 is
 *       none of these, so that its coder gets to refuse it.
 *   C2. An accumulator belongs to its entry alone, so `add` may change it.
 *   C3. The estimate is sampled: entries times the mean of the last samples. Samples get rarer as they
 *       get larger, so that measuring a growing list stays linear in its length.
 */
export class CombineTable {
  readonly #setting: CombineTableSetting;
  readonly #fn: CombineFnSpec;
  readonly #limit: number;
  readonly #combiner: TimestampCombiner;
  readonly #tables = new Map<unknown, WindowTable>();
  readonly #scratch = new ByteWriter();
  #last: WindowTable | undefined;
  #entries = 0;
  #meanBytes = 0;
  #untilSample = 1;

  constructor(setting: CombineTableSetting) {
    this.#setting = setting;
    this.#fn = setting.fn;
    this.#limit = setting.limitBytes ?? TABLE_BYTES;
    this.#combiner = setting.timestampCombiner;
  }

  get size(): number {
    return this.#entries;
  }

  add(key: unknown, value: unknown, timestamp: EventTime, window: Window): void {
    const table = this.#last?.window === window ? this.#last : this.#tableOf(window);
    const entry = this.#entryOf(table, key, timestamp);
    entry.accumulator = this.#fn.add(entry.accumulator, value);
    if (this.#combiner !== 'end-of-window') this.#combineTime(entry, timestamp);
    if (--this.#untilSample === 0) this.#sample(entry);
  }

  /** Empties the table. */
  flush(): void {
    for (const table of this.#tables.values()) {
      this.#evictFrom(table.plain, table, table.plain.size);
      this.#evictFrom(table.encoded, table, table.encoded.size);
    }
    this.#tables.clear();
    this.#last = undefined;
    this.#untilSample = 1;
  }

  #tableOf(window: Window): WindowTable {
    const id = identityOf(window);
    let table = this.#tables.get(id);
    if (table === undefined) this.#tables.set(id, (table = new WindowTable(window)));
    this.#last = table;
    return table;
  }

  #entryOf(table: WindowTable, key: unknown, timestamp: EventTime): Entry {
    if (isOwnIdentity(key)) {
      const found = table.plain.get(key);
      if (found !== undefined) return found;
      const entry = this.#create(table, key, timestamp);
      table.plain.set(key, entry);
      return entry;
    }
    const bytes = this.#bytesOf(key);
    const found = table.encoded.get(bytes);
    if (found !== undefined) return found;
    const entry = this.#create(table, key, timestamp);
    table.encoded.set(bytes, entry);
    return entry;
  }

  #create({ window }: WindowTable, key: unknown, timestamp: EventTime): Entry {
    this.#entries++;
    const at = this.#combiner === 'end-of-window' ? window.maxTimestamp : timestamp;
    return new Entry(key, this.#fn.create(), at);
  }

  #combineTime(entry: Entry, timestamp: EventTime): void {
    const later = timestamp > entry.timestamp;
    if (later === (this.#combiner === 'latest')) entry.timestamp = timestamp;
  }

  #bytesOf(key: unknown): string {
    const scratch = this.#scratch;
    scratch.pos = 0;
    this.#setting.keyCoder.encode(key, scratch);
    return scratch.bytes.toString('latin1', 0, scratch.pos);
  }

  #sample(entry: Entry): void {
    const scratch = this.#scratch;
    scratch.pos = 0;
    this.#setting.keyCoder.encode(entry.key, scratch);
    this.#setting.accumulatorCoder.encode(entry.accumulator, scratch);
    const bytes = scratch.pos + ENTRY_OVERHEAD;
    // A large entry is measured rarely, but then counts for itself at once.
    this.#meanBytes = Math.max(bytes / this.#entries, this.#meanBytes * 0.9 + bytes * 0.1);
    this.#untilSample = Math.max(SAMPLE_EVERY, bytes >>> 5);
    if (this.#meanBytes * this.#entries > this.#limit) this.#makeRoom();
  }

  /** Evicts the oldest windows' oldest keys. */
  #makeRoom(): void {
    let goal = Math.max(1, Math.ceil(this.#entries * EVICTED_SHARE));
    for (const [id, table] of this.#tables) {
      goal -= this.#evictFrom(table.plain, table, goal);
      goal -= this.#evictFrom(table.encoded, table, goal);
      if (table.plain.size + table.encoded.size > 0) break;
      this.#tables.delete(id);
      if (this.#last === table) this.#last = undefined;
      if (goal <= 0) break;
    }
  }

  #evictFrom<K>(entries: Map<K, Entry>, { window }: WindowTable, goal: number): number {
    let evicted = 0;
    for (const [id, entry] of entries) {
      if (evicted >= goal) break;
      entries.delete(id);
      this.#entries--;
      evicted++;
      const { key, accumulator, timestamp } = entry;
      this.#setting.evict(key, this.#fn.compact?.(accumulator) ?? accumulator, timestamp, window);
    }
    return evicted;
  }
}

function isOwnIdentity(key: unknown): boolean {
  switch (typeof key) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return true;
    case 'object':
      return key === null;
    case 'number':
      return Number.isSafeInteger(key) && !Object.is(key, -0);
    default:
      return false;
  }
}

/** Equal for equal windows; custom windows are only equal to themselves, which merely combines less. */
function identityOf(window: Window): unknown {
  if (window.kind === 'global') return 'global';
  if (window.kind === 'custom') return window;
  const bounds = Number.isSafeInteger(window.start) ? window : (exactBounds(window) ?? window);
  return `${String(bounds.start)} ${String(bounds.end)}`;
}
