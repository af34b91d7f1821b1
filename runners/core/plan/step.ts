import { siteOf, type Transform } from '#portability/model/graph.js';
import type { PCollectionId } from '#portability/model/ids.js';
import type { ParDoSpec, SideInputSpec, TransformSpec } from '#portability/model/transform-spec.js';
import type { PlannedStep } from './plan.js';

/** A side input as a step reads it. */
export interface SideRead {
  readonly name: string;
  readonly pcollection: PCollectionId;
  readonly spec: SideInputSpec;
}

/**
 * A transform that the planner treats as one thing: a primitive, or a composite whose meaning it knows.
 * Rewriting steps replace steps by others; `origin` stays the transform that the user wrote.
 */
export interface Step {
  readonly transform: Transform;
  readonly spec: TransformSpec;
  readonly origin: PlannedStep;
  /** Inputs that are processed element by element. A flatten may name one twice. */
  readonly mains: readonly PCollectionId[];
  readonly sides: readonly SideRead[];
  readonly outputs: readonly PCollectionId[];
}

/** The function part of a step that carries one, also of the parts of a splittable step. */
export function parDoOf(spec: TransformSpec): ParDoSpec | undefined {
  switch (spec.kind) {
    case 'par-do':
      return spec;
    case 'sdf-pair-with-restriction':
    case 'sdf-split-and-size':
    case 'sdf-process-sized':
    case 'sdf-truncate':
      return spec.parDo;
    default:
      return undefined;
  }
}

export function plannedStepOf(transform: Transform): PlannedStep {
  const site = siteOf(transform);
  const { id, uniqueName: name } = transform;
  return Object.freeze(
    site === undefined ? { transform: id, name } : { transform: id, name, site },
  );
}

/** Sorts the inputs of `transform` into processed ones and side inputs. */
export function stepOf(
  transform: Transform,
  spec: TransformSpec,
  origin: PlannedStep = plannedStepOf(transform),
): Step {
  const sideSpecs = parDoOf(spec)?.sideInputs;
  const mains: PCollectionId[] = [];
  const sides: SideRead[] = [];
  transform.inputs.forEach((pcollection, name) => {
    const side = sideSpecs?.get(name);
    if (side === undefined) mains.push(pcollection);
    else sides.push({ name, pcollection, spec: side });
  });
  return { transform, spec, origin, mains, sides, outputs: [...transform.outputs.values()] };
}

/** The one processed input of a step that is known to have exactly one (checked by `check-shape`). */
export function mainOf(step: Step): PCollectionId {
  return step.mains[0]!;
}

/** The inputs of a step by name, with another collection as the processed one. */
export function inputsWith(
  { transform, sides }: Step,
  main: PCollectionId,
): ReadonlyMap<string, PCollectionId> {
  const isSide = (name: string): boolean => sides.some((side) => side.name === name);
  const mainName = [...transform.inputs.keys()].find((name) => !isSide(name)) ?? 'in';
  return new Map(transform.inputs).set(mainName, main);
}
