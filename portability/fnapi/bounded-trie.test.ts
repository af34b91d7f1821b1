// Sets of paths that stay small. A bug here would look like a path that no prefix tells of, or a bundle of megabytes.

import { describe, expect, it } from '@jest/globals';
import { mergeTries, PathTrie, TRIE_BOUND } from './bounded-trie.js';

const textsOf = (trie: PathTrie): readonly string[] =>
  trie.value().paths.map(({ segments, truncated }) => segments.join('/') + (truncated ? '/*' : ''));

function trieOf(bound: number, ...paths: readonly string[]): PathTrie {
  const trie = new PathTrie(bound);
  for (const path of paths) trie.add(path.split('/'));
  return trie;
}

describe('a set of paths', () => {
  it('keeps each path once, and of those that another goes on from only that one', () => {
    expect(textsOf(trieOf(9, 'a/b', 'a/b', 'a', 'c', 'c/d'))).toEqual(['a/b', 'c/d']);
  });

  it('makes one path of those of its largest branch beyond its bound', () => {
    const trie = trieOf(3, 'a/1', 'b/1', 'b/2', 'b/3');
    expect(textsOf(trie)).toEqual(['a/1', 'b/*']);
    trie.add(['b', '4']);
    trie.add(['b']);
    expect(textsOf(trie)).toEqual(['a/1', 'b/*']);
    expect(trie.size).toBe(2);
  });

  it('is one path of everything where all are different from the first segment on', () => {
    expect(textsOf(trieOf(2, 'a', 'b', 'c'))).toEqual(['/*']);
  });

  it('cuts off what messages could not nest', () => {
    const trie = new PathTrie();
    trie.add(Array.from({ length: 90 }, (_, i) => String(i)));
    const [path] = trie.value().paths;
    expect(path).toMatchObject({ truncated: true });
    expect(path!.segments).toHaveLength(40);
  });

  it('is empty before its first path and when it is cleared', () => {
    const trie = trieOf(9, 'a');
    trie.clear();
    expect(trie.value()).toEqual({ bound: 9, paths: [] });
    expect(trie.size).toBe(0);
  });
});

it('tries unite like the set of all of their paths', () => {
  const names = Array.from(
    { length: 400 },
    (_, i) => `${String(i % 7)}/${String(i % 50)}/${String(i)}`,
  );
  const halves = [names.slice(0, 90), names.slice(50, 140)];
  const [first, second] = halves.map((half) => trieOf(TRIE_BOUND * 9, ...half).value());
  const all = trieOf(TRIE_BOUND * 9, ...names.slice(0, 140));
  const merged = mergeTries(first!, second!);
  expect(new Set(merged.paths.map(({ segments }) => segments.join('/')))).toEqual(
    new Set(textsOf(all)),
  );
  const small = mergeTries({ ...first!, bound: 10 }, second!);
  expect(small.bound).toBe(10);
  expect(small.paths.length).toBeLessThanOrEqual(10);
});

it('what is truncated in one stays so', () => {
  const cut = { bound: 9, paths: [{ segments: ['a'], truncated: true }] };
  const whole = { bound: 9, paths: [{ segments: ['a', 'b'], truncated: false }] };
  expect(mergeTries(cut, whole)).toEqual(cut);
  expect(mergeTries(whole, cut)).toEqual(cut);
});
