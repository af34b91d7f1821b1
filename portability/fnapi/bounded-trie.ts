/**
 * A path of a bounded trie; a truncated one stands for all paths that begin with it.
 *
 * @example
 * ```ts
 * import type { TriePath } from 'strahl/portability';
 * const textOf = ({ segments, truncated }: TriePath): string =>
 *   segments.join('/') + (truncated ? '/*' : '');
 * ```
 */
export interface TriePath {
  readonly segments: readonly string[];
  readonly truncated: boolean;
}

/**
 * A set of paths of which no more than `bound` are kept: beyond it, those of the largest branch become one.
 *
 * @example
 * ```ts
 * import type { BoundedTrie } from 'strahl/portability';
 * const isWhole = ({ paths }: BoundedTrie): boolean => paths.every(({ truncated }) => !truncated);
 * ```
 */
export interface BoundedTrie {
  readonly bound: number;
  readonly paths: readonly TriePath[];
}

/** Beam's own. */
export const TRIE_BOUND = 100;

/** A path goes on in a message for each segment, and messages nest no deeper than 100; longer ones are cut off. */
const MAX_SEGMENTS = 40;

/**
 * Gathers paths.
 *
 *   T1. A path that another one goes on from is not kept by itself: Beam's trie has nothing but its leaves.
 *   T2. Never more than the bound of paths, so a bundle's addition is small whatever its elements say.
 */
export class PathTrie {
  readonly bound: number;
  #root: Branch | undefined;

  constructor(bound: number = TRIE_BOUND) {
    this.bound = bound;
  }

  get size(): number {
    return this.#root?.size ?? 0;
  }

  add(segments: readonly string[], truncated = false): void {
    const root = (this.#root ??= new Branch());
    const isLong = segments.length > MAX_SEGMENTS;
    root.add(isLong ? segments.slice(0, MAX_SEGMENTS) : segments, 0, truncated || isLong);
    while (root.size > this.bound) root.trim();
  }

  clear(): void {
    this.#root = undefined;
  }

  value(): BoundedTrie {
    const paths: TriePath[] = [];
    this.#root?.collect([], paths);
    return { bound: this.bound, paths };
  }
}

/** Both sets in one, within the smaller bound. */
export function mergeTries(a: BoundedTrie, b: BoundedTrie): BoundedTrie {
  const trie = new PathTrie(Math.min(a.bound, b.bound));
  for (const { segments, truncated } of [...a.paths, ...b.paths]) trie.add(segments, truncated);
  return trie.value();
}

/** What follows a prefix. */
class Branch {
  /** Paths in it; a leaf is one. */
  size = 1;
  #truncated = false;
  readonly #children = new Map<string, Branch>();

  /** Answers by how much `size` has changed. */
  add(segments: readonly string[], from: number, truncated: boolean): number {
    if (this.#truncated) return 0;
    if (from === segments.length) return truncated ? this.#truncate() : 0;
    const segment = segments[from]!;
    let child = this.#children.get(segment);
    let change = 0;
    if (child === undefined) {
      // The first child takes the place of the leaf.
      change = this.#children.size === 0 ? 0 : 1;
      this.#children.set(segment, (child = new Branch()));
    }
    change += child.add(segments, from + 1, truncated);
    this.size += change;
    return change;
  }

  /** Makes the deepest branch on the way of the largest ones a single path. */
  trim(): number {
    let largest: Branch | undefined;
    for (const child of this.#children.values()) {
      if (largest === undefined || child.size > largest.size) largest = child;
    }
    if (largest === undefined) return 0;
    if (largest.size === 1) return this.#truncate();
    const change = largest.trim();
    this.size += change;
    return change;
  }

  collect(before: readonly string[], out: TriePath[]): void {
    if (this.#children.size === 0) out.push({ segments: before, truncated: this.#truncated });
    for (const [segment, child] of this.#children) child.collect([...before, segment], out);
  }

  #truncate(): number {
    const change = 1 - this.size;
    this.size = 1;
    this.#truncated = true;
    this.#children.clear();
    return change;
  }
}
