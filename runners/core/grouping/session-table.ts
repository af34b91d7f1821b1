import { hashView } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { GONE } from './group-flags.js';
import { GroupBuffer } from './group-buffer.js';
import { GroupTable } from './group-table.js';

const NO_BYTES = new DataView(new ArrayBuffer(0));
const FIRST_SESSIONS = 64;
/** Room for values of a new session, in bytes. */
const SPARE = 16;
const MIN_DEAD_KEYS = 1024;

/**
 * Keys, and the sessions of each: windows of one key that may merge, each with values. A session is a
 * number; no object stands for it.
 *
 *   S1. The sessions of a key are linked, from the one that the mark of the key names.
 *   S2. The number of a session that is released may be used again at once; until then its mark is GONE.
 */
export class SessionTable {
  keys: GroupBuffer = new GroupBuffer();
  /** Values and flags of the sessions. */
  readonly values: GroupBuffer = new GroupBuffer();
  #table = new GroupTable(this.keys);
  #keyIds: Int32Array = new Int32Array(FIRST_SESSIONS);
  /** The next session of the same key, −1 behind the last, and the one before, −1 for the first. */
  #next: Int32Array = new Int32Array(FIRST_SESSIONS);
  #previous: Int32Array = new Int32Array(FIRST_SESSIONS);
  #deadKeys = 0;

  get heldBytes(): number {
    const { keys, values } = this;
    const links = this.#keyIds.byteLength * 3;
    return keys.heldBytes + this.#table.heldBytes + values.heldBytes + links;
  }

  /** Number of the key `source[start, end)`, a new one if it is not known. */
  keyId(source: DataView, start: number, end: number, hash: number): number {
    const known = this.#table.find(source, start, end, hash);
    return known >= 0 ? known : this.#newKey(source, start, end, hash);
  }

  /** Per element of `index` from `from` on, most likely the number of its key, or −1. */
  guess(index: Int32Array, from: number, count: number, keyIds: Int32Array): void {
    this.#table.guess(index, from, count, keyIds);
  }

  /** As `keyId`, with a guess, or −1, that is looked at first. */
  keyIdNear(guess: number, source: DataView, start: number, end: number, hash: number): number {
    if (guess >= 0 && this.keys.keyEquals(guess, source, start, end)) return guess;
    return this.keyId(source, start, end, hash);
  }

  #newKey(source: DataView, start: number, end: number, hash: number): number {
    const id = this.keys.create(source, start, end, 0);
    this.#table.insert(hash, id);
    this.#deadKeys++;
    return id;
  }

  keyOf(session: number): number {
    return this.#keyIds[session]!;
  }

  /** The first session of a key, −1 if it has none. */
  first(keyId: number): number {
    return this.keys.markOf(keyId) - 1;
  }

  next(session: number): number {
    return this.#next[session]!;
  }

  /** A new session of the key. */
  open(keyId: number): number {
    const id = this.values.create(NO_BYTES, 0, 0, SPARE);
    if (id >= this.#keyIds.length) this.#grow(id);
    const first = this.first(keyId);
    if (first < 0) this.#deadKeys--;
    else this.#previous[first] = id;
    this.#keyIds[id] = keyId;
    this.#next[id] = first;
    this.#previous[id] = -1;
    this.keys.setMark(keyId, id + 1);
    return id;
  }

  /** Takes a session out of its key; `release` gives its number back. */
  remove(session: number): void {
    const keyId = this.#keyIds[session]!;
    const after = this.#next[session]!;
    const before = this.#previous[session]!;
    if (after >= 0) this.#previous[after] = before;
    if (before >= 0) this.#next[before] = after;
    else {
      this.keys.setMark(keyId, after + 1);
      if (after < 0) this.#deadKeys++;
    }
    this.values.setMark(session, GONE);
  }

  release(session: number): void {
    this.values.recycle(session);
  }

  /** Makes the tables of keys anew when most of them have no session any more; true if keys have other numbers now. */
  forget(): boolean {
    if (this.#deadKeys < MIN_DEAD_KEYS || this.#deadKeys * 2 < this.keys.size) return false;
    const before = this.keys;
    this.keys = new GroupBuffer();
    this.#table = new GroupTable(this.keys);
    this.#deadKeys = 0;
    const out = new ByteWriter(64);
    for (let old = 0; old < before.created; old++) {
      const first = before.markOf(old) - 1;
      if (first < 0) continue;
      out.pos = 0;
      before.writeKey(old, out);
      const hash = hashView(out.view, 0, out.pos);
      const id = this.#newKey(out.view, 0, out.pos, hash);
      this.#deadKeys--;
      this.keys.setMark(id, first + 1);
      for (let s = first; s >= 0; s = this.#next[s]!) this.#keyIds[s] = id;
    }
    return true;
  }

  #grow(id: number): void {
    const size = Math.max(id + 1, this.#keyIds.length * 2);
    this.#keyIds = grown(this.#keyIds, size);
    this.#next = grown(this.#next, size);
    this.#previous = grown(this.#previous, size);
  }
}

function grown(numbers: Int32Array, size: number): Int32Array {
  const more = new Int32Array(size);
  more.set(numbers);
  return more;
}
