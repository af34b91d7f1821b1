const LOW = 0x1000000;
/** The multiplier of `java.util.Random`, 0x5DEECE66D, in halves of 24 bits. */
const MULTIPLIER_HIGH = 0x5de;
const MULTIPLIER_LOW = 0xece66d;
const ADDEND = 0xb;

/** `java.util.Random`, its 48 bits of state in two halves, so that no product leaves the safe integers. */
export class JavaRandom {
  #high: number;
  #low: number;

  constructor(seed: number) {
    this.#high = (Math.floor(seed / LOW) % LOW) ^ MULTIPLIER_HIGH;
    this.#low = (seed % LOW) ^ MULTIPLIER_LOW;
  }

  nextInt(): number {
    return this.#next(32) | 0;
  }

  /** From 0 to `bound` − 1. */
  below(bound: number): number {
    if ((bound & -bound) === bound) return Math.floor((bound * this.#next(31)) / 2 ** 31);
    for (;;) {
      const bits = this.#next(31);
      const value = bits % bound;
      if (bits - value + bound - 1 < 2 ** 31) return value;
    }
  }

  nextDouble(): number {
    return (this.#next(26) * 2 ** 27 + this.#next(27)) / 2 ** 53;
  }

  #next(bits: number): number {
    const low = this.#low * MULTIPLIER_LOW + ADDEND;
    const carried = Math.floor(low / LOW);
    const high = this.#high * MULTIPLIER_LOW + this.#low * MULTIPLIER_HIGH + carried;
    this.#low = low % LOW;
    this.#high = high % LOW;
    return Math.floor((this.#high * LOW + this.#low) / 2 ** (48 - bits));
  }
}
