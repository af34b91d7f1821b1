import type { DirectMaps, MapKey } from '#portability/fnapi/direct-state.js';
import { latin1Of } from '#portability/wire/native-buffer.js';
import type { ByteReader } from '#portability/wire/reader.js';
import type { KeyedState } from './keyed-state.js';
import type { WrittenMaps } from './written-maps.js';

/** The maps of a bundle by the numbers of places and states: what it has written lies over what is committed. */
export class BundleMaps implements DirectMaps {
  readonly #state: KeyedState;
  readonly #written: WrittenMaps;

  constructor(state: KeyedState, written: WrittenMaps) {
    this.#state = state;
    this.#written = written;
  }

  stateNumber(state: string): number {
    return this.#state.numberOf(state, 'multimap');
  }

  point(place: number, state: number, key: MapKey, input: ByteReader): boolean {
    const cell = this.#state.cell(place, state);
    const written = this.#written.of(cell);
    const { maps } = this.#state;
    if (written === undefined) return maps.read(cell, key.bytes, key.length, input);
    const text = textOf(key);
    const added = written.added(text);
    const keeps = written.keepsCommitted(text);
    if (keeps && added.length === 0) return maps.read(cell, key.bytes, key.length, input);
    const before = keeps ? maps.parts(cell, key.bytes.subarray(0, key.length)) : [];
    const parts = [...before, ...added];
    const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    input.reset(all, 0, all.length);
    return parts.length > 0;
  }

  set(place: number, state: number, key: MapKey, source: Uint8Array, end: number): void {
    this.#written.at(this.#state.cell(place, state)).set(textOf(key), source, end);
  }

  add(place: number, state: number, key: MapKey, source: Uint8Array, end: number): void {
    this.#written.at(this.#state.cell(place, state)).append(textOf(key), source, end);
  }

  remove(place: number, state: number, key: MapKey): void {
    this.#written.at(this.#state.cell(place, state)).clearKey(textOf(key));
  }
}

function textOf({ bytes, length }: MapKey): string {
  return latin1Of(bytes, 0, length);
}
