import { bytesCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import type { Transform } from '#portability/model/graph.js';
import { pcollectionId, transformId } from '#portability/model/ids.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { CallOperator, type CallSetting } from '../operators/call-operator.js';
import { SinkOperator } from '../operators/sink-operator.js';
import { SpreadOperator } from '../operators/spread-operator.js';
import { StageInput } from '../operators/stage-input.js';
import { Step } from '../steps/step.js';
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
}
