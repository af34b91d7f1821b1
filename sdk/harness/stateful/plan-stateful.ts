import type { Transform } from '#portability/model/graph.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
import type { UserFunction } from '../../dofn/user-function.js';
import { checkedFunction } from '../plan/checked-function.js';
import type { NodePlan } from '../plan/plan-node.js';
import { SideInputs } from '../side-inputs/side-inputs.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { StageSurroundings } from '../stage/stage-surroundings.js';
import { Step } from '../steps/step.js';
import { StatefulOperator } from './stateful-operator.js';
import { statefulPlan } from './stateful-plan.js';

/** A ParDo with state and timers. */
export function planStateful(
  transform: Transform,
  spec: ParDoSpec,
  fn: UserFunction & { readonly kind: 'stateful' },
  around: StageSurroundings,
): NodePlan {
  const inputs = around.sideInputs(transform, spec, fn.sides);
  const plan = statefulPlan(transform, spec, around.checks ? checked(fn) : fn, around);
  return {
    template: 'operator',
    // The operator itself gives an element once per window: it must know the key in each.
    explodes: false,
    sides: false,
    create: (stage: RunningStage) => {
      const step = new Step(transform, around.checks);
      const sides = inputs.length > 0 ? new SideInputs(stage, step, inputs) : undefined;
      const { concurrency, ordered } = fn;
      const setting = { stage, step, log: around.log, sides, concurrency, ordered };
      return new StatefulOperator(setting, plan);
    },
  };
}

/** As it is called in tests: elements are frozen before the function sees them. */
function checked<F extends UserFunction & { readonly kind: 'stateful' }>(fn: F): F {
  const own = fn.fn;
  const element = checkedFunction((value, c) => own.element(value, c), 1);
  const onWindowExpiration = own.onWindowExpiration?.bind(own);
  return {
    ...fn,
    fn: {
      element,
      ...(own.onTimer === undefined ? {} : { onTimer: own.onTimer }),
      ...(onWindowExpiration === undefined ? {} : { onWindowExpiration }),
    },
  };
}
