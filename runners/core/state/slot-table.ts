import { hashBytes } from '#portability/wire/frames.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import type { ByteReader } from '#portability/wire/reader.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import { copyOf } from '../input/frame-scan.js';
import { ByteArena } from './byte-arena.js';
import { IntColumn, IntRows } from './columns.js';
import { splitLoad } from './split-load.js';
import { tableMemory } from './table-memory.js';

const FIRST_PLACES = 8;
/** Of a slot: block of its key (0 = free), owner, and its neighbours in the owner's list + 1. */
const WIDTH = 4;
const KEY = 0;
const OWNER = 1;
const NEXT = 2;
const PREVIOUS = 3;
/** Enlarging touches each entry, so it is done in large steps. */
const GROWTH = 4;
/** A segment of this size splits instead of growing: no rehash touches more entries than this. */
const MAX_PLACES = 1 << 14;

interface Segment {
  /** Per place: hash, and slot + 1 (0 = empty). */
  places: Int32Array;
  mask: number;
  used: number;
  /** Entries from which on it is too small. */
  most: number;
  /** How many upper bits of the hash all its entries share. */
  readonly depth: number;
}

/**
 * Slots for byte keys, each belonging to an owner: the keys of a window, the keys of a map.
 *
 *   L1. Owner and key bytes find one slot; equal bytes under two owners are two slots.
 *   L2. The directory is chosen by the upper bits of the hash, the place by the lower ones. A segment that
 *       is full grows, or splits; large ones split in turn.
 *   L3. The slots of an owner form a list in the order in which they were made. Freed slots are used again.
 */
export class SlotTable {
  /** Slots in use. */
  size = 0;
  /** All slots ever made have lower numbers. */
  created = 0;
  readonly keys: ByteArena;
  #directory: Segment[] = [segment(FIRST_PLACES, 1, 0), segment(FIRST_PLACES, 1, 1 << 31)];
  #shift = 31;
  readonly #records = new IntRows(WIDTH);
  /** By owner: first and last slot + 1. */
  readonly #heads = new IntColumn();
  readonly #tails = new IntColumn();
  #free = -1;

  constructor(keys: ByteArena = new ByteArena()) {
    this.keys = keys;
  }

  get heldBytes(): number {
    let bytes = 0;
    for (const s of new Set(this.#directory)) bytes += s.places.byteLength;
    return bytes + this.#records.heldBytes + this.#heads.heldBytes + this.#tails.heldBytes;
  }

  /** The slot of `source[start, end)`, whose hash is given, or −1. */
  find(owner: number, source: Uint8Array, start: number, end: number, hash: number): number {
    const mixed = mix(hash, owner);
    const { places, mask } = this.#directory[mixed >>> this.#shift]!;
    for (let i = mixed & mask; ; i = (i + 1) & mask) {
      const entry = places[2 * i + 1]!;
      if (entry === 0) return -1;
      if (places[2 * i] !== mixed) continue;
      const slot = entry - 1;
      const record = this.#records.chunk(slot);
      const at = this.#records.at(slot);
      if (record[at + OWNER] !== owner) continue;
      if (this.keys.equals(record[at + KEY]!, source, start, end)) return slot;
    }
  }

  /** Makes the slot that `find` did not find. */
  insert(owner: number, source: Uint8Array, start: number, end: number, hash: number): number {
    const slot = this.#take();
    const record = this.#records.chunk(slot);
    const at = this.#records.at(slot);
    record[at + KEY] = this.keys.store(source, start, end);
    record[at + OWNER] = owner;
    this.#link(owner, slot, record, at);
    this.#enter(mix(hash, owner), slot);
    this.size++;
    return slot;
  }

  remove(slot: number): void {
    const record = this.#records.chunk(slot);
    const at = this.#records.at(slot);
    const owner = record[at + OWNER]!;
    const key = record[at + KEY]!;
    const start = this.keys.start(key);
    const hash = hashBytes(this.keys.bytes(key), start, start + this.keys.length(key));
    this.#leave(mix(hash, owner), slot);
    this.#unlink(owner, record, at);
    this.keys.free(key);
    record[at + KEY] = 0;
    record[at + NEXT] = this.#free + 1;
    this.#free = slot;
    this.size--;
  }

  /** The first slot of an owner, or −1. */
  first(owner: number): number {
    this.#reachOwner(owner);
    return this.#heads.get(owner) - 1;
  }

  next(slot: number): number {
    return this.#field(slot, NEXT) - 1;
  }

  /** Whether a number is that of a slot in use. */
  has(slot: number): boolean {
    return slot < this.created && this.#field(slot, KEY) !== 0;
  }

  ownerOf(slot: number): number {
    return this.#field(slot, OWNER);
  }

  #field(slot: number, field: number): number {
    return this.#records.chunk(slot)[this.#records.at(slot) + field]!;
  }

  writeKey(slot: number, out: ByteWriter): void {
    const key = this.#field(slot, KEY);
    const start = this.keys.start(key);
    out.shortRaw(this.keys.bytes(key), start, start + this.keys.length(key));
  }

  /** Points `input` at the key; good until the slot is removed. */
  pointKey(slot: number, input: ByteReader): void {
    const key = this.#field(slot, KEY);
    const start = this.keys.start(key);
    input.reset(this.keys.bytes(key), start, start + this.keys.length(key));
  }

  keyOf(slot: number): Uint8Array {
    const key = this.#field(slot, KEY);
    const start = this.keys.start(key);
    return copyOf(this.keys.bytes(key), start, start + this.keys.length(key));
  }

  #take(): number {
    const slot = this.#free;
    if (slot >= 0) {
      this.#free = this.#field(slot, NEXT) - 1;
      return slot;
    }
    const made = this.created++;
    this.#records.reach(made);
    return made;
  }

