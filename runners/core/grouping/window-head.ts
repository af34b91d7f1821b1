/** Number of windows 1 and the encoded window: equal bytes say that an element is in just this one. */
export class WindowHead {
  readonly #size: number;
  /** The bytes, four in each, the first one lowest. */
  readonly #words: readonly number[];

  constructor(window: Uint8Array) {
    this.#size = window.length + 4;
    const words = [1 << 24, 0, 0, 0, 0];
    for (let w = 5; w < (this.#size + 3) >>> 2; w++) words.push(0);
    for (let i = 0; i < window.length; i++) words[1 + (i >>> 2)]! |= window[i]! << (8 * (i & 3));
    this.#words = words;
  }

  /** Whether it lies at `at`. Encoded windows tell where they end, so a prefix is the whole. */
  isAt(view: DataView, at: number): boolean {
    const words = this.#words;
    const size = this.#size;
    if (at + size > view.byteLength) return false;
    const whole = size >>> 2;
    for (let w = 0; w < whole; w++) if (view.getInt32(at + 4 * w, true) !== words[w]) return false;
    if ((size & 3) === 0) return true;
    for (let i = whole << 2, rest = words[whole]!; i < size; i++, rest >>= 8) {
      if (view.getUint8(at + i) !== (rest & 0xff)) return false;
    }
    return true;
  }
}
