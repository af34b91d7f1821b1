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

/** A call that only asks must be answered within this time, in milliseconds. */
const CALL_MS = 60_000;
/** A runner translates the pipeline before it answers. */
const SUBMIT_MS = 300_000;

/** The job service of a runner, as one client sees it. */
export class JobClient {
  readonly #channel: RpcChannel;

  constructor(channel: RpcChannel) {
    this.#channel = channel;
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

  /** Tells each state; resolves with the final one. @throws STRAHL-6001 when the runner is gone */
  states(jobId: string, tell: (state: JobState) => void): Promise<JobState> {
    return new Promise((resolve, reject) => {
      let last: JobState | undefined;
      this.#channel.serverStream(
        JOB_SERVICE.GetStateStream,
        { jobId },
        {
          message: ({ state }) => {
            const known = jobStateOf(state);
            if (known === undefined) return;
            last = known;
            tell(known);
            if (isFinal(known)) resolve(known);
          },
          end: (failure) => {
            if (last === undefined || !isFinal(last)) reject(failure ?? ended(jobId));
          },
        },
      );
    });
  }

  /** Tells each message; resolves when there are no more. */
  messages(jobId: string, tell: (message: JobMessage) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#channel.serverStream(
        JOB_SERVICE.GetMessageStream,
        { jobId },
        {
          message: ({ response }) => {
            if (response?.case === 'messageResponse') tell(response.value);
          },
          end: () => resolve(),
        },
      );
    });
  }

  close(): void {
    this.#channel.close();
  }
}

const CALL = { timeoutMs: CALL_MS };

function ended(jobId: string): StrahlError {
  return new StrahlError('unreachable', {
    title: `the runner stopped telling of job ${jobId} before it ended`,
  });
}
