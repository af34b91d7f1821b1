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
