import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { TimeHeap } from './time-heap.js';

const NONE = Infinity;
/** An array of doubles that is longer has memory beside the heap, which costs more than all else of a few times. */
const FIRST_THINGS = 8;
/** A bucket of level `k` is as wide as 64 of the level below it; those of level 0 hold one time each. */
const WIDTHS: readonly number[] = Array.from({ length: 10 }, (_, level) => 64 ** level);
const TOP = WIDTHS.length - 1;
/** A bucket of no more entries is sorted at once instead of being cut into finer ones. */
const SMALL = 256;

/** Entries at times from `start` on, in no order. */
interface Bucket {
  readonly level: number;
  readonly start: number;
  readonly ids: number[];
}

/**
 * The least of the times of many numbered things. Times that move up cost nothing until they are the
 * least, so holds and timers of windows that grow with each element stay cheap.
 *
 *   L1. Each thing that has a time has an entry at that time or below.
 *   L2. An entry that is below is moved up when it has become the least; `least` is therefore exact.
 *   L3. Only entries below the horizon are sorted. The others lie in buckets, finer the nearer they are to it:
 *       most entries have moved up once more before their bucket is opened, and never see the heap.
 */
export class LazyTimes {
  readonly #current: (id: number) => number;
  /** Below the horizon. */
  readonly #near = new TimeHeap<number>();
  #horizon: number = TIMESTAMP_MIN;
  /** From the horizon on; by level and the digit of base 64 in which they first differ from it. */
  readonly #buckets = new Map<number, Bucket>();
  #inBuckets = 0;
  /** Per thing its least entry. */
  #entries: Float64Array = new Float64Array(FIRST_THINGS).fill(NONE);

  /** `current`: the time of a thing, Infinity if it has none. */
  constructor(current: (id: number) => number) {
    this.#current = current;
  }

  get heldBytes(): number {
    return this.#entries.byteLength + this.#near.size * 16 + this.#inBuckets * 8;
  }

  /** Says that `id` has a time, which may be below the one before: no earlier than `time`. */
  note(id: number, time: number): void {
    if (id >= this.#entries.length) this.#grow(id);
    if (time < this.#entries[id]!) this.#put(id, time);
  }

  /** The least time; `undefined` without any. */
  least(): EventTime | undefined {
    const near = this.#near;
    for (;;) {
      const time = near.least;
      if (time === undefined) {
        if (!this.#open()) return undefined;
        continue;
      }
      const id = near.peek()!;
      // A later entry of a thing that has an earlier one, or had.
      if (time !== this.#entries[id]) {
        near.pop();
        continue;
      }
      const current = this.#current(id);
      if (current === time) return time;
      near.pop();
      this.#put(id, current);
    }
  }

  /** The thing of the least time. Call it after `least` has answered a time. */
  get leastId(): number {
    return this.#near.peek()!;
  }

  #put(id: number, time: number): void {
    if (time < this.#horizon) {
      this.#sort(id, time);
      return;
    }
    this.#entries[id] = time;
    if (time === NONE) return;
    this.#bucketOf(time).ids.push(id);
    this.#inBuckets++;
  }

  #bucketOf(time: number): Bucket {
    const horizon = this.#horizon;
    let level = 0;
    while (level < TOP && digits(time, level + 1) !== digits(horizon, level + 1)) level++;
    const digit = digits(time, level);
    const key = level * 64 + (((digit % 64) + 64) % 64);
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = { level, start: digit * WIDTHS[level]!, ids: [] };
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  /** Moves the horizon over the next bucket, or into it; false if there is none. */
  #open(): boolean {
    const next = this.#takeNext();
    if (next === undefined) return false;
    const { level, start, ids } = next;
    this.#inBuckets -= ids.length;
    const isSorted = level === 0 || ids.length <= SMALL;
    // Where the horizon touched a bucket, finer ones may have come to lie in it.
    this.#horizon = isSorted ? Math.min(start + WIDTHS[level]!, this.#leastStart()) : start;
    for (const id of ids) {
      // Other entries are older than what moved their thing elsewhere.
      if (digits(this.#entries[id]!, level) * WIDTHS[level]! !== start) continue;
      const current = this.#current(id);
      // Of the ends of time not even the next number is behind the horizon.
      if (level === 0 && current === start) this.#sort(id, current);
      else this.#put(id, current);
    }
    return true;
  }

  /** The bucket that starts first; the coarsest of those. */
  #takeNext(): Bucket | undefined {
    let key = -1;
    let next: Bucket | undefined;
    for (const [at, bucket] of this.#buckets) {
      if (next !== undefined && bucket.start > next.start) continue;
      if (bucket.start === next?.start && bucket.level < next.level) continue;
      next = bucket;
      key = at;
    }
    this.#buckets.delete(key);
    return next;
  }

  #leastStart(): number {
    let least = NONE;
    for (const { start } of this.#buckets.values()) if (start < least) least = start;
    return least;
  }

  #sort(id: number, time: number): void {
    this.#entries[id] = time;
    this.#near.push(time as EventTime, id);
  }

  #grow(id: number): void {
    const grown = new Float64Array(Math.max(id + 1, this.#entries.length * 2)).fill(NONE);
    grown.set(this.#entries);
    this.#entries = grown;
  }
}

/** The digits of base 64 from `level` on. */
function digits(time: number, level: number): number {
  return Math.floor(time / WIDTHS[level]!);
}

keepShape(new LazyTimes(() => NONE));
