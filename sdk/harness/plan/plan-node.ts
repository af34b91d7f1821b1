import { StrahlError } from '#portability/errors.js';
import type { Transform } from '#portability/model/graph.js';
import type { CombineSpec, ParDoSpec, TransformSpec } from '#portability/model/transform-spec.js';
import { CREATE_URN, MODULE_REF_URN, pathOf, SEQUENCE_URN } from '../../dofn/function-ref.js';
import type { CombineFnSpec, UserFunction } from '../../dofn/user-function.js';
import type { Template } from '../compile/node.js';
import {
  CombineOperator,
  PrecombineOperator,
  type CombineStep,
} from '../combining/combine-operators.js';
import { CreateOperator } from '../operators/create-operator.js';
import { MapWindowsOperator } from '../operators/map-windows-operator.js';
import { MergeWindowsOperator } from '../operators/merge-windows-operator.js';
import type { Operator } from '../operators/operator.js';
import { PassOperator } from '../operators/pass-operator.js';
import { SinkOperator } from '../operators/sink-operator.js';
import { StageInput } from '../operators/stage-input.js';
import { WindowOperator } from '../operators/window-operator.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { StageSurroundings } from '../stage/stage-surroundings.js';
import { planStateful } from '../stateful/plan-stateful.js';
import { Step } from '../steps/step.js';
import {
  customFunctions,
  windowAssigner,
  type KnownWindows,
  type WindowAssigner,
} from '../windows/assign-windows.js';
import { planCall } from './plan-call.js';
import { planSplittable } from './plan-splittable.js';

/** How one transform will run; made once per stage, `create` once per instance. */
export interface NodePlan {
  readonly template: Template;
  readonly explodes: boolean;
  readonly sides: boolean;
  /** Local names of the outputs, by output number; `undefined`: the transform has just one. */
  readonly outputs?: readonly string[];
  create(stage: RunningStage): Operator;
}

type OperatorOf = (stage: RunningStage, step: Step) => Operator;

/** @throws STRAHL-2002 for a transform or function that the harness cannot run */
export function planNode(
  transform: Transform,
  spec: TransformSpec,
  around: StageSurroundings,
): NodePlan {
  const simple = (create: OperatorOf, template: Template = 'operator'): NodePlan => ({
    template,
    explodes: false,
    sides: false,
    create: (stage) => create(stage, new Step(transform)),
  });
  switch (spec.kind) {
    case 'runner-source':
    case 'runner-sink':
      return planPort(transform, spec, around, simple);
    case 'flatten':
      return simple((stage, step) => new PassOperator(stage, step), 'pass');
    case 'window-into':
    case 'map-windows':
    case 'merge-windows':
      return planWindows(transform, spec, around, simple);
    case 'par-do':
      return planParDo(transform, spec, around, simple);
    case 'sdf-pair-with-restriction':
    case 'sdf-split-and-size':
    case 'sdf-process-sized':
    case 'sdf-truncate': {
      const fn = splittableFunctionOf(transform, spec.parDo, around);
      return planSplittable(transform, spec.kind, spec.parDo, fn, around);
    }
    case 'combine-precombine':
    case 'combine-merge-accumulators':
    case 'combine-extract-outputs':
    case 'combine-convert-to-accumulators':
    case 'combine-grouped-values':
      return planCombine(transform, spec, around, simple);
    default:
      throw unsupported(transform, spec.kind);
  }
}

function planWindows(
  transform: Transform,
  spec: Extract<TransformSpec, { readonly kind: 'window-into' | 'map-windows' | 'merge-windows' }>,
  around: StageSurroundings,
  simple: Simple,
): NodePlan {
  switch (spec.kind) {
    case 'window-into': {
      // Each instance has its own assigner: it remembers the last window.
      const assigner = (known: KnownWindows): WindowAssigner =>
        windowAssigner(spec.windowFn, around.functions, known);
      const template = spec.windowFn.kind === 'custom' ? 'window-by-value' : 'window-into';
      return simple((stage, step) => new WindowOperator(stage, step, assigner), template);
    }
    case 'map-windows': {
      const map = around.windowMapping(transform, spec.windowFn);
      return simple((stage, step) => new MapWindowsOperator(stage, step, map));
    }
    case 'merge-windows': {
      const fn = customFunctions(spec.windowFn, around.functions);
      return simple((stage, step) => new MergeWindowsOperator(stage, step, fn));
    }
  }
}

