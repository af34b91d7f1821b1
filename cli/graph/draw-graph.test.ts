import { describe, expect, it } from '@jest/globals';
import type { Components, Graph, PCollection, Transform } from '#portability/model/graph.js';
import { functionSpec } from '#portability/model/function-spec.js';
import {
  coderId,
  pcollectionId,
  transformId,
  windowingStrategyId,
  type TransformId,
} from '#portability/model/ids.js';
import { drawGraph } from './draw-graph.js';

function transform(
  name: string,
  inputs: Record<string, string>,
  outputs: readonly string[],
  subtransforms: readonly TransformId[] = [],
): [TransformId, Transform] {
  const id = transformId(name);
  const collections = (names: readonly string[]): [string, PCollection['id']][] =>
    names.map((n, i) => [String(i), pcollectionId(n)]);
  const made: Transform = {
    ...{ id, uniqueName: name, subtransforms, displayData: [], annotations: new Map() },
    ...(subtransforms.length > 0 ? {} : { spec: functionSpec('beam:transform:group_by_key:v1') }),
    inputs: new Map(Object.entries(inputs).map(([local, n]) => [local, pcollectionId(n)])),
    outputs: new Map(collections(outputs)),
  };
  return [id, made];
}

function collection(name: string): [PCollection['id'], PCollection] {
  const id = pcollectionId(name);
  const windowing = windowingStrategyId('w');
  return [
    id,
    {
      ...{ id, uniqueName: name, coderId: coderId('c'), displayData: [] },
      ...{ boundedness: 'bounded' as const, windowingStrategyId: windowing },
    },
  ];
}

const components: Components = {
  transforms: new Map([
    transform('count', { in: 'numbers' }, ['totals'], [transformId('count/sum')]),
    transform('create', {}, ['numbers']),
    transform('count/sum', { in: 'numbers', rates: 'numbers' }, ['totals']),
  ]),
  pcollections: new Map([collection('numbers'), collection('totals')]),
  windowingStrategies: new Map(),
  coders: new Map([
    [coderId('c'), { spec: functionSpec('beam:coder:bytes:v1'), componentIds: [] }],
  ]),
  environments: new Map(),
};
const graph: Graph = {
  ...{ components, displayData: [], requirements: [] },
  rootTransformIds: [transformId('create'), transformId('count')],
};

describe('a drawing of a graph', () => {
  const drawing = drawGraph('sums', graph, () => new Set(['rates']));

  it('has a node for each step that does something, in topological order', () => {
    expect(drawing.nodes.map(({ name, kind }) => [name, kind])).toEqual([
      ['create', 'group by key'],
      ['count/sum', 'group by key'],
    ]);
  });

  it('tells main inputs from side inputs', () => {
    expect(drawing.edges).toEqual([
      { from: 't0', to: 't1', name: 'numbers', role: 'main', bounded: true },
      { from: 't0', to: 't1', name: 'numbers', role: 'side', bounded: true },
    ]);
  });

  it('names the coder of what an edge carries if it is asked', () => {
    const { edges } = drawGraph(
      'sums',
      graph,
      () => new Set(),
      (_, id) => `coder ${id}`,
    );
    expect(edges.map(({ coder }) => coder)).toEqual(['coder c', 'coder c']);
  });

  it('names the coder of each output', () => {
    expect(drawing.nodes[0]?.details).toMatchObject({ coders: { 0: 'beam:coder:bytes:v1' } });
  });
});
