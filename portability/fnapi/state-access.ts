import type { TransformId } from '../model/ids.js';
import type { DirectBags, DirectMaps, DirectTimers } from './direct-state.js';
import type { SideStateKey } from './side-state-key.js';

/**
 * Where state is found.
 *
 * @example
 * ```ts
 * import type { StateKey } from 'strahl/portability';
 * const isGroup = ({ kind }: StateKey): boolean => kind === 'group-values';
 * ```
 */
export type StateKey = SideStateKey | GroupValuesKey | UserStateKey;

/** The values of a group of the bundle's input that are too many for its frame. */
export interface GroupValuesKey {
  readonly kind: 'group-values';
  /** What stands in the frame instead of them. */
  readonly token: Uint8Array;
}

/**
 * A cell of user state (STA-1).
 *
 *   bag               value and combining state too: nested encodings, in the order of appending
 *   multimap          the values under one key of a map, multimap or set
 *   multimap-keys     read: its keys, nested; clear: all of it
 *   multimap-entries  read: per key the nested key and an iterable of its values; clear: all of it
 *   ordered-list      entries by time, each an int64 varint and the length-prefixed value
 */
export type UserStateKey =
  | (UserCell & { readonly kind: 'bag' | 'multimap-keys' | 'multimap-entries' })
  | (UserCell & { readonly kind: 'multimap'; readonly mapKey: Uint8Array })
  /** Entries with `start` ≤ time < `end`. */
  | (UserCell & { readonly kind: 'ordered-list'; readonly start: number; readonly end: number });

interface UserCell {
  readonly transform: TransformId;
  /** Name of the state in its transform. */
  readonly state: string;
  /** Encoded window. */
  readonly window: Uint8Array;
  /** Encoded key, nested. */
  readonly key: Uint8Array;
}

/**
 * A cell of state, or the next page of one.
 *
 * @example
 * ```ts
 * import type { StateCell, StateKey } from 'strahl/portability';
 * const firstPage = (key: StateKey): StateCell => ({ key });
 * const nextPage = ({ key }: StateCell, token: Uint8Array): StateCell => ({ key, token });
 * ```
 */
export interface StateCell {
  readonly key: StateKey;
  /** Where to go on; absent for the first page. */
  readonly token?: Uint8Array;
}

/**
 * A part of what a cell of state holds.
 *
 * @example
 * ```ts
 * import type { StatePage } from 'strahl/portability';
 * const isLast = ({ token }: StatePage): boolean => token === undefined;
 * ```
 */
export interface StatePage {
  /** Nested encodings, one after the other. */
  readonly data: Uint8Array;
  /** Present when more follows. */
  readonly token?: Uint8Array;
}

/**
 * Reads state of the running bundle; synchronous in one process.
 *
 * @example
 * ```ts
 * import type { StateKey, StateReader } from 'strahl/portability';
 * async function bytesAt(key: StateKey, state: StateReader): Promise<Uint8Array | undefined> {
 *   const [page] = await state.read([{ key }]);
 *   return page?.data;
 * }
 * ```
 */
export interface StateReader {
  /** False for a runner that gives the keys of a map, and the values of one key, but not all at once. */
  readonly wholeMaps?: boolean;
  read(cells: readonly StateCell[]): readonly StatePage[] | Promise<readonly StatePage[]>;
}

/**
 * State of the running bundle: it sees what the bundle wrote before (STA-3). What it writes takes effect
 * with the bundle's commit, or never.
 */
export interface StateAccess extends StateReader {
  /** Adds nested encodings behind those that the cell holds. */
  append(key: UserStateKey, data: Uint8Array): void | Promise<void>;
  clear(key: UserStateKey): void | Promise<void>;
  /** Present in one process. */
  readonly bags?: DirectBags;
  /** Present where `bags` is. */
  readonly maps?: DirectMaps;
  /** Present in one process; what is set there is not in `BundleOutcome.timers`. */
  readonly timers?: DirectTimers;
}