function planPort(
  transform: Transform,
  { kind, coderId }: Extract<TransformSpec, { readonly kind: 'runner-source' | 'runner-sink' }>,
  around: StageSurroundings,
  simple: Simple,
): NodePlan {
  const port = around.port(transform, coderId);
  if (kind === 'runner-source') {
    return simple((stage, step) => new StageInput(stage, step, port), 'source');
  }
  const producer = around.producerOf(transform);
  const keyProducer = around.keyProducerOf(transform);
  return simple(
    (stage, step) => new SinkOperator(stage, step, port, new Step(producer), new Step(keyProducer)),
  );
}

type Simple = (create: OperatorOf, template?: Template) => NodePlan;

function planParDo(
  transform: Transform,
  spec: ParDoSpec,
  around: StageSurroundings,
  simple: Simple,
): NodePlan {
  if (spec.doFn.urn === CREATE_URN) {
    // A runner may have put lengths before the elements of the collection, but not into the payload.
    const written = around.functions.get(transform.uniqueName);
    const coder = written?.kind === 'elements' ? written.coder() : around.outputCoder(transform);
    const { payload } = spec.doFn;
    return simple((stage, step) => new CreateOperator(stage, step, payload, coder));
  }
  const fn = functionOf(transform, spec, around);
  // Runners that know no step that combines grouped values are given a ParDo instead.
  if (fn.kind === 'combine') {
    return simple(
      (stage, step) => new CombineOperator(stage, step, fn.fn, 'combine-grouped-values'),
    );
  }
  if (
    fn.kind === 'source' ||
    fn.kind === 'splittable' ||
    fn.kind === 'window-fn' ||
    fn.kind === 'elements' ||
    fn.kind === 'coder'
  ) {
    throw unsupported(transform, `a ParDo over a function of kind ${fn.kind}`);
  }
  if (fn.kind === 'stateful') return planStateful(transform, spec, fn, around);
  return planCall(transform, spec, fn, around);
}

/** The function of a splittable step; a sequence has none. */
function splittableFunctionOf(
  transform: Transform,
  spec: ParDoSpec,
  around: StageSurroundings,
): Extract<UserFunction, { kind: 'source' | 'splittable' }> | undefined {
  if (spec.doFn.urn === SEQUENCE_URN) return undefined;
  const fn = functionOf(transform, spec, around);
  if (fn.kind === 'source' || fn.kind === 'splittable') return fn;
  throw unsupported(transform, `a splittable function of kind ${fn.kind}`);
}

function planCombine(
  transform: Transform,
  spec: Extract<TransformSpec, { readonly kind: CombineStep | 'combine-precombine' }>,
  around: StageSurroundings,
  simple: Simple,
): NodePlan {
  const fn = combineFnOf(transform, spec, around);
  if (spec.kind !== 'combine-precombine') {
    const { kind } = spec;
    return simple((stage, step) => new CombineOperator(stage, step, fn, kind));
  }
  const windowing = around.inputWindowing(transform);
  const counted = around.outputIsCounted(transform);
  // Windows that merge later are hardly ever equal before: a table would only cost.
  if (windowing.mergeStatus === 'needs-merge') {
    return simple(
      (stage, step) =>
        new CombineOperator(stage, step, fn, 'combine-convert-to-accumulators', counted),
    );
  }
  const setting = {
    fn,
    keyCoder: around.inputKeyCoder(transform),
    accumulatorCoder: around.coders.coderOf(spec.accumulatorCoderId),
    timestampCombiner: windowing.timestampCombiner,
    counted,
  };
  const keyProducer = around.keyProducerOf(transform);
  return simple(
    (stage, step) => new PrecombineOperator(stage, step, setting, new Step(keyProducer)),
    'precombine',
  );
}

function combineFnOf(
  transform: Transform,
  spec: CombineSpec<string>,
  { functions }: StageSurroundings,
): CombineFnSpec {
  const { urn } = spec.combineFn;
  const fn = urn === MODULE_REF_URN ? functions.get(pathOf(spec.combineFn)) : undefined;
  if (fn?.kind === 'combine') return fn.fn;
  throw unsupported(transform, `the combine function ${urn}`);
}

function functionOf(
  transform: Transform,
  { doFn }: ParDoSpec,
  { functions }: StageSurroundings,
): UserFunction {
  if (doFn.urn !== MODULE_REF_URN) throw unsupported(transform, `the function ${doFn.urn}`);
  const path = pathOf(doFn);
  const fn = functions.get(path);
  if (fn !== undefined) return fn;
  throw new StrahlError('notExported', {
    title: `no function is registered under ${path}`,
    step: transform.uniqueName,
    fix: 'build the same pipeline in the process that runs its functions',
  });
}

function unsupported(transform: Transform, what: string): StrahlError {
  return new StrahlError('unsupportedUrn', {
    title: `the harness cannot run ${what}`,
    step: transform.uniqueName,
  });
}
