import type { Connection } from '#portability/fnapi/connection.js';
import type { StageId } from '#portability/model/ids.js';
import type { ProcessingTime } from '#portability/model/time.js';
import type { BundlePolicy } from './bundle-policy.js';
import type { Env } from './env.js';
import { isDone, stuckError } from './quiescence.js';
import { isSource } from './plan/plan.js';
import type { RunningStage } from './stages/running-stage.js';
import { nextToPlay, type RunningTestStream } from './stages/test-stream-stage.js';
import type { Task } from './task.js';
import { isThenable } from './thenable.js';

/** Others wait at most about so long for the event loop, in milliseconds, bundles permitting. */
const YIELD_MS = 10;
/** How often in a row running bundles are asked for work where splits are drawn. */
const SPLIT_ROUNDS = 16;

/** Beyond this much waiting, sources rest as long as anything else can run. */
const PENDING_BYTES = 256 * 1024 * 1024;

/** The same for one task. */
export function runTask(task: Task): Promise<'done' | 'cancelled'> {
  return runTasks([task]);
}

/**
 * Runs the tasks of a job until all are done. It stays in one turn of the event loop as long as user code
 * answers synchronously, and lets go of it every few milliseconds.
 *
 * Resolves `done`, or `cancelled` if the signal of the tasks was aborted; rejects with the first error.
 * In every case all bundles have ended then.
 *
 * @param tasks one at least, upstream first; they share `env`, `policy`, `connection` and `signal`
 * @param refreshing stages for whose sake alone the job does not go on
 */
export async function runTasks(
  tasks: readonly Task[],
  refreshing: ReadonlySet<StageId> = new Set(),
): Promise<'done' | 'cancelled'> {
  const scheduler = new Scheduler(tasks, refreshing);
  try {
    return await scheduler.run();
  } finally {
    await scheduler.settle();
  }
}

class Scheduler {
  readonly #tasks: readonly Task[];
  readonly #stages: readonly RunningStage[];
  readonly #taskOf = new Map<RunningStage, Task>();
  readonly #env: Env;
  readonly #policy: BundlePolicy;
  readonly #signal: AbortSignal;
  readonly #connection: Connection;
  readonly #steps = new Set<Promise<void>>();
  readonly #refreshing: ReadonlySet<StageId>;
  #refreshes = true;
  #error: { readonly cause: unknown } | undefined;
  /** Ends the current wait. */
  #wake: () => void = () => undefined;

  constructor(tasks: readonly Task[], refreshing: ReadonlySet<StageId>) {
    this.#refreshing = refreshing;
    const { env, policy, signal, connection } = tasks[0]!;
    this.#tasks = tasks;
    this.#env = env;
    this.#policy = policy;
    this.#signal = signal;
    this.#connection = connection;
    this.#stages = tasks.flatMap(({ stages }) => stages);
    for (const task of tasks) for (const stage of task.stages) this.#taskOf.set(stage, task);
  }

