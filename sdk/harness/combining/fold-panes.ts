import type { EventTime } from '#portability/model/time.js';
import type { TimestampCombiner } from '#portability/model/windowing.js';
import type { Window } from '#portability/model/windows.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import { takesOver } from './combine-time.js';
import type { KeyedAccumulators } from './keyed-accumulators.js';
import type { PaneTable } from './pane-table.js';
import { WindowIdentities } from './window-identities.js';

/** Takes an accumulator of `count` elements that leaves the table; it is in all of the windows. */
export type Evict = (
  key: unknown,
  accumulator: unknown,
  at: EventTime,
  windows: readonly Window[],
  count: number,
) => void;

/** A pane, and the numbers of its keys in the order of its accumulators. */
interface NumberedPane {
  readonly pane: PaneTable;
  readonly plain: Int32Array;
  readonly encoded: Int32Array;
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
  const fold = new WindowFold(keys.keys, fn, combiner);
  for (const { windows, panes: parts } of windowsOf(numbered)) {
    for (const part of parts) fold.add(part);
    fold.evictAll(windows, evict);
  }
  return true;
}

/** O1 */
function hasParts({ live, accumulators }: KeyedAccumulators): boolean {
  return live.some((place) => {
    const accumulator = accumulators[place];
    return typeof accumulator === 'object' && accumulator !== null;
  });
}

function windowsOf(panes: readonly NumberedPane[]): Iterable<FoldedWindow> {
  const identities = new WindowIdentities();
  const folded = new Map<unknown, FoldedWindow>();
  for (const numbered of panes) {
    for (const window of numbered.pane.windows) {
      const id = identities.ofOne(window);
      const known = folded.get(id);
      if (known === undefined) folded.set(id, { windows: [window], panes: [numbered] });
      else known.panes.push(numbered);
    }
  }
  return folded.values();
}

/** Numbers for keys, from 0 on: equal keys have the same in all panes. */
class KeyNumbers {
  /** By number. */
  readonly keys: unknown[] = [];
  readonly #plain = new Map<unknown, number>();
  readonly #encoded = new Map<unknown, number>();

  numbered(pane: PaneTable): NumberedPane {
    const plain = this.#numbersOf(pane.plain, this.#plain);
    return { pane, plain, encoded: this.#numbersOf(pane.encoded, this.#encoded) };
  }

  #numbersOf({ live, ids, keys }: KeyedAccumulators, known: Map<unknown, number>): Int32Array {
    const numbers = new Int32Array(live.length);
    for (let i = 0; i < live.length; i++) {
      const place = live[i]!;
      let number = known.get(ids[place]);
      if (number === undefined) {
        number = this.keys.push(keys[place]) - 1;
        known.set(ids[place], number);
      }
      numbers[i] = number;
    }
    return numbers;
  }
}

/** The accumulators of one window after the other. */
class WindowFold {
  readonly #keys: readonly unknown[];
  readonly #fn: CombineFnSpec;
  readonly #combiner: TimestampCombiner;
  readonly #isEndStamped: boolean;
  /** By the number of a key: elements of it in the window. */
  readonly #counts: Float64Array;
  readonly #accumulators: unknown[];
  readonly #times: Float64Array;
  /** Numbers of the keys of the window. */
  readonly #found: Int32Array;
  #size = 0;

  constructor(keys: readonly unknown[], fn: CombineFnSpec, combiner: TimestampCombiner) {
    this.#keys = keys;
    this.#fn = fn;
    this.#combiner = combiner;
    this.#isEndStamped = combiner === 'end-of-window';
    this.#counts = new Float64Array(keys.length);
    this.#accumulators = keys.map(() => undefined);
    this.#times = new Float64Array(keys.length);
    this.#found = new Int32Array(keys.length);
  }

  add({ pane, plain, encoded }: NumberedPane): void {
    this.#addAll(pane.plain, plain);
    this.#addAll(pane.encoded, encoded);
  }

  #addAll({ live, accumulators, counts, timestamps }: KeyedAccumulators, keys: Int32Array): void {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const place = live[i]!;
      if (this.#counts[key] === 0) {
        this.#found[this.#size++] = key;
        this.#accumulators[key] = accumulators[place];
        this.#times[key] = timestamps[place]!;
      } else {
        this.#accumulators[key] = this.#fn.merge(this.#accumulators[key], accumulators[place]);
        if (!this.#isEndStamped) this.#combineTime(key, timestamps[place]!);
      }
      this.#counts[key]! += counts[place]!;
    }
  }

  #combineTime(key: number, time: EventTime): void {
    if (takesOver(time, this.#times[key]!, this.#combiner)) this.#times[key] = time;
  }

  /** Gives away what was added since the last time, which is all that is in the one window. */
  evictAll(windows: readonly [Window], evict: Evict): void {
    const [{ maxTimestamp }] = windows;
    for (let i = 0; i < this.#size; i++) {
      const key = this.#found[i]!;
      const accumulator = this.#accumulators[key];
      const compact = this.#fn.compact?.(accumulator) ?? accumulator;
      const time = this.#isEndStamped ? maxTimestamp : (this.#times[key] as EventTime);
      evict(this.#keys[key], compact, time, windows, this.#counts[key]!);
      this.#counts[key] = 0;
    }
    this.#size = 0;
  }
}

keepShape(new KeyNumbers());
keepShape(
  new WindowFold([], { create: noText, add: noText, merge: noText, extract: noText }, 'latest'),
);

function noText(): string {
  return '';
}
