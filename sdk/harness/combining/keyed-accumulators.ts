import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { KeyPlaces } from './key-places.js';

const FEW_PLACES = 16;

/**
 * Accumulators by what stands for their keys, side by side in lists: adding to one touches few bytes, and
 * filling and emptying makes no objects. A key is known by its place.
 *
 *   K1. Place 0 is nobody's and holds nothing.
 *   K2. A place that was emptied stays with its key, to be filled again: in the next bundle the same keys come.
 */
export class KeyedAccumulators {
  /** Places that hold something, in the order in which they were filled. */
  readonly live: number[] = [];
  /** By place, what stands for the key in the table: the key itself, or its encoding. */
  readonly ids: unknown[] = [undefined];
  readonly keys: unknown[] = [undefined];
  readonly accumulators: unknown[] = [undefined];
  readonly timestamps: EventTime[] = [TIMESTAMP_MIN];
  /** Elements in each; 0 while nothing has come since it was emptied. */
  readonly counts: number[] = [0];
  readonly #places = new KeyPlaces(this.ids);
  /** Places are below it. */
  #end = 1;
  /** Places that were taken out. */
  readonly #free: number[] = [];

  /** Keys that have a place, empty or not. */
  get known(): number {
    return this.#end - 1 - this.#free.length;
  }

  /** Where a key is, if it has come; 0 if not. */
  placeOf(id: unknown): number {
    return this.#places.find(id);
  }

  /** Fills the place of a key, a new one if `place` is 0. */
  fill(place: number, id: unknown, key: unknown, accumulator: unknown, at: EventTime): number {
    const to = place > 0 ? place : this.#place(id, key);
    this.accumulators[to] = accumulator;
    this.timestamps[to] = at;
    this.live.push(to);
    return to;
  }

  #place(id: unknown, key: unknown): number {
    const place = this.#free.pop() ?? this.#end++;
    this.ids[place] = id;
    this.keys[place] = key;
    this.counts[place] = 0;
    this.#places.add(id, place);
    return place;
  }

  /** Empties the places that were filled first, once `visit` has seen them; `forget` gives them to other keys. */
  emptyOldest(count: number, forget: boolean, visit: (place: number) => void): number {
    const oldest = this.live.splice(0, count);
    for (const place of oldest) {
      visit(place);
      this.#empty(place);
      if (forget) this.#forget(place);
    }
    return oldest.length;
  }

  /** Empties all places. */
  clear(): void {
    for (const place of this.live) this.#empty(place);
    this.live.length = 0;
  }

  /** Forgets all keys if they are so few that what holds them is worth keeping. */
  restart(): boolean {
    const { ids, keys, accumulators, counts } = this;
    if (this.#end > FEW_PLACES) return false;
    this.#places.clear();
    this.#free.length = 0;
    this.live.length = 0;
    // The lists stay as long as they are: V8 would take the room from them.
    for (let place = 1; place < this.#end; place++) {
      ids[place] = keys[place] = accumulators[place] = undefined;
      counts[place] = 0;
    }
    this.#end = 1;
    return true;
  }

  #empty(place: number): void {
    this.counts[place] = 0;
    this.accumulators[place] = undefined;
  }

  #forget(place: number): void {
    this.#places.delete(this.ids[place]);
    this.ids[place] = undefined;
    this.keys[place] = undefined;
    this.#free.push(place);
  }
}

keepShape(new KeyedAccumulators());
