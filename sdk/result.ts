import type { Observable } from 'rxjs';
import { StrahlError } from '#portability/errors.js';
import type { TransformId } from '#portability/model/ids.js';
import { defaultRunner } from './default-runner.js';
import { metricsView, type MetricsView } from './metrics-view.js';
import type { Graph } from '#portability/model/graph.js';
import type { PipelineDescription } from './pipeline-description.js';
import { checkRunner, optionsOfRun } from './run-arguments.js';
import type {
  Explanation,
  ExplainQuery,
  JobHealth,
  JobProgress,
  JobState,
  Runner,
  RunningJob,
} from './runner.js';
import { buildGraph, type BuiltPipeline } from './translate/build-graph.js';

/**
 * How a job ended.
 *
 * @example
 * ```ts
 * import { pipeline, type JobResult } from 'strahl';
 * const result: JobResult = await pipeline('hello', (p) =>
 *   p.of([1, 2]).map((n, c) => c.metrics.counter('seen').inc(n)),
 * ).run();
 * console.log(result.state, result.metrics.counter('seen'));
 * ```
 */
export interface JobResult {
  /** The same as that of the job. */
  readonly id: string;
  /** `DONE`, `DRAINED` or `CANCELLED`; a job that failed has no result. */
  readonly state: JobState;
  /** Metrics as they were at the end. */
  readonly metrics: MetricsView;
  /**
   * Why an output is missing: what was dropped, and what never arrived.
   *
   * @throws STRAHL-9002 for a step that the job does not have
   */
  explain(query?: ExplainQuery): Explanation;
}

/**
 * What a running job tells: its state, and how far it has come.
 *
 * @example
 * ```ts
 * import type { JobChange } from 'strahl';
 * const line = ({ state, elements, rate }: JobChange): string =>
 *   `${state}: ${elements} elements, ${Math.round(rate)}/s`;
 * ```
 */
export interface JobChange extends JobProgress {
  /** Elements per second that the sources have emitted since the change before. */
  readonly rate: number;
  /** Metrics as they are when they are looked at. */
  readonly metrics: MetricsView;
}

/**
 * A started job.
 *
 * @example
 * ```ts
 * import { pipeline, type Job } from 'strahl';
 * const job: Job = await pipeline('hello', (p) => p.of(['hello'])).runAsync();
 * job.changes.subscribe(({ state, rate, stateBytes }) => console.log(state, rate, stateBytes));
 * await job.done;
 * ```
 */
export interface Job {
  /** Given by the runner; a job on another runner is reached by it. */
  readonly id: string;
  /** The state now. */
  readonly state: JobState;
  /** Resolves when the job ended or was cancelled; rejects with the error of a failed one. */
  readonly done: Promise<JobResult>;
  /** Metrics so far. */
  metrics(): MetricsView;
  /** Elements and bytes read, and how far event time has come. */
  progress(): JobProgress;
  /** Watermarks, what waits and what is held, stage by stage. */
  health(): JobHealth;
  /**
   * Why an output is not there yet: what it waits for, who holds that and since when, with the change
   * that helps. Reads what the runner has recorded; nothing is run.
   *
   * @throws STRAHL-9002 for a step that the job does not have
   * @example
   * ```ts
   * import { type Job } from 'strahl';
   * const why = (job: Job): string => job.explain({ step: 'combine', key: 'alice' }).text;
   * ```
   */
  explain(query?: ExplainQuery): Explanation;
  /** Stops at the next safe point; what is not committed is dropped. */
  cancel(): Promise<void>;
  /**
   * Ends the job without losing what it has: sources stop, watermarks go to their end, windows and timers
   * fire with what they have, and the job is DRAINED. Resolves when it has ended; rejects with the error
   * of a job that failed meanwhile. A job that has ended already stays as it is.
   */
  drain(): Promise<void>;
  /** Changes of state, and progress at most every 100 ms. Completes with the job. */
  readonly changes: Observable<JobChange>;
  /** Like `done`, but rejects for a cancelled job too (STRAHL-7102). */
  result(): Promise<JobResult>;
}

/** What is to run, and where. */
export interface JobStart {
  readonly description: PipelineDescription;
  readonly options: unknown;
  /** Default: the direct runner. */
  readonly runner?: Runner;
  /** Cancels the job. */
  readonly signal?: AbortSignal;
}

