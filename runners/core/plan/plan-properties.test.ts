import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Graph, Transform } from '#portability/model/graph.js';
import type { PCollectionId, TransformId } from '#portability/model/ids.js';
import { describePlan } from './describe-plan.js';
import { engineCapabilities } from './engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from './graph-sketch.fixture.js';
import { isUserStage, type EdgeId, type Plan, type PlannedStage } from './plan.js';
import { planGraph } from './plan-graph.js';

// Random graphs of all kinds of steps. A bug here would be a plan that no engine can run (a stage before
// its input, an edge without an end) or one that loses or doubles data on the way.

const capabilities = engineCapabilities('direct', [SKETCH_ENVIRONMENT]);

/** One more step; numbers choose among the collections there are by then. */
const operation = fc.record({
  kind: fc.constantFrom(
    'map',
    'split',
    'sided',
    'group',
    'combine',
    'reshuffle',
    'flatten',
    'source',
  ),
  inputs: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
});
const sketches = fc
  .tuple(fc.array(operation, { maxLength: 40 }), fc.constantFrom(1, 2, 128))
  .map(([operations, maxStageSteps]) => ({ graph: graphOf(operations), maxStageSteps }));

interface Operation {
  readonly kind: string;
  readonly inputs: readonly number[];
}

function graphOf(operations: readonly Operation[]): Graph {
  const g = new GraphSketch();
  const pairs = g.kv();
  const otherPairs = g.kv(g.string, g.bytes);
  const all = [g.source('Source', { coder: pairs })];
  operations.forEach(({ kind, inputs }, i) => {
    const [a, b, c] = inputs.map((n) => all[n % all.length]!) as [
      PCollectionId,
      PCollectionId,
      PCollectionId,
    ];
    const name = `${kind} ${String(i)}`;
    const coder = inputs[0]! % 2 === 0 ? pairs : otherPairs;
    if (kind === 'map') all.push(...g.parDo(name, a, { coder }));
    if (kind === 'split') all.push(...g.parDo(name, a, { coder, outputs: 2 }));
    if (kind === 'sided') all.push(...g.parDo(name, a, { coder, sides: { b, c } }));
    if (kind === 'group') all.push(g.groupByKey(name, a));
    if (kind === 'combine') all.push(g.combinePerKey(name, a, { coder }));
    if (kind === 'reshuffle') all.push(g.reshuffle(name, a));
    if (kind === 'flatten') all.push(g.flatten(name, [a, b, c], { coder }));
    if (kind === 'source') all.push(g.source(name, { coder }));
  });
  return g.graph();
}

function outputsOf(stage: PlannedStage): readonly EdgeId[] {
  if (stage.kind === 'view') return [];
  return isUserStage(stage) ? stage.outputs.flatMap(({ edges }) => edges) : stage.outputs;
}

/** P1, P2, P3, and FUS-1 as it shows in the order of views and their readers. */
function checkInvariants(plan: Plan): void {
  const position = new Map(plan.stages.map(({ id }, i) => [id, i]));
  for (const edge of plan.edges.values()) {
    expect(position.get(edge.from)!).toBeLessThan(position.get(edge.to)!);
  }
  for (const stage of plan.stages) {
    if (stage.kind !== 'executable') continue;
    for (const { view } of stage.sideInputs) {
      expect(position.get(view)!).toBeLessThan(position.get(stage.id)!);
    }
  }
  expect(plan.stages.flatMap(outputsOf).sort()).toEqual([...plan.edges.keys()].sort());
  expect(plan.stages.flatMap(({ inputs }) => inputs).sort()).toEqual([...plan.edges.keys()].sort());
  for (const { id, inputs } of plan.stages) {
    const edges = inputs.map((edge) => plan.edges.get(edge)!);
    expect(edges.every(({ to }) => to === id)).toBe(true);
    expect(new Set(edges.map(({ elementCoder }) => elementCoder)).size).toBeLessThanOrEqual(1);
  }
}

