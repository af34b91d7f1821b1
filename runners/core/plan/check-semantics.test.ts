import { describe, expect, it } from '@jest/globals';
import { functionSpec } from '#portability/model/function-spec.js';
import { coderId } from '#portability/model/ids.js';
import { duration } from '#portability/model/time.js';
import { engineCapabilities } from './engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from './graph-sketch.fixture.js';
import { planGraph } from './plan-graph.js';
import { refusalOf } from './refusal.fixture.js';

// The SDK refuses most of this at the call. These are graphs that somebody else may have written.

const capabilities = engineCapabilities('direct', [SKETCH_ENVIRONMENT]);
const fixed = (ms: number) =>
  ({ windowFn: { kind: 'fixed', size: duration(ms), offset: duration(0) } }) as const;
const sessions = { windowFn: { kind: 'sessions', gap: duration(1000) } } as const;

function refusal(sketch: GraphSketch): ReturnType<typeof refusalOf> {
  return refusalOf(() => planGraph(sketch.graph(), { capabilities }));
}

describe('a grouping', () => {
  it('of an unbounded input in the global window can never fire', () => {
    const g = new GraphSketch();
    g.groupByKey('Group', g.source('Source', { coder: g.kv(), boundedness: 'unbounded' }));
    expect(refusal(g)).toEqual({
      code: 'STRAHL-1201',
      text: [
        'STRAHL-1201  "Group" can never fire',
        '  step     Group',
        '  built at Group.ts:1:1',
        '  why      GroupByKey cannot be applied to non-bounded PCollection in the GlobalWindow without a trigger. ' +
          'Use a Window.into or Window.triggering transform prior to GroupByKey.',
        "  fix      add .window(fixed('1m')) before it",
        '  docs     docs/errors.md#strahl-1201',
      ].join('\n'),
    });
  });

  it('also inside a combine can never fire', () => {
    const g = new GraphSketch();
    g.combinePerKey('Sum', g.source('Source', { coder: g.kv(), boundedness: 'unbounded' }));
    expect(refusal(g).code).toBe('STRAHL-1201');
  });

  it('TRG-4: is refused under a trigger that may finish and lose data', () => {
    const g = new GraphSketch();
    const windowing = { trigger: { kind: 'element-count', count: 2 } } as const;
    g.groupByKey('Group', g.source('Source', { coder: g.kv(), windowing }));
    expect(refusal(g)).toEqual({
      code: 'STRAHL-1204',
      text: [
        "STRAHL-1204  Unsafe trigger 'afterCount(2)' may lose data, did you mean to wrap it in `Repeatedly.forever(...)`?",
        '  step     Group',
        '  built at Group.ts:1:1',
        '  why      when it has finished, every later element of the key and window is dropped',
        '  fix      repeat(afterCount(2))',
        '  docs     docs/errors.md#strahl-1204',
      ].join('\n'),
    });
  });

  it('needs pairs', () => {
    const g = new GraphSketch();
    g.groupByKey('Group', g.source('Source', { coder: g.string }));
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1102');
    expect(text).toMatch(/"Group" groups by key, but its input has the coder .*string_utf8/);
  });

  it('needs a deterministic key coder', () => {
    const g = new GraphSketch();
    g.groupByKey('Group', g.source('Source', { coder: g.kv(g.coder('double')) }));
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1103');
    expect(text).toMatch(/the keyCoder of a GroupByKey must be deterministic/);
  });

  it('does not merge windows that a grouping has merged', () => {
    const g = new GraphSketch();
    const pairs = g.source('Source', { coder: g.kv(), windowing: sessions });
    g.groupByKey('Group', pairs, { windowing: { ...sessions, mergeStatus: 'needs-merge' } });
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1202');
    expect(text).toMatch(/GroupByKey must have a valid Window merge function\. Invalid because: /);
  });

  it('of sessions that were merged already is a grouping of fixed windows', () => {
    const g = new GraphSketch();
    const once = g.groupByKey('Once', g.source('Source', { coder: g.kv(), windowing: sessions }));
    const [pairs] = g.parDo('Again', once, { coder: g.kv() });
    g.groupByKey('Twice', pairs!);
    const { stages } = planGraph(g.graph(), { capabilities });
    const merging = stages.flatMap((s) => (s.kind === 'grouping' ? s.windowing.mergeStatus : []));
    expect(merging).toEqual(['needs-merge', 'already-merged']);
  });
});

