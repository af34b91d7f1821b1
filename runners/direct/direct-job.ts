import type { Connection } from '#portability/fnapi/connection.js';
import type { EventTime } from '#portability/model/time.js';
import { explain } from '#runners/core/explain/explain.js';
import { healthOf } from '#runners/core/health.js';
import { mayMove, isFinal } from '#portability/model/job-state.js';
import { isStateful } from '#runners/core/stages/kind-of-stage.js';
import type { TaskGroup } from '#runners/core/task-group.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import type { StateOfKey } from '#sdk/harness/stateful/kept-state.js';
import type {
  Explanation,
  ExplainQuery,
  JobHealth,
  JobProgress,
  JobState,
  MetricSnapshot,
  RunningJob,
} from '#sdk/runner.js';
import { sourceProgress } from './source-progress.js';

/** Listeners hear of progress at most this often, in milliseconds. */
const PROGRESS_MS = 100;

/**
 * What a step keeps for a key in a window.
 *
 * @internal
 */
export interface StateOfStep extends StateOfKey {
  /** Full name of the step. */
  readonly step: string;
}

/**
 * A job whose state somebody may look at.
 *
 * @internal
 */
export interface ObservedJob extends RunningJob {
  /**
   * What steps keep for a key, while nothing runs. Only of a job whose functions are called in this process.
   *
   * @internal
   */
  stateOf(key: unknown): Promise<readonly StateOfStep[]>;
}

/** A job of the direct runner; starts at once. */
export class DirectJob implements ObservedJob {
  readonly id: string;
  readonly done: Promise<JobState>;
  readonly #tasks: TaskGroup;
  readonly #connection: Connection;
  readonly #abort: AbortController;
  #state: JobState = 'RUNNING';
  readonly #listeners = new Set<(progress: JobProgress) => void>();
  #ticker: NodeJS.Timeout | undefined;

  /** `abort` ends the task's signal. */
  constructor(id: string, tasks: TaskGroup, connection: Connection, abort: AbortController) {
    this.id = id;
    this.#tasks = tasks;
    this.#connection = connection;
    this.#abort = abort;
    if (abort.signal.aborted) this.#move('CANCELLING');
    else abort.signal.addEventListener('abort', () => this.#move('CANCELLING'), { once: true });
    this.done = this.#run();
    // Whoever does not look at `done` has not asked to hear of a failure.
    this.done.catch(() => undefined);
  }

  get state(): JobState {
    return this.#state;
  }

  metrics(): MetricSnapshot {
    const tasks = this.#tasks;
    return { attempted: tasks.metrics('attempted'), committed: tasks.metrics('committed') };
  }

  progress(): JobProgress {
    return { state: this.#state, ...sourceProgress(this.#tasks, this.#connection) };
  }

  health(): JobHealth {
    return { state: this.#state, stages: healthOf(this.#tasks.record()) };
  }

  explain({ window, ...query }: ExplainQuery = {}): Explanation {
    const at = window === undefined ? {} : { window: window as EventTime };
    return explain(this.#tasks.record(), { ...query, ...at });
  }

  async stateOf(key: unknown): Promise<readonly StateOfStep[]> {
    const connection = this.#connection;
    if (!(connection instanceof InProcessConnection)) return [];
    const { CommittedState } = await import('#runners/core/state/committed-state.js');
    const found: StateOfStep[] = [];
    for (const stage of this.#tasks.stages) {
      if (!isStateful(stage)) continue;
      const { id, name, steps } = stage.planned;
      const states = await connection.stateOf(id, key, new CommittedState(stage.state));
      for (const state of states) found.push({ step: steps[0]?.name ?? name, ...state });
    }
    return found;
  }

  async cancel(): Promise<void> {
    this.#abort.abort();
    await this.done.catch(() => undefined);
  }

  async drain(): Promise<void> {
    if (mayMove(this.#state, 'DRAINING')) {
      this.#move('DRAINING');
      this.#tasks.drain();
    }
    await this.done;
  }

  onChange(listener: (progress: JobProgress) => void): () => void {
    this.#listeners.add(listener);
    if (!isFinal(this.#state))
      this.#ticker ??= setInterval(() => this.#tell(), PROGRESS_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopTicking();
    };
  }

  async #run(): Promise<JobState> {
    try {
      const end = await this.#tasks.run();
      await this.#connection.close(end === 'done' ? undefined : this.#abort.signal.reason);
      this.#move(
        end === 'cancelled' ? 'CANCELLED' : this.#state === 'DRAINING' ? 'DRAINED' : 'DONE',
      );
      return this.#state;
    } catch (e) {
      await Promise.resolve(this.#connection.close(e)).catch(() => undefined);
      // What a cancelled bundle throws on its way out is no failure.
      if (this.#abort.signal.aborted) {
        this.#move('CANCELLED');
        return this.#state;
      }
      this.#move('FAILED');
      // User code that waits for this signal tidies up: unfinished files of sinks, open streams.
      this.#abort.abort(e);
      throw e;
    } finally {
      this.#stopTicking();
    }
  }

  #move(to: JobState): void {
    if (!mayMove(this.#state, to)) return;
    this.#state = to;
    this.#tell();
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const progress = this.progress();
    for (const listener of this.#listeners) listener(progress);
  }

  #stopTicking(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
  }
}