/** Runs to the end, without what only an observed job needs: rxjs takes longer to load than all else. */
export async function runJob(start: JobStart): Promise<JobResult> {
  const { done } = await submit(start);
  return uncancelled(start.description.name, await done);
}

/** Starts a job that can be observed. Loads rxjs first, so that no change is missed. */
export async function startJob(start: JobStart): Promise<Job> {
  const { Observable } = await import('rxjs');
  const { running, done, metrics } = await submit(start);
  return Object.freeze({
    id: running.id,
    get state() {
      return running.state;
    },
    done,
    metrics,
    progress: () => running.progress(),
    health: () => running.health(),
    explain: (query?: ExplainQuery) => running.explain(query),
    cancel: () => running.cancel(),
    drain: () => running.drain(),
    changes: new Observable<JobChange>((observer) => {
      const rate = rateMeter();
      const stop = running.onChange((progress) => {
        observer.next({
          ...progress,
          rate: rate(progress.elements),
          get metrics() {
            return metrics();
          },
        });
      });
      done.then(
        () => observer.complete(),
        (error: unknown) => observer.error(error),
      );
      return stop;
    }),
    result: () => done.then((result) => uncancelled(start.description.name, result)),
  });
}

/** Elements per second between one call and the next; 0 for the first. */
function rateMeter(): (elements: number) => number {
  let before: { readonly at: number; readonly elements: number } | undefined;
  return (elements) => {
    const at = performance.now();
    const last = before;
    before = { at, elements };
    return last === undefined || at <= last.at
      ? 0
      : ((elements - last.elements) / (at - last.at)) * 1000;
  };
}

interface Submitted {
  readonly running: RunningJob;
  readonly done: Promise<JobResult>;
  readonly metrics: () => MetricsView;
}

async function submit(start: JobStart): Promise<Submitted> {
  const { description, options, signal } = start;
  if (start.runner !== undefined) checkRunner(start.runner);
  const built = buildGraph(description, await optionsOfRun(description, options ?? {}));
  const { bytes: pipeline, functions, graph } = built;
  const runner = start.runner ?? (await defaultRunner());
  const cancelledBy = signal === undefined ? {} : { signal };
  const running = await runner.submit({
    name: description.name,
    pipeline,
    functions,
    ...cancelledBy,
  });
  const names = namesOf(graph);
  const metrics = (): MetricsView => metricsView(running.metrics(), names.steps, names.producers);
  const done = running.done.then((state): JobResult => {
    const result: JobResult = Object.freeze({
      ...{ id: running.id, state, metrics: metrics() },
      explain: (query?: ExplainQuery) => running.explain(query),
    });
    if (state !== 'CANCELLED') checkRequired(built, result);
    return result;
  });
  // Whoever waits for nothing but `changes` must not end the process by an unhandled rejection.
  done.catch(() => undefined);
  return { running, done, metrics };
}

/** PAS-1: an assertion that never ran has failed. */
function checkRequired({ required }: BuiltPipeline, { metrics }: JobResult): void {
  for (const { step, site, counter } of required) {
    if (metrics.counter(counter, { step }) > 0) continue;
    throw new StrahlError('assertionFailed', {
      title: 'an assertion was never checked',
      step,
      ...(site === undefined ? {} : { site }),
      why: 'the job ended before the collection that it is about did',
    });
  }
}

function uncancelled(name: string, result: JobResult): JobResult {
  if (result.state !== 'CANCELLED') return result;
  throw new StrahlError('jobCancelled', { title: `job "${name}" was cancelled` });
}

/** Names of the transforms, and of the transform that made each collection; a part wins over its composite. */
function namesOf({ components: { transforms } }: Graph): {
  readonly steps: ReadonlyMap<TransformId, string>;
  readonly producers: ReadonlyMap<string, string>;
} {
  const steps = new Map<TransformId, string>();
  const producers = new Map<string, string>();
  for (const transform of transforms.values()) {
    steps.set(transform.id, transform.uniqueName);
    for (const output of transform.outputs.values()) {
      if (transform.subtransforms.length === 0) producers.set(output, transform.uniqueName);
    }
  }
  return { steps, producers };
}
