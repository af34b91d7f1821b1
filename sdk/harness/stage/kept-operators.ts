import { setMaxListeners } from 'node:events';
import { bytesCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { NO_STATE } from '#portability/fnapi/no-state.js';
import type { Transform } from '#portability/model/graph.js';
import { bundleId, pcollectionId, stageId, transformId } from '#portability/model/ids.js';
import { duration, TIMESTAMP_MIN, type ProcessingTime } from '#portability/model/time.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { CallOperator, type CallSetting } from '../operators/call-operator.js';
import { CombineOperator, PrecombineOperator } from '../combining/combine-operators.js';
import { TimestampOperator } from '../operators/routing-operators.js';
import { SequenceOperator } from '../operators/sequence-operator.js';
import { SinkOperator } from '../operators/sink-operator.js';
import { SpreadOperator } from '../operators/spread-operator.js';
import { StageInput } from '../operators/stage-input.js';
import { WindowOperator } from '../operators/window-operator.js';
import { Step } from '../steps/step.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import { BundleScope, type HarnessClock } from './bundle-scope.js';
import { RunningStage } from './running-stage.js';
import type { Port } from './stage-surroundings.js';

const NOTHING: Transform = {
  id: transformId('kept'),
  uniqueName: 'kept',
  subtransforms: [],
  inputs: new Map(),
  outputs: new Map(),
  displayData: [],
  annotations: new Map(),
};

const PORT: Port = {
  pcollection: pcollectionId('kept'),
  coder: bytesCoder,
  windowCoder: globalWindowCoder,
  keyCoder: undefined,
  valueCoder: undefined,
  values: undefined,
};

const NOW = TIMESTAMP_MIN as number as ProcessingTime;

/** Its times are not integers, like those of a real one. */
const CLOCK: HarnessClock = {
  now: () => NOW,
  monotonic: () => 0.5,
  random: () => 0.5,
  sleep: () => Promise.resolve(),
  yield: () => Promise.resolve(),
};

const COMBINE: CombineFnSpec = {
  create: () => undefined,
  add: () => undefined,
  merge: () => undefined,
  extract: () => undefined,
};

/**
 * Keeps one of each operator that nearly every stage has, with all that an element meets in it: the step, the context
 * and the queue of a call, the writer of a sink, the reader of an input. They belong to no pipeline and hold nothing.
 */
export function keepOperators(): void {
  const stage = new RunningStage();
  const step = new Step(NOTHING);
  const setting: CallSetting = {
    stage,
    step,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    sides: undefined,
    concurrency: 1,
    ordered: true,
  };
  keepShape(new CallOperator(setting, undefined));
  keepShape(new SpreadOperator(setting, undefined));
  keepShape(new SinkOperator(stage, step, PORT, step, step));
  keepShape(new StageInput(stage, step, PORT));
  keepShape(bundle());
  keepShape(new TimestampOperator(setting, undefined, duration(0)));
  keepShape(new WindowOperator(stage, step, () => () => []));
  keepShape(
    new SequenceOperator(stage, step, {
      name: 'kept',
      coder: bytesCoder,
      windowCoder: globalWindowCoder,
    }),
  );
  keepShape(new CombineOperator(stage, step, COMBINE, 'combine-extract-outputs'));
  const table = { keyCoder: bytesCoder, accumulatorCoder: bytesCoder, counted: false };
  const combine = { ...table, fn: COMBINE, timestampCombiner: 'end-of-window' as const };
  keepShape(new PrecombineOperator(stage, step, combine, step));
}

function bundle(): BundleScope {
  const { signal } = new AbortController();
  // As the signals of jobs, which are of another shape for it.
  setMaxListeners(0, signal);
  const request = {
    bundle: bundleId('kept'),
    stage: stageId('kept'),
    inputs: [],
    timers: [],
    times: { input: TIMESTAMP_MIN, processing: NOW },
    state: NO_STATE,
    limits: { elements: 1, outputBytes: 1, time: duration(1) },
    signal,
  };
  return new BundleScope(request, CLOCK);
}
