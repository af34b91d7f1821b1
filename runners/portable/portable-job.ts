import { StrahlError } from '#portability/errors.js';
import { metricFromProto } from '#portability/fnapi/messages/metrics-proto.js';
import {
  JobMessage_MessageImportance as Importance,
  type JobMessage,
} from '#portability/proto/generated/job-api.js';
import type { MonitoringInfo } from '#portability/proto/generated/metrics.js';
import type {
  Explanation,
  JobHealth,
  JobProgress,
  JobState,
  Logger,
  MetricSnapshot,
  RunningJob,
} from '#sdk/runner.js';
import type { JobClient } from './job-client.js';
import type { JobFailure } from './job-failure.js';

/** Metrics of a running job are asked for at most this often, in milliseconds. */
const METRICS_MS = 1_000;

const NO_METRICS: MetricSnapshot = Object.freeze({ attempted: [], committed: [] });

/** What a job needs beside its id. */
export interface PortableJobParts {
  readonly client: JobClient;
  readonly failure: JobFailure;
  readonly log: Logger;
  /** Whether the job ends by itself. */
  readonly bounded: boolean;
  readonly signal?: AbortSignal;
  /** Called once the job has ended: stops workers, closes the connection. */
  readonly release: (failure?: unknown) => Promise<void>;
}

/** A job on a runner elsewhere. */
export class PortableJob implements RunningJob {
  readonly id: string;
  readonly done: Promise<JobState>;
  readonly #parts: PortableJobParts;
  readonly #listeners = new Set<(progress: JobProgress) => void>();
  #state: JobState = 'STARTING';
  #metrics = NO_METRICS;
  #ticker: NodeJS.Timeout | undefined;

  constructor(id: string, parts: PortableJobParts) {
    this.id = id;
    this.#parts = parts;
    this.done = this.#follow();
    // Whoever does not look at `done` has not asked to hear of a failure.
    this.done.catch(() => undefined);
  }

  get state(): JobState {
    return this.#state;
  }

  metrics(): MetricSnapshot {
    return this.#metrics;
  }

  progress(): JobProgress {
    const { bounded } = this.#parts;
    return { state: this.#state, elements: 0, bytes: 0, bounded, stateBytes: 0 };
  }

  /** The Job API tells nothing of stages. */
  health(): JobHealth {
    return { state: this.#state, stages: [] };
  }

  /** @throws STRAHL-2001 always: what the job waits for is known to its runner alone */
  explain(): Explanation {
    throw new StrahlError('unsupportedFeature', {
      title: 'a job on a portable runner cannot be explained here',
      why: 'the Job API does not tell what the stages of a job wait for',
      fix: 'look at the pages of that runner, or run the pipeline with the direct runner',
    });
  }

  async cancel(): Promise<void> {
    if (!this.#isOver) await this.#parts.client.cancel(this.id);
    await this.done.catch(() => undefined);
  }

  async drain(): Promise<void> {
    if (!this.#isOver) await this.#parts.client.drain(this.id);
    await this.done;
  }

  onChange(listener: (progress: JobProgress) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#isOver) {
      this.#ticker ??= setInterval(() => void this.#refresh(), METRICS_MS).unref();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopTicking();
    };
  }

  #isOver = false;

  async #follow(): Promise<JobState> {
    const { client, failure, signal, release } = this.#parts;
    const onAbort = (): void => {
      client.cancel(this.id).catch(() => undefined);
    };
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted === true) onAbort();
    let failed: unknown;
    try {
      const messages = client.messages(this.id, (message) => this.#hear(message));
      const end = await client.states(
        this.id,
        (state) => this.#move(state),
        (ms) => this.#warnOfLoss(ms),
      );
      // Some runners keep the stream of messages open; what is there comes before it is looked at.
      if (end === 'FAILED') await Promise.race([messages, briefly()]);
      await this.#readMetrics();
      if (end === 'FAILED') throw failure.error(this.id);
      if (end === 'CANCELLED') failed = cancelled(this.id);
      return end;
    } catch (e) {
      failed = e;
      throw e;
    } finally {
      this.#isOver = true;
      this.#stopTicking();
      signal?.removeEventListener('abort', onAbort);
      await release(failed);
    }
  }

  #warnOfLoss(ms: number): void {
    const { log } = this.#parts;
    const text = `the connection to the runner was lost; asking again in ${String(ms / 1000)} s`;
    log.warn(text, { job: this.id });
  }

  #hear({ importance, messageText }: JobMessage): void {
    const { log, failure } = this.#parts;
    const fields = { job: this.id };
    switch (importance) {
      case Importance.JOB_MESSAGE_ERROR:
        failure.say(messageText);
        log.error(messageText, fields);
        break;
      case Importance.JOB_MESSAGE_WARNING:
        log.warn(messageText, fields);
        break;
      default:
        log.debug(messageText, fields);
    }
  }

  #move(to: JobState): void {
    if (to === this.#state) return;
    this.#state = to;
    this.#tell();
  }

  async #refresh(): Promise<void> {
    await this.#readMetrics();
    this.#tell();
  }

  /** The last metrics that the runner gave stay if it gives none: some keep them only while a job runs. */
  async #readMetrics(): Promise<void> {
    try {
      const { metrics } = await this.#parts.client.metrics(this.id);
      if (metrics === undefined) return;
      const committed = updatesOf(metrics.committed);
      const attempted = updatesOf(metrics.attempted);
      // A runner that tells only one kind knows no other.
      this.#metrics = {
        committed: committed.length === 0 ? attempted : committed,
        attempted: attempted.length === 0 ? committed : attempted,
      };
    } catch {
      // A runner without metrics runs pipelines all the same.
    }
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

function cancelled(id: string): StrahlError {
  return new StrahlError('jobCancelled', { title: `job ${id} was cancelled` });
}

function updatesOf(infos: readonly MonitoringInfo[]): MetricSnapshot['committed'] {
  return infos.map(metricFromProto).filter((metric) => metric !== undefined);
}

/** Messages that were sent before the final state are there by then, in milliseconds. */
const LAST_MESSAGES_MS = 500;

function briefly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LAST_MESSAGES_MS).unref());
}
