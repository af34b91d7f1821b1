// A bug here would show as a job that keeps state under the wrong key or loses it, instead of a refusal.
import { describe, expect, it } from '@jest/globals';
import { duration } from '#portability/model/time.js';
import type { CoderId } from '#portability/model/ids.js';
import type { ParDoSpec, StateSpec } from '#portability/model/transform-spec.js';
import { engineCapabilities } from './engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from './graph-sketch.fixture.js';
import { planGraph } from './plan-graph.js';
import { refusalOf } from './refusal.fixture.js';

const capabilities = engineCapabilities('direct', [SKETCH_ENVIRONMENT]);

function withState(g: GraphSketch): Partial<ParDoSpec> {
  return { stateSpecs: new Map([['s', { kind: 'value', coderId: g.bytes }]]) };
}

describe('a step with state', () => {
  it('is refused on elements without keys (STA-1, bad input 18)', () => {
    const g = new GraphSketch();
    g.parDo('Step', g.source('Source'), { spec: withState(g) });
    const refused = refusalOf(() => planGraph(g.graph(), { capabilities }));
    expect(refused.code).toBe('STRAHL-1301');
    expect(refused.text).toMatch(/"Step" keeps state or timers, but its input has no keys/);
  });

  it('is refused over windows that still merge (STA-1, pitfall 16)', () => {
    const g = new GraphSketch();
    const windowing = {
      windowFn: { kind: 'sessions', gap: duration(1000) },
      mergeStatus: 'needs-merge',
    } as const;
    g.parDo('Step', g.source('Source', { coder: g.kv(), windowing }), { spec: withState(g) });
    const refused = refusalOf(() => planGraph(g.graph(), { capabilities }));
    expect(refused.code).toBe('STRAHL-1302');
  });

  it('is the root of a stage that its keyed input is shuffled to (FUS-2)', () => {
    const g = new GraphSketch();
    g.parDo('Step', g.source('Source', { coder: g.kv() }), { spec: withState(g) });
    const { stages, edges } = planGraph(g.graph(), { capabilities });
    const stage = stages.find(({ kind }) => kind === 'stateful')!;
    expect(stage.steps.map(({ name }) => name)).toEqual(['Step']);
    const edge = edges.get(stage.inputs[0]!)!;
    expect([edge.mode, edge.keyCoder !== undefined]).toEqual(['shuffle', true]);
    if (stage.kind !== 'stateful') throw new TypeError('the step keeps state');
    expect([...stage.states]).toEqual([['s', 'bag']]);
  });

  it('has maps whose values the engine can count, where it knows their coder (STA-2)', () => {
    const g = new GraphSketch();
    const map = (value: CoderId): StateSpec => ({
      ...{ kind: 'multimap', keyCoderId: g.bytes, valueCoderId: value },
    });
    const stateSpecs = new Map([
      ['known', map(g.varint)],
      ['foreign', map(g.coder('javasdk'))],
      ['pairs', map(g.kv(g.string, g.coder('javasdk')))],
    ]);
    g.parDo('Step', g.source('Source', { coder: g.kv() }), { spec: { stateSpecs } });
    const { stages } = planGraph(g.graph(), { capabilities: { ...capabilities, anySdk: true } });
    const stage = stages.find(({ kind }) => kind === 'stateful')!;
    if (stage.kind !== 'stateful') throw new TypeError('the step keeps state');
    expect([...stage.mapValues.keys()]).toEqual(['known']);
  });
});