  async run(): Promise<'done' | 'cancelled'> {
    const { clock } = this.#env;
    const onAbort = (): void => this.#wake();
    this.#signal.addEventListener('abort', onAbort);
    for (const task of this.#tasks) task.wake = onAbort;
    try {
      let yielded = clock.monotonic();
      for (;;) {
        if (this.#error !== undefined) throw this.#error.cause;
        if (this.#signal.aborted) return 'cancelled';
        for (const task of this.#tasks) task.takeIn();
        if (this.#steps.size > 0) for (const task of this.#tasks) task.share();
        const ready = this.#ready();
        const chosen = ready.length > 0 ? this.#policy.choose(ready) : this.#whenIdle();
        const toPlay = chosen !== undefined ? undefined : nextToPlay(this.#stages);
        if (chosen !== undefined) this.#start(chosen);
        else if (toPlay !== undefined) await this.#play(toPlay);
        else if (!(await this.#wait())) return await this.#finish();
        if (clock.monotonic() - yielded < YIELD_MS) continue;
        await this.#env.yield('between bundles');
        yielded = clock.monotonic();
      }
    } finally {
      this.#signal.removeEventListener('abort', onAbort);
    }
  }

  /** Upstream first; sources rest while too much waits. */
  #ready(): readonly RunningStage[] {
    const ready =
      this.#tasks.length === 1
        ? this.#tasks[0]!.ready()
        : this.#tasks.flatMap((task) => task.ready());
    if (!ready.some(({ planned }) => isSource(planned))) return ready;
    const waiting = this.#stages.reduce((sum, stage) => sum + stage.pendingBytes, 0);
    if (waiting <= PENDING_BYTES) return ready;
    const others = ready.filter(({ planned }) => !isSource(planned));
    // A source must go on if all others wait for what it will bring, for example a side input.
    return others.length > 0 ? others : ready;
  }

  /** What may be done while nothing runs that could bring something to do first. */
  #whenIdle(): RunningStage | undefined {
    if (this.#steps.size > 0) return undefined;
    return this.#tasks.flatMap((task) => task.ready(true))[0];
  }

  /** Ends what still runs. */
  async settle(): Promise<void> {
    for (const { running, bundles = [running] } of this.#stages) {
      for (const id of bundles) if (id !== undefined) this.#connection.abort(id);
    }
    await Promise.allSettled([...this.#steps, ...this.#finalizing]);
  }

  get #finalizing(): readonly Promise<void>[] {
    return this.#tasks.flatMap(({ finalizing }) => [...finalizing]);
  }

  #start(stage: RunningStage): void {
    const under = this.#taskOf.get(stage)!.step(stage);
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
  async #play(stage: RunningTestStream): Promise<void> {
    if (this.#steps.size > 0) {
      await this.#woken();
      return;
    }
    // What was committed is said to be so before anything else happens.
    await Promise.all(this.#finalizing);
    if (!stage.isWaiting) this.#start(stage);
    // Nothing runs, so only the end of the job may come in between.
    else await Promise.race([stage.fetch(this.#env), this.#woken()]);
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Waits for a step to end or for delayed work; false if there is nothing to wait for. */
  async #wait(): Promise<boolean> {
    if (this.#steps.size > 0 && (await this.#splitAtRandom())) return true;
    if (this.#steps.size === 0 && this.#endRefreshing()) return true;
    const resumeAt = this.#resumeAt();
    // Triggers of windows that are over may still have a time to wake up at: nothing comes of it (MRG-4).
    if (this.#steps.size === 0 && (resumeAt === undefined || isDone(this.#stages))) return false;
    const woken = new AbortController();
    const waits = [
      new Promise<void>((resolve) => {
        this.#wake = () => {
          woken.abort();
          resolve();
        };
      }),
    ];
    if (resumeAt !== undefined) waits.push(this.#env.clock.sleepUntil(resumeAt, woken.signal));
    await Promise.race(waits);
    this.#wake();
    this.#wake = () => undefined;
    return true;
  }

  /** Ends what only refreshes side inputs once nobody is left to read them; true if it did. */
  #endRefreshing(): boolean {
    if (!this.#refreshes || this.#refreshing.size === 0) return false;
    const others = this.#stages.filter(({ planned }) => !this.#refreshing.has(planned.id));
    if (!isDone(others)) return false;
    this.#refreshes = false;
    for (const task of this.#tasks) task.drain();
    return true;
  }

  /**
   * Where splits are drawn, lets user code have some turns and asks running bundles for work, a few times; true
   * if something may have changed. User code that waits for the world outside is not waited for.
   */
  async #splitAtRandom(): Promise<boolean> {
    let wakings = 0;
    const woken = (): boolean => wakings > 0;
    this.#wake = () => wakings++;
    for (let round = 0; round < SPLIT_ROUNDS && !woken(); round++) {
      const turns = this.#policy.turnsToSplit();
      if (turns === undefined) break;
      for (let turn = 0; turn < turns && !woken(); turn++) await Promise.resolve();
      if (!woken()) for (const task of this.#tasks) task.share();
    }
    this.#wake = () => undefined;
    return woken() || this.#ready().length > 0;
  }

  #resumeAt(): ProcessingTime | undefined {
    let first: ProcessingTime | undefined;
    for (const { resumeAt } of this.#tasks) {
      if (resumeAt !== undefined && (first === undefined || resumeAt < first)) first = resumeAt;
    }
    return first;
  }

  async #finish(): Promise<'done'> {
    if (!isDone(this.#stages)) throw stuckError(this.#stages);
    await Promise.all(this.#finalizing);
    const failed = this.#tasks.find(({ finalizeFailure }) => finalizeFailure !== undefined);
    if (failed !== undefined) throw failed.finalizeFailure!.cause;
    return 'done';
  }
}
