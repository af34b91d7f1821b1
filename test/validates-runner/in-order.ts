// Runners may give elements in any order, so tests compare them in one.

/** By their JSON texts. */
export function sorted<T>(xs: readonly T[]): readonly T[] {
  return [...xs].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Numbers by their size. */
export function ascending(xs: Iterable<number>): number[] {
  return [...xs].sort((a, b) => a - b);
}
