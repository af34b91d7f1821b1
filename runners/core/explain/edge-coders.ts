import { coderName } from '#portability/coders/coder-name.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { isUserStage, type Edge, type Plan, type PlannedStage } from '../plan/plan.js';
import type { Cause } from './explanation.js';

/**
 * How the elements of an edge between two stages are written.
 *
 * @internal
 */
export interface EdgeCoder {
  readonly edge: Edge;
  /** Absent between two stages of the engine, which pass on the bytes that came in. */
  readonly coder?: string;
}

/**
 * The coders of all edges, in the order of the plan. Fused steps have none between them.
 *
 * @internal
 */
export function edgeCoders(plan: Plan): readonly EdgeCoder[] {
  const stages = new Map(plan.stages.map((stage) => [stage.id, stage]));
  return [...plan.edges.values()].map((edge) => {
    const coder = writtenBy(stages.get(edge.from)!, edge) ?? readBy(stages.get(edge.to)!);
    return coder === undefined ? { edge } : { edge, coder };
  });
}

/** The same as lines of an explanation; only those at `stage` if it is given. */
export function coderCauses(plan: Plan, stage?: PlannedStage): readonly Cause[] {
  const names = new Map(plan.stages.map(({ id, name }) => [id, name]));
  return edgeCoders(plan)
    .filter(({ edge }) => stage === undefined || edge.from === stage.id || edge.to === stage.id)
    .map(({ edge, coder = 'the bytes that come in' }) => ({
      kind: 'coder',
      text: `"${names.get(edge.from)!}" → "${names.get(edge.to)!}": ${coder}`,
      causes: [],
    }));
}

function writtenBy(stage: PlannedStage, { id }: Edge): string | undefined {
  if (!isUserStage(stage)) return undefined;
  const output = stage.outputs.find(({ edges }) => edges.includes(id));
  return output === undefined ? undefined : coderAt(stage.descriptor, output.sink);
}

function readBy(stage: PlannedStage): string | undefined {
  return isUserStage(stage) ? coderAt(stage.descriptor, stage.source) : undefined;
}

function coderAt(
  { transforms, components }: StageDescriptor,
  port: TransformId,
): string | undefined {
  const transform = transforms.find(({ id }) => id === port);
  const spec = transform === undefined ? undefined : readTransformSpec(transform);
  if (spec?.kind !== 'runner-source' && spec?.kind !== 'runner-sink') return undefined;
  return coderName(components.coders, spec.coderId);
}
