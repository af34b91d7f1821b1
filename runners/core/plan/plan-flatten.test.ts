import { describe, expect, it } from '@jest/globals';
import { describePlan } from './describe-plan.js';
import { engineCapabilities } from './engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from './graph-sketch.fixture.js';
import type { Plan } from './plan.js';
import { planGraph } from './plan-graph.js';

// A bug here would show as bytes that are read with another coder than they were written with, or as an
// input of a flatten that is missing or doubled.

const capabilities = engineCapabilities('direct', [SKETCH_ENVIRONMENT]);

function plan(sketch: GraphSketch): Plan {
  return planGraph(sketch.graph(), { capabilities });
}

describe('flattening', () => {
  it('leads every input straight to the readers, and an input given twice twice', () => {
    const g = new GraphSketch();
    const a = g.source('A');
    const b = g.source('B');
    g.parDo('Reader', g.flatten('Flatten', [a, b, a]));
    const reader = plan(g).stages.find(({ name }) => name === 'Reader')!;
    expect(reader.inputs).toHaveLength(3);
  });

  it('gives a flatten without inputs a reader without edges', () => {
    const g = new GraphSketch();
    g.parDo('Reader', g.flatten('Flatten', []));
    expect(describePlan(plan(g))).toBe('s0 executable  Reader\n  run  pardo Reader\n');
  });

  it('leads an edge without elements into a grouping of nothing', () => {
    const g = new GraphSketch();
    const nothing = g.flatten('Flatten', [], { coder: g.kv() });
    g.groupByKey('Group', nothing);
    g.parDo('Reader', g.source('Source'), { sides: { nothing } });
    const { stages, edges } = plan(g);
    const groupings = stages.filter(({ kind }) => kind === 'grouping');
    const writers = groupings.map(({ inputs }) => edges.get(inputs[0]!)!.from);
    expect(new Set(writers).size).toBe(1);
    const writer = stages.find(({ id }) => id === writers[0])!;
    expect([writer.kind, writer.inputs]).toEqual(['executable', []]);
  });

  it('sees through flattens of flattens', () => {
    const g = new GraphSketch();
    const inner = g.flatten('Inner', [g.source('A'), g.source('B')]);
    g.parDo('Reader', g.flatten('Outer', [inner, g.source('C')]));
    expect(plan(g).stages.find(({ name }) => name === 'Reader')!.inputs).toHaveLength(3);
  });

  it('lets user code write with the coder of the flatten, beside its own coder for others', () => {
    const g = new GraphSketch();
    const a = g.source('A', { coder: g.kv(g.string, g.varint) });
    const b = g.source('B', { coder: g.kv(g.string, g.bytes) });
    g.groupByKey('Alone', a);
    g.groupByKey('Both', g.flatten('Flatten', [b, a]));
    const { stages, edges } = plan(g);
    const writer = stages.find(({ name }) => name === 'A')!;
    if (writer.kind !== 'executable') throw new Error('A runs user code');
    expect(writer.outputs).toHaveLength(2);
    const both = stages.find(({ name }) => name === 'Both')!;
    const coders = both.inputs.map((id) => edges.get(id)!.elementCoder);
    expect(new Set(coders).size).toBe(1);
  });

  it('writes a grouping anew where the flatten has another coder', () => {
    const g = new GraphSketch();
    const grouped = g.groupByKey('Group', g.source('A', { coder: g.kv() }));
    const other = g.source('B', { coder: g.kv(g.string, g.coder('iterable', g.bytes)) });
    g.parDo('Reader', g.flatten('Flatten', [other, grouped]));
    const { stages, edges } = plan(g);
    const rewriting = stages.find(({ name }) => name.startsWith('re-encode'))!;
    expect(rewriting.kind).toBe('executable');
    const reader = stages.find(({ name }) => name === 'Reader')!;
    expect(reader.inputs.map((id) => edges.get(id)!.from)).toContain(rewriting.id);
  });

  it('passes a grouping on unchanged where the flatten has an equal coder of another id', () => {
    const g = new GraphSketch();
    const grouped = g.groupByKey('Group', g.source('A', { coder: g.kv() }));
    const other = g.source('B', { coder: g.kv(g.string, g.coder('iterable', g.varint)) });
    g.parDo('Reader', g.flatten('Flatten', [other, grouped]));
    expect(plan(g).stages.some(({ name }) => name.startsWith('re-encode'))).toBe(false);
  });
});
