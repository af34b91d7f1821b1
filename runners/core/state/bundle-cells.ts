import { StrahlError } from '#portability/errors.js';
import type {
  StateAccess,
  StateCell,
  StatePage,
  StateReader,
  UserStateKey,
} from '#portability/fnapi/connection.js';
import type { DirectBags, DirectMaps } from '#portability/fnapi/direct-state.js';
import { hashBytes, type Frame } from '#portability/wire/frames.js';
import { latin1Of } from '#portability/wire/native-buffer.js';
import type { ByteReader } from '#portability/wire/reader.js';
import type { KeyedState } from './keyed-state.js';
import { BundleMaps } from './bundle-maps.js';
import type { BundleNotes } from './bundle-notes.js';
import { entryOf } from './map-entries.js';
import { FIRST_BYTES, pageOf } from './pages.js';
import { placesOf } from './places-of.js';
import type { BundleSettings } from '../timers/bundle-settings.js';
import { WrittenBags } from './written-bags.js';
import { WrittenLists } from './written-lists.js';
import { WrittenMaps } from './written-maps.js';

/**
 * The state of one bundle (STA-3). Single values are written in place, with a journal; what is added to is
 * kept over what is committed.
 *
 *   C1. The bundle ends with `apply` or `takeBack`: then all of it has happened, or nothing but places that
 *       hold nothing, and `forEachPlace` names these.
 *   C2. What user code still does when its bundle has ended changes nothing.
 */
export class BundleCells implements StateAccess, DirectBags {
  readonly bags: DirectBags = this;
  readonly maps: DirectMaps;
  readonly timers: BundleSettings;
  readonly #state: KeyedState;
  readonly #sides: Pick<StateReader, 'read'>;
  readonly #bags = new WrittenBags();
  readonly #written = new WrittenMaps();
  readonly #lists = new WrittenLists();
  readonly #notes: BundleNotes;
  #isOver = false;

