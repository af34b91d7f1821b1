import { readTransformSpec } from '#portability/proto/transform-spec.js';
import { StrahlError } from '#portability/errors.js';
import type { Graph, Transform } from '#portability/model/graph.js';
import type { EnvironmentId, TransformId } from '#portability/model/ids.js';
import type { TransformSpec } from '#portability/model/transform-spec.js';
import type { ComponentsDraft } from './components-draft.js';
import { plannedStepOf, stepOf, type Step } from './step.js';

/**
 * The graph as a flat list of steps, in the order in which the graph names them.
 *
 * Composites whose meaning the planner knows (combine per key, reshuffle, redistribute) are one step;
 * all others are replaced by what they consist of.
 */
export function stepsOf(graph: Graph, draft: ComponentsDraft): readonly Step[] {
  const { transforms } = graph.components;
  const steps: Step[] = [];
  // A stack of our own: composites of a foreign pipeline may be nested to any depth.
  const open = [...graph.rootTransformIds].reverse();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const transform = transforms.get(id)!;
    const spec = readTransformSpec(transform);
    if (isUnit(transform, spec) && !changesCoder(transform, spec, draft)) {
      steps.push(stepOf(withEnvironment(transform, transforms), spec));
    } else if (transform.subtransforms.length > 0) {
      for (let i = transform.subtransforms.length - 1; i >= 0; i--) {
        open.push(transform.subtransforms[i]!);
      }
    } else {
      checkIdentity(transform);
    }
  }
  return steps;
}

/** Whether the planner implements the transform itself rather than its parts. */
function isUnit(transform: Transform, spec: TransformSpec): boolean {
  switch (spec.kind) {
    case 'composite':
      return false;
    case 'combine-globally':
    // Java's worker, for one, knows its parts only.
    case 'combine-grouped-values':
    case 'read':
    case 'unknown':
      // Known by its parts; without parts it is refused by name, or does nothing.
      return transform.subtransforms.length === 0 && !isIdentity(transform);
    default:
      return true;
  }
}

/**
 * Whether a reshuffle with parts declares another coder than that of its input. Some SDKs do so where they know the
 * type only behind it; then the parts read one and write the other, which the engine cannot.
 */
function changesCoder(
  { inputs, outputs, subtransforms }: Transform,
  { kind }: TransformSpec,
  draft: ComponentsDraft,
): boolean {
  if ((kind !== 'reshuffle' && kind !== 'redistribute') || subtransforms.length === 0) return false;
  const shapes = [...inputs.values(), ...outputs.values()].map((id) =>
    draft.shape(draft.pcollection(id).coderId),
  );
  return new Set(shapes).size > 1;
}

/** A composite that is carried out as one step runs where its parts would have run. */
function withEnvironment(
  transform: Transform,
  transforms: ReadonlyMap<TransformId, Transform>,
): Transform {
  if (transform.environmentId !== undefined || transform.subtransforms.length === 0) {
    return transform;
  }
  const environmentId = environmentWithin(transform, transforms);
  return environmentId === undefined ? transform : { ...transform, environmentId };
}

function environmentWithin(
  transform: Transform,
  transforms: ReadonlyMap<TransformId, Transform>,
): EnvironmentId | undefined {
  const open = [...transform.subtransforms];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const part = transforms.get(id)!;
    if (part.environmentId !== undefined) return part.environmentId;
    open.push(...part.subtransforms);
  }
  return undefined;
}

/** Whether a transform without parts has no outputs of its own. */
function isIdentity({ inputs, outputs }: Transform): boolean {
  const given = new Set(inputs.values());
  return outputs.size > 0 && [...outputs.values()].every((output) => given.has(output));
}

/** Beam allows a composite without parts only if each output is one of its inputs. */
function checkIdentity(transform: Transform): void {
  const inputs = new Set(transform.inputs.values());
  for (const [name, output] of transform.outputs) {
    if (inputs.has(output)) continue;
    const { name: step, site } = plannedStepOf(transform);
    throw new StrahlError('brokenGraph', {
      title: `"${transform.uniqueName}" has neither a meaning nor parts, so nothing produces its output "${name}"`,
      step,
      ...(site === undefined ? {} : { site }),
    });
  }
}
