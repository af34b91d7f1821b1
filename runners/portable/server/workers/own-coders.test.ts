// What a bug here looks like: Java's harness says that an output "must have a schema", or keys of state whose bytes
// are others than those of the elements.
import { describe, expect, it } from '@jest/globals';
import type { CoderId, PCollectionId } from '#portability/model/ids.js';
import type { Graph } from '#portability/model/graph.js';
import { engineCapabilities } from '#runners/core/plan/engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from '#runners/core/plan/graph-sketch.fixture.js';
import { isUserStage } from '#runners/core/plan/plan.js';
import { planGraph } from '#runners/core/plan/plan-graph.js';
import { prefixCoders } from '#runners/core/plan/prefix-coders.js';
import { withOwnCoders } from './own-coders.js';

const capabilities = engineCapabilities('job-server', [SKETCH_ENVIRONMENT]);

/** The coder that each stage of the graph names for a collection. */
function codersOf(sent: Graph, collection: PCollectionId): readonly (CoderId | undefined)[] {
  const own = new Map([...sent.components.pcollections].map(([id, { coderId }]) => [id, coderId]));
  const { stages } = planGraph(prefixCoders(sent), { capabilities });
  return stages
    .filter(isUserStage)
    .map(({ descriptor }) => withOwnCoders(descriptor, own).components.pcollections)
    .map((pcollections) => pcollections.get(collection)?.coderId)
    .filter((id) => id !== undefined);
}

describe('a stage for the harness of another SDK', () => {
  it('names the coders of the SDK for what its functions put out', () => {
    const g = new GraphSketch();
    const row = g.coder('row');
    const made = g.source('Make', { coder: row });
    g.parDo('Read', made, { coder: g.string });
    expect(codersOf(g.graph(), made)).toEqual([row]);
  });

  it('keeps the length before what another stage reads', () => {
    const g = new GraphSketch();
    const row = g.coder('row');
    const made = g.source('Make', { coder: row });
    g.parDo('Read', g.source('Main'), { sides: { side: made } });
    const [writer, reader] = codersOf(g.graph(), made);
    expect(writer).toBe(row);
    expect(reader).toBe(`length_prefix-${row}`);
  });

  it('keeps lengths that the SDK has put there itself', () => {
    const g = new GraphSketch();
    const custom = g.coder('length_prefix', g.coder('beam:go:coder:custom:v1'));
    const made = g.source('Make', { coder: custom });
    g.parDo('Read', made, { coder: g.string });
    expect(codersOf(g.graph(), made)).toEqual([custom]);
  });
});
