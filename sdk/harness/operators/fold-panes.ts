import { maxTime, minTime, type EventTime } from '#portability/model/time.js';
import type { TimestampCombiner } from '#portability/model/windowing.js';
import type { Window } from '#portability/model/windows.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import type { CombineEntry, KeyedEntries, PaneTable } from './combine-entry.js';
import { WindowIdentities } from './window-identities.js';

/** Takes an accumulator of `count` elements that leaves the table; it is in all of the windows. */
export type Evict = (
  key: unknown,
  accumulator: unknown,
  at: EventTime,
  windows: readonly Window[],
  count: number,
) => void;

/** The entries of a pane, and the number of the key of each. */
interface NumberedPane {
  readonly windows: readonly Window[];
  readonly entries: readonly CombineEntry[];
  readonly keys: Int32Array;
}

/** A window, and the panes it is made of. */
interface FoldedWindow {
  readonly windows: readonly [Window];
  readonly panes: NumberedPane[];
}

/**
 * Turns the accumulators of panes into those of their windows, which are far fewer than pairs of pane and
 * window: an element of a 10 s window every second is added once, not ten times.
 *
 *   O1. Only for accumulators without parts of their own (numbers, texts, …): `merge` may change what it
 *       is given or keep a part of it, and here each accumulator goes into several windows.
 *   O2. A window costs what its own panes hold, however many keys and panes there are beside.
 *
 * @returns false if O1 does not hold; then nothing was evicted
 */
export function foldPanes(
  panes: readonly PaneTable[],
  fn: CombineFnSpec,
  combiner: TimestampCombiner,
  evict: Evict,
): boolean {
  if (panes.some(({ plain, encoded }) => hasParts(plain) || hasParts(encoded))) return false;
  const keys = new KeyNumbers();
  const numbered = panes.map((pane) => keys.numbered(pane));
  const fold = new WindowFold(keys.count, fn, combiner);
  for (const { windows, panes: parts } of windowsOf(numbered)) {
    for (const part of parts) fold.add(part);
    fold.evictAll(windows, evict);
  }
  return true;
}

/** O1 */
function hasParts({ live }: KeyedEntries): boolean {
  return live.some(({ accumulator }) => typeof accumulator === 'object' && accumulator !== null);
}

function windowsOf(panes: readonly NumberedPane[]): Iterable<FoldedWindow> {
  const identities = new WindowIdentities();
  const folded = new Map<unknown, FoldedWindow>();
  for (const pane of panes) {
    for (const window of pane.windows) {
      const id = identities.ofOne(window);
      const known = folded.get(id);
      if (known === undefined) folded.set(id, { windows: [window], panes: [pane] });
      else known.panes.push(pane);
    }
  }
  return folded.values();
}

/** Numbers for keys, from 0 on: equal keys have the same in all panes. */
class KeyNumbers {
  count = 0;
  readonly #plain = new Map<unknown, number>();
  readonly #encoded = new Map<unknown, number>();

  numbered({ windows, plain, encoded }: PaneTable): NumberedPane {
    const entries = [...plain.live, ...encoded.live];
    const keys = new Int32Array(entries.length);
    const plainCount = plain.live.length;
    for (let i = 0; i < entries.length; i++) {
      keys[i] = this.#numberOf(i < plainCount ? this.#plain : this.#encoded, entries[i]!.id);
    }
    return { windows, entries, keys };
  }

  #numberOf(numbers: Map<unknown, number>, id: unknown): number {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, this.count);
    return this.count++;
  }
}

/** The accumulators of one window after the other. */
class WindowFold {
  readonly #fn: CombineFnSpec;
  readonly #combiner: TimestampCombiner;
  /** By the number of a key, its place in the lists below + 1; 0: it has none. */
  readonly #places: Int32Array;
  readonly #keys: number[] = [];
  /** Entries that have the keys. */
  readonly #entries: CombineEntry[] = [];
  readonly #accumulators: unknown[] = [];
  readonly #counts: number[] = [];
  readonly #times: EventTime[] = [];

  constructor(keys: number, fn: CombineFnSpec, combiner: TimestampCombiner) {
    this.#fn = fn;
    this.#combiner = combiner;
    this.#places = new Int32Array(keys);
  }

  add({ entries, keys }: NumberedPane): void {
    for (let i = 0; i < keys.length; i++) {
      const entry = entries[i]!;
      const place = this.#places[keys[i]!]! - 1;
      if (place < 0) this.#begin(keys[i]!, entry);
      else this.#merge(place, entry);
    }
  }

  #begin(key: number, entry: CombineEntry): void {
    this.#places[key] = this.#keys.push(key);
    this.#entries.push(entry);
    this.#accumulators.push(entry.accumulator);
    this.#counts.push(entry.count);
    this.#times.push(entry.timestamp);
  }

  #merge(place: number, { accumulator, count, timestamp }: CombineEntry): void {
    this.#accumulators[place] = this.#fn.merge(this.#accumulators[place], accumulator);
    this.#counts[place]! += count;
    if (this.#combiner === 'end-of-window') return;
    const combine = this.#combiner === 'latest' ? maxTime : minTime;
    this.#times[place] = combine(this.#times[place]!, timestamp);
  }

  /** Gives away what was added since the last time, which is all that is in the one window. */
  evictAll(windows: readonly [Window], evict: Evict): void {
    const [{ maxTimestamp }] = windows;
    const isEndStamped = this.#combiner === 'end-of-window';
    for (let place = 0; place < this.#keys.length; place++) {
      const accumulator = this.#accumulators[place];
      const compact = this.#fn.compact?.(accumulator) ?? accumulator;
      const time = isEndStamped ? maxTimestamp : this.#times[place]!;
      evict(this.#entries[place]!.key, compact, time, windows, this.#counts[place]!);
      this.#places[this.#keys[place]!] = 0;
    }
    for (const list of [this.#keys, this.#entries, this.#accumulators, this.#counts, this.#times])
      list.length = 0;
  }
}