describe('a flatten', () => {
  it('refuses inputs in different windows, in the words of Beam', () => {
    const g = new GraphSketch();
    g.flatten('Flatten', [
      g.source('A', { windowing: fixed(1000) }),
      g.source('B', { windowing: fixed(2000) }),
    ]);
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1004');
    expect(text).toMatch(
      /Inputs to Flatten had incompatible window windowFns: fixed\(1000 ms\), fixed\(2000 ms\)/,
    );
  });

  it('refuses inputs under different triggers', () => {
    const g = new GraphSketch();
    g.flatten('Flatten', [
      g.source('A'),
      g.source('B', { windowing: { trigger: { kind: 'always' } } }),
    ]);
    expect(refusal(g).text).toMatch(/Inputs to Flatten had incompatible triggers/);
  });

  it('leaves it to other SDKs which of their windows are alike', () => {
    const g = new GraphSketch();
    const own = (payload: number) => {
      const spec = functionSpec('beam:window_fn:serialized_java:v1', new Uint8Array([payload]));
      return { windowing: { windowFn: { kind: 'custom', spec } } } as const;
    };
    const gap = (ms: number) =>
      ({ windowing: { windowFn: { kind: 'sessions', gap: duration(ms) } } }) as const;
    g.flatten('Written differently', [g.source('A', own(1)), g.source('B', own(2))]);
    g.flatten('Of any gap', [g.source('C', gap(1)), g.source('D', gap(2))]);
    g.flatten('Of any size', [
      g.source('E', { windowing: fixed(1000) }),
      g.source('F', { windowing: fixed(2000) }),
    ]);
    expect(refusal(g).code).toBe('STRAHL-1004');
    const anySdk = { ...capabilities, anySdk: true };
    expect(() => planGraph(g.graph(), { capabilities: anySdk })).not.toThrow();
  });

  it('refuses windows of other SDKs whose bytes are written differently', () => {
    const g = new GraphSketch();
    g.flatten('Flatten', [g.source('A'), g.source('B', { windowing: fixed(2000) })]);
    const anySdk = { ...capabilities, anySdk: true };
    const { code, text } = refusalOf(() => planGraph(g.graph(), { capabilities: anySdk }));
    expect(code).toBe('STRAHL-1004');
    expect(text).toMatch(/incompatible window windowFns: global, fixed\(2000 ms\)/);
  });
});

describe('a side input', () => {
  it('in sessions belongs to no main window', () => {
    const g = new GraphSketch();
    const side = g.source('Side', { windowing: sessions });
    g.parDo('Main', g.source('Source', { windowing: fixed(1000) }), { sides: { s: side } });
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1202');
    expect(text).toMatch(/sessions as a side input belong to no main window/);
  });

  it('in fixed windows belongs to no global main window', () => {
    const g = new GraphSketch();
    const side = g.source('Side', { windowing: fixed(1000) });
    g.parDo('Main', g.source('Source'), { sides: { s: side } });
    expect(refusal(g).text).toMatch(/the main input is in the global window/);
  });

  it('that is unbounded in the global window can never be ready', () => {
    const g = new GraphSketch();
    const side = g.source('Side', { boundedness: 'unbounded' });
    g.parDo('Main', g.source('Source'), { sides: { s: side } });
    expect(refusal(g).code).toBe('STRAHL-1305');
  });

  it('that depends on its reader can never be ready', () => {
    const g = new GraphSketch();
    const later = g.collection({});
    const [main] = g.parDo('Main', g.source('Source'), { sides: { s: later } });
    g.parDo('Later', main!);
    g.alter('Later', (t) => ({ ...t, outputs: new Map([['0', later]]) }));
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1305');
    expect(text).toMatch(/cycle: Main → Later → Main/);
  });

  it('finds its window by its own function, by the user or in the global window', () => {
    const g = new GraphSketch();
    const custom = {
      kind: 'custom',
      spec: functionSpec('strahl:window_fn:module_ref:v1'),
    } as const;
    const sides = {
      fixed: g.source('Fixed', { windowing: fixed(2000) }),
      global: g.source('Global'),
      custom: g.source('Custom', { windowing: { windowFn: custom } }),
    };
    g.parDo('Main', g.source('Source', { windowing: fixed(1000) }), { sides });
    const { stages, compactions } = planGraph(g.graph(), { capabilities });
    expect(compactions.map(({ id }) => id)).toEqual([expect.stringMatching(/-custom-mapping$/)]);
    const uses = stages.flatMap((s) => (s.kind === 'executable' ? s.sideInputs : []));
    expect(uses.map(({ name, mapping }) => [name, mapping.kind])).toEqual([
      ['fixed', 'window-fn'],
      ['global', 'global'],
      ['custom', 'user'],
    ]);
  });
});

