import { CellJournal } from './cell-journal.js';
import { PlaceList } from './place-list.js';
import { tableMemory } from './table-memory.js';

/** What the bundle that runs did to single values, and which places may hold nothing when it has ended. */
export class BundleNotes {
  readonly journal: CellJournal = new CellJournal();
  /** Places that did not exist before. */
  readonly made: PlaceList = new PlaceList();
  /** Places of which a single value was cleared. */
  readonly emptied: PlaceList = new PlaceList();

  #places: Int32Array = new Int32Array(0);

  /** Room for the places of so many elements, good until the next call. */
  placesFor(count: number): Int32Array {
    if (count > this.#places.length) this.#places = new Int32Array(tableMemory(8 * count));
    return this.#places;
  }

  clear(): void {
    this.journal.clear();
    this.made.clear();
    this.emptied.clear();
  }
}
