const MOST = 0.88;
const GOLDEN = 0x9e3779b1;

/**
 * How full a segment of a hash table becomes before it splits: between half of the most and the most, by the
 * bits of the hash that its entries share. Hashes are even, so with one bound for all, all segments would
 * become full at the same time and split in one go; so they take turns, a few at any time.
 *
 * @param shared the upper `depth` bits of the hash; what is below them is ignored
 */
export function splitLoad(shared: number, depth: number): number {
  const turn = Math.imul(shared >>> (32 - depth), GOLDEN) >>> 0;
  return (MOST / 2) * 2 ** (turn / 2 ** 32);
}
