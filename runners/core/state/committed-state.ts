import type {
  StateAccess,
  StateCell,
  StatePage,
  UserStateKey,
} from '#portability/fnapi/connection.js';
import { hashBytes } from '#portability/wire/frames.js';
import type { KeyedState } from './keyed-state.js';
import { pageOf } from './pages.js';
import { WrittenLists } from './written-lists.js';

/** What a stage has committed, for somebody who looks on while no bundle runs. Nothing can be written here. */
export class CommittedState implements StateAccess {
  readonly wholeMaps = false;
  readonly #state: KeyedState;

  constructor(state: KeyedState) {
    this.#state = state;
  }

  /** The encoded windows in which the key has a place. */
  windowsOf(key: Uint8Array): readonly Uint8Array[] {
    const { windows } = this.#state;
    return [...windows].map(({ bytes }) => bytes).filter((window) => this.#place(key, window) >= 0);
  }

  read(cells: readonly StateCell[]): readonly StatePage[] {
    return cells.map(({ key, token }) => {
      if ('sideInput' in key || key.kind === 'group-values') throw notKept();
      return pageOf(this.#parts(key), token);
    });
  }

  append(): never {
    throw notKept();
  }

  clear(): never {
    throw notKept();
  }

  #place(key: Uint8Array, window: Uint8Array): number {
    const { windows, places } = this.#state;
    const { id } = windows.at(window, 0, window.length);
    return places.find(id, key, 0, key.length, hashBytes(key, 0, key.length));
  }

  #parts(key: UserStateKey): Iterable<Uint8Array> {
    const { bags, maps, lists } = this.#state;
    const place = this.#place(key.key, key.window);
    if (place < 0) return [];
    const cellOf = (protocol: 'bag' | 'multimap' | 'ordered-list'): number =>
      this.#state.cell(place, this.#state.numberOf(key.state, protocol));
    switch (key.kind) {
      case 'bag':
        return bags.parts(cellOf('bag'));
      case 'multimap':
        return maps.parts(cellOf('multimap'), key.mapKey);
      case 'multimap-keys':
        return maps.keys(cellOf('multimap'));
      case 'ordered-list': {
        const cell = cellOf('ordered-list');
        return new WrittenLists().parts(cell, lists.get(cell), key.start, key.end);
      }
      case 'multimap-entries':
        throw notKept();
    }
  }
}

function notKept(): RangeError {
  return new RangeError('only state is read here, and none is written');
}
