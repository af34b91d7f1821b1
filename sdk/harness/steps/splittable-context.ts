import { MACHINE_CLOCK, type MachineClock } from '../../dofn/machine-clock.js';
import type { SplittableContext } from '../../dofn/splittable.js';
import type { Registers, RunningStage } from '../stage/running-stage.js';
import type { Step } from './step.js';

/** What only the operator that calls the function can do. */
type Calls = Pick<
  SplittableContext<unknown, unknown>,
  'claim' | 'emit' | 'watermark' | 'resumeAfter' | 'ready'
>;

/**
 * The context of an operator's calls, one for all of them: functions that can be taken out of the object, as
 * `read(r, { claim, emit })` does. `at` tells time, windows and pane of the element that is processed.
 */
export function splittableContext(
  calls: Calls,
  stage: RunningStage,
  step: Step,
  at: () => Registers,
): SplittableContext<unknown, unknown> & { readonly [MACHINE_CLOCK]: MachineClock } {
  return {
    ...calls,
    now: () => stage.bundle.clock.now(),
    get [MACHINE_CLOCK]() {
      return stage.bundle.clock;
    },
    metrics: step.metrics,
    get timestamp() {
      return at().timestamp;
    },
    get window() {
      return at().windows[0]!;
    },
    get pane() {
      return at().pane;
    },
    get signal() {
      return stage.bundle.signal;
    },
    onBundleCommitted: (f, o) => {
      stage.bundle.onCommitted(f, o);
    },
  };
}
