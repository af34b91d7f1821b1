/*
 * Values of a counted edge: each stands behind a varint, the number of elements it stands for.
 */

/** Where the value begins whose count is at `at`. */
export function behindCount(bytes: Uint8Array, at: number): number {
  let end = at;
  while (bytes[end]! >= 0x80) end++;
  return end + 1;
}

/** The count at `at`. */
export function countAt(bytes: Uint8Array, at: number): number {
  let count = bytes[at]! & 0x7f;
  for (let i = at, scale = 0x80; bytes[i]! >= 0x80; scale *= 0x80) {
    count += (bytes[++i]! & 0x7f) * scale;
  }
  return count;
}
