const SMALL_COPY = 48;

/** Copies `from[start, end)` to `to` at `at`. A loop beats a call into the runtime for short runs. */
export function copy(
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
): void {
  if (end - start <= SMALL_COPY) {
    for (let i = start; i < end; i++) to[at++] = from[i]!;
  } else {
    to.set(from.subarray(start, end), at);
  }
}

/** Whether `source[start, end)` is what `words` hold from `word` on; `view` looks at the same memory as `source`. */
export function sameBytes(
  words: Int32Array,
  word: number,
  source: Uint8Array,
  view: DataView,
  start: number,
  end: number,
): boolean {
  let i = start;
  for (const stop = end - 3; i < stop; i += 4) {
    if (words[word++] !== view.getInt32(i, true)) return false;
  }
  if (i === end) return true;
  for (let rest = words[word]!; i < end; i++, rest >>= 8) {
    if ((rest & 0xff) !== source[i]) return false;
  }
  return true;
}
