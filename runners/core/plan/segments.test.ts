// What a bug here would look like: tasks that wait for each other for ever, or a view that its reader cannot see.
import { describe, expect, it } from '@jest/globals';
import type { StageId } from '#portability/model/ids.js';
import { engineCapabilities } from './engine-capabilities.js';
import { GraphSketch, SKETCH_ENVIRONMENT } from './graph-sketch.fixture.js';
import { planGraph } from './plan-graph.js';
import type { Plan } from './plan.js';

const capabilities = engineCapabilities('test', [SKETCH_ENVIRONMENT]);
const plan = (g: GraphSketch): Plan => planGraph(g.graph(), { capabilities });

/** Each segment in a line: id, number of tasks, names of its stages. */
function text({ segments, stages }: Plan): readonly string[] {
  const nameOf = (id: StageId): string => stages.find((s) => s.id === id)!.name;
  return segments.map((s) => `${s.id} (${s.tasks}): ${s.stages.map(nameOf).join(' | ')}`);
}

const modes = ({ edges }: Plan): readonly string[] => [...edges.values()].map(({ mode }) => mode);

describe('the segments of a plan', () => {
  it('end where elements go to the owner of their key, and start with an impulse in one task', () => {
    const g = new GraphSketch();
    const grouped = g.groupByKey('Group', g.source('Source', { coder: g.kv() }));
    g.parDo('After', grouped);
    const cut = plan(g);
    expect(text(cut)).toEqual([
      'Source/Impulse/impulse (one): Source/Impulse | Source',
      'Group/grouping (many): Group | After',
    ]);
    expect(modes(cut)).toEqual(['local', 'shuffle', 'local']);
  });

  it('spread what is reshuffled over all tasks', () => {
    const g = new GraphSketch();
    g.parDo('After', g.reshuffle('Spread', g.source('Source')));
    const cut = plan(g);
    expect(text(cut).slice(1)).toEqual(['Spread/reshuffle (many): Spread | After']);
    expect(modes(cut)).toContain('round-robin');
  });

  it('have a view wherever it is read, before and after a shuffle', () => {
    const g = new GraphSketch();
    const side = g.source('Side');
    const [early] = g.parDo('Early', g.source('Source'), { coder: g.kv(), sides: { s: side } });
    g.parDo('Late', g.groupByKey('Group', early!), { sides: { s: side } });
    const cut = plan(g);
    const [view] = cut.stages.filter(({ kind }) => kind === 'view');
    expect(text(cut).filter((_, i) => cut.segments[i]!.stages.includes(view!.id))).toEqual([
      'Source (many): side input of Early, Late | Source, Early',
      'Group/grouping (many): side input of Early, Late | Group | Late',
    ]);
  });

  it('have no cycle where a step reads a view of its own input: the edge leads forward', () => {
    const g = new GraphSketch();
    const source = g.source('Source');
    const [side] = g.parDo('Side', source);
    g.parDo('Main', source, { sides: { s: side! } });
    const cut = plan(g);
    expect(modes(cut)).toEqual(['local', 'forward', 'shuffle', 'broadcast']);
    expect(text(cut)).toEqual([
      'Source/Impulse/impulse (one): Source/Impulse | Source, Side',
      'side input of Main/grouping (many): side input of Main',
      'Main (many): side input of Main | Main',
    ]);
  });

  it('are the same in every run, each with a name of its own', () => {
    const make = (): Plan => {
      const g = new GraphSketch();
      const a = g.groupByKey('Group', g.source('A', { coder: g.kv() }));
      g.parDo('One', a);
      g.parDo('Two', g.reshuffle('Again', g.source('B')));
      return plan(g);
    };
    expect(make().segments).toEqual(make().segments);
    const ids = make().segments.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
