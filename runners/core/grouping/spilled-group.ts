import type { LazyValues } from '#portability/wire/frames.js';
import type { Place } from './spilled-values.js';

let groups = 0;

/** The values of one group that was emitted, in files that live as long as somebody may read them. */
export class SpilledGroup implements LazyValues {
  /** Means something in this process alone, and only to who has the frame. */
  readonly token: Uint8Array = new TextEncoder().encode(`group ${String(groups++)}`);
  readonly #places: readonly Place[];

  constructor(places: readonly Place[]) {
    this.#places = places;
  }

  get pages(): number {
    return this.#places.length;
  }

  page(n: number): Uint8Array {
    const { file, position } = this.#places[n]!;
    return file.read(position);
  }
}
