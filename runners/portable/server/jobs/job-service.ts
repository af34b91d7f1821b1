import { offer, type Offer } from '#portability/grpc/handlers.js';
import { JOB_SERVICE } from '#portability/jobapi/services.js';
import type { JobState } from '#portability/proto/generated/job-api.js';
import { decodePipeline } from '#portability/proto/generated/pipeline.js';
import type { Jobs } from './jobs.js';
import { prepareJob } from './prepare-job.js';
import type { ServerJob } from './server-job.js';

/** Beam's JobService. */
export function jobService(jobs: Jobs, endpoint: () => string): Offer {
  return offer(JOB_SERVICE, {
    DescribePipelineOptions: () => ({}),
    Prepare: ({ pipeline, jobName, pipelineOptions }) => {
      const prepared = prepareJob(pipeline, jobName, pipelineOptions ?? {});
      jobs.prepare(prepared);
      return {
        preparationId: prepared.id,
        artifactStagingEndpoint: { url: endpoint() },
        stagingSessionToken: prepared.id,
      };
    },
    Run: ({ preparationId }) => ({ jobId: jobs.run(preparationId).id }),
    GetJobs: () => ({
      jobInfo: jobs.all.map(({ id, prepared, record }) => ({
        ...{ jobId: id, jobName: prepared.name },
        ...{ pipelineOptions: prepared.options, state: record.state },
      })),
    }),
    GetState: ({ jobId }) => jobs.job(jobId).record.event,
    GetPipeline: ({ jobId }) => ({ pipeline: decodePipeline(jobs.job(jobId).prepared.pipeline) }),
    Cancel: ({ jobId }) => stopped(jobs.job(jobId), 'cancel'),
    Drain: ({ jobId }) => stopped(jobs.job(jobId), 'drain'),
    GetStateStream: async ({ jobId }, out, { signal }) => {
      const { record } = jobs.job(jobId);
      out.send(record.event);
      await record.followFromNow(({ response }) => {
        if (response?.case === 'stateResponse') out.send(response.value);
      }, signal);
    },
    GetMessageStream: ({ jobId }, out, { signal }) =>
      jobs.job(jobId).record.follow((entry) => out.send(entry), signal),
    GetJobMetrics: ({ jobId }) => ({ metrics: jobs.job(jobId).metrics() }),
  });
}

function stopped(job: ServerJob, how: 'cancel' | 'drain'): { readonly state: JobState } {
  job[how]();
  return { state: job.record.state };
}
