import type { SessionWindows } from './session-windows.js';

/**
 * The open sessions of one key by time. They are apart from each other, so the order of their starts is that of their ends,
 * and growing changes nothing about it. Those that go first are usually those that ended first: they cost nothing.
 */
export class SessionOrder {
  readonly #windows: SessionWindows;
  #ids: Int32Array;
  #first = 0;
  #end: number;

  constructor(windows: SessionWindows, sessions: readonly number[]) {
    this.#windows = windows;
    this.#end = sessions.length;
    this.#ids = new Int32Array(sessions.length * 2);
    this.#ids.set([...sessions].sort((a, b) => windows.startOf(a) - windows.startOf(b)));
  }

  get size(): number {
    return this.#end - this.#first;
  }

  /** Those whose windows overlap the one that `windows` has read last. */
  overlapping(): number[] {
    const windows = this.#windows;
    const ids = this.#ids;
    const found: number[] = [];
    // The one before may reach into the window.
    const from = Math.max(this.#first, this.#placeOf(windows.start) - 1);
    for (let i = from; i < this.#end && windows.startOf(ids[i]!) < windows.end; i++)
      if (windows.overlaps(ids[i]!)) found.push(ids[i]!);
    return found;
  }

  add(id: number): void {
    const place = this.#placeOf(this.#windows.startOf(id));
    if (this.#end === this.#ids.length) {
      this.#makeRoom(place, id);
      return;
    }
    this.#ids.copyWithin(place + 1, place, this.#end);
    this.#ids[place] = id;
    this.#end++;
  }

  /** Takes one out, if it is there. */
  remove(id: number): void {
    const start = this.#windows.startOf(id);
    const ids = this.#ids;
    let place = this.#placeOf(start);
    while (place < this.#end && ids[place] !== id && this.#windows.startOf(ids[place]!) === start)
      place++;
    if (place === this.#end || ids[place] !== id) return;
    if (place === this.#first) {
      this.#first++;
      return;
    }
    ids.copyWithin(place, place + 1, this.#end);
    this.#end--;
  }

  /** The first place whose session does not start before `time`. */
  #placeOf(time: number): number {
    let low = this.#first;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#windows.startOf(this.#ids[middle]!) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** As `add`, where the array is full. */
  #makeRoom(place: number, id: number): void {
    const ids = new Int32Array(Math.max(64, this.size * 2));
    ids.set(this.#ids.subarray(this.#first, place));
    const at = place - this.#first;
    ids[at] = id;
    ids.set(this.#ids.subarray(place, this.#end), at + 1);
    this.#end = this.size + 1;
    this.#first = 0;
    this.#ids = ids;
  }
}
