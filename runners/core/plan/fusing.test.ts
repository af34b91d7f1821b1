import { describe, expect, it } from '@jest/globals';
import { duration } from '#portability/model/time.js';
import { GraphSketch } from './graph-sketch.fixture.js';
import { plan, text } from './planned-sketch.fixture.js';

// A bug here would show as a stage that waits for itself, or as data that reaches a reader twice or never.

const minutes = {
  windowFn: { kind: 'fixed', size: duration(60_000), offset: duration(0) },
} as const;

describe('fusing', () => {
  it('runs a chain of steps as one stage', () => {
    const g = new GraphSketch();
    const [b] = g.parDo('B', g.parDo('A', g.impulse('Impulse'))[0]!);
    g.parDo('C', b!, { outputs: 0 });
    expect(text(g)).toBe(
      [
        's0 impulse  Impulse',
        '  out  e0 to s1 (local)',
        's1 executable  A, B, C',
        '  in   e0 from s0 (local)',
        '  run  pardo A',
        '  run  pardo B',
        '  run  pardo C',
        '',
      ].join('\n'),
    );
  });

  it('reads a grouping once for all steps that follow it', () => {
    const g = new GraphSketch();
    const grouped = g.groupByKey('Group', g.source('Pairs', { coder: g.kv() }));
    g.parDo('Left', grouped);
    g.parDo('Right', grouped);
    expect(text(g)).toBe(
      [
        's0 impulse  Pairs/Impulse',
        '  out  e0 to s1 (local)',
        's1 executable  Pairs',
        '  in   e0 from s0 (local)',
        '  run  pardo Pairs',
        '  out  e1 to s2 (shuffle) by s1-sink-0',
        's2 grouping  Group',
        '  in   e1 from s1 (shuffle)',
        '  out  e2 to s3 (local)',
        's3 executable  Left, Right',
        '  in   e2 from s2 (local)',
        '  run  pardo Left',
        '  run  pardo Right',
        '',
      ].join('\n'),
    );
  });

  it('cuts a chain that is longer than a stage may be', () => {
    const g = new GraphSketch();
    let last = g.source('First');
    for (let i = 0; i < 5; i++) [last] = g.parDo(`Map ${String(i)}`, last) as [typeof last];
    const stages = plan(g, { maxStageSteps: 2 }).stages.filter(({ kind }) => kind === 'executable');
    expect(stages.map(({ steps }) => steps.length)).toEqual([2, 2, 2]);
  });

  it('keeps a step out of the stage that its side input waits for', () => {
    const g = new GraphSketch();
    const source = g.source('Source');
    const [side] = g.parDo('Side', source);
    g.parDo('Main', source, { sides: { s: side! } });
    expect(text(g)).toBe(
      [
        's0 impulse  Source/Impulse',
        '  out  e0 to s1 (local)',
        's1 executable  Source, Side',
        '  in   e0 from s0 (local)',
        '  run  pardo Source',
        '  run  pardo Side',
        '  out  e1 to s4 (forward) by s1-sink-0',
        '  out  e2 to s2 (shuffle) by s1-sink-1',
        's2 grouping without keys  side input of Main',
        '  in   e2 from s1 (shuffle)',
        '  out  e3 to s3 (broadcast)',
        's3 view  side input of Main',
        '  in   e3 from s2 (broadcast)',
        's4 executable  Main',
        '  in   e1 from s1 (forward)',
        '  run  pardo Main',
        '  side s of t3 from s3 (global)',
        '',
      ].join('\n'),
    );
  });

  it('keeps a step out of the stage that its side input waits for through others', () => {
    const g = new GraphSketch();
    const source = g.source('Source', { coder: g.kv() });
    const grouped = g.groupByKey('Group', source);
    const [side] = g.parDo('Side', grouped);
    const [main] = g.parDo('Main', source, { sides: { s: side! } });
    g.parDo('After', main!);
    const executables = plan(g).stages.filter(({ kind }) => kind === 'executable');
    expect(executables.map(({ name }) => name)).toEqual(['Source', 'Side', 'Main, After']);
  });

  it('reads a side input with the windows in which the element entered the stage', () => {
    const g = new GraphSketch();
    const side = g.source('Side', { windowing: minutes });
    const windowed = g.windowInto('Window', g.source('Source'), minutes);
    g.parDo('Main', windowed, { sides: { s: side } });
    const names = plan(g)
      .stages.filter(({ kind }) => kind === 'executable')
      .map((s) => s.name);
    expect(names).toContain('Source, Window');
    expect(names).toContain('Main');
  });

  it('shares one view among all readers of a side input', () => {
    const g = new GraphSketch();
    const side = g.source('Side');
    const source = g.source('Source');
    g.parDo('One', source, { sides: { a: side } });
    g.parDo('Two', source, { sides: { a: side, b: side } });
    const { stages } = plan(g);
    expect(stages.filter(({ kind }) => kind === 'view')).toHaveLength(1);
    const uses = stages.flatMap((s) => (s.kind === 'executable' ? s.sideInputs : []));
    expect(uses.map(({ name }) => name)).toEqual(['a', 'a', 'b']);
  });
});
