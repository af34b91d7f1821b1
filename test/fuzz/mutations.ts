// Taken once: a test runner makes each look at a global expensive.
const { floor, imul } = Math;

/** A small generator of pseudo-random numbers, so that a run can be repeated from its seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** An integer of [0, limit). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** Bytes that make lengths and counts large, negative or without end. */
const HOSTILE: readonly Uint8Array[] = [
  'ff',
  'ffffffff',
  '7fffffff',
  '80',
  'ffffffffffffffffff01',
  '00',
].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));

/** Changes `bytes` in one to three places; what is returned is a copy. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = Uint8Array.from(bytes);
  for (let n = 1 + random.below(3); n > 0; n--) mutated = mutateOnce(mutated, random);
  return mutated;
}

function mutateOnce(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const hostile = random.pick(HOSTILE);
  switch (random.below(5)) {
    case 0: {
      const flipped = Uint8Array.from(bytes);
      if (at < bytes.length) flipped[at]! ^= 1 << random.below(8);
      return flipped;
    }
    case 1:
      return bytes.slice(0, at);
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at), ...hostile, ...bytes.subarray(at)]);
    case 3: {
      const behind = bytes.subarray(at + hostile.length);
      return Uint8Array.from([...bytes.subarray(0, at), ...hostile, ...behind]);
    }
    default: {
      const end = at + random.below(bytes.length - at + 1);
      return Uint8Array.from([...bytes.subarray(0, end), ...bytes.subarray(at)]);
    }
  }
}
