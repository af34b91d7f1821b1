import type { Pane } from '../model/panes.js';
import type { EventTime } from '../model/time.js';
import type { Frame } from '../wire/frames.js';
import type { ByteReader } from '../wire/reader.js';

/**
 * Bag cells without an object per call, for a harness in the same process.
 *
 *   D1. Numbers of places and cells are good for this bundle.
 *   D2. What `point` gives is not kept beyond the next call.
 *   D3. A cell that a bundle replaces here it neither reads nor writes by its key; what it adds to may be read either way.
 */
export interface DirectBags {
  /**
   * The places of the elements of a frame, good until the next call; `undefined` if they cannot be told at once.
   */
  places(frame: Frame): Int32Array | undefined;
  /** Points `input` at the encoded key of a place. */
  pointKey(place: number, input: ByteReader): void;
  /** The place of a key and window: `source[start, end)` is the encoded key, `hash` its hash. */
  place(source: Uint8Array, start: number, end: number, hash: number, window: Uint8Array): number;
  /** The number of a state of this kind, the same for all places. */
  stateNumber(state: string): number;
  /** Points `input` at all that the cell holds, and answers false if that is nothing. */
  point(place: number, state: number, input: ByteReader): boolean;
  /** Replaces what the cell holds by `source[start, end)`. */
  replace(place: number, state: number, source: Uint8Array, start: number, end: number): void;
  /** Adds `source[start, end)` to what the cell holds. What is added to is not replaced in the same bundle. */
  add(place: number, state: number, source: Uint8Array, start: number, end: number): void;
  /** Empties a cell that is added to. */
  empty(place: number, state: number): void;
}

/** The bytes `bytes[0, length)` of a key in a map. */
export interface MapKey {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/**
 * Cells of maps, multimaps and sets without an object per call, for a harness in the same process. D1 and D2 hold; D3
 * does not: here and by its key, a bundle sees the same.
 */
export interface DirectMaps {
  /** The number of a state of this kind, the same for all places. */
  stateNumber(state: string): number;
  /** Points `input` at the values under a key, and answers false if the key is not there. */
  point(place: number, state: number, key: MapKey, input: ByteReader): boolean;
  /** Replaces the values under a key by `source[0, end)`. */
  set(place: number, state: number, key: MapKey, source: Uint8Array, end: number): void;
  /** Adds `source[0, end)` to the values under a key. */
  add(place: number, state: number, key: MapKey, source: Uint8Array, end: number): void;
  remove(place: number, state: number, key: MapKey): void;
}

/** Timers that are due, in the order in which they fire, by their position. */
export interface DueTimers {
  readonly count: number;
  place(i: number): number;
  family(i: number): string;
  tag(i: number): string;
  fire(i: number): EventTime;
  /** NaN: none. */
  hold(i: number): number;
  pane(i: number): Pane;
  /** Encoded; timers of one window share the array. */
  window(i: number): Uint8Array;
}

/** Timers of places, without bytes for each, for a harness in the same process. */
export interface DirectTimers {
  /** What is in `BundleRequest.timers`, which then need not be read. */
  readonly due: DueTimers;
  /** The number of a family of this stage. */
  familyNumber(family: string): number;
  /** @param hold the output timestamp; NaN holds nothing */
  set(place: number, family: number, tag: string, fire: number, hold: number, pane: Pane): void;
  clear(place: number, family: number, tag: string): void;
}
