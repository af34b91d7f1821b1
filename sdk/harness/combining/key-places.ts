import { keepShape } from '#portability/wire/kept-shapes.js';

/** An array of more than 64 bytes has memory beside the heap, which costs more than all else of a few keys. */
const FIRST_SLOTS = 8;
/** Keys with the same hash beyond which a look is not enough to tell keys apart. */
const MOST_ALIKE = 16;
/** How texts are looked at: at four of their characters, at eight, or by a `Map`. */
const BRIEF = 0;
const LONG = 1;
const WHOLE = 2;
const GONE = -1;

/**
 * Places of keys. Texts are found by some of their characters, integers of 32 bits by themselves: in half of the time
 * of a `Map` where keys come in no order, because few slots are taken and the first one looked at is mostly the right
 * one. All other keys are in a `Map`.
 *
 *   S1. Texts that differ elsewhere only would all look alike. Where many do, more characters are looked at, and
 *       where these do not help, the `Map` takes over.
 */
export class KeyPlaces {
  /** By place, the key. */
  readonly #ids: readonly unknown[];
  /** Per slot a hash and a place: 0 where there is none, `GONE` where one was. */
  #slots = new Int32Array(2 * FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  /** Slots that are not empty. */
  #used = 0;
  #map: Map<unknown, number> | undefined;
  #look = BRIEF;

  constructor(ids: readonly unknown[]) {
    this.#ids = ids;
  }

  get slots(): number {
    return this.#slots.length / 2;
  }

  /** The place of a key; 0 if it has none. */
  find(id: unknown): number {
    if (this.#look < WHOLE) {
      if (typeof id === 'string') return this.#findText(id);
      if (isInteger(id)) return this.#findInteger(id);
    }
    return this.#map?.get(id) ?? 0;
  }

  // The two ways in differ in the comparison alone: V8 compares what is always a text, or always a number, without a call.

  #findText(id: string): number {
    const hash = this.#look === BRIEF ? brief(id) : long(id);
    const slots = this.#slots;
    const mask = this.#mask;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const place = slots[2 * i + 1]!;
      if (place === 0) return 0;
      if (slots[2 * i] === hash && place > 0 && this.#ids[place] === id) return place;
    }
  }

  #findInteger(id: number): number {
    const hash = mixed(id);
    const slots = this.#slots;
    const mask = this.#mask;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const place = slots[2 * i + 1]!;
      if (place === 0) return 0;
      if (slots[2 * i] === hash && place > 0 && this.#ids[place] === id) return place;
    }
  }

  /** Notes the place of a key that has none. */
  add(id: unknown, place: number): void {
    if (this.#look === WHOLE || !isHashed(id)) {
      (this.#map ??= new Map()).set(id, place);
      return;
    }
    if (this.#used * 2 > this.#mask) this.#resize();
    if (this.#enter(this.#hashOf(id), place) > MOST_ALIKE) this.#lookCloser();
  }

  /** To be called while the key still is at its place. */
  delete(id: unknown): void {
    if (this.#look === WHOLE || !isHashed(id)) {
      this.#map?.delete(id);
      return;
    }
    const place = this.find(id);
    const slots = this.#slots;
    let i = this.#hashOf(id) & this.#mask;
    while (slots[2 * i + 1] !== place) i = (i + 1) & this.#mask;
    slots[2 * i + 1] = GONE;
  }

  /** Forgets all keys; their places may be others' then. */
  clear(): void {
    this.#map = undefined;
    this.#look = BRIEF;
    this.#used = 0;
    if (this.#slots.length === 2 * (this.#mask + 1)) this.#slots.fill(0);
    else this.#slots = new Int32Array(2 * (this.#mask + 1));
  }

  /** Answers how many keys with the same hash it went by. */
  #enter(hash: number, place: number): number {
    const slots = this.#slots;
    let i = hash & this.#mask;
    let alike = 0;
    for (; slots[2 * i + 1] !== 0; i = (i + 1) & this.#mask) if (slots[2 * i] === hash) alike++;
    slots[2 * i] = hash;
    slots[2 * i + 1] = place;
    this.#used++;
    return alike;
  }

  /** Makes room: at least three of four slots are empty behind it. */
  #resize(): void {
    const old = this.#slots;
    let kept = 0;
    for (let i = 1; i < old.length; i += 2) if (old[i]! > 0) kept++;
    let size = FIRST_SLOTS;
    while (size < kept * 4) size *= 2;
    this.#slots = new Int32Array(2 * size);
    this.#mask = size - 1;
    this.#used = 0;
    for (let i = 0; i < old.length; i += 2) if (old[i + 1]! > 0) this.#enter(old[i]!, old[i + 1]!);
  }

  /** S1 */
  #lookCloser(): void {
    const old = this.#slots;
    this.#look = this.#look === BRIEF ? LONG : WHOLE;
    this.#slots = new Int32Array(this.#look === WHOLE ? 0 : old.length);
    this.#used = 0;
    for (let i = 1; i < old.length; i += 2) if (old[i]! > 0) this.add(this.#ids[old[i]!], old[i]!);
  }

  #hashOf(id: string | number): number {
    if (typeof id === 'number') return mixed(id);
    return this.#look === BRIEF ? brief(id) : long(id);
  }
}

function isInteger(id: unknown): id is number {
  return typeof id === 'number' && (id | 0) === id;
}

function isHashed(id: unknown): id is string | number {
  return typeof id === 'string' || isInteger(id);
}

/** Of the length, the last three characters, in which numbered keys differ, and the first one. */
function brief(id: string): number {
  return id === '' ? 0 : mixed(ends(id) ^ (id.charCodeAt(0) << 15));
}

/** As `brief`, and of four characters within. */
function long(id: string): number {
  const { length } = id;
  if (length < 4) return brief(id);
  const early = id.charCodeAt(length >> 2) + (id.charCodeAt(length >> 1) << 5);
  const late = id.charCodeAt((length >> 2) * 3) + (id.charCodeAt(length - 4) << 5);
  return mixed(ends(id) ^ Math.imul(early + (late << 12) + id.charCodeAt(0), 0x85ebca6b));
}

function ends(id: string): number {
  const { length } = id;
  if (length < 3) return length === 2 ? (2 << 24) ^ id.charCodeAt(1) : length;
  const before = (id.charCodeAt(length - 2) << 5) + id.charCodeAt(length - 3);
  return (length << 24) ^ ((id.charCodeAt(length - 1) << 10) + before);
}

/** Different for different integers. */
function mixed(n: number): number {
  const product = Math.imul(n, 0x9e3779b1);
  return product ^ (product >>> 15);
}

keepShape(new KeyPlaces([]));
