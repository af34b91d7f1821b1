import type { Clock } from './env.js';
import { isDone, stuckError } from './quiescence.js';
import type { RunningStage } from './stages/running-stage.js';
import type { Task } from './task.js';
import { isThenable } from './thenable.js';

/** Others wait at most about so long for the event loop, in milliseconds, bundles permitting. */
const YIELD_MS = 10;

/**
 * Runs a task until it is done. It stays in one turn of the event loop as long as user code answers
 * synchronously, and lets go of it every few milliseconds.
 *
 * Resolves `done`, or `cancelled` if the task's signal was aborted; rejects with the first error.
 * In every case all bundles have ended then.
 */
export async function runTask(task: Task): Promise<'done' | 'cancelled'> {
  const scheduler = new Scheduler(task);
  try {
    return await scheduler.run();
  } finally {
    await scheduler.settle();
  }
}

class Scheduler {
  readonly #task: Task;
  readonly #clock: Clock;
  readonly #steps = new Set<Promise<void>>();
  #error: { readonly cause: unknown } | undefined;
  /** Ends the current wait. */
  #wake: () => void = () => undefined;

  constructor(task: Task) {
    this.#task = task;
    this.#clock = task.env.clock;
  }

  async run(): Promise<'done' | 'cancelled'> {
    const { signal, env } = this.#task;
    const onAbort = (): void => this.#wake();
    signal.addEventListener('abort', onAbort);
    this.#task.wake = onAbort;
    try {
      let yielded = this.#clock.monotonic();
      for (;;) {
        if (this.#error !== undefined) throw this.#error.cause;
        if (signal.aborted) return 'cancelled';
        const ready = this.#task.ready();
        const { toPlay } = this.#task;
        if (ready.length > 0) this.#start(this.#task.policy.choose(ready));
        else if (toPlay !== undefined) await this.#play(toPlay);
        else if (!(await this.#wait())) return await this.#finish();
        if (this.#clock.monotonic() - yielded < YIELD_MS) continue;
        await env.yield('between bundles');
        yielded = this.#clock.monotonic();
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Ends what still runs. */
  async settle(): Promise<void> {
    for (const { running } of this.#task.stages) {
      if (running !== undefined) this.#task.connection.abort(running);
    }
    await Promise.allSettled([...this.#steps, ...this.#task.finalizing]);
  }

  #start(stage: RunningStage): void {
    const under = this.#task.step(stage);
    if (!isThenable(under)) return;
    const step: Promise<void> = under.then(
      () => this.#ended(step),
      (cause: unknown) => {
        this.#error ??= { cause };
        this.#ended(step);
      },
    );
    this.#steps.add(step);
  }

  #ended(step: Promise<void>): void {
    this.#steps.delete(step);
    this.#wake();
  }

  /** TST-1: plays the next event of a test stream once all is quiet. Until then nobody sleeps: the script moves the clock. */
  async #play(stage: RunningStage): Promise<void> {
    if (this.#steps.size > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      return;
    }
    // What was committed is said to be so before anything else happens.
    if (this.#task.finalizing.size > 0) await Promise.all(this.#task.finalizing);
    this.#start(stage);
  }

  /** Waits for a step to end or for delayed work; false if there is nothing to wait for. */
  async #wait(): Promise<boolean> {
    const { resumeAt } = this.#task;
    if (this.#steps.size === 0 && resumeAt === undefined) return false;
    const woken = new AbortController();
    const waits = [
      new Promise<void>((resolve) => {
        this.#wake = () => {
          woken.abort();
          resolve();
        };
      }),
    ];
    if (resumeAt !== undefined) waits.push(this.#clock.sleepUntil(resumeAt, woken.signal));
    await Promise.race(waits);
    this.#wake();
    this.#wake = () => undefined;
    return true;
  }

  async #finish(): Promise<'done'> {
    if (!isDone(this.#task.stages)) throw stuckError(this.#task.stages);
    await Promise.all(this.#task.finalizing);
    const { finalizeFailure } = this.#task;
    if (finalizeFailure !== undefined) throw finalizeFailure.cause;
    return 'done';
  }
}
