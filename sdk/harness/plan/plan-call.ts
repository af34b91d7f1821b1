import type { Transform } from '#portability/model/graph.js';
import type { ParDoSpec } from '#portability/model/transform-spec.js';
import { GLOBAL_WINDOW, type Window } from '#portability/model/windows.js';
import type { DoFn } from '../../dofn/dofn.js';
import type { UserFunction } from '../../dofn/user-function.js';
import type { Template } from '../compile/node.js';
import { AttemptOperator } from '../operators/attempt-operator.js';
import { CallOperator, type CallSetting } from '../operators/call-operator.js';
import { DoFnOperator } from '../operators/do-fn-operator.js';
import { PartitionOperator, TimestampOperator } from '../operators/routing-operators.js';
import { SplitOperator, SpreadOperator } from '../operators/spread-operator.js';
import { SideInputs } from '../side-inputs/side-inputs.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { StageSurroundings } from '../stage/stage-surroundings.js';
import { Step } from '../steps/step.js';
import { checkedDoFn, checkedFunction } from './checked-function.js';
import type { NodePlan } from './plan-node.js';

/** A function that is called with elements. */
export type ElementFunction = Extract<UserFunction, { readonly concurrency: number }> & {
  readonly kind: Exclude<
    UserFunction['kind'],
    'source' | 'splittable' | 'stateful' | 'combine' | 'window-fn' | 'coder'
  >;
};

type AnyDoFn = DoFn<unknown, unknown>;

const TEMPLATES: Readonly<Record<ElementFunction['kind'], Template>> = {
  map: 'map',
  filter: 'filter',
  'flat-map': 'spread',
  attempt: 'map',
  'map-values': 'map-values',
  'key-by': 'key-by',
  'with-timestamps': 'with-timestamps',
  split: 'split',
  partition: 'partition',
  'do-fn': 'do-fn',
};

/** A ParDo that calls a user's function. */
export function planCall(
  transform: Transform,
  spec: ParDoSpec,
  fn: ElementFunction,
  around: StageSurroundings,
): NodePlan {
  const inputs = around.sideInputs(transform, spec, fn.sides);
  const hasSides = inputs.length > 0;
  const outputs = outputsOf(fn);
  const checked = around.checks ? checkedOf(fn) : fn;
  const windowing = around.inputWindowing(transform);
  const onlyWindow = windowing.windowFn.kind === 'global' ? GLOBAL_WINDOW : undefined;
  return {
    template: TEMPLATES[fn.kind],
    explodes: (hasSides || seesContext(fn)) && !windowing.assignsToOneWindow,
    sides: hasSides,
    ...(outputs === undefined ? {} : { outputs }),
    create: (stage: RunningStage) => {
      const step = new Step(transform, around.checks);
      const { concurrency, ordered } = fn;
      const sides = hasSides ? new SideInputs(stage, step, inputs) : undefined;
      const setting = { stage, step, log: around.log, sides, concurrency, ordered };
      return operatorOf(checked, setting, onlyWindow);
    },
  };
}

/** The function as it is called in tests: elements are frozen before it sees them. */
function checkedOf(fn: ElementFunction): ElementFunction {
  if (fn.kind === 'do-fn') {
    const create = (): AnyDoFn => {
      const made = fn.create();
      return isDoFn(made) ? checkedDoFn(made) : made;
    };
    return { ...fn, create };
  }
  return { ...fn, call: checkedFunction(fn.call, fn.kind === 'map-values' ? 2 : 1) };
}

function operatorOf(
  fn: ElementFunction,
  setting: CallSetting,
  onlyWindow: Window | undefined,
): CallOperator {
  switch (fn.kind) {
    case 'flat-map':
      return new SpreadOperator(setting, fn.call);
    case 'attempt':
      return new AttemptOperator(setting, fn.call);
    case 'with-timestamps':
      return new TimestampOperator(setting, fn.call, fn.allowedSkew);
    case 'split':
      return new SplitOperator(setting, fn.call, fn.tags);
    case 'partition':
      return new PartitionOperator(setting, fn.call, fn.n);
    case 'do-fn':
      return new DoFnOperator(setting, instanceOf(fn.create, setting), onlyWindow);
    default:
      return new CallOperator(setting, fn.call);
  }
}

/** @throws STRAHL-4001 for a function that throws, -9002 for one that makes no `DoFn` */
function instanceOf(create: () => AnyDoFn, { step }: CallSetting): AnyDoFn {
  let made: AnyDoFn;
  try {
    made = create();
  } catch (e) {
    throw step.wrap(e);
  }
  if (isDoFn(made)) return made;
  throw step.error('badValue', {
    title: 'process is given a function that makes nothing with a function element',
    fix: '.process(() => ({ element: (x) => [x] }))',
  });
}

function isDoFn(x: unknown): boolean {
  return typeof (x as Partial<AnyDoFn> | null | undefined)?.element === 'function';
}

function outputsOf(fn: ElementFunction): readonly string[] | undefined {
  switch (fn.kind) {
    case 'split':
      return fn.tags;
    case 'partition':
      return Array.from({ length: fn.n }, (_, i) => String(i));
    case 'attempt':
      return ['ok', 'failed'];
    default:
      return undefined;
  }
}

/**
 * Whether the function declares the parameter that the context is given in. The window can only be
 * asked for through the context.
 */
function seesContext(fn: ElementFunction): boolean {
  if (fn.kind === 'do-fn') return true;
  if (fn.kind === 'partition') return false;
  const before = fn.kind === 'map-values' || fn.kind === 'split' ? 2 : 1;
  return fn.call.length > before;
}
