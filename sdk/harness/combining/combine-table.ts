import type { ElementCoder } from '#portability/coders/coder.js';
import type { TimestampCombiner } from '#portability/model/windowing.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import { takesOver } from './combine-time.js';
import { foldPanes, type Evict } from './fold-panes.js';
import type { KeyedAccumulators } from './keyed-accumulators.js';
import { PaneTable } from './pane-table.js';
import { WindowIdentities } from './window-identities.js';

/** Bytes that a table may hold, by estimate. */
const TABLE_BYTES = 16 * 1024 * 1024;
/** What an entry costs beside its encoding: the Map's slot, those of the lists, and the key. */
const ENTRY_OVERHEAD = 96;
/** Share of the entries that makes room when the table is full. */
const EVICTED_SHARE = 1 / 8;
/** More of one pane would keep others waiting. */
const EVICTED_AT_ONCE = 4096;
const SAMPLE_EVERY = 256;
/** Panes whose emptied entries are kept for the next bundle, which most likely goes on in the same. */
const KEPT_PANES = 4;
/** Share of the limit that emptied entries may hold. */
const KEPT_SHARE = 1 / 8;

/** Where an element is. */
interface Place {
  readonly timestamp: EventTime;
  readonly windows: readonly Window[];
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
 * Accumulators by windows and key, before the shuffle. Elements that are in the same windows share an entry
 * (LFT-2), which leaves as one accumulator in all of them, or is folded into one per window. Bounded: when the estimate of what it holds
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
  /** Whether all entries of a pane have the same time. Asked of each element: a string would be compared by a call. */
  readonly #isEndStamped: boolean;
  readonly #tables = new Map<unknown, PaneTable>();
  readonly #identities = new WindowIdentities();
  readonly #scratch = new ByteWriter();
  /** Of the last element: most elements are in the windows of the one before. */
  #last: PaneTable | undefined;
  #lastWindows: readonly Window[] | undefined;
  #entries = 0;
  /** Whether there may be entries that are folded with others: those of several windows at once. */
  #folds = false;
  #meanBytes = 0;
  #untilSample = 1;

  constructor(setting: CombineTableSetting) {
    this.#setting = setting;
    this.#fn = setting.fn;
    this.#limit = setting.limitBytes ?? TABLE_BYTES;
    this.#combiner = setting.timestampCombiner;
    this.#isEndStamped = this.#combiner === 'end-of-window';
  }

  get size(): number {
    return this.#entries;
  }