/** As numbers may double at every flatten, they are counted modulo a prime. */
const PRIME = 1_000_003;

/** How many elements each transform of the graph reads if every step emits one for each that it reads. */
function countInGraph(graph: Graph): ReadonlyMap<TransformId, number> {
  const counts = new Map<PCollectionId, number>();
  const reads = new Map<TransformId, number>();
  for (const transform of graph.components.transforms.values()) {
    const [first, ...rest] = [...transform.inputs.values()].map((id) => counts.get(id)!);
    const isFlatten = transform.spec!.urn.includes('flatten');
    // Of other steps the first input is the processed one; the rest are side inputs.
    const read = [first ?? 1, ...(isFlatten ? rest : [])].reduce((a, b) => (a + b) % PRIME);
    reads.set(transform.id, read);
    for (const output of transform.outputs.values()) counts.set(output, read);
  }
  return reads;
}

/** The same along the stages and edges of the plan. */
function countInPlan(plan: Plan): ReadonlyMap<TransformId, number> {
  const onEdge = new Map<EdgeId, number>();
  const reads = new Map<TransformId, number>();
  for (const stage of plan.stages) {
    const sum = stage.inputs.map((id) => onEdge.get(id)!).reduce((a, b) => (a + b) % PRIME, 0);
    const read = stage.kind === 'impulse' ? 1 : sum;
    if (stage.kind === 'executable') {
      const counts = countInStage(stage.descriptor.transforms, read, reads);
      for (const { sink, edges } of stage.outputs) {
        for (const edge of edges) onEdge.set(edge, counts.get(sink)!);
      }
      continue;
    }
    // Views carry the name of their readers, not of a step of their own.
    const isView = stage.kind === 'view' || (stage.kind === 'grouping' && !stage.keyed);
    if (!isView) reads.set(stage.steps[0]!.transform, read);
    for (const edge of outputsOf(stage)) onEdge.set(edge, read);
  }
  return reads;
}

function countInStage(
  transforms: readonly Transform[],
  read: number,
  reads: Map<TransformId, number>,
): ReadonlyMap<TransformId, number> {
  const counts = new Map<PCollectionId, number>();
  const atSink = new Map<TransformId, number>();
  for (const transform of transforms) {
    const [input] = transform.inputs.values();
    const count = input === undefined ? read : counts.get(input)!;
    expect(reads.has(transform.id)).toBe(false);
    reads.set(transform.id, count);
    atSink.set(transform.id, count);
    for (const output of transform.outputs.values()) counts.set(output, count);
  }
  return atSink;
}

describe('every plan', () => {
  it('is in order, and joins each output to its readers by edges of one coder', () => {
    fc.assert(
      fc.property(sketches, ({ graph, maxStageSteps }) => {
        checkInvariants(planGraph(graph, { capabilities, maxStageSteps }));
      }),
      { numRuns: 100 },
    );
  });

  it('leads to each step what the graph leads to it, neither more nor less', () => {
    fc.assert(
      fc.property(sketches, ({ graph, maxStageSteps }) => {
        const planned = countInPlan(planGraph(graph, { capabilities, maxStageSteps }));
        for (const [id, count] of countInGraph(graph)) {
          const { urn } = graph.components.transforms.get(id)!.spec!;
          // A flatten is no step of the plan, and a combine becomes several.
          if (urn.includes('flatten') || urn.includes('combine')) continue;
          expect([id, planned.get(id)]).toEqual([id, count]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same for the same graph', () => {
    fc.assert(
      fc.property(sketches, ({ graph, maxStageSteps }) => {
        const twice = [1, 2].map(() =>
          describePlan(planGraph(graph, { capabilities, maxStageSteps })),
        );
        expect(twice[0]).toBe(twice[1]);
      }),
      { numRuns: 25 },
    );
  });
});
