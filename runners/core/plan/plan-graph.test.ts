import { describe, expect, it } from '@jest/globals';
import { COUNTED_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import { ByteReader } from '#portability/wire/reader.js';
import { functionSpec } from '#portability/model/function-spec.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { GraphSketch } from './graph-sketch.fixture.js';
import type { SideInputUse } from './plan.js';
import { plan, text } from './planned-sketch.fixture.js';

// A bug here would show as bytes that are read with another coder than they were written with, or combined twice.

describe('combining', () => {
  it('lifts a combine before the grouping and compacts its accumulators', () => {
    const g = new GraphSketch();
    g.combinePerKey('Sum', g.source('Pairs', { coder: g.kv() }), { coder: g.kv() });
    expect(text(g)).toBe(
      [
        's0 impulse  Pairs/Impulse',
        '  out  e0 to s1 (local)',
        's1 executable  Pairs, Sum',
        '  in   e0 from s0 (local)',
        '  run  pardo Pairs',
        '  run  combine_per_key_precombine Sum/Precombine',
        '  out  e1 to s2 (shuffle) by s1-sink-0',
        's2 grouping with compaction  Sum',
        '  in   e1 from s1 (shuffle)',
        '  out  e2 to s3 (local)',
        's3 executable  Sum',
        '  in   e2 from s2 (local)',
        '  run  combine_per_key_merge_accumulators Sum/Merge',
        '  run  combine_per_key_extract_outputs Sum/Extract',
        '',
      ].join('\n'),
    );
    const { compactions } = plan(g);
    expect(compactions.map(({ id }) => id)).toEqual(['s2-compaction']);
    expect(compactions[0]!.transforms).toHaveLength(3);
  });

  it('LFT-1: makes each value an accumulator of its own where the trigger would count what precombining leaves', () => {
    const g = new GraphSketch();
    const subtrigger = { kind: 'element-count', count: 3 } as const;
    const windowing = { trigger: { kind: 'repeat', subtrigger } } as const;
    g.combinePerKey('Sum', g.source('Pairs', { coder: g.kv(), windowing }), { coder: g.kv() });
    const runs = text(g)
      .split('\n')
      .filter((line) => /^  run|grouping/.test(line));
    expect(runs.slice(1)).toEqual([
      '  run  combine_per_key_convert_to_accumulators Sum/Convert',
      's2 grouping with compaction  Sum',
      '  run  combine_per_key_merge_accumulators Sum/Merge',
      '  run  combine_per_key_extract_outputs Sum/Extract',
    ]);
  });

  it('LFT-1: lifts under any trigger where user code counts what it combines', () => {
    const g = new GraphSketch([COUNTED_CODER_URN]);
    const subtrigger = { kind: 'element-count', count: 3 } as const;
    const windowing = { trigger: { kind: 'repeat', subtrigger } } as const;
    g.combinePerKey('Sum', g.source('Pairs', { coder: g.kv(), windowing }), { coder: g.kv() });
    const { stages, compactions } = plan(g);
    const grouping = stages.find((stage) => stage.kind === 'grouping');
    expect(grouping).toMatchObject({ counted: true, compaction: compactions[0]!.id });
    const { components } = compactions[0]!;
    const merged = [...components.coders.values()].map(({ spec }) => spec.urn);
    expect(merged).toContain('beam:coder:iterable:v1');
    expect(merged).not.toContain(COUNTED_CODER_URN);
  });

  it('counts nothing where nothing asks for it', () => {
    const g = new GraphSketch([COUNTED_CODER_URN]);
    g.combinePerKey('Sum', g.source('Pairs', { coder: g.kv() }), { coder: g.kv() });
    expect(plan(g).stages.find(({ kind }) => kind === 'grouping')).toMatchObject({
      counted: false,
    });
  });
});

describe('splittable steps', () => {
  it('become pair, split and, behind an edge, process', () => {
    const g = new GraphSketch();
    const spec = { restrictionCoderId: g.bytes };
    const [lines] = g.parDo('Read', g.impulse('Impulse'), { spec, boundedness: 'unbounded' });
    g.parDo('Parse', lines!);
    const { stages, edges } = plan(g);
    expect(stages.map(({ name }) => name)).toEqual(['Impulse', 'Read', 'Read, Parse']);
    const process = stages[2]!;
    if (process.kind !== 'executable') throw new Error('process runs user code');
    expect([process.input, process.boundedness]).toEqual(['restrictions', 'unbounded']);
    expect(edges.get(process.inputs[0]!)!.mode).toBe('round-robin');
    const { components, transforms } = process.descriptor;
    expect(transforms.map(({ uniqueName }) => uniqueName)).toContain('Read');
    const source = components.pcollections.get([...transforms[0]!.outputs.values()][0]!)!;
    const sized = components.coders.get(source.coderId)!;
    const pair = components.coders.get(sized.componentIds[0]!)!;
    expect([sized, pair].map(({ spec: { urn } }) => urn)).toEqual(
      Array(2).fill('beam:coder:kv:v1'),
    );
    expect(components.coders.get(sized.componentIds[1]!)!.spec.urn).toBe('beam:coder:double:v1');
    expect(pair.componentIds[1]).toBe(g.bytes);
  });

  it('read their side inputs in each part, as restrictions of other SDKs depend on them', () => {
    const g = new GraphSketch();
    const side = g.source('Side');
    const spec = { restrictionCoderId: g.bytes };
    g.parDo('Read', g.impulse('Impulse'), { spec, sides: { side } });
    const { stages, compactions } = plan(g);
    const executable = stages.filter((stage) => stage.kind === 'executable');
    const text = ({ transform, name }: SideInputUse): string => `${transform} ${name}`;
    const reads = executable.flatMap(({ sideInputs }) => sideInputs);
    expect(reads.map(text)).toEqual(['t3-pair side', 't3-split side', 't3 side']);
    const truncating = executable.flatMap(({ truncation }) => truncation?.sideInputs ?? []);
    expect(truncating.map(text)).toEqual(['t3-truncate side']);
    const [truncate] = compactions[0]!.transforms.filter(({ id }) => id === 't3-truncate');
    const truncated = readTransformSpec(truncate!);
    expect(truncated.kind === 'sdf-truncate' && [...truncated.parDo.sideInputs.keys()]).toEqual([
      'side',
    ]);
    expect([...truncate!.inputs.keys()]).toContain('side');
  });
});

describe('the plan', () => {
  it('leads a reshuffle through a shuffle edge on each run alike', () => {
    const make = (): string => {
      const g = new GraphSketch();
      g.parDo('After', g.reshuffle('Reshuffle', g.source('Before')));
      return text(g);
    };
    expect(make()).toBe(make());
    expect(make()).toContain('s2 reshuffle  Reshuffle\n  in   e1 from s1 (round-robin)');
  });

  it('takes a combine of grouped values for its parts, which are all that some SDKs can run', () => {
    const g = new GraphSketch();
    const grouped = g.groupByKey('Group', g.source('Pairs', { coder: g.kv() }));
    const [combined] = g.parDo('Part', grouped, { coder: g.kv() });
    const combine = {
      combineFn: functionSpec('strahl:fn:sketch:v1'),
      accumulatorCoderId: g.varint,
    };
    g.step('Whole', { kind: 'combine-grouped-values', ...combine }, { in: grouped });
    const part = [...g.graph().components.transforms.values()].find(
      (t) => t.uniqueName === 'Part',
    )!;
    g.alter('Whole', (t) => ({
      ...t,
      subtransforms: [part.id],
      outputs: new Map([['0', combined!]]),
    }));
    expect(text(g)).toContain('run  pardo Part');
  });

  it('takes a reshuffle that changes the coder for its parts', () => {
    const g = new GraphSketch();
    const source = g.source('Before', { coder: g.string });
    g.parDo('Parts', source, { coder: g.kv() });
    const whole = g.reshuffle('Whole', source, { coder: g.kv() });
    g.groupByKey('Group', whole);
    g.alter('Parts', (part) => {
      g.alter('Whole', (t) => ({ ...t, subtransforms: [part.id] }));
      return { ...part, outputs: new Map([['0', whole]]) };
    });
    expect(text(g)).not.toContain('reshuffle');
  });

  it('holds in each stage only the components that the stage names', () => {
    const g = new GraphSketch();
    const grouped = g.groupByKey('Group', g.source('Pairs', { coder: g.kv() }));
    g.parDo('After', grouped, { coder: g.string });
    for (const stage of plan(g).stages) {
      if (stage.kind !== 'executable') continue;
      const { components, transforms } = stage.descriptor;
      expect([...components.transforms.values()]).toEqual(transforms);
      const used = new Set(
        transforms.flatMap((t) => [...t.inputs.values(), ...t.outputs.values()]),
      );
      expect(new Set(components.pcollections.keys())).toEqual(used);
    }
  });

  it('walks over the values of a coder that only the user understands', () => {
    const g = new GraphSketch();
    const pairs = g.kv(g.string, g.coder('strahl:coder:module_ref:v1'));
    g.groupByKey('Group', g.source('Pairs', { coder: pairs }));
    const { stages, edges } = plan(g);
    const [input] = stages.find(({ kind }) => kind === 'grouping')!.inputs;
    const reader = new ByteReader(Uint8Array.of(1, 0x6b, 3, 7, 7, 7));
    edges.get(input!)!.elementCoder.skip(reader);
    expect(reader.pos).toBe(6);
  });

  it('plans a chain of ten thousand steps', () => {
    const g = new GraphSketch();
    let last = g.source('First');
    for (let i = 0; i < 10_000; i++) [last] = g.parDo(`Map ${String(i)}`, last) as [typeof last];
    const { stages } = plan(g);
    expect(stages.reduce((sum, stage) => sum + stage.steps.length, 0)).toBe(10_002);
  });
});