  constructor(state: KeyedState, sides: Pick<StateReader, 'read'>, timers: BundleSettings) {
    this.timers = timers;
    this.#state = state;
    this.maps = new BundleMaps(state, this.#written);
    this.#sides = sides;
    this.#notes = state.notes;
    this.#notes.clear();
  }

  place(
    source: Uint8Array,
    start: number,
    end: number,
    hash: number,
    windowBytes: Uint8Array,
  ): number {
    if (this.#isOver) throw new RangeError('the bundle has ended');
    const window = this.#state.windows.at(windowBytes, 0, windowBytes.length);
    const before = this.#state.places.size;
    const place = this.#state.place(window, source, start, end, hash);
    if (this.#state.places.size > before) this.#notes.made.push(place);
    return place;
  }

  places(frame: Frame): Int32Array | undefined {
    return placesOf(this.#state, frame);
  }

  pointKey(place: number, input: ByteReader): void {
    this.#state.places.pointKey(place, input);
  }

  stateNumber(state: string): number {
    return this.#state.numberOf(state, 'bag');
  }

  read(cells: readonly StateCell[]): readonly StatePage[] {
    return cells.map((cell) => this.#page(cell));
  }

  point(place: number, state: number, input: ByteReader): boolean {
    const cell = this.#state.cell(place, state);
    const written = this.#bags.size === 0 ? -1 : this.#bags.find(cell);
    if (written < 0) return this.#state.bags.read(cell, input);
    const all = Buffer.concat(this.#bagParts(cell));
    input.reset(all, 0, all.length);
    return all.length > 0;
  }

  replace(place: number, state: number, source: Uint8Array, start: number, end: number): void {
    if (this.#isOver) return;
    const cell = this.#state.cell(place, state);
    this.#state.bags.replace(cell, source, start, end, this.#notes.journal);
    if (start === end) this.#notes.emptied.push(place);
  }

  add(place: number, state: number, source: Uint8Array, start: number, end: number): void {
    if (!this.#isOver) this.#bags.append(this.#state.cell(place, state), source, start, end);
  }

  empty(place: number, state: number): void {
    if (!this.#isOver) this.#bags.clear(this.#state.cell(place, state));
  }

  append(key: UserStateKey, data: Uint8Array): void {
    if (this.#isOver) return;
    const cell = this.#cellOf(key);
    switch (key.kind) {
      case 'bag':
        this.#bags.append(cell, data, 0, data.length);
        return;
      case 'multimap':
        this.#written.at(cell).append(latin1Of(key.mapKey), data, data.length);
        return;
      case 'ordered-list':
        this.#lists.append(cell, data);
        return;
      default:
        throw new RangeError(`${key.kind} of state ${key.state} is read only`);
    }
  }

  clear(key: UserStateKey): void {
    if (this.#isOver) return;
    const cell = this.#cellOf(key);
    switch (key.kind) {
      case 'bag':
        this.#bags.clear(cell);
        return;
      case 'multimap':
        this.#written.at(cell).clearKey(latin1Of(key.mapKey));
        return;
      case 'ordered-list':
        this.#lists.clear(cell, key.start, key.end);
        return;
      default:
        this.#written.at(cell).clear();
    }
  }

  /** Makes what the bundle wrote the committed state. */
  apply(): void {
    this.#isOver = true;
    this.timers.settle();
    this.#state.bags.settle(this.#notes.journal);
    this.#bags.applyTo(this.#state.bags);
    this.#written.applyTo(this.#state.maps);
    this.#lists.applyTo(this.#state.lists);
  }

  /** Leaves all as it was before the bundle, but for places that hold nothing: it calls `f` with these. */
  takeBack(f: (place: number) => void): void {
    this.#isOver = true;
    this.timers.takeBack();
    this.#state.bags.takeBack(this.#notes.journal);
    this.#notes.made.forEach(f);
  }

  /** Calls `f` with places that may hold nothing, some of them several times. */
  forEachPlace(f: (place: number) => void): void {
    this.#notes.made.forEach(f);
    this.#notes.emptied.forEach(f);
    this.timers.cleared.forEach(f);
    for (let i = 0; i < this.#bags.size; i++) {
      if (this.#bags.isCleared(i)) f(this.#state.placeOf(this.#bags.cellOf(i)));
    }
    for (const cell of this.#written.cells) f(this.#state.placeOf(cell));
    for (const cell of this.#lists.cells) f(this.#state.placeOf(cell));
  }

  #page(cell: StateCell): StatePage {
    const { key, token } = cell;
    if ('sideInput' in key || key.kind === 'group-values') return this.#sideInput(cell);
    const isOrdered = key.kind === 'ordered-list';
    return pageOf(this.#partsOf(key), token, isOrdered ? FIRST_BYTES : undefined);
  }

  #sideInput(cell: StateCell): StatePage {
    const [page] = this.#sides.read([cell]) as readonly StatePage[];
    return page!;
  }

  #partsOf(key: UserStateKey): Iterable<Uint8Array> {
    const cell = this.#cellOf(key);
    const { lists } = this.#state;
    switch (key.kind) {
      case 'bag':
        return this.#bagParts(cell);
      case 'multimap':
        return this.#mapParts(cell, key.mapKey);
      case 'multimap-keys':
        return this.#mapKeys(cell);
      case 'ordered-list':
        return this.#lists.parts(cell, lists.get(cell), key.start, key.end);
      case 'multimap-entries':
        return this.#mapEntries(cell, key.state);
    }
  }

  #mapParts(cell: number, mapKey: Uint8Array): readonly Uint8Array[] {
    const { maps } = this.#state;
    const written = this.#written.of(cell);
    if (written === undefined) return maps.parts(cell, mapKey);
    const key = latin1Of(mapKey);
    const committed = written.keepsCommitted(key) ? maps.parts(cell, mapKey) : [];
    return [...committed, ...written.added(key)];
  }

  #mapKeys(cell: number): Iterable<Uint8Array> {
    const committed = this.#state.maps.keys(cell);
    return this.#written.of(cell)?.keys(committed) ?? committed;
  }

  *#mapEntries(cell: number, state: string): IterableIterator<Uint8Array> {
    const value = this.#state.mapValues.get(state);
    if (value === undefined) throw uncounted(state, 'only the SDK knows where a value ends');
    for (const key of this.#mapKeys(cell)) {
      const entry = entryOf(key, this.#mapParts(cell, key), value);
      if (entry === undefined) throw uncounted(state, 'its values take no bytes');
      yield entry;
    }
  }

  #bagParts(cell: number): readonly Uint8Array[] {
    const written = this.#bags.find(cell);
    const committed = this.#bags.keepsCommitted(written) ? this.#state.bags.parts(cell) : [];
    return written < 0 ? committed : [...committed, ...this.#bags.parts(written)];
  }

  #cellOf({ kind, state, key, window }: UserStateKey): number {
    const protocol = kind === 'bag' || kind === 'ordered-list' ? kind : 'multimap';
    const number = this.#state.numberOf(state, protocol);
    const place = this.place(key, 0, key.length, hashBytes(key, 0, key.length), window);
    return this.#state.cell(place, number);
  }
}

function uncounted(state: string, why: string): StrahlError {
  return new StrahlError('unsupportedFeature', {
    title: `the entries of state "${state}" are read at once, and their number must be told`,
    why,
    fix: 'read its keys, and then the values of each key; or use a coder of the Beam model',
  });
}
