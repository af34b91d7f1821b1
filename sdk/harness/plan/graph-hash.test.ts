// What a bug here looks like: a worker that runs another pipeline than was submitted, or refuses the same one.
import { describe, expect, it } from '@jest/globals';
import { fixed, pipeline, s, type Root } from 'strahl';
import type { Graph } from '#portability/model/graph.js';
import { buildGraph } from '../../translate/build-graph.js';
import { graphDifference, structuralHash } from './graph-hash.js';

const graphOf = (build: (p: Root) => unknown): Graph =>
  buildGraph(pipeline('test', build), {}).graph;

const words = (p: Root): unknown =>
  p
    .of(['a'], s.string)
    .map((word) => word.length, s.int)
    .named('length');

describe('the structural hash', () => {
  it('is the same for a pipeline that is built twice, at other lines', () => {
    const again = graphOf((p) =>
      p
        .of(['a'], s.string)
        .map((w) => w.length, s.int)
        .named('length'),
    );
    expect(structuralHash(graphOf(words))).toBe(structuralHash(again));
    expect(graphDifference(graphOf(words), again)).toEqual([]);
  });

  it.each<readonly [string, (p: Root) => unknown, readonly string[]]>([
    [
      'a step that is new',
      (p) => (words(p), p.impulse().named('more')),
      [expect.stringContaining('+ ') as unknown as string],
    ],
    [
      'a value that differs',
      (p) =>
        p
          .of(['b'], s.string)
          .map((w) => w.length, s.int)
          .named('length'),
      [expect.stringContaining('its settings or values differ') as unknown as string],
    ],
    [
      'a coder that differs',
      (p) =>
        p
          .of(['a'], s.string)
          .map((w) => w + '!', s.string)
          .named('length'),
      [expect.stringContaining('~ length') as unknown as string],
    ],
    [
      'windows that differ',
      (p) =>
        p
          .of(['a'], s.string)
          .window(fixed('1m'))
          .map((w) => w.length, s.int)
          .named('length'),
      expect.arrayContaining([expect.stringContaining('~ length')]) as unknown as string[],
    ],
  ])('tells %s, and the difference names it', (_, build, lines) => {
    const other = graphOf(build);
    expect(structuralHash(graphOf(words))).not.toBe(structuralHash(other));
    expect(graphDifference(graphOf(words), other)).toEqual(lines);
  });
});
