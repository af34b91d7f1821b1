import type { ElementCoder } from '#portability/coders/coder.js';
import type { Duration } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { ElementEnd } from '../plan/plan.js';
import { BagCells } from './bag-cells.js';
import { BundleNotes } from './bundle-notes.js';
import { MapCells } from './map-cells.js';
import { type OrderedList } from './ordered-list.js';
import { SlotTable } from './slot-table.js';
import { StateWindows, type StateWindow } from './state-windows.js';

/** How the cells of a state are reached (STA-2). */
export type StateProtocol = 'bag' | 'multimap' | 'ordered-list';

export interface KeyedStateOptions {
  /** By the name of the state. */
  readonly states: ReadonlyMap<string, StateProtocol>;
  /** As `StatefulStage.mapValues`. Default: none. */
  readonly mapValues?: ReadonlyMap<string, ElementEnd>;
  readonly windowCoder: ElementCoder<Window>;
  readonly lateness: Duration;
}

/**
 * What a stage has committed: cells by key and window. The place of a key and window has a number, and
 * the cell of state `n` there is `place × states + n`.
 *
 *   K1. A place exists while one of its cells holds something, a timer is set for it, or its owner keeps
 *       it; the numbers of places that are gone are used again.
 *   K2. One bundle at a time writes; the notes are its own until the next one begins.
 */
export class KeyedState {
  readonly windows: StateWindows;
  readonly places: SlotTable = new SlotTable();
  readonly bags: BagCells;
  readonly maps: MapCells;
  readonly lists: Map<number, OrderedList> = new Map();
  readonly notes: BundleNotes = new BundleNotes();
  readonly mapValues: ReadonlyMap<string, ElementEnd>;
  readonly #protocols: readonly StateProtocol[];
  readonly #numbers: ReadonlyMap<string, number>;

  constructor({ states, mapValues = new Map(), windowCoder, lateness }: KeyedStateOptions) {
    this.mapValues = mapValues;
    this.windows = new StateWindows(windowCoder, lateness);
    this.#protocols = [...states.values()];
    this.#numbers = new Map([...states.keys()].map((name, i) => [name, i]));
    this.bags = new BagCells(this.places.keys);
    this.maps = new MapCells(this.places.keys);
  }

  get heldBytes(): number {
    const { places, bags, maps } = this;
    return places.heldBytes + places.keys.heldBytes + bags.heldBytes + maps.heldBytes;
  }

  /** @throws RangeError for a name or protocol that the stage does not have */
  numberOf(state: string, protocol: StateProtocol): number {
    const number = this.#numbers.get(state);
    if (number !== undefined && this.#protocols[number] === protocol) return number;
    throw new RangeError(`the stage keeps no ${protocol} state named ${state}`);
  }

  cell(place: number, state: number): number {
    return place * this.#protocols.length + state;
  }

  placeOf(cell: number): number {
    return Math.floor(cell / this.#protocols.length);
  }

  /** The place of a key in a window; made if there is none. */
  place(window: StateWindow, source: Uint8Array, start: number, end: number, hash: number): number {
    const known = this.places.find(window.id, source, start, end, hash);
    if (known >= 0) return known;
    const place = this.places.insert(window.id, source, start, end, hash);
    this.bags.reach(this.cell(place, this.#protocols.length));
    window.places++;
    return place;
  }

  windowOf(place: number): StateWindow {
    return this.windows.of(this.places.ownerOf(place));
  }

  /** Whether no cell of the place holds anything. */
  isEmpty(place: number): boolean {
    for (let i = 0; i < this.#protocols.length; i++) {
      const cell = this.cell(place, i);
      if (!this.#isEmptyCell(cell, this.#protocols[i]!)) return false;
    }
    return true;
  }

  /** Drops all cells of a place and the place itself. */
  remove(place: number): void {
    for (let i = 0; i < this.#protocols.length; i++) this.#clear(this.cell(place, i), i);
    const window = this.windowOf(place);
    this.places.remove(place);
    if (--window.places === 0) this.windows.delete(window);
  }

  #isEmptyCell(cell: number, protocol: StateProtocol): boolean {
    switch (protocol) {
      case 'bag':
        return this.bags.isEmpty(cell);
      case 'multimap':
        return this.maps.isEmpty(cell);
      case 'ordered-list':
        return this.lists.get(cell)?.isEmpty ?? true;
    }
  }

  #clear(cell: number, state: number): void {
    switch (this.#protocols[state]!) {
      case 'bag':
        this.bags.clear(cell);
        return;
      case 'multimap':
        this.maps.clear(cell);
        return;
      case 'ordered-list':
        this.lists.delete(cell);
    }
  }
}
