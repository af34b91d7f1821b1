import type { StageId } from '#portability/model/ids.js';
import type { Edge, EdgeId, Plan, PlannedStage } from './plan.js';
import type { Segment, SegmentId } from './segment.js';

export interface Cut {
  readonly segments: readonly Segment[];
  /** The edges that stay inside a segment are local, those that would close a cycle lead forward. */
  readonly edges: ReadonlyMap<EdgeId, Edge>;
}

/**
 * Cuts a plan where elements change their owner. Each stage has a depth: the most cuts on a way to it.
 * Stages of the same depth that local edges join are a segment; where a local edge leads deeper, as
 * when a step reads a view that is computed from its own input, it becomes a forward edge. Every edge
 * between segments leads deeper, hence C1.
 *
 * The script of a test stream is about all stages at once, so with one everything is one segment.
 *
 * @param stages in topological order
 */
export function cutIntoSegments(
  stages: readonly PlannedStage[],
  edges: ReadonlyMap<EdgeId, Edge>,
): Cut {
  if (stages.some(({ kind }) => kind === 'test-stream')) return { segments: whole(stages), edges };
  const depths = depthsOf(stages, edges);
  const cut = new Map<EdgeId, Edge>();
  for (const [id, edge] of edges) {
    const deeper = depths.get(edge.to)! > depths.get(edge.from)!;
    cut.set(id, edge.mode === 'local' && deeper ? { ...edge, mode: 'forward' } : edge);
  }
  return { segments: segmentsOf(stages, cut, depths), edges: cut };
}

/** The stages of a segment, in the order of the plan. */
export function stagesOfSegment(
  { segments, stages }: Pick<Plan, 'segments' | 'stages'>,
  id: SegmentId,
): readonly PlannedStage[] {
  const segment = segments.find((s) => s.id === id);
  if (segment === undefined) throw new RangeError(`the plan has no segment ${id}`);
  return stages.filter((stage) => segment.stages.includes(stage.id));
}

function whole(stages: readonly PlannedStage[]): readonly Segment[] {
  return [{ id: nameOf(stages[0]!), stages: stages.map(({ id }) => id), tasks: 'one' }];
}

function depthsOf(
  stages: readonly PlannedStage[],
  edges: ReadonlyMap<EdgeId, Edge>,
): ReadonlyMap<StageId, number> {
  const depths = new Map<StageId, number>();
  for (const stage of stages) {
    const before = [
      ...stage.inputs.map((id) => {
        const { from, mode } = edges.get(id)!;
        return (depths.get(from) ?? 0) + (mode === 'local' ? 0 : 1);
      }),
      ...viewsOf(stage).map((view) => depths.get(view)!),
    ];
    depths.set(
      stage.id,
      before.reduce((a, b) => Math.max(a, b), 0),
    );
  }
  return depths;
}

function segmentsOf(
  stages: readonly PlannedStage[],
  edges: ReadonlyMap<EdgeId, Edge>,
  depths: ReadonlyMap<StageId, number>,
): readonly Segment[] {
  const groups = new Map<StageId, Set<StageId>>();
  for (const stage of stages) {
    if (stage.kind === 'view') continue;
    const group = new Set([stage.id]);
    for (const input of stage.inputs) {
      const { from, mode } = edges.get(input)!;
      if (mode === 'local') for (const id of groups.get(from) ?? []) group.add(id);
    }
    for (const id of group) groups.set(id, group);
  }
  const taken = new Set<string>();
  const depthOf = (group: Set<StageId>): number => depths.get([...group][0]!)!;
  const upstreamFirst = [...new Set(groups.values())].sort((a, b) => depthOf(a) - depthOf(b));
  const places = new Map(stages.map((stage, place) => [stage.id, place]));
  const stageOf = (id: StageId): PlannedStage => stages[places.get(id)!]!;
  return upstreamFirst.map((group) => {
    const ids = [...group];
    const members = new Set([...ids, ...ids.flatMap((id) => viewsOf(stageOf(id)))]);
    const inOrder = [...members].map(stageOf).sort((a, b) => places.get(a.id)! - places.get(b.id)!);
    const root = inOrder.find(({ kind }) => kind !== 'view')!;
    // No stage of depth 0 has anything before it but an impulse.
    const tasks = depthOf(group) === 0 ? 'one' : 'many';
    const inside = Object.freeze(inOrder.map(({ id }) => id));
    return Object.freeze({ id: unique(nameOf(root), taken), stages: inside, tasks });
  });
}

function viewsOf(stage: PlannedStage): readonly StageId[] {
  return 'sideInputs' in stage ? stage.sideInputs.map(({ view }) => view) : [];
}

/** Several stages may start with the same step: a splittable one is read and processed in two. */
function nameOf({ kind, name, steps }: PlannedStage): SegmentId {
  return (
    kind === 'executable' || kind === 'stateful' ? (steps[0]?.name ?? name) : `${name}/${kind}`
  ) as SegmentId;
}

function unique(name: SegmentId, taken: Set<string>): SegmentId {
  let id = name;
  for (let n = 2; taken.has(id); n++) id = `${name}#${String(n)}` as SegmentId;
  taken.add(id);
  return id;
}