describe('a broken graph', () => {
  it('has steps that feed each other', () => {
    const g = new GraphSketch();
    const back = g.collection({});
    const [there] = g.parDo('There', back);
    g.parDo('Back', there!);
    g.alter('Back', (t) => ({ ...t, outputs: new Map([['0', back]]) }));
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1003');
    expect(text).toMatch(/steps feed each other[^]*cycle: There → Back → There/);
  });

  it('has a collection with two producers', () => {
    const g = new GraphSketch();
    const one = g.source('One');
    g.source('Two');
    g.alter('Two', (t) => ({ ...t, outputs: new Map([['0', one]]) }));
    expect(refusal(g).text).toMatch(/is produced twice: by "One" and by "Two"/);
  });

  it('has a collection without a producer', () => {
    const g = new GraphSketch();
    g.parDo('Reader', g.collection({}));
    expect(refusal(g).text).toMatch(/is read by "Reader" but nothing produces it/);
  });

  it('has a grouping with two inputs', () => {
    const g = new GraphSketch();
    const pairs = g.source('Source', { coder: g.kv() });
    g.groupByKey('Group', pairs);
    g.alter('Group', (t) => ({ ...t, inputs: new Map([...t.inputs, ['more', pairs]]) }));
    expect(refusal(g).text).toMatch(/a group-by-key step has 1 input, but "Group" has 2/);
  });

  it('has a composite that nothing explains', () => {
    const g = new GraphSketch();
    const source = g.source('Source');
    g.parDo('Step', source);
    g.alter('Step', ({ spec: _, ...t }) => t);
    expect(refusal(g).text).toMatch(/"Step" has neither a meaning nor parts/);
  });

  it('may name its steps in any order', () => {
    const g = new GraphSketch();
    const later = g.collection({});
    g.parDo('Reader', later);
    g.source('Source');
    g.alter('Source', (t) => ({ ...t, outputs: new Map([['0', later]]) }));
    const { stages } = planGraph(g.graph(), { capabilities });
    expect(stages.map(({ name }) => name)).toEqual(['Source/Impulse', 'Source, Reader']);
  });

  it('has a coder within itself', () => {
    const g = new GraphSketch();
    // Ids count up: the second coder is the component of the first, and the other way round.
    const inner = coderId('c6-nullable');
    const outer = g.coder('nullable', inner);
    expect(g.coder('nullable', outer)).toBe(inner);
    g.reshuffle('Reshuffle', g.source('Source', { coder: outer }));
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1003');
    expect(text).toMatch(/nested deeper than 200 levels, or within itself/);
  });

  it('flattens a collection into more inputs than memory holds', () => {
    const g = new GraphSketch();
    let all = g.source('Source');
    for (let i = 0; i < 30; i++) all = g.flatten(`Twice ${String(i)}`, [all, all]);
    g.parDo('Reader', all);
    const { code, text } = refusal(g);
    expect(code).toBe('STRAHL-1003');
    expect(text).toMatch(/flattens more than 100000 inputs/);
  });
});
