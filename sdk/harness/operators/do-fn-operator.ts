import type { Window } from '#portability/model/windows.js';
import type { BundleContext, DoFn } from '../../dofn/dofn.js';
import { MACHINE_CLOCK, type MachineClock } from '../../dofn/machine-clock.js';
import { isStamped } from '../../dofn/stamped.js';
import { inTurn } from '../stage/in-turn.js';
import { isAsyncIterable, isThenable } from '../answers.js';
import type { CallSetting } from './call-operator.js';
import { SpreadOperator } from './spread-operator.js';

/** Runs a `DoFn` object: one instance of it belongs to one instance of the stage. */
export class DoFnOperator extends SpreadOperator {
  readonly #doFn: DoFn<unknown, unknown>;
  #isSetUp = false;
  readonly #bundleContext: BundleContext & { readonly [MACHINE_CLOCK]: MachineClock };

  /** The window of an output of `finishBundle` that names none: known where there is only one. */
  readonly #onlyWindow: Window | undefined;

  constructor(setting: CallSetting, doFn: DoFn<unknown, unknown>, onlyWindow?: Window) {
    super(setting, doFn);
    this.#doFn = doFn;
    this.#onlyWindow = onlyWindow;
    const { stage, step, log } = this;
    this.#bundleContext = {
      metrics: step.metrics,
      log,
      get signal() {
        return stage.bundle.signal;
      },
      get [MACHINE_CLOCK]() {
        return stage.bundle.clock;
      },
      onBundleCommitted: (f, o) => {
        stage.bundle.onCommitted(f, o);
      },
    };
  }

  override startBundle(): void | Promise<void> {
    return inTurn([
      () => super.startBundle(),
      () => this.#setUp(),
      () => this.#guarded(() => this.#doFn.startBundle?.(this.#bundleContext)),
    ]);
  }

  #setUp(): void | Promise<void> {
    if (this.#isSetUp) return;
    this.#isSetUp = true;
    return this.#guarded(() => this.#doFn.setup?.());
  }

  override finishBundle(): void | Promise<void> {
    return inTurn([() => super.finishBundle(), () => this.#finish()]);
  }

  #finish(): void | Promise<void> {
    if (this.#doFn.finishBundle === undefined) return;
    return this.#guarded(() => {
      const outputs: unknown = this.#doFn.finishBundle?.(this.#bundleContext);
      if (isThenable(outputs)) return this.#emitLater(outputs);
      if (isAsyncIterable(outputs)) return this.#emitAll(outputs);
      this.#emitFinal(outputs as Iterable<unknown> | undefined);
      return undefined;
    });
  }

  async #emitLater(outputs: PromiseLike<unknown>): Promise<void> {
    const settled = await outputs;
    if (isAsyncIterable(settled)) await this.#emitAll(settled);
    else this.#emitFinal(settled as Iterable<unknown> | undefined);
  }

  async #emitAll(outputs: AsyncIterable<unknown>): Promise<void> {
    for await (const output of outputs) this.#emitFinal([output]);
  }

  /** WIN-11: outside of an element there is neither a time nor a window to inherit. */
  #emitFinal(outputs: Iterable<unknown> | null | undefined): void {
    for (const output of outputs ?? []) {
      const window = isStamped(output) ? (output.window ?? this.#onlyWindow) : undefined;
      if (!isStamped(output) || window === undefined) {
        throw this.step.error(
          'userCodeThrew',
          {
            title: 'finishBundle gave an output without a time and a window',
            fix: 'yield stamp(value, time, window)',
          },
          { value: output },
        );
      }
      this.stage.timestamp = output.timestamp;
      this.stage.windows = [window];
      this.emits[0]!(output.value);
    }
  }

  #guarded(f: () => void | Promise<void>): void | Promise<void> {
    let answer: void | Promise<void>;
    try {
      answer = f();
    } catch (e) {
      throw this.step.wrap(e);
    }
    if (!isThenable(answer)) return;
    return answer.then(undefined, (e: unknown) => {
      throw this.step.wrap(e);
    });
  }

  override close(): void | Promise<void> {
    if (this.#isSetUp) return this.#guarded(() => this.#doFn.teardown?.());
  }
}
