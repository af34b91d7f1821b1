import { tableMemory } from './table-memory.js';

const FIRST_CAPACITY = 256;

/** Numbers of places, in the order in which they were added. One serves bundle after bundle. */
export class PlaceList {
  size = 0;
  #places: Int32Array = new Int32Array(FIRST_CAPACITY);

  push(place: number): void {
    if (this.size === this.#places.length) this.#grow();
    this.#places[this.size++] = place;
  }

  forEach(f: (place: number) => void): void {
    for (let i = 0; i < this.size; i++) f(this.#places[i]!);
  }

  clear(): void {
    this.size = 0;
  }

  #grow(): void {
    const grown = new Int32Array(tableMemory(this.#places.byteLength * 2));
    grown.set(this.#places);
    this.#places = grown;
  }
}
