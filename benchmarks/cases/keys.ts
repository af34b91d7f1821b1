/** A deterministic sequence of pseudo-random integers below `n`. */
export function randomBelow(n: number, seed = 1): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % n;
  };
}

/** `count` distinct string keys of about ten characters. */
export function stringKeys(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `user-${String(i).padStart(6, '0')}`);
}
