const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const HASH_BITS = 32;

/**
 * Sorts `count` pairs of a hash and another number by their hashes; equal ones keep their order. Counts digits, so no
 * hash is compared with another.
 *
 * @param spare of the same length; what is in it is lost
 * @returns the one of both in which the result is
 */
export function sortByHash(pairs: Int32Array, spare: Int32Array, count: number): Int32Array {
  let from = pairs;
  let to = spare;
  const places = new Int32Array(DIGITS);
  for (let shift = 0; shift < HASH_BITS; shift += DIGIT_BITS) {
    pass(from, to, count, shift, places);
    [from, to] = [to, from];
  }
  return from;
}

function pass(
  from: Int32Array,
  to: Int32Array,
  count: number,
  shift: number,
  places: Int32Array,
): void {
  const end = 2 * count;
  places.fill(0);
  for (let i = 0; i < end; i += 2) places[(from[i]! >>> shift) & (DIGITS - 1)]! += 2;
  for (let digit = 0, next = 0; digit < DIGITS; digit++) {
    const size = places[digit]!;
    places[digit] = next;
    next += size;
  }
  for (let i = 0; i < end; i += 2) {
    const hash = from[i]!;
    const digit = (hash >>> shift) & (DIGITS - 1);
    const at = places[digit]!;
    places[digit] = at + 2;
    to[at] = hash;
    to[at + 1] = from[i + 1]!;
  }
}
