import type { RpcChannel } from '#portability/grpc/connect.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import { isFinal, type JobState } from '#portability/model/job-state.js';
import type { Init } from '#portability/proto/codec.js';
import type {
  GetJobMetricsResponse,
  JobMessage,
  PrepareJobRequest,
  PrepareJobResponse,
} from '#portability/proto/generated/job-api.js';
import { StrahlError } from '#portability/errors.js';
import { jobStateOf } from './job-states.js';
import { listenAcrossLosses } from './lost-stream.js';

/** A call that only asks must be answered within this time, in milliseconds. */
const CALL_MS = 60_000;
/** A runner translates the pipeline before it answers. */
const SUBMIT_MS = 300_000;

/** The job service of a runner, as one client sees it. */
export class JobClient {
  readonly #channel: RpcChannel;
  readonly #pause: Pause;
  #isClosed = false;

  constructor(channel: RpcChannel, pause: Pause = sleep) {
    this.#channel = channel;
    this.#pause = pause;
  }

  prepare(request: Init<PrepareJobRequest>): Promise<PrepareJobResponse> {
    return this.#channel.unary(JOB_SERVICE.Prepare, request, { timeoutMs: SUBMIT_MS });
  }

  /** Answers the id of the job. */
  async run(preparationId: string, retrievalToken: string): Promise<string> {
    const request = { preparationId, retrievalToken };
    const timeout = { timeoutMs: SUBMIT_MS };
    const { jobId } = await this.#channel.unary(JOB_SERVICE.Run, request, timeout);
    return jobId;
  }

  async state(jobId: string): Promise<JobState | undefined> {
    const { state } = await this.#channel.unary(JOB_SERVICE.GetState, { jobId }, CALL);
    return jobStateOf(state);
  }

  cancel(jobId: string): Promise<unknown> {
    return this.#channel.unary(JOB_SERVICE.Cancel, { jobId }, CALL);
  }

  drain(jobId: string): Promise<unknown> {
    return this.#channel.unary(JOB_SERVICE.Drain, { jobId }, CALL);
  }

  metrics(jobId: string): Promise<GetJobMetricsResponse> {
    return this.#channel.unary(JOB_SERVICE.GetJobMetrics, { jobId }, CALL);
  }

  /**
   * Tells each state; resolves with the final one. A job of hours outlives connections: one that is lost is made again.
   *
   * @param onLoss called before each new try, with the milliseconds until then
   * @throws STRAHL-6001 when the runner is gone
   */
  states(
    jobId: string,
    tell: (state: JobState) => void,
    onLoss?: (ms: number) => void,
  ): Promise<JobState> {
    const listen = (heard: () => void): Promise<JobState> => this.#states(jobId, tell, heard);
    return listenAcrossLosses(listen, (ms) => this.#waits(ms, true, onLoss));
  }

  #states(jobId: string, tell: (state: JobState) => void, heard: () => void): Promise<JobState> {
    return new Promise((resolve, reject) => {
      this.#channel.serverStream(
        JOB_SERVICE.GetStateStream,
        { jobId },
        {
          message: ({ state }) => {
            const known = jobStateOf(state);
            if (known === undefined) return;
            heard();
            tell(known);
            if (isFinal(known)) resolve(known);
          },
          end: (failure) => reject(failure ?? ended(jobId)),
        },
      );
    });
  }

  /** Tells each message once; resolves when there are no more, or nobody tells them any more. */
  async messages(jobId: string, tell: (message: JobMessage) => void): Promise<void> {
    const told = new Set<string>();
    const tellOnce = (message: JobMessage): void => {
      // Some runners begin from the first message again when they are asked again.
      if (told.has(message.messageId)) return;
      if (message.messageId !== '') told.add(message.messageId);
      tell(message);
    };
    const listen = (heard: () => void): Promise<void> => this.#messages(jobId, tellOnce, heard);
    await listenAcrossLosses(listen, (ms) => this.#waits(ms, false)).catch(() => undefined);
  }

  #messages(jobId: string, tell: (message: JobMessage) => void, heard: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#channel.serverStream(
        JOB_SERVICE.GetMessageStream,
        { jobId },
        {
          message: ({ response }) => {
            heard();
            if (response?.case === 'messageResponse') tell(response.value);
          },
          end: (failure) => {
            if (failure === undefined) resolve();
            else reject(failure);
          },
        },
      );
    });
  }

  /** Waits until a lost stream is asked for again; false if the connection was meant to end. */
  async #waits(ms: number, keepsAlive: boolean, onLoss?: (ms: number) => void): Promise<boolean> {
    if (this.#isClosed) return false;
    onLoss?.(ms);
    await this.#pause(ms, keepsAlive);
    return !this.#isClosed;
  }

  /** Ends the connection; nothing is heard of any job from then on. */
  close(): void {
    this.#isClosed = true;
    this.#channel.close();
  }
}

const CALL = { timeoutMs: CALL_MS };

function ended(jobId: string): StrahlError {
  return new StrahlError('unreachable', {
    title: `the runner stopped telling of job ${jobId} before it ended`,
  });
}

/** Waits for so many milliseconds; unless `keepsAlive`, a process that has nothing else to do may end meanwhile. */
type Pause = (ms: number, keepsAlive: boolean) => Promise<void>;

function sleep(ms: number, keepsAlive: boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    if (!keepsAlive) timer.unref();
  });
}