  #reachOwner(owner: number): void {
    this.#heads.reach(owner);
    this.#tails.reach(owner);
  }

  #link(owner: number, slot: number, record: Int32Array, at: number): void {
    this.#reachOwner(owner);
    const tail = this.#tails.get(owner);
    record[at + PREVIOUS] = tail;
    record[at + NEXT] = 0;
    if (tail === 0) this.#heads.set(owner, slot + 1);
    else this.#setField(tail - 1, NEXT, slot + 1);
    this.#tails.set(owner, slot + 1);
  }

  #unlink(owner: number, record: Int32Array, at: number): void {
    const next = record[at + NEXT]!;
    const previous = record[at + PREVIOUS]!;
    if (previous === 0) this.#heads.set(owner, next);
    else this.#setField(previous - 1, NEXT, next);
    if (next === 0) this.#tails.set(owner, previous);
    else this.#setField(next - 1, PREVIOUS, previous);
  }

  #setField(slot: number, field: number, value: number): void {
    this.#records.chunk(slot)[this.#records.at(slot) + field] = value;
  }

  #enter(hash: number, slot: number): void {
    let target = this.#directory[hash >>> this.#shift]!;
    while (target.used >= target.most) {
      this.#enlarge(target, hash);
      target = this.#directory[hash >>> this.#shift]!;
    }
    enter(target, hash, slot + 1);
  }

  /** Entries that follow move up, so that no search ends too early. */
  #leave(hash: number, slot: number): void {
    const target = this.#directory[hash >>> this.#shift]!;
    const { places, mask } = target;
    let hole = hash & mask;
    while (places[2 * hole + 1] !== slot + 1) hole = (hole + 1) & mask;
    for (let i = (hole + 1) & mask; places[2 * i + 1] !== 0; i = (i + 1) & mask) {
      const home = places[2 * i]! & mask;
      if (((i - home) & mask) < ((i - hole) & mask)) continue;
      places[2 * hole] = places[2 * i]!;
      places[2 * hole + 1] = places[2 * i + 1]!;
      hole = i;
    }
    places[2 * hole + 1] = 0;
    target.used--;
  }

  #enlarge(full: Segment, hash: number): void {
    const capacity = full.mask + 1;
    if (capacity < MAX_PLACES || full.depth === 31) {
      const old = full.places;
      full.places = new Int32Array(tableMemory(capacity * 2 * GROWTH * 4));
      full.mask = capacity * GROWTH - 1;
      full.most = mostOf(capacity * GROWTH, full.depth, hash);
      full.used = 0;
      for (let i = 0; i < old.length; i += 2) {
        if (old[i + 1] !== 0) enter(full, old[i]!, old[i + 1]!);
      }
      return;
    }
    if (full.depth === 32 - this.#shift) {
      this.#directory = this.#directory.flatMap((s) => [s, s]);
      this.#shift--;
    }
    this.#split(full, hash);
  }

  #split(full: Segment, hash: number): void {
    const depth = full.depth + 1;
    const size = full.mask + 1;
    const bit = 1 << (32 - depth);
    const halves = [segment(size, depth, hash & ~bit), segment(size, depth, hash | bit)] as const;
    const { places } = full;
    for (let i = 0; i < places.length; i += 2) {
      if (places[i + 1] === 0) continue;
      enter(halves[(places[i]! >>> (32 - depth)) & 1]!, places[i]!, places[i + 1]!);
    }
    const span = 1 << (32 - this.#shift - full.depth);
    const first = (hash >>> this.#shift) & ~(span - 1);
    for (let i = 0; i < span; i++) this.#directory[first + i] = halves[i < span / 2 ? 0 : 1];
  }
}

/** @param hash one of those that its entries may have */
function segment(places: number, depth: number, hash: number): Segment {
  const most = mostOf(places, depth, hash);
  const memory = new Int32Array(tableMemory(places * 2 * 4));
  return { places: memory, mask: places - 1, used: 0, most, depth };
}

function mostOf(places: number, depth: number, hash: number): number {
  return places < MAX_PLACES ? places * 0.75 : places * splitLoad(hash, depth);
}

function enter(target: Segment, hash: number, entry: number): void {
  const { places, mask } = target;
  let i = hash & mask;
  while (places[2 * i + 1] !== 0) i = (i + 1) & mask;
  places[2 * i] = hash;
  places[2 * i + 1] = entry;
  target.used++;
}

function mix(hash: number, owner: number): number {
  return hash ^ Math.imul(owner, 0x9e3779b1);
}

keepShape(new SlotTable());