  /**
   * Adds a value that is in each of the windows of `at`: equal sets of windows should be the same array. The time
   * is read where it counts only, for a time that is handed on is an object of its own.
   */
  add(key: unknown, value: unknown, at: Place): void {
    const { windows } = at;
    const table = this.#lastWindows === windows ? this.#last! : this.#tableOf(windows);
    const isOwn = isOwnIdentity(key);
    let entries = isOwn ? table.plain : table.encoded;
    const id = isOwn ? key : this.#bytesOf(key);
    let place = entries.placeOf(id);
    if (entries.counts[place] === 0) {
      const first = this.#fn.add(this.#fn.create(), value);
      const time = this.#isEndStamped ? table.end : at.timestamp;
      entries = table.opened(isOwn);
      place = entries.fill(place, id, key, first, time);
      this.#entries++;
    } else {
      entries.accumulators[place] = this.#fn.add(entries.accumulators[place], value);
      if (!this.#isEndStamped) this.#combineTime(entries.timestamps, place, at.timestamp);
    }
    entries.counts[place]!++;
    if (--this.#untilSample === 0) this.#sample(entries, place);
  }

  /**
   * Lets go of about `most` entries that are not to be folded with others, the oldest first, and keeps them
   * to be filled again; false if there are no more such entries than that.
   */
  flushSome(most: number): boolean {
    if (this.#entries <= most || this.#folds) return false;
    this.#forgetLast();
    let left = most;
    for (const [id, pane] of this.#tables) {
      left -= this.#emptyOldest(pane, left);
      if (pane.size > 0 || left === 0) return true;
      // What is empty is not gone through again; the last ones may be filled by the next bundle.
      if (this.#tables.size > KEPT_PANES) {
        this.#tables.delete(id);
        pane.release();
      }
    }
    return true;
  }

  /** @param forget whether other keys get the places */
  #emptyOldest({ plain, encoded, windows }: PaneTable, most: number, forget = false): number {
    const emptied = plain.emptyOldest(most, forget, (place) => {
      this.#evict(plain, place, windows);
    });
    if (emptied === most) return emptied;
    const others = encoded.emptyOldest(most - emptied, forget, (place) => {
      this.#evict(encoded, place, windows);
    });
    return emptied + others;
  }

  /** Empties the table. */
  flush(): void {
    const filled = [...this.#tables.values()].filter(({ size }) => size > 0);
    this.#evictPanes(filled);
    this.#keep(filled.slice(-KEPT_PANES));
    this.#forgetLast();
    this.#folds = false;
    this.#untilSample = 1;
  }

  /** Keeps emptied panes as far as the limit goes. */
  #keep(panes: readonly PaneTable[]): void {
    const most = (this.#limit * KEPT_SHARE) / Math.max(ENTRY_OVERHEAD, this.#meanBytes);
    const before = [...this.#tables.values()];
    this.#tables.clear();
    let known = 0;
    for (const pane of panes) {
      known += pane.known;
      if (known <= most) this.#tables.set(this.#identities.of(pane.windows), pane);
    }
    const kept = new Set(this.#tables.values());
    for (const pane of before) if (!kept.has(pane)) pane.release();
  }

  #tableOf(windows: readonly Window[]): PaneTable {
    const known = this.#lastWindows;
    this.#lastWindows = windows;
    // An array of its own for each element may still hold the same window.
    if (windows.length === 1 && known?.length === 1 && windows[0] === known[0]) return this.#last!;
    if (windows.length > 1) this.#folds = true;
    const id = this.#identities.of(windows);
    let table = this.#tables.get(id);
    if (table === undefined) this.#tables.set(id, (table = new PaneTable(windows)));
    this.#last = table;
    return table;
  }

  #forgetLast(): void {
    this.#last = undefined;
    this.#lastWindows = undefined;
  }

  #combineTime(times: EventTime[], place: number, timestamp: EventTime): void {
    if (takesOver(timestamp, times[place]!, this.#combiner)) times[place] = timestamp;
  }

  #bytesOf(key: unknown): string {
    const scratch = this.#scratch;
    scratch.pos = 0;
    this.#setting.keyCoder.encode(key, scratch);
    return scratch.bytes.toString('latin1', 0, scratch.pos);
  }

  #sample({ keys, accumulators }: KeyedAccumulators, place: number): void {
    const scratch = this.#scratch;
    scratch.pos = 0;
    this.#setting.keyCoder.encode(keys[place], scratch);
    this.#setting.accumulatorCoder.encode(accumulators[place], scratch);
    const bytes = scratch.pos + ENTRY_OVERHEAD;
    // A large entry is measured rarely, but then counts for itself at once.
    const mean = Math.max(bytes / this.#entries, this.#meanBytes * 0.9 + bytes * 0.1);
    this.#meanBytes = Math.ceil(mean);
    this.#untilSample = Math.max(SAMPLE_EVERY, bytes >>> 5);
    if (this.#meanBytes * this.#entries > this.#limit) this.#makeRoom();
  }

  /** Evicts the oldest panes, or the oldest keys of a pane that is large enough by itself. */
  #makeRoom(): void {
    const goal = Math.max(1, Math.ceil(this.#entries * EVICTED_SHARE));
    const oldest: PaneTable[] = [];
    let found = 0;
    for (const table of this.#tables.values()) {
      if (found > 0 && found + table.size > goal) break;
      oldest.push(table);
      found += table.size;
    }
    const [first] = oldest;
    if (oldest.length === 1 && first!.size > goal) {
      this.#emptyOldest(first!, Math.min(goal, EVICTED_AT_ONCE), true);
      return;
    }
    this.#evictPanes(oldest);
    if (oldest.includes(this.#last!)) this.#forgetLast();
    for (const table of oldest) {
      this.#tables.delete(this.#identities.of(table.windows));
      table.release();
    }
  }

  #evictPanes(panes: readonly PaneTable[]): void {
    const { evict } = this.#setting;
    if (
      panes.length > 1 &&
      panes.some(({ windows }) => windows.length > 1) &&
      foldPanes(panes, this.#fn, this.#combiner, evict)
    ) {
      for (const pane of panes) {
        this.#entries -= pane.size;
        pane.clear();
      }
      return;
    }
    for (const pane of panes) {
      const { plain, encoded, windows } = pane;
      for (const place of plain.live) this.#evict(plain, place, windows);
      for (const place of encoded.live) this.#evict(encoded, place, windows);
      pane.clear();
    }
  }

  #evict(entries: KeyedAccumulators, place: number, windows: readonly Window[]): void {
    const accumulator = entries.accumulators[place];
    const compact = this.#fn.compact?.(accumulator) ?? accumulator;
    this.#entries--;
    this.#setting.evict(
      entries.keys[place],
      compact,
      entries.timestamps[place]!,
      windows,
      entries.counts[place]!,
    );
  }
}

function isOwnIdentity(key: unknown): boolean {
  // V8 makes a comparison of types one look at the key, but of this switch calls that compare strings.
  if (typeof key === 'string') return true;
  if (typeof key === 'number') return Number.isSafeInteger(key) && !Object.is(key, -0);
  return typeof key === 'boolean' || typeof key === 'bigint' || key === null;
}
