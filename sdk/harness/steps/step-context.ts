import type { Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { BundleCallback, CommitOptions, Logger, Metrics } from '../../dofn/dofn.js';
import { MACHINE_CLOCK, type MachineClock } from '../../dofn/machine-clock.js';
import type { ContextWithSides } from '../../dofn/user-function.js';
import type { BundleScope } from '../stage/bundle-scope.js';
import type { Registers, RunningStage } from '../stage/running-stage.js';
import type { Step } from './step.js';

/** What contexts of one operator share. */
export interface ContextOwner {
  readonly stage: RunningStage;
  readonly step: Step;
  readonly log: Logger;
  /** Values of the side inputs for a window. */
  sidesFor(window: Window): Readonly<Record<string, unknown>>;
}

/**
 * The context that a function is called with. One object serves all synchronous calls of an operator:
 * it looks at the registers of the stage. When a call turns out to be asynchronous, the object is
 * detached with a copy of the registers and belongs to that call, so that `c.timestamp` after an
 * `await` is still that of the call's element.
 */
export class StepContext implements ContextWithSides {
  readonly #owner: ContextOwner;
  #registers: Readonly<Registers>;

  constructor(owner: ContextOwner) {
    this.#owner = owner;
    this.#registers = owner.stage;
  }

  detach(registers: Readonly<Registers>): void {
    this.#registers = registers;
  }

  get timestamp(): EventTime {
    return this.#registers.timestamp;
  }

  get window(): Window {
    const { windows } = this.#registers;
    if (windows.length === 1) return windows[0]!;
    throw this.#owner.step.error('unsupportedFeature', {
      title: `the element is in ${String(windows.length)} windows, so it has no one window to ask for`,
      why: 'elements are taken apart by window only for a function that declares its context parameter',
      fix: 'declare the context as a plain parameter of the function, without a default or a rest',
    });
  }

  get pane(): Pane {
    return this.#registers.pane;
  }

  get metrics(): Metrics {
    return this.#owner.step.metrics;
  }

  get log(): Logger {
    return this.#owner.log;
  }

  get signal(): AbortSignal {
    return this.#bundle.signal;
  }

  get sides(): Readonly<Record<string, unknown>> {
    return this.#owner.sidesFor(this.window);
  }

  static {
    // No member: declarations made file by file cannot name it by a symbol from elsewhere.
    Object.defineProperty(StepContext.prototype, MACHINE_CLOCK, {
      get(this: StepContext): MachineClock {
        return this.#bundle.clock;
      },
    });
  }

  onBundleCommitted(f: BundleCallback, o?: CommitOptions): void {
    this.#bundle.onCommitted(f, o);
  }

  get #bundle(): BundleScope {
    return this.#owner.stage.bundle;
  }
}
