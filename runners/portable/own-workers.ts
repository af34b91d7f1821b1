import { startWorker } from '#sdk/harness/worker/worker.js';
import { serveWorkerPool, type WorkerPool } from '#sdk/harness/worker/worker-pool.js';
import type { JobSubmission, Logger } from '#sdk/runner.js';
import type { JobFailure } from './job-failure.js';

/** What workers in this process have to do with their job. */
export interface OwnJob {
  readonly failure: JobFailure;
  readonly log: Logger;
  /** Resolves when the job is over, with what went wrong, if anything did. */
  readonly jobEnd: Promise<unknown>;
}

/** Workers in this process, which look the functions up where they are. */
export function ownWorkers(
  { functions }: JobSubmission,
  { failure, log, jobEnd }: OwnJob,
): Promise<WorkerPool> {
  return serveWorkerPool(({ workerId, controlEndpoint, provisionEndpoint }) =>
    startWorker({
      workerId,
      control: controlEndpoint?.url ?? '',
      provision: provisionEndpoint?.url ?? '',
      functions,
      log,
      jobEnd,
      onFailure: (error) => failure.note(error),
    }),
  );
}
