import type { Transform } from '#portability/model/graph.js';
import type { ParDoSpec, SplittableStep } from '#portability/model/transform-spec.js';
import { SEQUENCE_URN } from '../../dofn/function-ref.js';
import { splittableOf } from '../../dofn/splittable.js';
import type { SideShape, UserFunction } from '../../dofn/user-function.js';
import {
  PairOperator,
  SplitRestrictionOperator,
  TruncateOperator,
} from '../restrictions/restriction-operators.js';
import { SequenceOperator } from '../operators/sequence-operator.js';
import { SplittableOperator } from '../restrictions/splittable-operator.js';
import { SideInputs } from '../side-inputs/side-inputs.js';
import type { StageSurroundings } from '../stage/stage-surroundings.js';
import { Step } from '../steps/step.js';
import type { NodePlan } from './plan-node.js';
import { UserRestrictions, type RestrictionSpec } from './restriction-spec.js';
import { sequenceOf } from './sequence-payload.js';

/** A part of a splittable step (SDF-1). `fn` is absent for a sequence, which is not a function of the user. */
export function planSplittable(
  transform: Transform,
  kind: SplittableStep,
  spec: ParDoSpec,
  fn: SplittableFunction | undefined,
  around: StageSurroundings,
): NodePlan {
  const plan = { template: 'operator', explodes: false, sides: false } as const;
  if (spec.doFn.urn === SEQUENCE_URN || fn === undefined) {
    const sequence = sequenceOf(spec.doFn.payload);
    if (kind !== 'sdf-process-sized') return { ...plan, create: asking(transform, kind, sequence) };
    const input = around.restrictionInput(transform);
    return {
      ...plan,
      template: 'sequence',
      create: (stage) => new SequenceOperator(stage, new Step(transform), input),
    };
  }
  const user = new UserRestrictions(fn.kind === 'source' ? splittableOf(fn.source) : fn.splittable);
  if (kind !== 'sdf-process-sized') return { ...plan, create: asking(transform, kind, user) };
  const input = around.restrictionInput(transform);
  const sides = around.sideInputs(transform, spec, fn.sides);
  return {
    ...plan,
    create: (stage) => {
      const step = new Step(transform);
      const values = sides.length > 0 ? new SideInputs(stage, step, sides) : undefined;
      return new SplittableOperator(stage, step, user, input, values);
    },
  };
}

type SplittableFunction = Extract<UserFunction, { readonly kind: 'source' | 'splittable' }> & {
  readonly sides: Readonly<Record<string, SideShape>>;
};

function asking(
  transform: Transform,
  kind: Exclude<SplittableStep, 'sdf-process-sized'>,
  spec: RestrictionSpec,
): NodePlan['create'] {
  return (stage) => {
    const step = new Step(transform);
    switch (kind) {
      case 'sdf-pair-with-restriction':
        return new PairOperator(stage, step, spec);
      case 'sdf-split-and-size':
        return new SplitRestrictionOperator(stage, step, spec);
      case 'sdf-truncate':
        return new TruncateOperator(stage, step, spec);
    }
  };
}
