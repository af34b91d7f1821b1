import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { decodeGraph, encodeGraph } from '#portability/proto/pipeline-proto.js';
import { describePlan } from './describe-plan.js';
import { engineCapabilities } from './engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from './graph-sketch.fixture.js';
import { planGraph } from './plan-graph.js';

// A runner elsewhere has the bytes of the graph and nothing else: no function, no object of the builder.

const CHILD = `
  import { decodeGraph } from '#portability/proto/pipeline-proto.js';
  import { describePlan } from '#runners/core/plan/describe-plan.js';
  import { engineCapabilities } from '#runners/core/plan/engine-capabilities.js';
  import { planGraph } from '#runners/core/plan/plan-graph.js';
  const [bytes, environment] = process.argv.slice(1);
  const capabilities = engineCapabilities('direct', [environment]);
  const plan = planGraph(decodeGraph(Buffer.from(bytes, 'base64')), { capabilities });
  process.stdout.write(describePlan(plan));
`;

function planElsewhere(graph: Uint8Array): string {
  const bytes = Buffer.from(graph).toString('base64');
  const flags = ['--conditions=strahl-source', '--import=tsx', '--input-type=module'];
  return execFileSync(process.execPath, [...flags, '-e', CHILD, bytes, SKETCH_ENVIRONMENT], {
    encoding: 'utf8',
  });
}

function everything(): GraphSketch {
  const g = new GraphSketch();
  const spec = { restrictionCoderId: g.bytes };
  const [read] = g.parDo('Read', g.impulse('Impulse'), { spec, coder: g.kv() });
  const sum = g.combinePerKey('Sum', read!);
  const [left, right] = g.parDo('Split', read!, { outputs: 2, sides: { sum } });
  const both = g.flatten('Both', [left!, right!, g.source('More', { coder: g.kv() })]);
  g.parDo('Write', g.groupByKey('Group', g.reshuffle('Reshuffle', both)), { outputs: 0 });
  return g;
}

describe('a plan', () => {
  it('is made from the bytes of the graph alone, in any process', () => {
    const bytes = encodeGraph(everything().graph());
    const capabilities = engineCapabilities('direct', [SKETCH_ENVIRONMENT]);
    const here = describePlan(planGraph(decodeGraph(bytes), { capabilities }));
    expect(planElsewhere(bytes)).toBe(here);
    expect(describePlan(planGraph(everything().graph(), { capabilities }))).toBe(here);
  });
});
